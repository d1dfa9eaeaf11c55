package dev.weft.context;

import dev.weft.internal.park.Runtime;
import dev.weft.internal.timer.ClockNodes;
import dev.weft.internal.timer.TimerNode;
import dev.weft.internal.timer.TimerThread;
import dev.weft.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Ends contexts when their time has come: one daemon thread for all that go by the system's clock,
/// which is there only while there are deadlines.
///
/// Ending a context takes mutexes, for which the thread may have to wait. So it is another one than
/// that of the timers, and no machine of a scheduler.
final class Deadlines {

  private Deadlines() {}

  /// Made by the first deadline.
  private static final class Shared {
    static final TimerThread THREAD = new TimerThread("weft-deadlines");
  }

  /// Ends a context, unless it is cancelled before.
  static final class Expiry extends TimerNode {

    private @Nullable CancelContext context;

    private Expiry(@Nullable CancelContext context, long nanos) {
      super(nanos);
      this.context = context;
    }

    @Override
    protected void fire(long now) {
      CancelContext due = context;
      if (due != null) {
        due.expire();
      }
    }

    @Override
    protected void release() {
      context = null; // the node may stay in its heap until the deadline
    }
  }

  /// So that no class is initialized deep in a stack.
  static void link() {
    new Expiry(null, 0).cancel();
    Objects.requireNonNull(Shared.THREAD);
  }

  /// Ends the context at its deadline.
  ///
  /// @return what calls it off
  static Expiry expect(CancelContext context, Deadline deadline) {
    Expiry expiry = new Expiry(context, deadline.nanos());
    if (deadline.clock() == Clock.system()) {
      Shared.THREAD.add(expiry, Runtime.get().processorHint());
    } else {
      ClockNodes.add(deadline.clock(), expiry);
    }
    return expiry;
  }
}
