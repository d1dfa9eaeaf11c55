package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.internal.park.Alarm;
import dev.weft.internal.park.TickClock;
import dev.weft.internal.park.TimerCore;
import dev.weft.internal.park.Waiter;
import dev.weft.testkit.Await;
import dev.weft.testkit.Task;
import dev.weft.testkit.ThreadsContract;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// TMR-20, Timing's R1: what wakes the keeper of a timer while it parks for a lock, which uses up
/// the permit, is not lost. The lock is the clock's: it calls the test where it would wait for it.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class KeeperPermitTest extends ThreadsContract {
  private static final long LATER = 100;

  /// Wakes nobody by itself.
  private static final class ContendedClock implements TickClock {
    volatile long now = 1;
    final AtomicInteger arranged = new AtomicInteger();
    final AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {});

    @Override
    public long nanoTime() {
      return now;
    }

    @Override
    public Instant instantAt(long nanos) {
      return Instant.ofEpochSecond(nanos);
    }

    @Override
    public Alarm wakeAt(Waiter waiter, long deadline) {
      arranged.incrementAndGet();
      meanwhile.getAndSet(() -> {}).run();
      return () -> true;
    }
  }

  private final ContendedClock clock = new ContendedClock();
  private final ContendedClock otherClock = new ContendedClock();

  private static Timing timerBy(ContendedClock clock) {
    Channel.make(); // whoever makes the first channel prepares for timers too
    Timing timing = (Timing) TimerCore.withChannel(clock);
    timing.set(LATER, 0);
    return timing;
  }

  /// As the wait for a lock does, if somebody has woken the thread.
  private static void useUpThePermit() {
    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(1));
  }

  private static void awaitEnd(Task<?> task) {
    try {
      Await.until(task::isDone, "it has left");
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @SuppressWarnings("unchecked") // what a timer sends are instants
  private static Channel<Instant> channel(Timing timing) {
    return (Channel<Instant>) timing.channel();
  }

  @Test
  @DisplayName("TMR-20: a reset while the keeper arranges to be woken")
  void reset() throws Exception {
    Timing timing = timerBy(clock);
    clock.meanwhile.set(
        () -> {
          timing.set(1, 0);
          useUpThePermit();
        });
    Task<Instant> receiver = threads.call(() -> channel(timing).receive());
    assertEquals(Instant.ofEpochSecond(1), receiver.get());
  }

  @Test
  @DisplayName("TMR-2: the time comes while the keeper arranges to be woken")
  void due() throws Exception {
    Timing timing = timerBy(clock);
    clock.meanwhile.set(
        () -> {
          clock.now = LATER;
          LockSupport.unpark(Thread.currentThread()); // what it has arranged
          useUpThePermit();
        });
    Task<Instant> receiver = threads.call(() -> channel(timing).receive());
    assertEquals(Instant.ofEpochSecond(LATER), receiver.get());
  }

  @Test
  @DisplayName("TMR-20: a reset of one timer of a select while it looks after the next one")
  void resetOfAnother() throws Exception {
    Timing first = timerBy(clock);
    Timing second = timerBy(otherClock);
    otherClock.meanwhile.set(
        () -> {
          first.set(1, 0);
          useUpThePermit();
        });
    ReceiveCase<Instant> chosen = channel(first).onReceive();
    Task<Integer> selecting =
        threads.call(() -> Select.select(channel(second).onReceive(), chosen));
    assertEquals(1, selecting.get());
    assertEquals(Instant.ofEpochSecond(1), chosen.value());
  }

  @Test
  @DisplayName("A select becomes the keeper of one timer while it looks after the next one")
  void becomesKeeper() throws Exception {
    Timing first = timerBy(clock);
    Timing second = timerBy(otherClock);
    Task<Instant> keeping = threads.call(() -> channel(first).receive());
    Await.until(() -> clock.arranged.get() == 1, "it keeps the time");
    otherClock.meanwhile.set(
        () -> {
          keeping.interrupt();
          awaitEnd(keeping);
          useUpThePermit();
        });
    Task<Integer> selecting =
        threads.call(() -> Select.select(channel(first).onReceive(), channel(second).onReceive()));
    Await.until(() -> clock.arranged.get() == 2, "the select has taken over");
    first.set(1, 0);
    assertEquals(0, selecting.get());
    keeping.fails(InterruptedException.class);
  }
}
