package dev.weft.sync;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;
import static java.lang.invoke.MethodHandles.lookup;

import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A reference that is read and changed atomically, and whose value keeps the class that it had
/// first: `atomic.Value`.
///
/// For the other types of Go's `sync/atomic` take those of `java.util.concurrent.atomic`; the
/// project's `docs/atomics.md` has the table. This one exists because `AtomicReference` compares by
/// identity, while Go's `Value` compares by `==`, which for values means `equals` (ATOM-8), and
/// because of the check of the class. It begins empty, and is never empty again.
///
/// Any kind of thread may use it, and nobody waits. Memory: all operations are volatile; what a
/// thread did before it stored a value is visible to whoever loads it. Equality is identity.
///
/// @param <T> the type of the value
public final class AtomicValue<T> {

  /// Apart, as those of MutexState.
  private static final class Handles {
    static final VarHandle VALUE =
        fieldVarHandle(lookup(), "value", VarHandle.class, AtomicValue.class, Object.class);
  }

  private volatile @Nullable T value;

  /// Creates an empty one.
  public AtomicValue() {
    Linkage.prepare();
  }

  /// For Linkage, as that of Mutex.
  AtomicValue(Linkage linkage) {
    Objects.requireNonNull(linkage);
  }

  /// {@return the value; null if nothing has been stored yet: `Load`}
  public @Nullable T load() {
    return value;
  }

  /// Sets the value: `Store`.
  ///
  /// @param next the value from now on
  /// @throws NullPointerException if it is null: `sync/atomic: store of nil value into Value`
  /// @throws IllegalArgumentException if it is of another class than the first one: `sync/atomic:
  ///   store of inconsistently typed value into Value`
  public void store(T next) {
    swap(next, "store");
  }

  /// Sets the value and returns the one before: `Swap`.
  ///
  /// @param next the value from now on
  /// @return the value before; null if there was none
  /// @throws NullPointerException if it is null
  /// @throws IllegalArgumentException if it is of another class than the first one
  public @Nullable T swap(T next) {
    return swap(next, "swap");
  }

  private @Nullable T swap(T next, String operation) {
    checkNotNull(next, operation);
    T present;
    do {
      present = value;
      checkClass(present, next, operation + " of");
    } while (!Handles.VALUE.compareAndSet(this, present, next));
    return present;
  }

  /// Changes the value if it is equal to another one: `CompareAndSwap`.
  ///
  /// @param expected what the value must be equal to; null: it must be empty
  /// @param next the value from then on
  /// @return whether it was changed; false means that it was something else, never that the attempt
  ///   just failed
  /// @throws NullPointerException if `next` is null
  /// @throws IllegalArgumentException if both are not of one class, or of another than the first
  ///   value; or if it is an array, which is equal to itself only
  public boolean compareAndSwap(@Nullable T expected, T next) {
    checkNotNull(next, "compare and swap");
    if (expected != null) {
      checkClass(expected, next, "compare and swap of");
    }
    for (; ; ) {
      T present = value;
      checkClass(present, next, "compare and swap of");
      if (expected != null && expected.getClass().isArray()) {
        throw new IllegalArgumentException(
            "sync/atomic: compare and swap of an incomparable value into "
                + this
                + ": an array is equal to itself only");
      }
      if (!Objects.equals(present, expected)) {
        return false;
      }
      if (Handles.VALUE.compareAndSet(this, present, next)) {
        return true;
      }
    }
  }

  private static void checkNotNull(@Nullable Object next, String operation) {
    if (next == null) {
      throw new NullPointerException("sync/atomic: " + operation + " of nil value into Value");
    }
  }

  private static void checkClass(@Nullable Object present, Object next, String operation) {
    if (present != null && present.getClass() != next.getClass()) {
      throw new IllegalArgumentException(
          "sync/atomic: "
              + operation
              + " inconsistently typed value into Value: "
              + next.getClass().getName()
              + ", but it holds a "
              + present.getClass().getName());
    }
  }

  /// `AtomicValue[x]`, or `AtomicValue[]` while it is empty.
  @Override
  public String toString() {
    T present = value;
    return "AtomicValue[" + (present == null ? "" : present) + "]";
  }
}
