package dev.weft.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.Go;
import dev.weft.scheduler.Goroutine;
import dev.weft.scheduler.Scheduler;
import dev.weft.testkit.Await;
import dev.weft.testkit.Task;
import dev.weft.testkit.ThreadsContract;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules of wait groups, on each kind of thread.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class WaitGroupTest extends ThreadsContract {
  private final WaitGroup group = new WaitGroup();

  @Override
  protected void assertSettled() {
    group.checkInvariants();
    assertEquals(0, WaitGroupState.waiters(group.word()), group::toString);
  }

  private Task<Boolean> blockedWaiter() throws InterruptedException {
    int before = WaitGroupState.waiters(group.word());
    Task<Boolean> waiter = threads.start(group::await);
    awaitWaiters(before + 1);
    return waiter;
  }

  private void awaitWaiters(int n) throws InterruptedException {
    Await.until(() -> WaitGroupState.waiters(group.word()) == n, () -> n + " waiters: " + group);
  }

  @Test
  @DisplayName("WG-1, WG-3: a new group has a counter of zero, for which nobody waits")
  void zero() throws Exception {
    threads
        .start(
            () -> {
              group.await();
              assertTrue(group.await(Duration.ofHours(1)));
              assertTrue(group.await(Duration.ZERO));
              group.awaitUninterruptibly();
            })
        .get();
  }

  @Test
  @DisplayName("WG-4: who waits is released when the counter comes to zero, and not before")
  void releases() throws Exception {
    group.add(2);
    Task<Boolean> waiter = blockedWaiter();
    group.done();
    assertFalse(waiter.isDone());
    assertEquals(1, WaitGroupState.waiters(group.word()));
    group.done();
    waiter.get();
  }

  @Test
  @DisplayName("WG-8: many may wait, in each way; all return")
  void many() throws Exception {
    group.add(1);
    List<Task<Boolean>> waiters = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      waiters.add(threads.start(group::await));
      waiters.add(threads.call(() -> group.await(Duration.ofHours(1))));
      waiters.add(threads.start(group::awaitUninterruptibly));
    }
    awaitWaiters(15);
    group.checkInvariants();
    group.done();
    for (Task<Boolean> waiter : waiters) {
      assertTrue(waiter.get());
    }
  }

  @Test
  @DisplayName("WG-2, WG-11: a counter below zero is an error, and stays below zero")
  void negative() {
    group.add(3);
    IllegalStateException thrown = assertThrows(IllegalStateException.class, () -> group.add(-4));
    assertMessage(thrown, "sync: negative WaitGroup counter: -1 after add(-4)");
    assertThrows(IllegalStateException.class, group::done);
    assertEquals(-2, WaitGroupState.counter(group.word()));
    group.add(2);
    assertEquals(0, group.word());
  }

  @Test
  @DisplayName("WG-10: the counter has 32 bits")
  void overflow() {
    group.add(Integer.MAX_VALUE);
    assertThrows(IllegalStateException.class, () -> group.add(1));
    assertEquals(Integer.MIN_VALUE, WaitGroupState.counter(group.word()));
    WaitGroup other = new WaitGroup();
    assertThrows(IllegalStateException.class, () -> other.add(Integer.MIN_VALUE));
  }

  @Test
  @DisplayName("WG-5: there is no moment with a counter of zero and somebody in the queue")
  void addWhileWaiting() throws Exception {
    group.add(1);
    Task<Boolean> waiter = blockedWaiter();
    group.add(1);
    group.done();
    assertFalse(waiter.isDone());
    group.done();
    assertEquals(0, group.word());
    waiter.get();
  }

  @Test
  @DisplayName("WG-7: a group is used again when all who waited have returned")
  void reused() throws Exception {
    for (int round = 0; round < 100; round++) {
      group.add(1);
      Task<Boolean> first = threads.start(group::await);
      Task<Boolean> second = threads.start(group::await);
      group.done();
      first.get();
      second.get();
      assertEquals(0, group.word());
    }
  }

  @Test
  @DisplayName("WG-12: a waiter shows the group as its blocker, and why it waits")
  void blocker() throws Exception {
    group.add(1);
    Task<Boolean> waiter = blockedWaiter();
    Await.until(() -> LockSupport.getBlocker(waiter.thread()) == group, "the blocker");
    Goroutine goroutine = waiter.goroutine();
    if (goroutine != null) {
      assertEquals("sync.WaitGroup.Wait", goroutine.waitReason());
    }
    assertTrue(group.toString().endsWith("[1, 1 waiting]"), group::toString);
    group.done();
    waiter.get();
    assertTrue(group.toString().endsWith("[0]"), group::toString);
  }

  @Test
  @DisplayName("WG-14: what was done before done() is visible after await()")
  void visible() throws Exception {
    int[] plain = new int[3];
    group.add(3);
    for (int i = 0; i < 3; i++) {
      int own = i;
      threads.start(
          () -> {
            plain[own] = own + 1;
            group.done();
          });
    }
    threads
        .start(
            () -> {
              group.await();
              assertEquals(6, plain[0] + plain[1] + plain[2]);
            })
        .get();
  }

  @Test
  @DisplayName("An interrupt ends the wait: InterruptedException, flag cleared, nobody counted")
  void interrupted() throws Exception {
    group.add(1);
    Task<Boolean> waiter = blockedWaiter();
    Task<Boolean> other = blockedWaiter();
    waiter.interrupt();
    assertMessage(waiter.fails(InterruptedException.class), "was interrupted");
    assertFalse(waiter.endedWithFlag());
    awaitWaiters(1);
    group.done();
    other.get();
  }

  @Test
  @DisplayName("An interrupt before the wait is found on entry, even if nobody has to wait")
  void interruptedBefore() throws Exception {
    for (Duration timeout : List.of(Duration.ofHours(1), Duration.ZERO)) {
      Task<Boolean> waiter =
          threads.call(
              () -> {
                Thread.currentThread().interrupt();
                return group.await(timeout);
              });
      waiter.fails(InterruptedException.class);
      assertFalse(waiter.endedWithFlag());
    }
  }

  @Test
  @DisplayName("awaitUninterruptibly waits on, and sets the flag again")
  void uninterruptibly() throws Exception {
    group.add(1);
    Task<Boolean> waiter = threads.start(group::awaitUninterruptibly);
    awaitWaiters(1);
    waiter.interrupt();
    assertEquals(1, WaitGroupState.waiters(group.word()));
    group.done();
    waiter.get();
    assertTrue(waiter.endedWithFlag());
  }

  @Test
  @DisplayName("A wait for a limited time ends by itself; nobody is counted then")
  void timedOut() throws Exception {
    group.add(1);
    assertFalse(threads.call(() -> group.await(Duration.ofMillis(5))).get());
    assertFalse(threads.call(() -> group.await(Duration.ZERO)).get());
    assertFalse(threads.call(() -> group.await(Duration.ofSeconds(-1))).get());
    assertEquals(0, WaitGroupState.waiters(group.word()));
    group.done();
    assertTrue(threads.call(() -> group.await(Duration.ofSeconds(-1))).get());
  }

  @Test
  @DisplayName("WG-13: go counts up at once, and down at the end, also after a throw")
  void go() throws Exception {
    CountDownLatch mayEnd = new CountDownLatch(1);
    CountDownLatch handled = new CountDownLatch(1);
    group.go(() -> Await.zero(mayEnd, "the test"));
    assertEquals(1, WaitGroupState.counter(group.word()));
    group.go(
        () -> {
          Thread.currentThread().setUncaughtExceptionHandler((t, e) -> handled.countDown());
          throw new IllegalStateException("on purpose");
        });
    Await.zero(handled, "the handler got what was thrown");
    mayEnd.countDown();
    threads.start(group::await).get();
  }

  @Test
  @DisplayName("WG-13: go counts a goroutine down that ends by goexit")
  void goexit() throws Exception {
    group.go(Go::goexit);
    threads.start(group::await).get();
  }

  @Test
  @DisplayName("WG-13: go uses the scheduler of the calling goroutine, else the default one")
  void goOnOwnScheduler() throws Exception {
    Scheduler own = threads.scheduler();
    AtomicReference<Scheduler> used = new AtomicReference<>();
    threads
        .start(
            () -> {
              group.go(() -> used.set(Scheduler.current()));
              group.await();
            })
        .get();
    assertSame(own == null ? Scheduler.defaultScheduler() : own, used.get());
  }

  @Test
  @DisplayName("Null is refused, and counts nothing")
  @SuppressWarnings("NullAway") // on purpose
  void nulls() {
    assertThrows(NullPointerException.class, () -> group.go(null));
    assertThrows(NullPointerException.class, () -> group.await(null));
    assertEquals(0, group.word());
  }

  private static void assertMessage(Throwable thrown, String part) {
    String message = String.valueOf(thrown.getMessage());
    assertTrue(message.contains(part), message);
  }
}
