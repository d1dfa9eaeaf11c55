package dev.weft.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.base.Body;
import dev.weft.testkit.Await;
import dev.weft.testkit.Kind;
import dev.weft.testkit.Task;
import dev.weft.testkit.ThreadsContract;
import java.util.Date;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The conditions of a mutex, and of the writers' side of a readers-writer mutex: those of
/// `java.util.concurrent` (MU-21).
@ParameterizedClass
@MethodSource("settings")
@SuppressWarnings({
  "NullAway.Init",
  "LockNotBeforeTry",
  "WaitNotInLoop",
  "JavaUtilDate"
}) // what one wait does is what is tested
class ConditionTest extends ThreadsContract {

  /// Whose conditions.
  enum Owner {
    MUTEX,
    WRITE_LOCK;

    Lock lock() {
      return this == MUTEX ? new Mutex() : new RWMutex().writeLock();
    }
  }

  static List<Arguments> settings() {
    return Kind.ofThisRun().stream()
        .flatMap(kind -> List.of(Owner.values()).stream().map(owner -> Arguments.of(kind, owner)))
        .toList();
  }

  @Parameter(1)
  Owner owner;

  private final List<String> order = new CopyOnWriteArrayList<>();
  private Lock lock;
  private Condition condition;

  @BeforeEach
  void make() {
    lock = owner.lock();
    condition = lock.newCondition();
  }

  @Override
  protected void assertSettled() {
    assertTrue(lock.tryLock(), "it is free");
    lock.unlock();
    assertTrue(condition.toString().contains("[0 waiting]"), condition::toString);
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
    Await.until(() -> waiting() == before + 1, () -> name + " waits: " + condition);
    return task;
  }

  private int waiting() {
    String text = condition.toString();
    return Integer.parseInt(text.substring(text.indexOf('[') + 1, text.indexOf(" waiting")));
  }

  private void locked(Body body) throws Exception {
    threads
        .start(
            () -> {
              lock.lock();
              try {
                body.run();
              } finally {
                lock.unlock();
              }
            })
        .get();
  }

  @Test
  @DisplayName("MU-21: signal wakes one, in the order of waiting")
  void signal() throws Exception {
    for (String name : List.of("a", "b", "c")) {
      waiter(name, condition::await);
    }
    for (int i = 1; i <= 3; i++) {
      int woken = i;
      locked(condition::signal);
      Await.until(() -> order.size() == woken, "one more");
    }
    assertEquals(List.of("a", "b", "c"), order);
  }

  @Test
  @DisplayName("MU-21: signalAll wakes all")
  void signalAll() throws Exception {
    waiter("a", condition::await);
    waiter("b", condition::awaitUninterruptibly);
    waiter("c", () -> assertTrue(condition.await(1, TimeUnit.HOURS)));
    waiter("d", () -> assertTrue(condition.awaitNanos(Long.MAX_VALUE) > 0));
    waiter("e", () -> assertTrue(condition.awaitUntil(new Date(Long.MAX_VALUE))));
    locked(condition::signalAll);
    threads.join();
    assertEquals(5, order.size());
  }

  @Test
  @DisplayName("MU-21: a signal that finds nobody is not remembered")
  void notRemembered() throws Exception {
    locked(condition::signal);
    locked(condition::signalAll);
    Task<Boolean> waiter = waiter("a", condition::await);
    assertFalse(waiter.isDone());
    locked(condition::signal);
    waiter.get();
  }

  @Test
  @DisplayName("MU-21: on a lock that is not locked all of it is an IllegalMonitorStateException")
  void unlocked() {
    assertThrows(IllegalMonitorStateException.class, condition::await);
    assertThrows(IllegalMonitorStateException.class, condition::awaitUninterruptibly);
    assertThrows(IllegalMonitorStateException.class, () -> condition.awaitNanos(1));
    assertThrows(IllegalMonitorStateException.class, () -> condition.await(1, TimeUnit.DAYS));
    assertThrows(IllegalMonitorStateException.class, () -> condition.awaitUntil(new Date()));
    assertThrows(IllegalMonitorStateException.class, condition::signal);
    assertThrows(IllegalMonitorStateException.class, condition::signalAll);
  }

  @Test
  @DisplayName("An interrupt ends a wait; it has the lock again then, and the flag is cleared")
  void interrupted() throws Exception {
    Task<Boolean> waiter = waiter("a", condition::await);
    Task<Boolean> other = waiter("b", condition::await);
    waiter.interrupt();
    waiter.fails(InterruptedException.class);
    assertFalse(waiter.endedWithFlag());
    locked(condition::signal);
    other.get();
  }

  @Test
  @DisplayName("The flag is looked at on entry; then nobody has let go of the lock")
  void flagOnEntry() throws Exception {
    Task<Boolean> task =
        threads.start(
            () -> {
              lock.lock();
              try {
                Thread.currentThread().interrupt();
                condition.await();
              } finally {
                lock.unlock();
              }
            });
    task.fails(InterruptedException.class);
  }

  @Test
  @DisplayName("awaitUninterruptibly goes on waiting, and sets the flag again")
  void uninterruptibly() throws Exception {
    Task<Boolean> waiter = waiter("a", condition::awaitUninterruptibly);
    waiter.interrupt();
    assertEquals(1, waiting());
    locked(condition::signal);
    waiter.get();
    assertTrue(waiter.endedWithFlag());
  }

  @Test
  @DisplayName("A wait for a limited time ends by itself; what is left of the time is told")
  void timed() throws Exception {
    locked(
        () -> {
          assertFalse(condition.await(2, TimeUnit.MILLISECONDS));
          assertTrue(condition.awaitNanos(1_000_000) <= 0);
          assertFalse(condition.awaitUntil(new Date(System.currentTimeMillis() + 2)));
        });
  }

  @Test
  @DisplayName(
      "A wait for no time lets go of the lock and takes it again, and says that it was late")
  void noTime() throws Exception {
    locked(
        () -> {
          assertFalse(condition.await(0, TimeUnit.SECONDS));
          assertFalse(condition.await(-1, TimeUnit.SECONDS));
          assertEquals(0, condition.awaitNanos(0));
          assertEquals(-7, condition.awaitNanos(-7));
          assertFalse(condition.awaitUntil(new Date(0)));
          assertFalse(condition.awaitUntil(new Date(Long.MIN_VALUE)));
        });
  }
}
