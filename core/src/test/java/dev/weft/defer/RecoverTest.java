package dev.weft.defer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Panics, and recovering from them.
class RecoverTest {
  private final List<Object> log = new ArrayList<>();

  /// Logs what recover() gives: the value of a panic, null in words.
  private void logRecovered(Defer<?> f) {
    Throwable taken = f.recover();
    log.add(taken == null ? "nothing" : Objects.requireNonNull(((Panic) taken).value()));
  }

  @Test
  @DisplayName("DEF-7: after recover the other actions run, and the function returns its result")
  void goesOn() {
    Integer result =
        Defer.call(
            f -> {
              f.defer(() -> log.add("older"));
              f.defer(
                  () -> {
                    logRecovered(f);
                    f.result(42);
                  });
              throw new Panic("trouble");
            });
    assertEquals(42, result);
    assertEquals(List.of("trouble", "older"), log);
  }

  @Test
  @DisplayName("DEF-7: a result that nobody has set is null")
  void zeroValue() {
    String result =
        Defer.call(
            f -> {
              f.defer(() -> f.recover());
              throw new Panic("trouble");
            });
    assertNull(result);
  }

  @Test
  @DisplayName("DEF-6: in the body, and after a normal return, there is nothing to recover")
  void nothing() {
    Defer.run(
        f -> {
          f.defer(() -> logRecovered(f));
          assertNull(f.recover());
        });
    assertEquals(List.of("nothing"), log);
  }

  @Test
  @DisplayName("DEF-6: the function within does not recover what the one around it has thrown")
  void onlyItsOwn() {
    Panic thrown =
        assertThrows(
            Panic.class,
            () ->
                Defer.run(
                    outer -> {
                      outer.defer(() -> Defer.run(inner -> inner.defer(() -> logRecovered(inner))));
                      throw new Panic("outer");
                    }));
    assertEquals("outer", thrown.value());
    assertEquals(List.of("nothing"), log);
  }

  @Test
  @DisplayName("DEF-8: the second recover gives nothing")
  void once() {
    Defer.run(
        f -> {
          f.defer(() -> logRecovered(f));
          f.defer(
              () -> {
                logRecovered(f);
                logRecovered(f);
              });
          throw new Panic("trouble");
        });
    assertEquals(List.of("trouble", "nothing", "nothing"), log);
  }

  @Test
  @DisplayName("DEF-9: what a deferred action throws replaces what was thrown; the latest is taken")
  void replaced() {
    Defer.run(
        f -> {
          f.defer(
              () -> {
                Throwable taken = Objects.requireNonNull(f.recover());
                log.add(Objects.requireNonNull(((Panic) taken).value()));
                log.addAll(Arrays.asList(taken.getSuppressed()));
              });
          f.defer(
              () -> {
                throw new Panic("second");
              });
          throw new Panic("first");
        });
    assertEquals("second", log.get(0));
    assertEquals("first", assertInstanceOf(Panic.class, log.get(1)).value());
    assertEquals(2, log.size());
  }

  @Test
  @DisplayName(
      "DEF-10: a panic within a deferred action, recovered there, leaves the outer one alone")
  void withinDeferred() {
    Panic outer =
        assertThrows(
            Panic.class,
            () ->
                Defer.run(
                    f -> {
                      f.defer(
                          () ->
                              Defer.run(
                                  g -> {
                                    g.defer(() -> logRecovered(g));
                                    throw new Panic("inner");
                                  }));
                      throw new Panic("outer");
                    }));
    assertEquals("outer", outer.value());
    assertEquals(0, outer.getSuppressed().length);
    assertEquals(List.of("inner"), log);
  }

  @Test
  @DisplayName("DEF-11: recover and then another panic: the new one keeps the old one")
  void recoveredAndThrown() {
    Panic thrown =
        assertThrows(
            Panic.class,
            () ->
                Defer.run(
                    f -> {
                      f.defer(
                          () -> {
                            f.recover();
                            throw new Panic("new");
                          });
                      throw new Panic("old");
                    }));
    assertEquals("new", thrown.value());
    assertEquals("old", assertInstanceOf(Panic.class, thrown.getSuppressed()[0]).value());
  }

  @Test
  @DisplayName("DEF-11: recover and the same again: it goes out as it came, checked or not")
  void repanicked() {
    Exception checked = new Exception("checked");
    Exception thrown =
        assertThrows(
            Exception.class,
            () ->
                Defer.run(
                    f -> {
                      f.defer(
                          () -> {
                            throw Objects.requireNonNull(f.recover());
                          });
                      throw checked;
                    }));
    assertSame(checked, thrown);
    assertEquals(0, thrown.getSuppressed().length);
  }

  @Test
  @DisplayName("DEF-11: a new exception with the old one as its cause does not name it twice")
  void wrapped() {
    IllegalStateException thrown =
        assertThrows(
            IllegalStateException.class,
            () ->
                Defer.run(
                    f -> {
                      f.defer(
                          () -> {
                            throw new IllegalStateException("wrapped", f.recover());
                          });
                      throw new Panic("old");
                    }));
    assertInstanceOf(Panic.class, thrown.getCause());
    assertEquals(0, thrown.getSuppressed().length);
  }

  @Test
  @DisplayName("What was recovered earlier does not cling to what a later action throws")
  void recoveredBefore() {
    Panic thrown =
        assertThrows(
            Panic.class,
            () ->
                Defer.run(
                    f -> {
                      f.defer(
                          () -> {
                            throw new Panic("another matter");
                          });
                      f.defer(() -> logRecovered(f));
                      throw new Panic("settled");
                    }));
    assertEquals("another matter", thrown.value());
    assertEquals(0, thrown.getSuppressed().length);
  }

  @Test
  @DisplayName("DEF-13: a panic of null has a value that says so")
  void nullPanic() {
    Panic panic = new Panic(null);
    IllegalArgumentException value =
        assertInstanceOf(IllegalArgumentException.class, panic.value());
    assertEquals("panic called with nil argument", value.getMessage());
    assertSame(value, panic.getCause());
  }

  @Test
  @DisplayName(
      "DEF-12: the message is the value; one whose toString() fails does not hide the panic")
  void message() {
    assertEquals("panic: 17", new Panic(17).getMessage());
    assertEquals("panic: no message", new Panic(new Exception("no message")).getMessage());
    assertEquals("panic: java.lang.Exception", new Panic(new Exception()).getMessage());
    Object rude =
        new Object() {
          @Override
          public String toString() {
            throw new UnsupportedOperationException();
          }
        };
    String text = String.valueOf(new Panic(rude).getMessage());
    assertTrue(text.contains("whose text cannot be had"), text);
  }

  @Test
  @DisplayName("DEF-15: errors of the runtime are panics")
  void runtimeErrors() {
    Integer result =
        Defer.call(
            f -> {
              f.defer(() -> log.add(Objects.requireNonNull(f.recover()).getClass()));
              return new ArrayList<>(List.of(1)).get(1);
            });
    assertNull(result);
    assertEquals(List.of(IndexOutOfBoundsException.class), log);
  }

  @Test
  @DisplayName("DEF-22: the value has the type that the panic was made with")
  void dynamicType() {
    record Trouble(int code) {}
    Defer.run(
        f -> {
          f.defer(() -> logRecovered(f));
          throw new Panic(new Trouble(3));
        });
    assertEquals(List.of(new Trouble(3)), log);
  }
}
