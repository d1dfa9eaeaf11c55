package dev.weft.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.base.Body;
import dev.weft.testkit.Task;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Giving up: interrupts and deadlines of those who wait for a readers-writer mutex.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
@SuppressWarnings("LockNotBeforeTry") // the order of locking is what is tested
class RWMutexWaitingTest extends RWMutexContract {
  private static final Duration LONG = Duration.ofHours(1);

  private List<Body> interruptibleReads() {
    return List.of(mutex::rlockInterruptibly, () -> assertTrue(mutex.tryRlock(LONG)));
  }

  private List<Body> interruptibleWrites() {
    return List.of(mutex::lockInterruptibly, () -> assertTrue(mutex.tryLock(LONG)));
  }

  @Test
  @DisplayName("A reader that is interrupted while it waits is no reader any more")
  void interruptedReader() throws Exception {
    mutex.lock();
    for (Body way : interruptibleReads()) {
      Task<Boolean> reader = blockedReader("r", way);
      reader.interrupt();
      reader.fails(InterruptedException.class);
      assertFalse(reader.endedWithFlag());
      assertEquals(0, RWState.readers(mutex.state()));
      mutex.checkInvariants();
    }
    mutex.unlock();
  }

  @Test
  @DisplayName("A writer that is interrupted takes its announcement back: readers go on")
  void interruptedWriter() throws Exception {
    mutex.rlock();
    for (Body way : interruptibleWrites()) {
      Task<Boolean> writer = announcedWriter("w", way);
      Task<Boolean> reader = blockedReader("r");
      writer.interrupt();
      writer.fails(InterruptedException.class);
      assertFalse(writer.endedWithFlag());
      reader.get();
      assertEquals(0, mutex.writers.state());
      mutex.checkInvariants();
    }
    mutex.runlock();
    assertEquals(List.of("r", "r"), order);
  }

  @Test
  @DisplayName("A writer that is interrupted while it waits for another one leaves")
  void interruptedSecondWriter() throws Exception {
    mutex.lock();
    for (Body way : interruptibleWrites()) {
      Task<Boolean> writer = blockedWriter("w", way);
      writer.interrupt();
      writer.fails(InterruptedException.class);
    }
    mutex.unlock();
  }

  @Test
  @DisplayName("rlock() and lock() go on waiting, and set the flag again")
  void uninterruptible() throws Exception {
    mutex.rlock();
    Task<Boolean> writer = announcedWriter("w");
    Task<Boolean> reader = blockedReader("r");
    writer.interrupt();
    reader.interrupt();
    mutex.runlock();
    writer.get();
    reader.get();
    assertTrue(writer.endedWithFlag());
    assertTrue(reader.endedWithFlag());
  }

  @Test
  @DisplayName("The flag is looked at on entry, free or not")
  void flagOnEntry() throws Exception {
    for (List<Body> ways : List.of(interruptibleReads(), interruptibleWrites())) {
      for (Body way : ways) {
        Task<Boolean> task =
            threads.start(
                () -> {
                  Thread.currentThread().interrupt();
                  way.run();
                });
        task.fails(InterruptedException.class);
      }
    }
  }

  @Test
  @DisplayName("Waits that time out return false, and leave nothing behind")
  void timedOut() throws Exception {
    Duration soon = Duration.ofMillis(3);
    mutex.lock();
    assertFalse(threads.call(() -> mutex.tryRlock(soon)).get());
    assertFalse(threads.call(() -> mutex.tryLock(soon)).get());
    mutex.unlock();
    mutex.rlock();
    assertFalse(threads.call(() -> mutex.tryLock(soon)).get());
    assertTrue(threads.call(() -> mutex.tryRlock(soon)).get());
    mutex.runlock();
    mutex.runlock();
  }

  @Test
  @DisplayName("A timeout of nothing, or less, tries once")
  void noTime() throws Exception {
    for (Duration none : List.of(Duration.ZERO, Duration.ofSeconds(-5))) {
      assertTrue(mutex.tryRlock(none));
      assertFalse(mutex.tryLock(none));
      mutex.runlock();
      assertTrue(mutex.tryLock(none));
      assertFalse(mutex.tryRlock(none));
      mutex.unlock();
    }
  }

  @Test
  @DisplayName(
      "R2: a reader that leaves after a writer has given up is not counted for the next one")
  void lateDeparture() throws Exception {
    mutex.rlock();
    mutex.rlock();
    Task<Boolean> first = announcedWriter("first", mutex::lockInterruptibly);
    mutex.runlock(); // one of the two that it waits for
    first.interrupt();
    first.fails(InterruptedException.class);
    Task<Boolean> second = announcedWriter("second");
    assertFalse(second.isDone());
    mutex.checkInvariants();
    mutex.runlock();
    second.get();
  }

  @Test
  @DisplayName("Null is refused, and nothing is locked")
  @SuppressWarnings("NullAway") // on purpose
  void nulls() {
    assertThrows(NullPointerException.class, () -> mutex.tryLock(null));
    assertThrows(NullPointerException.class, () -> mutex.tryRlock(null));
    assertThrows(NullPointerException.class, () -> mutex.rlocker().tryLock(1, null));
    assertThrows(NullPointerException.class, () -> mutex.writeLock().tryLock(1, null));
  }
}
