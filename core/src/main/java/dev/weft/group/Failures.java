package dev.weft.group;

import dev.weft.internal.park.SureLock;
import dev.weft.sync.Mutex;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/// What the goroutines of an [ErrGroup] have thrown, by time.
final class Failures {

  private final Mutex mutex = new Mutex();
  private volatile @Nullable Throwable first; // written under the mutex, once

  // Under the mutex.
  private @Nullable List<Throwable> later;

  /// Whether it is the first one.
  boolean add(Throwable thrown) {
    SureLock.lock(mutex); // or the group would end as if all were well
    try {
      if (first == null) {
        first = thrown;
        return true;
      }
      if (later == null) {
        later = new ArrayList<>();
      }
      if (later.size() < ErrGroup.KEPT) {
        later.add(thrown);
      }
      return false;
    } finally {
      mutex.unlock();
    }
  }

  @Nullable Throwable first() {
    return first;
  }

  /// In an exception of its own, with the trace of who waited. The user's exceptions are left as
  /// they are: one may be thrown in several groups.
  void throwFirst() throws ExecutionException {
    Throwable cause = first;
    if (cause == null) {
      return;
    }
    ExecutionException thrown =
        new ExecutionException("a goroutine of the group failed: " + describe(cause), cause);
    mutex.lock();
    try {
      if (later != null) {
        later.forEach(thrown::addSuppressed);
      }
    } finally {
      mutex.unlock();
    }
    throw thrown;
  }

  /// As a string: what somebody waits for must not fail because an exception cannot say what it is.
  static String describe(Throwable cause) {
    try {
      return cause.toString();
    } catch (Throwable itsOwn) {
      return cause.getClass().getName();
    }
  }
}
