package dev.weft.scheduler;

import dev.weft.base.Body;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.util.Objects;

/// Pins a goroutine to its machine: what it does then blocks the machine.
///
/// The body runs in a class initializer, so below a native frame. As an initializer runs once, each
/// call defines a class of its own, with the same bytes.
final class Pin {
  private static final ThreadLocal<Body> BODY = new ThreadLocal<>();
  private static final byte[] INITIALIZER = read("PinnedInitializer.class");

  private Pin() {}

  /// Runs the body, pinned.
  static void run(Body body) throws IllegalAccessException {
    BODY.set(body);
    try {
      MethodHandles.lookup().defineHiddenClass(INITIALIZER, true);
    } finally {
      BODY.remove();
    }
  }

  /// Called by the initializer.
  static void initialize() {
    try {
      Objects.requireNonNull(BODY.get()).run();
    } catch (Throwable failure) {
      throw new AssertionError("the pinned body failed", failure);
    }
  }

  private static byte[] read(String resource) {
    try (InputStream in = Objects.requireNonNull(Pin.class.getResourceAsStream(resource))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
