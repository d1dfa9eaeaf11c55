package dev.weft.base;

import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/// Code that takes a value and may throw.
///
/// It is a [Consumer], so that a method which takes it can stand beside one that takes a consumer:
/// for a lambda expression the compiler prefers this one.
///
/// @param <T> the type of the value
/// @param <E> what the code may throw
@SuppressWarnings("FunctionalInterfaceMethodChanged") // a consumer on purpose: see above
@FunctionalInterface
public interface ThrowingConsumer<T, E extends Throwable> extends Consumer<T> {

  /// Takes the value.
  ///
  /// @param value the value
  /// @throws E as the code decides
  void take(T value) throws E;

  /// Takes the value where nothing checked may be thrown: errors and unchecked exceptions come out
  /// as they are, checked ones as the cause of a [CompletionException].
  ///
  /// @param value the value
  @Override
  default void accept(T value) {
    try {
      take(value);
    } catch (Error | RuntimeException unchecked) {
      throw unchecked;
    } catch (Throwable checked) {
      throw new CompletionException(checked);
    }
  }
}
