package dev.weft.sync;

import static dev.weft.testkit.Allocations.assertNone;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What does not have to wait allocates nothing.
@SuppressWarnings("LockNotBeforeTry") // nothing can go wrong in between
class SyncAllocationTest {

  @Test
  @DisplayName("A mutex that is free")
  void mutex() throws Exception {
    Mutex mutex = new Mutex();
    assertNone(
        () -> {
          mutex.lock();
          mutex.unlock();
        });
    assertNone(
        () -> {
          if (mutex.tryLock()) {
            mutex.unlock();
          }
        });
  }

  @Test
  @DisplayName("A readers-writer mutex that is free")
  void rwMutex() throws Exception {
    RWMutex mutex = new RWMutex();
    mutex.lock(); // the first writer makes the queue
    mutex.unlock();
    assertNone(
        () -> {
          mutex.rlock();
          mutex.runlock();
        });
    assertNone(
        () -> {
          mutex.lock();
          mutex.unlock();
        });
  }

  @Test
  @DisplayName("A wait group for which nobody waits")
  void waitGroup() throws Exception {
    WaitGroup group = new WaitGroup();
    assertNone(
        () -> {
          group.add(1);
          group.done();
          group.await();
        });
  }

  @Test
  @DisplayName("What has been done once")
  void once() throws Exception {
    Once once = new Once();
    OnceValue<String> value = OnceValue.of(() -> "x");
    assertNone(() -> once.run(() -> {}));
    assertNone(value::get);
  }

  @Test
  @DisplayName("A pool that has something")
  void pool() throws Exception {
    Pool<Object> pool = Pool.of(Object::new);
    assertNone(() -> pool.put(pool.get()));
  }
}
