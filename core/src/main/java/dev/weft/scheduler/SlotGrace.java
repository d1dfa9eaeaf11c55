package dev.weft.scheduler;

import dev.weft.internal.timer.TimeSource;
import java.util.Arrays;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The moment for which a thief leaves the slots of running processors to their owners (SCH-15).
///
/// A goroutine that has readied another one usually parks next, and then its own machine goes on
/// with that one, whose data are in its caches. So a thief that has found nothing else notes what
/// is in the slots, sleeps for the length of a few switches, and takes one whose owner has not
/// moved since.
///
/// It sleeps where it could spin, as Go's does (`runqgrab`), because of what others see of it
/// meanwhile: a thief that searches, so nobody wakes another one (SCH-18). A goroutine that starts
/// many others refills its slot and kicks what was there into its ring. A spinning thief would take
/// those one by one, or go idle and be woken for each; this one comes back to half a ring. A system
/// may take its time to wake it, Linux some 50 microseconds by default. For so long work that comes
/// from elsewhere may wait while this is the only free machine.
///
/// One object a machine, used by its thread only.
class SlotGrace { // open for tests, which act during the sleep

  /// About the time in which a goroutine that has readied another one gets around to parking.
  private static final long NANOS = 3_000;

  private @Nullable Schedulable[] tasks = {};
  private long[] switches = {};
  private boolean noted;

  /// Begins to note the slots of so many processors.
  void begin(int processors) {
    if (tasks.length < processors) {
      switches = new long[processors];
      tasks = new @Nullable Schedulable[processors];
    }
    noted = false;
  }

  /// Notes what is in the slot of the processor of that index. The same goroutine may be in the
  /// slot again after its owner ran it and another one, two that talk to each other; so the owner's
  /// progress is noted too, and first.
  void note(int index, Processor victim) {
    switches[index] = victim.switches();
    Schedulable next = victim.runNext.peek();
    tasks[index] = next;
    noted |= next != null;
  }

  /// Whether there was anything in a slot.
  boolean hasNoted() {
    return noted;
  }

  /// Sleeps. Returns at the end of the grace, whatever else wakes this thread.
  void await() {
    long end = TimeSource.now() + NANOS;
    for (long left = NANOS; left > 0; left = end - TimeSource.now()) {
      LockSupport.parkNanos(this, left);
    }
  }

  /// Takes what was in that slot, if it still is and its owner has not moved.
  ///
  /// @return what it has taken, or null
  @Nullable Schedulable steal(int index, Processor victim) {
    Schedulable task = tasks[index];
    if (task == null || victim.switches() != switches[index]) {
      return null;
    }
    return victim.runNext.steal(task) ? task : null;
  }

  /// Forgets the tasks, which must not be kept alive by an idle machine.
  void end() {
    if (noted) {
      Arrays.fill(tasks, null);
    }
  }
}
