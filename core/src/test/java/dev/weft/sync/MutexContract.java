package dev.weft.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.base.Body;
import dev.weft.testkit.Await;
import dev.weft.testkit.Task;
import dev.weft.testkit.ThreadsContract;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What the tests of a mutex share: a mutex, and threads that wait for it. After each test it is
/// free and nobody waits.
abstract class MutexContract extends ThreadsContract {
  final Mutex mutex = new Mutex();

  /// Who had the mutex, in this order.
  final List<String> order = new CopyOnWriteArrayList<>();

  @Override
  protected void assertSettled() {
    mutex.checkInvariants();
    assertEquals(0, mutex.state(), mutex::toString);
  }

  @Override
  protected void letGo() {
    if (mutex.isLocked()) {
      mutex.unlock();
    }
  }

  static void awaitWaiters(Mutex mutex, int n) throws InterruptedException {
    Await.until(() -> MutexState.waiters(mutex.state()) == n, () -> n + " wait: " + mutex);
  }

  /// Starts a thread that waits for the mutex, which is locked, notes that it has it, and unlocks.
  Task<Boolean> waiter(String name) throws InterruptedException {
    return waiter(name, mutex::lock);
  }

  Task<Boolean> waiter(String name, Body lock) throws InterruptedException {
    int before = MutexState.waiters(mutex.state());
    Task<Boolean> task =
        threads.start(
            () -> {
              lock.run();
              order.add(name);
              mutex.unlock();
            });
    awaitWaiters(mutex, before + 1);
    return task;
  }

  List<Task<Boolean>> waiters(String... names) throws InterruptedException {
    List<Task<Boolean>> tasks = new ArrayList<>();
    for (String name : names) {
      tasks.add(waiter(name));
    }
    return tasks;
  }

  /// Starvation mode: a waiter that was woken after more than a millisecond has found the mutex,
  /// which the caller holds, locked again. If it was faster than the caller, the next one is tried.
  ///
  /// @return the waiter, which is the only one
  Task<Boolean> starving(String name, Body lock) throws InterruptedException {
    for (; ; ) {
      Task<Boolean> waiter = waiter(name, lock);
      Thread.sleep(2); // it has to wait for that long
      mutex.unlock();
      mutex.lock();
      Await.until(
          () -> waiter.isDone() || (mutex.state() & MutexState.STARVING) != 0, "starvation mode");
      if (!waiter.isDone()) {
        awaitWaiters(mutex, 1);
        return waiter;
      }
      assertTrue(order.remove(name));
    }
  }
}
