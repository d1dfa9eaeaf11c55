package dev.weft.defer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.base.Body;
import dev.weft.base.FatalError;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Deferring: when, in which order, with which arguments, and what becomes of the result.
class DeferTest {
  private final List<Object> log = new ArrayList<>();

  @Test
  @DisplayName("DEF-1: what was deferred runs at the end of the function, the latest first")
  void lastInFirstOut() {
    Defer.run(
        f -> {
          for (int i = 0; i < 3; i++) {
            f.defer(log::add, i);
          }
          log.add("body");
        });
    assertEquals(List.of("body", 2, 1, 0), log);
  }

  @Test
  @DisplayName("DEF-1: it runs after a throw, too, and what was thrown goes out as it is")
  void afterThrow() {
    IOException broken = new IOException("broken");
    IOException thrown =
        assertThrows(
            IOException.class,
            () ->
                Defer.run(
                    f -> {
                      f.defer(() -> log.add("deferred"));
                      throw broken;
                    }));
    assertSame(broken, thrown);
    assertEquals(List.of("deferred"), log);
    assertEquals(0, thrown.getSuppressed().length);
  }

  @Test
  @DisplayName("DEF-2: arguments are evaluated when it is deferred")
  void argumentsNow() {
    StringBuilder text = new StringBuilder("now");
    Defer.run(
        f -> {
          f.defer(log::add, text.toString());
          f.defer(() -> log.add(text.toString()));
          text.append(", later");
        });
    assertEquals(List.of("now, later", "now"), log);
  }

  @Test
  @DisplayName("DEF-3, different from Go: null is refused at once; what was deferred before runs")
  @SuppressWarnings("NullAway") // on purpose
  void nullAtOnce() {
    assertThrows(
        NullPointerException.class,
        () ->
            Defer.run(
                f -> {
                  f.defer(() -> log.add("deferred"));
                  f.defer((Body) null);
                  log.add("never");
                }));
    assertEquals(List.of("deferred"), log);
    assertThrows(NullPointerException.class, () -> Defer.run(null));
    assertThrows(NullPointerException.class, () -> Defer.call(null));
    assertThrows(NullPointerException.class, () -> Defer.run(f -> f.closing((Closeable) null)));
  }

  @Test
  @DisplayName("DEF-4: a deferred action reads what the body returned, and changes it")
  void changesResult() {
    String result =
        Defer.call(
            f -> {
              f.defer(() -> f.result(f.result() + ", changed"));
              assertNull(f.result());
              return "returned";
            });
    assertEquals("returned, changed", result);
  }

  @Test
  @DisplayName("DEF-4: what the body set before it returned is replaced by what it returns")
  void returnWins() {
    assertEquals(
        "returned",
        Defer.<String, RuntimeException>call(
            f -> {
              f.result("set");
              return "returned";
            }));
  }

  @Test
  @DisplayName("DEF-21: what an action defers comes before older ones")
  void deferringWhileEnding() {
    Defer.run(
        f -> {
          f.defer(() -> log.add("oldest"));
          f.defer(
              () -> {
                f.defer(() -> log.add("inner"));
                log.add("outer");
              });
          if (log.size() > 100) {
            f.defer(() -> log.add("not reached"));
          }
        });
    assertEquals(List.of("outer", "inner", "oldest"), log);
  }

  @Test
  @DisplayName("DEF-1: functions within each other have an end each")
  void nested() {
    Defer.run(
        outer -> {
          outer.defer(() -> log.add("outer"));
          Defer.run(
              inner -> {
                inner.defer(() -> log.add("inner"));
                outer.defer(() -> log.add("outer, from within"));
              });
          log.add("body");
        });
    assertEquals(List.of("inner", "body", "outer, from within", "outer"), log);
  }

  @Test
  @DisplayName("A resource is closed at the end, and what its closing throws comes as a Panic")
  void closing() {
    Closeable good = () -> log.add("closed");
    IOException broken = new IOException("disk full");
    Closeable bad =
        () -> {
          throw broken;
        };
    Panic panic =
        assertThrows(
            Panic.class,
            () ->
                Defer.run(
                    f -> {
                      assertSame(good, f.closing(good));
                      f.closing(bad);
                      log.add("body");
                    }));
    assertEquals(List.of("body", "closed"), log);
    assertSame(broken, panic.value());
    assertSame(broken, panic.getCause());
    assertEquals("panic: disk full", panic.getMessage());
  }

  @Test
  @DisplayName("An interrupt of a deferred action is not lost: the flag is set again")
  void interruptedWhileEnding() {
    Panic panic =
        assertThrows(
            Panic.class,
            () ->
                Defer.run(
                    f -> {
                      f.defer(
                          () -> {
                            throw new InterruptedException("while closing");
                          });
                    }));
    assertTrue(Thread.interrupted(), "the flag");
    assertTrue(panic.value() instanceof InterruptedException);
  }

  @Test
  @DisplayName("All that was deferred runs when each of it throws; all of it is kept")
  void everyActionThrows() {
    IllegalStateException last =
        assertThrows(
            IllegalStateException.class,
            () ->
                Defer.run(
                    f -> {
                      for (int i = 0; i < 3; i++) {
                        f.defer(DeferTest::fail, "action " + i);
                      }
                      fail("body");
                    }));
    List<String> chain = new ArrayList<>();
    for (Throwable t = last; t != null; t = suppressed(t)) {
      chain.add(Objects.requireNonNull(t.getMessage()));
    }
    assertEquals(List.of("action 0", "action 1", "action 2", "body"), chain);
  }

  private static @Nullable Throwable suppressed(Throwable thrown) {
    Throwable[] kept = thrown.getSuppressed();
    return kept.length == 0 ? null : kept[0];
  }

  private static void fail(String what) {
    throw new IllegalStateException(what);
  }

  @Test
  @DisplayName("DEF-19, different from Go: a fatal error runs what was deferred; nobody recovers")
  void fatal() {
    FatalError fatal = new FatalError("sync: unlock of unlocked mutex");
    FatalError thrown =
        assertThrows(
            FatalError.class,
            () ->
                Defer.run(
                    f -> {
                      f.defer(() -> log.add(String.valueOf(f.recover())));
                      throw fatal;
                    }));
    assertSame(fatal, thrown);
    assertEquals(List.of("null"), log);
  }

  @Test
  @DisplayName("A scope is for one thread, and until the end of its function")
  void misuse() throws InterruptedException {
    AtomicReference<Defer<?>> kept = new AtomicReference<>();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    Defer.run(
        f -> {
          kept.set(f);
          Thread other =
              Thread.ofPlatform()
                  .uncaughtExceptionHandler((t, e) -> thrown.set(e))
                  .start(() -> f.defer(() -> {}));
          other.join();
        });
    assertTrue(String.valueOf(thrown.get()).contains("belongs to"), () -> "" + thrown.get());
    Defer<?> ended = kept.get();
    assertThrows(IllegalStateException.class, () -> ended.defer(() -> {}));
    assertThrows(IllegalStateException.class, ended::recover);
    assertThrows(IllegalStateException.class, ended::result);
    assertTrue(ended.toString().endsWith("[ended]"), ended::toString);
  }

  @Test
  @DisplayName("A body that ends near the end of its stack still runs what it deferred")
  void stackOverflow() {
    assertThrows(
        StackOverflowError.class,
        () ->
            Defer.run(
                f -> {
                  f.defer(() -> log.add("deferred"));
                  recurse(0);
                }));
    assertEquals(List.of("deferred"), log);
  }

  @SuppressWarnings("InfiniteRecursion") // on purpose
  private static int recurse(int depth) {
    return recurse(depth + 1) + 1;
  }
}
