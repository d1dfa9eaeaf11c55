package dev.weft.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.weft.base.Body;
import dev.weft.testkit.Await;
import dev.weft.testkit.Task;
import dev.weft.testkit.ThreadsContract;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// What the tests of a readers-writer mutex share: one, and threads that wait for it. After each
/// test it is free and nobody waits.
abstract class RWMutexContract extends ThreadsContract {
  final RWMutex mutex = new RWMutex();

  /// Who had the mutex, in this order.
  final List<String> order = new CopyOnWriteArrayList<>();

  @Override
  protected void assertSettled() {
    mutex.checkInvariants();
    assertEquals(0, RWState.readers(mutex.state()), mutex::toString);
    assertFalse(RWState.hasWriter(mutex.state()), mutex::toString);
    assertEquals(0, mutex.writers.state(), mutex::toString);
  }

  /// Starts a reader that has to wait.
  Task<Boolean> blockedReader(String name, Body rlock) throws InterruptedException {
    int before = mutex.queue().size();
    Task<Boolean> task =
        threads.start(
            () -> {
              rlock.run();
              order.add(name);
              mutex.runlock();
            });
    Await.until(() -> mutex.queue().size() == before + 1, () -> name + " waits: " + mutex);
    return task;
  }

  Task<Boolean> blockedReader(String name) throws InterruptedException {
    return blockedReader(name, mutex::rlock);
  }

  /// Starts a writer that has to wait for readers.
  Task<Boolean> announcedWriter(String name, Body lock) throws InterruptedException {
    Task<Boolean> task =
        threads.start(
            () -> {
              lock.run();
              order.add(name);
              mutex.unlock();
            });
    Await.until(() -> RWState.hasWriter(mutex.state()), () -> name + " is announced: " + mutex);
    return task;
  }

  Task<Boolean> announcedWriter(String name) throws InterruptedException {
    return announcedWriter(name, mutex::lock);
  }

  /// Starts a writer that has to wait for another one.
  Task<Boolean> blockedWriter(String name, Body lock) throws InterruptedException {
    int before = MutexState.waiters(mutex.writers.state());
    Task<Boolean> task =
        threads.start(
            () -> {
              lock.run();
              order.add(name);
              mutex.unlock();
            });
    MutexContract.awaitWaiters(mutex.writers, before + 1);
    return task;
  }
}
