package dev.weft.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.internal.park.StackProbe;
import dev.weft.testkit.Await;
import dev.weft.testkit.Descent;
import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import dev.weft.testkit.ThreadsContract;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The trap: a StackOverflowError can come with any call. At every depth near the end of the stack
/// a lock is locked and unlocked again, or it throws and nothing has happened.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
@SuppressWarnings("LockNotBeforeTry") // nothing is called in between
class DeepLockTest extends ThreadsContract {

  /// Does the action at every depth on one thread, while another one does it at the top of its
  /// stack.
  private void deep(IntPredicate action) throws Exception {
    for (int round = 0; round < Scale.times(2); round++) {
      Task<Descent> deep = threads.call(() -> Descent.of(action));
      threads.start(
          () -> {
            while (!deep.isDone()) {
              assertTrue(action.test(0));
              Thread.yield();
            }
          });
      assertTrue(deep.get().done() > 0, "it was always tight");
      threads.join();
    }
  }

  @Test
  @DisplayName("lock and unlock of a mutex, also while others want it")
  void mutex() throws Exception {
    Mutex mutex = new Mutex();
    int[] inside = new int[1];
    deep(
        n -> {
          mutex.lock();
          inside[0]++;
          inside[0]--;
          mutex.unlock();
          return true;
        });
    assertEquals(0, mutex.state(), mutex::toString);
    assertEquals(0, inside[0]);
    mutex.checkInvariants();
  }

  @Test
  @DisplayName("rlock and runlock, lock and unlock of a readers-writer mutex")
  void rwMutex() throws Exception {
    RWMutex mutex = new RWMutex();
    deep(
        n -> {
          if ((n & 1) == 0) {
            mutex.rlock();
            mutex.runlock();
          } else {
            mutex.lock();
            mutex.unlock();
          }
          return true;
        });
    assertEquals(0, RWState.readers(mutex.state()), mutex::toString);
    assertEquals(0, mutex.writers.state(), mutex::toString);
    mutex.checkInvariants();
  }

  @Test
  @DisplayName(
      "add and done of a wait group for which somebody waits: done, or nothing has changed")
  void waitGroup() throws Exception {
    WaitGroup group = new WaitGroup();
    for (int round = 0; round < Scale.times(5); round++) {
      group.add(1);
      Task<Boolean> waiter = threads.start(group::await);
      Await.until(() -> WaitGroupState.waiters(group.word()) == 1, "it waits");
      Task<Descent> deep =
          threads.call(
              () ->
                  Descent.of(
                      n -> {
                        group.add(n == 0 ? -1 : 0); // the first one that gets through releases it
                        return true;
                      }));
      assertTrue(deep.get().done() > 0);
      waiter.get();
      assertEquals(0, group.word());
    }
  }

  @Test
  @DisplayName("a broadcast, and a wait with a lock that is had again afterwards")
  void cond() throws Exception {
    Mutex mutex = new Mutex();
    Cond cond = new Cond(mutex);
    deep(
        n -> {
          mutex.lock();
          boolean locked = true;
          try {
            cond.await(Duration.ofNanos(1));
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          } finally {
            locked = mutex.isLocked();
            mutex.unlock();
          }
          cond.broadcast();
          assertTrue(locked);
          return true;
        });
    assertEquals(0, mutex.state(), mutex::toString);
  }

  @Test
  @DisplayName("a wait with a lock of the JDK, for which there is little room: held afterwards")
  void foreignLock() throws Exception {
    ReentrantLock lock = new ReentrantLock();
    Cond cond = new Cond(lock);
    AtomicInteger without = new AtomicInteger();
    deep(
        n -> {
          StackProbe.ensure(System.nanoTime()); // enough to unlock, not enough to wait
          lock.lock();
          try {
            cond.await(Duration.ofNanos(1));
          } catch (InterruptedException e) {
            throw new AssertionError(e);
          } finally {
            if (lock.isHeldByCurrentThread()) {
              lock.unlock();
            } else {
              without.getAndIncrement();
            }
          }
          return true;
        });
    assertEquals(0, without.get(), "returned or threw without the lock");
    assertFalse(lock.isLocked());
    cond.checkInvariants();
    assertTrue(cond.toString().contains("[0 waiting]"), cond::toString);
  }
}
