package dev.weft.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.base.Body;
import dev.weft.base.FatalError;
import dev.weft.scheduler.Goroutine;
import dev.weft.testkit.Await;
import dev.weft.testkit.Kind;
import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import dev.weft.testkit.ThreadsContract;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules of Cond, with each kind of lock.
@ParameterizedClass
@MethodSource("settings")
@SuppressWarnings({"NullAway.Init", "LockNotBeforeTry", "WaitNotInLoop"}) // one wait is tested
class CondTest extends ThreadsContract {

  /// What the condition is used with (COND-10).
  enum With {
    MUTEX,
    WRITERS,
    READERS,
    REENTRANT_LOCK;

    Lock lock() {
      return switch (this) {
        case MUTEX -> new Mutex();
        case WRITERS -> new RWMutex().writeLock();
        case READERS -> new RWMutex().rlocker();
        case REENTRANT_LOCK -> new ReentrantLock();
      };
    }
  }

  static List<Arguments> settings() {
    return Kind.ofThisRun().stream()
        .flatMap(kind -> List.of(With.values()).stream().map(with -> Arguments.of(kind, with)))
        .toList();
  }

  @Parameter(1)
  With with;

  private final List<String> order = new CopyOnWriteArrayList<>();
  private Lock lock;
  private Cond cond;

  @BeforeEach
  void make() {
    lock = with.lock();
    cond = new Cond(lock);
  }

  @Override
  protected void assertSettled() {
    assertTrue(lock.tryLock(), "it is free");
    lock.unlock();
    assertEquals(0, waiting(), cond::toString);
  }

  private int waiting() {
    String text = cond.toString();
    return Integer.parseInt(text.substring(text.indexOf('[') + 1, text.indexOf(" waiting")));
  }

  private Task<Boolean> waiter(String name, Body await) throws InterruptedException {
    int before = waiting();
    Task<Boolean> task =
        threads.start(
            () -> {
              lock.lock();
              try {
                await.run();
                order.add(name);
              } finally {
                lock.unlock();
              }
            });
    Await.until(() -> waiting() == before + 1, () -> name + " waits: " + cond);
    return task;
  }

  @Test
  @DisplayName("COND-1, COND-2: signals wake those who wait, the one that has waited longest first")
  void signal() throws Exception {
    for (String name : List.of("a", "b", "c")) {
      waiter(name, cond::await);
    }
    for (int i = 1; i <= 3; i++) {
      int woken = i;
      cond.signal();
      Await.until(() -> order.size() == woken, "one more");
    }
    assertEquals(List.of("a", "b", "c"), order);
  }

  @Test
  @DisplayName("COND-3: a broadcast wakes all who wait by then")
  void broadcast() throws Exception {
    waiter("a", cond::await);
    waiter("b", cond::awaitUninterruptibly);
    waiter("c", () -> assertTrue(cond.await(Duration.ofHours(1))));
    cond.broadcast();
    threads.join();
    assertEquals(3, order.size());
  }

  @Test
  @DisplayName("COND-4: nobody waits: signal and broadcast do nothing, and are not remembered")
  void notRemembered() throws Exception {
    cond.signal();
    cond.broadcast();
    Task<Boolean> waiter = waiter("a", cond::await);
    assertFalse(waiter.isDone());
    cond.signal();
    waiter.get();
  }

  @Test
  @DisplayName("COND-5: who signals may hold the lock, or not; the waiter has it when it returns")
  void signalUnderLock() throws Exception {
    Task<Boolean> waiter = waiter("waiter", cond::await);
    threads
        .start(
            () -> {
              lock.lock();
              try {
                cond.signal();
                if (with != With.READERS) {
                  order.add("signaller");
                }
              } finally {
                lock.unlock();
              }
            })
        .get();
    waiter.get();
    assertEquals("waiter", order.getLast());
  }

  @Test
  @DisplayName("COND-6: waiting without the lock fails as unlocking does, and nobody waits")
  void withoutLock() throws Exception {
    Class<? extends Throwable> type =
        with == With.REENTRANT_LOCK ? IllegalMonitorStateException.class : FatalError.class;
    threads.start(cond::await).fails(type);
    threads.start(cond::awaitUninterruptibly).fails(type);
    threads.start(() -> cond.await(Duration.ofHours(1))).fails(type);
    assertEquals(0, waiting());
  }

  @Test
  @DisplayName("COND-7: nobody is woken for no reason: no unpark ends a wait")
  void strayUnparks() throws Exception {
    Task<Boolean> waiter = waiter("a", cond::await);
    Task<Boolean> timed = waiter("b", () -> assertTrue(cond.await(Duration.ofHours(1))));
    for (int i = 0; i < 20; i++) {
      LockSupport.unpark(waiter.thread());
      LockSupport.unpark(timed.thread());
      Thread.yield();
    }
    assertFalse(waiter.isDone() || timed.isDone());
    assertEquals(2, waiting());
    cond.broadcast();
    threads.join();
  }

  @Test
  @DisplayName("COND-8: a later waiter does not take the signal of an earlier one")
  void noStealing() throws Exception {
    for (int round = 0; round < Scale.times(30); round++) {
      order.clear();
      Task<Boolean> earlier = waiter("earlier", cond::await);
      cond.signal();
      Task<Boolean> later =
          threads.start(
              () -> {
                lock.lock();
                try {
                  cond.await();
                  order.add("later");
                } finally {
                  lock.unlock();
                }
              });
      earlier.get();
      assertEquals(List.of("earlier"), order);
      Await.until(() -> waiting() == 1, "the later one waits");
      cond.signal();
      later.get();
    }
  }

  @Test
  @DisplayName("COND-10: who waits shows the condition as its blocker, and why it waits")
  void blocker() throws Exception {
    Task<Boolean> waiter = waiter("a", cond::await);
    Await.until(() -> LockSupport.getBlocker(waiter.thread()) == cond, "the blocker");
    Goroutine goroutine = waiter.goroutine();
    if (goroutine != null) {
      assertEquals("sync.Cond.Wait", goroutine.waitReason());
    }
    cond.signal();
    waiter.get();
    assertSame(lock, cond.lock());
  }

  @Test
  @DisplayName("COND-11: what is done before the signal is visible to whom it wakes")
  void visible() throws Exception {
    int[] plain = new int[1];
    Task<Boolean> waiter =
        waiter(
            "a",
            () -> {
              cond.await();
              assertEquals(1, plain[0]);
            });
    plain[0] = 1;
    cond.signal();
    waiter.get();
  }

  @Test
  @DisplayName("An interrupt ends a wait; it has the lock again then, and the flag is cleared")
  void interrupted() throws Exception {
    Task<Boolean> waiter = waiter("a", cond::await);
    Task<Boolean> other = waiter("b", cond::await);
    waiter.interrupt();
    waiter.fails(InterruptedException.class);
    assertFalse(waiter.endedWithFlag());
    cond.signal();
    other.get();
  }

  @Test
  @DisplayName("awaitUninterruptibly goes on waiting, and sets the flag again")
  void uninterruptibly() throws Exception {
    Task<Boolean> waiter = waiter("a", cond::awaitUninterruptibly);
    waiter.interrupt();
    assertEquals(1, waiting());
    cond.signal();
    waiter.get();
    assertTrue(waiter.endedWithFlag());
  }

  @Test
  @DisplayName("A wait for a limited time says whether the signal came")
  void timed() throws Exception {
    threads
        .start(
            () -> {
              lock.lock();
              try {
                assertFalse(cond.await(Duration.ofMillis(2)));
                assertFalse(cond.await(Duration.ZERO));
                assertFalse(cond.await(Duration.ofSeconds(-1)));
              } finally {
                lock.unlock();
              }
            })
        .get();
    assertEquals(0, waiting());
  }

  @Test
  @DisplayName(
      "A signal and an interrupt at the same time: no signal is lost with the interrupted one")
  void signalAgainstInterrupt() throws Exception {
    for (int round = 0; round < Scale.times(50); round++) {
      Task<Boolean> first = waiter("a", () -> ignoreInterrupt());
      Task<Boolean> second = waiter("b", cond::await);
      Task<Boolean> interrupter = threads.start(first::interrupt);
      cond.signal();
      interrupter.get();
      first.get();
      if (!second.isDone()) {
        cond.signal(); // the first one may have had both
      }
      second.get();
      assertEquals(0, waiting());
    }
  }

  private void ignoreInterrupt() {
    try {
      cond.await();
    } catch (InterruptedException e) {
      // then the signal went to the other one
    }
  }

  @Test
  @DisplayName("Null is refused")
  @SuppressWarnings("NullAway") // on purpose
  void nulls() {
    assertThrows(NullPointerException.class, () -> new Cond(null));
    assertThrows(NullPointerException.class, () -> cond.await(null));
  }
}
