package dev.weft.context;

import java.util.Objects;

/// What a value of a context is found by: a constant, made once.
///
/// ```java
/// static final ContextKey<User> USER = ContextKey.named("user");
/// ```
///
/// Keys are compared by identity, so two packages cannot get into each other's way; that is what
/// Go's programs have unexported types for. The name is for people.
///
/// @param <T> the type of the value
@SuppressWarnings("UnusedTypeParameter") // it says what the value is
public final class ContextKey<T> {

  private final String name;

  private ContextKey(String name) {
    this.name = Objects.requireNonNull(name, "name");
  }

  /// Makes a key that is different from all others.
  ///
  /// @param <T> the type of the value
  /// @param name what it is called in texts
  /// @return the key
  public static <T> ContextKey<T> named(String name) {
    return new ContextKey<>(name);
  }

  /// The name.
  @Override
  public String toString() {
    return name;
  }
}
