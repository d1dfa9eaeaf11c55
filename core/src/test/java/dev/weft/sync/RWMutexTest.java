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
import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules of the readers-writer mutex, on each kind of thread.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
@SuppressWarnings("LockNotBeforeTry") // the order of locking is what is tested
class RWMutexTest extends RWMutexContract {

  @Test
  @DisplayName("RW-1: readers read together")
  void readersTogether() throws Exception {
    CountDownLatch all = new CountDownLatch(4);
    for (int i = 0; i < 4; i++) {
      threads.start(
          () -> {
            mutex.rlock();
            all.countDown();
            Await.zero(all, "all read at the same time");
            mutex.runlock();
          });
    }
    threads.join();
  }

  @Test
  @DisplayName("RW-1: a writer is alone")
  void writerAlone() throws Exception {
    mutex.lock();
    assertFalse(mutex.tryLock());
    assertFalse(mutex.tryRlock());
    mutex.unlock();
    mutex.rlock();
    assertFalse(mutex.tryLock());
    assertTrue(mutex.tryRlock());
    mutex.runlock();
    mutex.runlock();
  }

  @Test
  @DisplayName("RW-2: to read while no writer is there is one addition")
  void oneAddition() {
    long before = mutex.state();
    mutex.rlock();
    assertEquals(before + 1, mutex.state());
    mutex.runlock();
    assertEquals(before, mutex.state());
  }

  @Test
  @DisplayName("RW-3: once a writer has announced itself, new readers wait, while older ones read")
  void writerPreference() throws Exception {
    mutex.rlock();
    announcedWriter("writer");
    assertFalse(mutex.tryRlock());
    blockedReader("new reader");
    mutex.checkInvariants();
    mutex.runlock();
    threads.join();
    assertEquals(List.of("writer", "new reader"), order);
  }

  @Test
  @DisplayName("RW-4, RW-5: the last of the readers that were there lets the writer in")
  void lastReader() throws Exception {
    mutex.rlock();
    mutex.rlock();
    Task<Boolean> writer = announcedWriter("writer");
    blockedReader("new reader");
    mutex.runlock();
    assertFalse(writer.isDone());
    mutex.checkInvariants();
    mutex.runlock();
    writer.get();
    threads.join();
    assertEquals(List.of("writer", "new reader"), order);
  }

  @Test
  @DisplayName("RW-6: unlock lets all waiting readers in, and then the next writer")
  void readersBeforeNextWriter() throws Exception {
    mutex.lock();
    blockedWriter("next writer", mutex::lock);
    blockedReader("r");
    blockedReader("r");
    mutex.checkInvariants();
    mutex.unlock();
    threads.join();
    // The readers were let in before the next writer could announce itself.
    assertEquals(Set.of("r", "next writer"), Set.copyOf(order));
    assertEquals("next writer", order.getLast());
  }

  @Test
  @DisplayName("RW-7: reading twice waits for ever if a writer comes in between")
  void recursiveRead() throws Exception {
    CountDownLatch announced = new CountDownLatch(1);
    Task<Boolean> reader =
        threads.start(
            () -> {
              mutex.rlock();
              Await.zero(announced, "the writer");
              mutex.rlock();
              mutex.runlock();
              mutex.runlock();
            });
    Await.until(() -> RWState.readers(mutex.state()) == 1, "it reads");
    Task<Boolean> writer = announcedWriter("writer");
    announced.countDown();
    Await.until(() -> mutex.queue().size() == 1, "it waits for the writer, which waits for it");
    assertFalse(writer.isDone());
    mutex.runlock(); // no owner: so the test can help it out
    writer.get();
    reader.fails(FatalError.class); // its second runlock is one too many
  }

  @Test
  @DisplayName("RW-8: a reader cannot become the writer")
  void noUpgrade() throws Exception {
    Task<Boolean> task =
        threads.start(
            () -> {
              mutex.rlock();
              assertFalse(mutex.tryLock());
              mutex.lock();
              mutex.unlock();
            });
    Await.until(() -> RWState.hasWriter(mutex.state()), "it waits for itself");
    assertFalse(task.isDone());
    mutex.runlock();
    task.get();
  }

  @Test
  @DisplayName("RW-9: unlocking what is not locked is fatal, and changes nothing")
  void misuse() throws Exception {
    FatalError read = threads.start(mutex::runlock).fails(FatalError.class);
    assertMessage(read, "sync: RUnlock of unlocked RWMutex: RWMutex@");
    FatalError write = threads.start(mutex::unlock).fails(FatalError.class);
    assertMessage(write, "sync: Unlock of unlocked RWMutex: RWMutex@");
    mutex.lock();
    threads.start(mutex::runlock).fails(FatalError.class);
    mutex.unlock();
    mutex.rlock();
    threads.start(mutex::unlock).fails(FatalError.class);
    mutex.runlock();
  }

  private static void assertMessage(Throwable thrown, String start) {
    String message = String.valueOf(thrown.getMessage());
    assertTrue(message.startsWith(start), message);
  }

  @Test
  @DisplayName("RW-9: one runlock too many takes nothing away, for no moment")
  void misuseAtTheSameTime() throws Exception {
    int each = Scale.times(2_000);
    AtomicInteger fatal = new AtomicInteger();
    mutex.lock();
    mutex.unlock();
    threads.start(
        () -> {
          for (int i = 0; i < each; i++) {
            try {
              mutex.runlock();
            } catch (FatalError expected) {
              fatal.incrementAndGet();
            }
          }
        });
    Task<Boolean> writer =
        threads.start(
            () -> {
              for (int i = 0; i < each; i++) {
                assertTrue(RWState.readers(mutex.state()) >= 0);
                mutex.lock();
                assertEquals(0, RWState.readers(mutex.state()));
                mutex.unlock();
              }
            });
    writer.get();
    threads.join();
    assertEquals(each, fatal.get());
  }

  @Test
  @DisplayName("RW-10: tries fail while somebody writes or waits to write, and wait for nobody")
  void tries() throws Exception {
    assertTrue(mutex.tryRlock());
    announcedWriter("writer");
    assertFalse(mutex.tryRlock());
    assertFalse(mutex.tryLock());
    mutex.runlock();
    threads.join();
    assertTrue(mutex.tryLock());
    mutex.unlock();
    assertTrue(mutex.tryRlock());
    assertFalse(mutex.tryLock());
    assertEquals(0, mutex.writers.state(), "it has let go of the writers' mutex");
    mutex.runlock();
  }

  @Test
  @DisplayName("RW-11: rlocker() is the same mutex, for reading")
  void rlocker() throws Exception {
    Lock readers = mutex.rlocker();
    assertSame(readers, mutex.rlocker());
    readers.lock();
    assertEquals(1, RWState.readers(mutex.state()));
    assertFalse(mutex.tryLock());
    assertTrue(readers.tryLock());
    readers.unlock();
    readers.unlock();
    threads.start(readers::unlock).fails(FatalError.class);
  }

  @Test
  @DisplayName("It is a java.util.concurrent ReadWriteLock")
  void readWriteLock() throws Exception {
    ReadWriteLock both = mutex;
    Lock read = both.readLock();
    Lock write = both.writeLock();
    assertSame(write, both.writeLock());
    write.lockInterruptibly();
    assertFalse(read.tryLock(1, TimeUnit.MICROSECONDS));
    assertFalse(write.tryLock(1, TimeUnit.MICROSECONDS));
    write.unlock();
    read.lockInterruptibly();
    assertFalse(write.tryLock(0, TimeUnit.DAYS));
    assertTrue(read.tryLock(0, TimeUnit.DAYS));
    read.unlock();
    read.unlock();
    assertTrue(write.tryLock(1, TimeUnit.DAYS));
    write.unlock();
    assertThrows(UnsupportedOperationException.class, read::newCondition);
  }

  @Test
  @DisplayName("RW-12: who waits shows the mutex as its blocker, and why it waits")
  void blockers() throws Exception {
    mutex.rlock();
    Task<Boolean> writer = announcedWriter("w");
    Task<Boolean> reader = blockedReader("r");
    Task<Boolean> second = blockedWriter("w", mutex::lock);
    assertWaits(writer, mutex, "sync.RWMutex.Lock");
    assertWaits(reader, mutex, "sync.RWMutex.RLock");
    assertWaits(second, mutex.writers, "sync.Mutex.Lock");
    mutex.runlock();
    threads.join();
  }

  @SuppressWarnings("ReferenceEquality") // the very object
  private static void assertWaits(Task<?> task, Object blocker, String reason)
      throws InterruptedException {
    Await.until(() -> LockSupport.getBlocker(task.thread()) == blocker, () -> "blocker " + reason);
    Goroutine goroutine = task.goroutine();
    if (goroutine != null) {
      assertEquals(reason, goroutine.waitReason());
    }
  }

  @Test
  @DisplayName("RW-13: one reader more than 2^30 is refused, and changes nothing")
  void tooManyReaders() throws Exception {
    mutex.add(RWState.MAX_READERS - 1); // as if they had come
    mutex.rlock();
    assertRefuseReaders();
    mutex.runlock();
    assertTrue(mutex.tryRlock());
    assertRefuseReaders();
    Task<Boolean> writer = announcedWriter("writer", mutex::lockInterruptibly);
    assertRefuse(mutex::rlock);
    assertRefuse(mutex::rlockInterruptibly);
    assertFalse(mutex.tryRlock());
    writer.interrupt();
    writer.fails(InterruptedException.class);
    assertRefuse(mutex::rlock);
    mutex.runlock();
    mutex.add(1 - RWState.MAX_READERS);
  }

  private void assertRefuseReaders() throws InterruptedException {
    List<Body> ways =
        List.of(
            mutex::rlock,
            mutex::rlockInterruptibly,
            mutex::tryRlock,
            () -> mutex.tryRlock(Duration.ZERO),
            () -> mutex.tryRlock(Duration.ofHours(1)),
            mutex.readLock()::lock);
    for (Body way : ways) {
      assertRefuse(way);
    }
  }

  private void assertRefuse(Body way) throws InterruptedException {
    FatalError error = threads.start(way).fails(FatalError.class);
    assertMessage(error, "sync: too many readers of RWMutex: RWMutex@");
    assertEquals(RWState.MAX_READERS, RWState.readers(mutex.state()));
  }

  @Test
  @DisplayName("RW-14: readers see what writers have done, and the other way round")
  void exclusion() throws Exception {
    int each = Scale.times(2_000);
    int[] plain = new int[2];
    AtomicInteger wrong = new AtomicInteger();
    for (int i = 0; i < 2; i++) {
      threads.start(
          () -> {
            for (int k = 0; k < each; k++) {
              mutex.lock();
              plain[0]++;
              plain[1]++;
              mutex.unlock();
            }
          });
      threads.start(
          () -> {
            for (int k = 0; k < each; k++) {
              mutex.rlock();
              if (plain[0] != plain[1]) {
                wrong.incrementAndGet();
              }
              mutex.runlock();
            }
          });
    }
    threads.join();
    assertEquals(2 * each, plain[0]);
    assertEquals(0, wrong.get());
  }
}
