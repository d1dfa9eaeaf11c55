package dev.weft.collections;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.weft.base.FatalError;
import java.util.HashMap;
import java.util.Map;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLI_Result;

/// Hypothesis: two threads that write to one map without a lock do no harm, or one of them is told
/// by a [FatalError], or both go in step from the beginning of a change to its end, and nobody
/// notices (MAP-8): in Go it is so, too. Never does an exception come from somewhere inside, and no
/// search goes on for ever.
///
/// The result is what came of each thread, and how many of the keys are in the map afterwards, -1
/// if it then throws itself.
public final class MapMisuseStress {
  private static final int EACH = 20;

  private MapMisuseStress() {}

  private static String fill(Map<Integer, Integer> map, int first, int count) {
    try {
      for (int i = first; i < first + count; i++) {
        map.put(i, i);
      }
      return "done";
    } catch (FatalError told) {
      return "told";
    } catch (RuntimeException inside) {
      return inside.getClass().getSimpleName();
    }
  }

  private static int found(Map<Integer, Integer> map, int count) {
    try {
      int found = 0;
      for (int i = 0; i < count; i++) {
        found += map.containsKey(i) ? 1 : 0;
      }
      return found;
    } catch (FatalError told) {
      return -1;
    }
  }

  /// One key each, into the one bucket that there is.
  @JCStressTest
  @Outcome(id = "done, done, 2", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(
      id = {"(done|told), told, .*", "told, done, .*"},
      expect = ACCEPTABLE,
      desc = "One of them is told, or both are.")
  @Outcome(
      id = "done, done, .*",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Something was lost, and nobody noticed.")
  @Outcome(expect = FORBIDDEN, desc = "An exception comes from inside.")
  @State
  public static class TwoPuts {
    private final Map<Integer, Integer> map = new IncrementalHashMap<>();

    @Actor
    public void first(LLI_Result r) {
      r.r1 = fill(map, 0, 1);
    }

    @Actor
    public void second(LLI_Result r) {
      r.r2 = fill(map, 1, 1);
    }

    @Arbiter
    public void look(LLI_Result r) {
      r.r3 = found(map, 2);
    }
  }

  /// So many that the map grows under both.
  @JCStressTest
  @Outcome(id = "done, done, 40", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(
      id = {"(done|told), told, .*", "told, done, .*"},
      expect = ACCEPTABLE,
      desc = "One of them is told, or both are.")
  @Outcome(
      id = "done, done, .*",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Something was lost, and nobody noticed.")
  @Outcome(expect = FORBIDDEN, desc = "An exception comes from inside.")
  @State
  public static class TwoFills {
    private final Map<Integer, Integer> map = new IncrementalHashMap<>();

    @Actor
    public void first(LLI_Result r) {
      r.r1 = fill(map, 0, EACH);
    }

    @Actor
    public void second(LLI_Result r) {
      r.r2 = fill(map, EACH, EACH);
    }

    @Arbiter
    public void look(LLI_Result r) {
      r.r3 = found(map, 2 * EACH);
    }
  }

  /// A map that looks at nothing: the JDK's. Both keys fall on one bin.
  @JCStressTest
  @Outcome(id = "done, done, 2", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(
      id = "done, done, [01]",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Something was lost, and nobody noticed.")
  @Outcome(expect = FORBIDDEN, desc = "An exception comes from inside.")
  @State
  public static class BrokenWithoutGuard {
    private final Map<Integer, Integer> map = new HashMap<>(1);

    @Actor
    public void first(LLI_Result r) {
      r.r1 = fill(map, 0, 1);
    }

    @Actor
    public void second(LLI_Result r) {
      r.r2 = fill(map, 1, 1);
    }

    @Arbiter
    public void look(LLI_Result r) {
      r.r3 = found(map, 2);
    }
  }
}
