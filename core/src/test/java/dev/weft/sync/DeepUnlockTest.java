package dev.weft.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.internal.park.StackProbe;
import dev.weft.internal.park.WaitQueue;
import dev.weft.testkit.Await;
import dev.weft.testkit.Descent;
import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import dev.weft.testkit.ThreadsContract;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The trap: who could lock must be able to unlock, with the same stack, whoever waits. Here each
/// unlocking at each depth has somebody to wake or to hand over to: it must not throw, and whoever
/// waits must come to run.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
@SuppressWarnings("LockNotBeforeTry") // the order of locking is what is tested
class DeepUnlockTest extends ThreadsContract {
  private static final int ROUNDS = 3;
  private static final long HOLD_NANOS = 300_000;

  private @Nullable Throwable late;

  /// Unlocks one after the other, each as deep in the stack as it could have been locked.
  ///
  /// @return how many
  private int unlockDeep(List<WaitQueue> queues, IntConsumer unlock) throws InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    Thread disturber = Thread.ofPlatform().start(() -> disturb(queues, over));
    int done;
    try {
      Task<Descent> deep = threads.call(() -> Descent.of(n -> unlockOne(n, unlock)));
      done = deep.get().done();
    } finally {
      over.set(true);
      disturber.join();
    }
    if (late != null) {
      throw new AssertionError("unlock threw", late);
    }
    assertTrue(done > 0);
    return done;
  }

  /// Holds the locks of all queues for much longer than anybody else does, again and again, so that
  /// they are found taken.
  private static void disturb(List<WaitQueue> queues, AtomicBoolean over) {
    while (!over.get()) {
      queues.forEach(WaitQueue::lock);
      long start = System.nanoTime();
      while (System.nanoTime() - start < HOLD_NANOS) {
        Thread.onSpinWait();
      }
      queues.forEach(WaitQueue::unlock);
      Thread.yield();
    }
  }

  private boolean unlockOne(int n, IntConsumer unlock) {
    StackProbe.ensureRelease(n + 1); // as who locks
    try {
      unlock.accept(n);
    } catch (Throwable inUnlock) {
      late = inUnlock;
    }
    return true;
  }

  @Test
  @DisplayName("MU-5: an unlock in normal mode, deep in the stack, wakes one that waits")
  void normal() throws Exception {
    mutexes(0);
  }

  @Test
  @DisplayName("MU-9, MU-10: an unlock in starvation mode, deep in the stack, hands over")
  void starving() throws Exception {
    mutexes(MutexState.STARVING);
  }

  private void mutexes(int mode) throws Exception {
    for (int round = 0; round < Scale.times(ROUNDS); round++) {
      List<Mutex> mutexes = new ArrayList<>();
      List<Task<Boolean>> waiters = new ArrayList<>();
      for (int i = 0; i < Descent.ENOUGH; i++) {
        Mutex mutex = new Mutex();
        mutex.lock();
        mutexes.add(mutex);
        waiters.add(
            threads.start(
                () -> {
                  mutex.lock();
                  mutex.unlock();
                }));
      }
      for (Mutex mutex : mutexes) {
        MutexContract.awaitWaiters(mutex, 1);
        assertTrue(mutex.cas(mutex.state(), mutex.state() | mode));
      }
      int done =
          unlockDeep(mutexes.stream().map(Mutex::queue).toList(), n -> mutexes.get(n).unlock());
      for (int i = done; i < Descent.ENOUGH; i++) {
        mutexes.get(i).unlock();
      }
      for (int i = 0; i < Descent.ENOUGH; i++) {
        waiters.get(i).get();
        assertEquals(0, mutexes.get(i).state());
        mutexes.get(i).checkInvariants();
      }
    }
  }

  @Test
  @DisplayName("RW-5: the last reader, deep in its stack, lets the writer in")
  void runlock() throws Exception {
    for (int round = 0; round < Scale.times(ROUNDS); round++) {
      List<RWMutex> mutexes = new ArrayList<>();
      for (int i = 0; i < Descent.ENOUGH; i++) {
        RWMutex mutex = new RWMutex();
        mutex.rlock();
        mutexes.add(mutex);
        threads.start(
            () -> {
              mutex.lock();
              mutex.unlock();
            });
        Await.until(() -> RWState.hasWriter(mutex.state()), "the writer waits");
      }
      int done = unlockDeep(queues(mutexes), n -> mutexes.get(n).runlock());
      for (int i = done; i < Descent.ENOUGH; i++) {
        mutexes.get(i).runlock();
      }
      assertFree(mutexes);
    }
  }

  @Test
  @DisplayName("RW-6: a writer, deep in its stack, lets readers and the next writer in")
  void writeUnlock() throws Exception {
    for (int round = 0; round < Scale.times(ROUNDS); round++) {
      List<RWMutex> mutexes = new ArrayList<>();
      for (int i = 0; i < Descent.ENOUGH; i++) {
        RWMutex mutex = new RWMutex();
        mutex.lock();
        mutexes.add(mutex);
        for (int k = 0; k < 2; k++) {
          threads.start(
              () -> {
                mutex.rlock();
                mutex.runlock();
              });
        }
        threads.start(
            () -> {
              mutex.lock();
              mutex.unlock();
            });
        Await.until(() -> mutex.queue().size() == 2, "readers wait");
        MutexContract.awaitWaiters(mutex.writers, 1);
      }
      int done = unlockDeep(queues(mutexes), n -> mutexes.get(n).unlock());
      for (int i = done; i < Descent.ENOUGH; i++) {
        mutexes.get(i).unlock();
      }
      assertFree(mutexes);
    }
  }

  private static List<WaitQueue> queues(List<RWMutex> mutexes) {
    List<WaitQueue> queues = new ArrayList<>();
    for (RWMutex mutex : mutexes) {
      queues.add(mutex.queue());
      queues.add(mutex.writers.queue());
    }
    return queues;
  }

  private void assertFree(List<RWMutex> mutexes) throws InterruptedException {
    threads.join();
    for (RWMutex mutex : mutexes) {
      mutex.checkInvariants();
      assertEquals(0, RWState.readers(mutex.state()), mutex::toString);
      assertEquals(0, mutex.writers.state(), mutex::toString);
    }
  }
}
