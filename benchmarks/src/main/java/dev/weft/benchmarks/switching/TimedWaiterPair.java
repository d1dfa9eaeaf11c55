package dev.weft.benchmarks.switching;

import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.WaitReason;
import dev.weft.internal.park.Waiter;
import java.util.concurrent.TimeUnit;

/// What a deadline adds to a wait, if it does not come.
///
/// The ping-pong of [WaiterPair], but each wait has a deadline an hour away: its timer is made and
/// cancelled. One operation is a round trip: two timed waits. The jdk backend leaves the timing to
/// the JDK. In Go it is a timer and a `select` of it and an unbuffered channel.
public class TimedWaiterPair extends WaiterPair {
  private static final long HOUR = TimeUnit.HOURS.toNanos(1);

  @Override
  int block(Waiter waiter, long ticket) {
    long deadline = Runtime.get().nanoTime() + HOUR;
    return waiter.awaitUntil(ticket, WaitReason.SEMACQUIRE, this, deadline);
  }
}
