package dev.weft.sync;

import dev.weft.base.Goexit;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What [OnceValue] and [OnceFunc] have in common: code that runs once, and whose end, good or bad,
/// is everybody's.
///
/// @param <T> what it returns
final class OnceCell<T extends @Nullable Object> {

  private final Once once = new Once();

  // Written inside of once, read after it.
  private @Nullable Supplier<? extends T> code;
  private @Nullable T value;
  private @Nullable Throwable failure;

  OnceCell(Supplier<? extends T> code) {
    this.code = Objects.requireNonNull(code, "code");
  }

  /// What the code returned, or throws what it threw.
  @SuppressWarnings("NullAway") // null only if the code's type says that it may be
  T get() {
    if (!once.isDone()) {
      once.run(this::compute);
    }
    if (failure != null) {
      OnceCell.<RuntimeException>rethrow(failure);
    }
    return value;
  }

  /// A goexit is no failure of the code (ONCE-9): the first caller's goroutine ends, and those who
  /// come later are told that there is nothing.
  private void compute() {
    Supplier<? extends T> first = Objects.requireNonNull(code);
    try {
      value = first.get();
      code = null; // for the collector (ONCE-8)
    } catch (Goexit end) {
      failure =
          new IllegalStateException(
              "the goroutine that ran " + first + " ended by goexit(), without a result");
      throw end;
    } catch (Throwable thrown) {
      failure = thrown;
    }
  }

  /// What a supplier throws is unchecked, unless the code was compiled by a compiler that does not
  /// care: then it goes out as it is, too.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <X extends Throwable> void rethrow(Throwable failure) throws X {
    throw (X) failure;
  }

  String describe() {
    if (!once.isDone()) {
      return "not done";
    }
    return failure == null ? "done" : "failed: " + failure;
  }
}
