package dev.weft.internal.park;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A lock that is taken although the thread cannot wait for it.
class SureLockTest {

  /// Fails to wait, and then says and throws what it is told to before it can be had.
  @SuppressWarnings("serial") // nobody writes it
  private static final class Unwaitable extends ReentrantLock {
    private final Throwable onLock;
    private final Deque<Error> onTry;
    private int tries;

    Unwaitable(Throwable onLock, List<Error> onTry) {
      this.onLock = onLock;
      this.onTry = new ArrayDeque<>(onTry);
    }

    @Override
    public void lock() {
      Unwaitable.<RuntimeException>raise(onLock);
    }

    @Override
    public boolean tryLock() {
      tries++;
      Error next = onTry.poll();
      if (next != null) {
        throw next;
      }
      return tries > 3 && super.tryLock();
    }

    @SuppressWarnings("unchecked")
    private static <X extends Throwable> void raise(@Nullable Throwable thrown) throws X {
      throw (X) thrown;
    }
  }

  static List<Error> cannotWait() {
    return List.of(new StackOverflowError(), new OutOfMemoryError("no stack chunk"));
  }

  @ParameterizedTest
  @MethodSource("cannotWait")
  @DisplayName("A thread that cannot wait tries until it has the lock, and holds it once")
  void triesOn(Error cannot) {
    Unwaitable lock = new Unwaitable(cannot, List.of(cannot, new StackOverflowError()));
    SureLock.lock(lock);
    assertEquals(4, lock.tries);
    assertEquals(1, lock.getHoldCount());
    lock.unlock();
  }

  @Test
  @DisplayName("A free lock is taken by waiting, not by trying")
  void free() {
    ReentrantLock lock = new ReentrantLock();
    SureLock.lock(lock);
    assertEquals(1, lock.getHoldCount());
    lock.unlock();
  }

  @Test
  @DisplayName("What else goes wrong comes out, and the lock is not tried")
  void others() {
    IllegalStateException broken = new IllegalStateException("for the test");
    Unwaitable lock = new Unwaitable(broken, List.of());
    assertSame(broken, assertThrows(IllegalStateException.class, () -> SureLock.lock(lock)));
    assertEquals(0, lock.tries);
  }
}
