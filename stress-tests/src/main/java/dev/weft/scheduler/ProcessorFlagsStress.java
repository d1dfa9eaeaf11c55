package dev.weft.scheduler;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: no flag of a processor is lost or attended to twice, though one thread raises flags
/// while the owner takes them all down.
///
/// One flag is up from the start. Results: the flags that the owner took down; and those that are
/// up afterwards.
public class ProcessorFlagsStress {
  private ProcessorFlagsStress() {}

  private static Processor newProcessor() {
    Processor processor = new StressCore(1).running().processor;
    processor.raise(Processor.CHECK_SURPLUS);
    return processor;
  }

  /// The monitor raises a flag while the owner attends to its flags.
  @JCStressTest
  @Outcome(id = "5, 0", expect = ACCEPTABLE, desc = "Both are attended to.")
  @Outcome(id = "4, 1", expect = ACCEPTABLE, desc = "The new one waits for the next time.")
  @Outcome(expect = FORBIDDEN, desc = "A flag is lost or seen twice.")
  @State
  public static class RaiseVsLower {
    private final Processor processor = newProcessor();

    @Actor
    public void monitor() {
      processor.raise(Processor.HANDED_OFF);
    }

    @Actor
    public void owner(II_Result r) {
      r.r1 = processor.lowerAll();
    }

    @Arbiter
    public void arbiter(II_Result r) {
      r.r2 = processor.flags();
    }
  }

  /// Two threads raise different flags.
  @JCStressTest
  @Outcome(id = "0, 7", expect = ACCEPTABLE, desc = "All are up.")
  @Outcome(expect = FORBIDDEN, desc = "A flag is lost.")
  @State
  public static class RaiseVsRaise {
    private final Processor processor = newProcessor();

    @Actor
    public void monitor() {
      processor.raise(Processor.HANDED_OFF);
    }

    @Actor
    public void other() {
      processor.raise(Processor.SLICE_USED);
    }

    @Arbiter
    public void arbiter(II_Result r) {
      r.r2 = processor.flags();
    }
  }

  /// Reads and writes in two steps.
  @JCStressTest
  @Outcome(id = "5, 0", expect = ACCEPTABLE, desc = "Both are attended to.")
  @Outcome(id = "4, 1", expect = ACCEPTABLE, desc = "The new one waits for the next time.")
  @Outcome(id = "4, 0", expect = ACCEPTABLE_INTERESTING, desc = "The new one is lost.")
  @Outcome(id = "4, 5", expect = ACCEPTABLE_INTERESTING, desc = "The old one is seen twice.")
  @State
  public static class BrokenTwoSteps {
    private volatile int flags = Processor.CHECK_SURPLUS;

    @Actor
    public void monitor() {
      flags = flags | Processor.HANDED_OFF;
    }

    @Actor
    public void owner(II_Result r) {
      r.r1 = flags;
      flags = 0;
    }

    @Arbiter
    public void arbiter(II_Result r) {
      r.r2 = flags;
    }
  }
}
