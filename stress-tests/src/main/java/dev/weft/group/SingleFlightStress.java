package dev.weft.group;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.weft.group.SingleFlight.Result;
import java.util.concurrent.ConcurrentHashMap;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/// Hypothesis: two callers either share one execution, and both are told so, or each has one of its
/// own, and neither is told that it was shared (SF-1, SF-2, SF-3).
///
/// The result is whose value each has got, with an `s` if it was told that it is shared.
public final class SingleFlightStress {
  private SingleFlightStress() {}

  private static String call(SingleFlight<String, Integer> flights, int own) {
    try {
      Result<Integer> result = flights.doCall("key", () -> own);
      return result.value() + (result.shared() ? "s" : "");
    } catch (Exception unexpected) {
      return unexpected.toString();
    }
  }

  /// The real one.
  @JCStressTest
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(
      id = {"1s, 1s", "2s, 2s"},
      expect = ACCEPTABLE,
      desc = "Shared.")
  @Outcome(expect = FORBIDDEN, desc = "They are told different things.")
  @State
  public static class TwoCallers {
    private final SingleFlight<String, Integer> flights = new SingleFlight<>();

    @Actor
    public void first(LL_Result r) {
      r.r1 = call(flights, 1);
    }

    @Actor
    public void second(LL_Result r) {
      r.r2 = call(flights, 2);
    }
  }

  /// One that notes that somebody has joined without looking whether it has ended.
  @JCStressTest
  @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(
      id = {"1s, 1s", "2s, 2s"},
      expect = ACCEPTABLE,
      desc = "Shared.")
  @Outcome(
      id = {"1, 1s", "2s, 2"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "Who led it was told that nobody shares it.")
  @Outcome(expect = FORBIDDEN, desc = "Something else.")
  @State
  public static class BrokenJoinsUnseen {
    private static final class Flight {
      volatile boolean joined;
      volatile int value;
    }

    private final ConcurrentHashMap<String, Flight> flights = new ConcurrentHashMap<>();

    private String call(int own) {
      Flight mine = new Flight();
      Flight present = flights.putIfAbsent("key", mine);
      if (present == null) {
        boolean joined = mine.joined;
        mine.value = own;
        flights.remove("key", mine);
        return own + (joined ? "s" : "");
      }
      present.joined = true;
      while (present.value == 0) {
        Thread.onSpinWait();
      }
      return present.value + "s";
    }

    @Actor
    public void first(LL_Result r) {
      r.r1 = call(1);
    }

    @Actor
    public void second(LL_Result r) {
      r.r2 = call(2);
    }
  }
}
