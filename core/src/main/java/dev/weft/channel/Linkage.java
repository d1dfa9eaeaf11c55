package dev.weft.channel;

import dev.weft.internal.park.Alarm;
import dev.weft.internal.park.FreshStack;
import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.TickClock;
import dev.weft.internal.park.TimerCore;
import dev.weft.internal.park.WaitNode;
import dev.weft.internal.park.Waiter;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Does beforehand what must not happen while the lock of a channel is held: there no class may be
/// initialised and no call be linked, since either may park the thread, or fail.
///
/// Called by whoever makes a channel. All of it runs on a stack of its own, since a class whose
/// initializer overflows the stack is broken for good ([FreshStack]). So channels and cases have no
/// initializers themselves: they would run where the first one is made.
final class Linkage implements Runnable {

  private static volatile boolean done;

  private Linkage() {}

  /// Two threads that are the first together both do it, which does no harm.
  static void prepare() {
    if (!done) {
      FreshStack.run("weft-first-channel", new Linkage());
      done = true;
    }
  }

  /// Finds the runtime, which threads that wait for a lock need, before there is any lock; then
  /// does everything once that is done under the lock.
  @Override
  public void run() {
    Objects.requireNonNull(Runtime.get());
    Objects.requireNonNull(Channel.nilOnceLinked());
    Objects.requireNonNull(Received.closed());
    Waiter waiter = new Waiter(new Thread(null, null, "weft-linkage", 0, false)); // never started
    transfer(waiter, new Channel<>(1, false));
    select(waiter, new Channel<>(0, false), new Channel<>(1, false));
    new Channel<>(0, false).lockSlowly();
    time(waiter, new Timing.ChannelMaker());
  }

  /// Everything that happens to the channel of a timer under its lock.
  private static void time(Waiter waiter, Timing.ChannelMaker maker) {
    Timing timing = (Timing) maker.make(new PastClock());
    Channel<?> channel = (Channel<?>) timing.channel();
    timing.set(1, 1);
    channel.receivedNow();
    WaitNode node = waiter.node();
    node.prepare(waiter, waiter.arm(), BlockingOperations.TRANSFERRED, null);
    channel.receivers.add(node);
    timing.join(waiter);
    timing.tend(waiter); // hands over
    timing.isOutdated(waiter);
    timing.isBefore(timing);
    timing.leave(waiter);
    carryOut(channel.onReceive());
    timing.stop();
    TimerCore.channelsAreMadeBy(maker);
  }

  /// A clock by which everything is due.
  private static final class PastClock implements TickClock {

    @Override
    public long nanoTime() {
      return Long.MAX_VALUE / 2;
    }

    @Override
    public Instant instantAt(long nanos) {
      return Instant.EPOCH;
    }

    @Override
    public @Nullable Alarm wakeAt(Waiter waiter, long deadline) {
      return null;
    }
  }

  private static void transfer(Waiter waiter, Channel<String> channel) {
    WaitNode node = waiter.node();
    node.prepare(waiter, waiter.arm(), BlockingOperations.TRANSFERRED, null);
    channel.receivers.add(node);
    channel.trySend("to the waiting receiver");
    channel.trySend("into the buffer");
    node.prepare(waiter, waiter.arm(), BlockingOperations.TRANSFERRED, "from the waiting sender");
    channel.senders.add(node);
    channel.receivedNow();
    channel.receivedNow();
    channel.receivers.add(node);
    channel.receivers.remove(node);
    channel.receivedNow();
    channel.appendUnlessWaitedFor("once more into the buffer");
    channel.removeUnlessWaitedFor();
    Objects.requireNonNull(ChannelCore.caught());
    channel.tryClose();
    channel.receivedNow();
  }

  private static void select(Waiter waiter, Channel<String> empty, Channel<String> full) {
    full.trySend("there is no room for more");
    ReceiveCase<String> first = empty.onReceive();
    ReceiveCase<String> second = empty.onReceive();
    SendCase<String> send = full.onSend("one more");
    SelectCase listed = CaseList.of(3, first, second, send, null, null, null);
    SelectCase locked = Objects.requireNonNull(CaseList.inLockOrder(listed));
    CaseQueues.lockAll(locked);
    CaseQueues.enqueueAll(locked, waiter, waiter.arm());
    CaseQueues.unlockAll(locked);
    empty.tryClose();
    CaseQueues.dequeueAll(locked, null);
    CaseQueues.clearAll(locked);
    CaseList.delist(listed);
    carryOut(full.onReceive());
    carryOut(full.onSend("into the buffer"));
    full.tryClose();
    carryOut(full.onSend("too late"));
    carryOut(empty.onReceive());
  }

  private static void carryOut(SelectCase selectCase) {
    SelectCase listed = CaseList.of(1, selectCase, null, null, null, null, null);
    SelectCase locked = Objects.requireNonNull(CaseList.inLockOrder(listed));
    locked.channel.lock();
    locked.perform();
    BlockingOperations.wake(locked.channel.takeToWake());
    locked.channel.unlock();
    CaseList.delist(listed);
  }
}
