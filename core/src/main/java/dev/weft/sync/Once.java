package dev.weft.sync;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;
import static java.lang.invoke.MethodHandles.lookup;

import dev.weft.base.ThrowingRunnable;
import java.lang.invoke.VarHandle;
import java.util.Objects;

/// Something that is done once, by whoever comes first, while the others wait for its end:
/// `sync.Once`.
///
/// ```java
/// private final Once connected = new Once();
///
/// void send(Message message) throws IOException {
///   connected.run(this::connect);
///   ...
/// }
/// ```
///
/// Whoever returns from [#run] knows that it has been done, and sees what it has written (ONCE-2,
/// ONCE-6). Any kind of thread may call it. If it throws, it counts as done all the same: the first
/// caller gets the exception, all others return (ONCE-3). Where they must get it too, use an
/// [OnceFunc] or an [OnceValue]; where it is to be tried again, a [Mutex] and a flag.
///
/// Different from a class initializer or a `ConcurrentHashMap.computeIfAbsent` only in that it is
/// an object of its own. The calling thread must not call it again from within: it would wait for
/// itself, for ever (ONCE-4).
///
/// Equality is identity.
public final class Once {

  /*
   * Once: a flag, and a mutex for those who find it unset.
   *
   * Origin.   sync.Once of Go, step by step. The flag is set after the code has run and before the
   *           mutex is released: set earlier, others would return while the code still runs; after the
   *           release, it would run twice.
   *
   * Memory ordering
   *   done     first caller, release, under the mutex      everybody, acquire: what the code has written
   *                                                        before is visible to whoever sees true
   *            read again under the mutex, which orders it
   *
   * Evidence  OncePublicationStress (jcstress, with twins); OnceTest.
   */

  /// Apart, as those of MutexState.
  private static final class Handles {
    static final VarHandle DONE =
        fieldVarHandle(lookup(), "done", VarHandle.class, Once.class, boolean.class);
  }

  @SuppressWarnings("UnusedVariable") // by its VarHandle
  private boolean done;

  final Mutex mutex;

  /// Creates one that has not been done.
  public Once() {
    mutex = new Mutex();
  }

  /// For Linkage, as that of Mutex.
  Once(Linkage linkage) {
    mutex = new Mutex(linkage);
  }

  /// Runs the code if nothing has been run by this object yet; else waits until that has ended:
  /// `Do`.
  ///
  /// Waiting ignores interrupts and keeps them for later. The code runs on the calling thread, and
  /// it alone sees that thread's interrupts.
  ///
  /// @param <X> what the code may throw
  /// @param code what to do; whoever comes later may bring something else, which is not run
  ///   (ONCE-1)
  /// @throws X what this call's code threw, if it was run
  public <X extends Throwable> void run(ThrowingRunnable<X> code) throws X {
    Objects.requireNonNull(code, "code");
    if (!isDone()) {
      runSlowly(code);
    }
  }

  private <X extends Throwable> void runSlowly(ThrowingRunnable<X> code) throws X {
    mutex.lock();
    try {
      if (!isDone()) {
        try {
          code.run();
        } finally {
          Handles.DONE.setRelease(this, true);
        }
      }
    } finally {
      mutex.unlock();
    }
  }

  /// {@return whether it has been done} Then what it has written is visible.
  public boolean isDone() {
    return (boolean) Handles.DONE.getAcquire(this);
  }

  /// `Once@1a2b[done]`: a snapshot.
  @Override
  public String toString() {
    String state = isDone() ? "done" : mutex.isLocked() ? "running" : "not done";
    return "Once@" + Integer.toHexString(hashCode()) + "[" + state + "]";
  }
}
