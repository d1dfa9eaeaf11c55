package dev.weft.scheduler;

import dev.weft.internal.carrier.CarrierAccess;
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
/// those one by one, or go idle and be woken for each; this one comes back to half a ring.
///
/// The price: work that somebody queues meanwhile waits for this thief, since nobody else is woken,
/// however many machines are idle. How long that is depends on the system: on Linux 77 to 82
/// microseconds were measured for three. Windows could make 15 milliseconds of it, so there it
/// gives up its time slice again and again, as in Go. And it spins where the monitor has found a
/// goroutine lingering in the slot: that one is to be met at once.
///
/// One object a machine, used by its thread only.
class SlotGrace { // open for tests, which act during the sleep

  /// About the time in which a goroutine that has readied another one gets around to parking.
  private static final long NANOS = 3_000;

  private static final boolean COARSE_SLEEP =
      System.getProperty("os.name", "").startsWith("Windows");

  private @Nullable Schedulable[] tasks = {};
  private long[] switches = {};
  private boolean noted;
  private boolean urgent;

  /// Begins to note the slots of so many processors.
  void begin(int processors) {
    noted = false;
    urgent = false;
    if (tasks.length < processors) {
      try {
        long[] more = new long[processors];
        tasks = new @Nullable Schedulable[processors];
        switches = more;
      } catch (OutOfMemoryError noMemory) {
        // The slots of those beyond are left alone.
      }
    }
  }

  /// Notes what is in the slot of the processor of that index. The same goroutine may be in the
  /// slot again after its owner ran it and another one, two that talk to each other; so the owner's
  /// progress is noted too.
  void note(int index, Processor victim) {
    if (index >= tasks.length) {
      return;
    }
    switches[index] = victim.switches();
    Schedulable next = victim.runNext.peek();
    tasks[index] = next;
    noted |= next != null;
    urgent |= next != null && victim.isEager();
  }

  /// Whether there was anything in a slot.
  boolean hasNoted() {
    return noted;
  }

  /// Sleeps. Returns at the end of the grace, whatever else wakes this thread.
  void await() {
    long end = TimeSource.now() + NANOS;
    for (long left = NANOS; left > 0; left = end - TimeSource.now()) {
      if (urgent) {
        Thread.onSpinWait();
      } else if (COARSE_SLEEP) {
        CarrierAccess.osYield();
      } else {
        LockSupport.parkNanos(this, left);
      }
    }
  }

  /// Takes what was in that slot, if it still is and its owner has not moved.
  ///
  /// @return what it has taken, or null
  @Nullable Schedulable steal(int index, Processor victim) {
    Schedulable task = index < tasks.length ? tasks[index] : null;
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
