package dev.weft.sync;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/// Hypothesis: of two first values of different classes one is stored, and the other one is refused
/// (ATOM-10).
///
/// Results: who has stored, and whose value is there (1 the first one's, 2 the second one's).
public final class AtomicValueStress {
  private AtomicValueStress() {}

  private static int owner(Object value) {
    return value instanceof String ? 1 : 2;
  }

  /// The real one.
  @JCStressTest
  @Outcome(
      id = {"1, 0, 1", "0, 1, 2"},
      expect = ACCEPTABLE,
      desc = "One class wins.")
  @Outcome(expect = FORBIDDEN, desc = "Both have stored, or the wrong one is there.")
  @State
  public static class FirstStores {
    private final AtomicValue<Object> value = new AtomicValue<>();

    private int store(Object first) {
      try {
        value.store(first);
        return 1;
      } catch (IllegalArgumentException refused) {
        return 0;
      }
    }

    @Actor
    public void first(III_Result r) {
      r.r1 = store("text");
    }

    @Actor
    public void second(III_Result r) {
      r.r2 = store(1);
    }

    @Arbiter
    public void result(III_Result r) {
      r.r3 = owner(value.load());
    }
  }

  /// Looks at the class of what is there, and stores afterwards.
  @JCStressTest
  @Outcome(
      id = {"1, 0, 1", "0, 1, 2"},
      expect = ACCEPTABLE,
      desc = "One class wins.")
  @Outcome(
      id = {"1, 1, 1", "1, 1, 2"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "Both have stored.")
  @State
  public static class BrokenLookThenStore {
    private volatile Object value;

    private int store(Object first) {
      Object present = value;
      if (present != null && present.getClass() != first.getClass()) {
        return 0;
      }
      value = first;
      return 1;
    }

    @Actor
    public void first(III_Result r) {
      r.r1 = store("text");
    }

    @Actor
    public void second(III_Result r) {
      r.r2 = store(1);
    }

    @Arbiter
    public void result(III_Result r) {
      r.r3 = owner(value);
    }
  }
}
