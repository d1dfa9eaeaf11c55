package dev.weft.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import dev.weft.testkit.ThreadsContract;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules of AtomicValue, on each kind of thread.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class AtomicValueTest extends ThreadsContract {
  private final AtomicValue<Object> value = new AtomicValue<>();

  private static void assertMessage(Throwable thrown, String start) {
    String message = String.valueOf(thrown.getMessage());
    assertTrue(message.startsWith(start), message);
  }

  @Test
  @DisplayName("ATOM-6: empty until something is stored; null is refused")
  @SuppressWarnings("NullAway") // on purpose
  void nothing() {
    assertNull(value.load());
    assertEquals("AtomicValue[]", value.toString());
    assertMessage(
        assertThrows(NullPointerException.class, () -> value.store(null)),
        "sync/atomic: store of nil value into Value");
    assertMessage(
        assertThrows(NullPointerException.class, () -> value.swap(null)),
        "sync/atomic: swap of nil value into Value");
    value.store("a");
    assertEquals("a", value.load());
    assertEquals("AtomicValue[a]", value.toString());
  }

  @Test
  @DisplayName("ATOM-7: the class of the first value stays")
  void oneClass() {
    value.store("a");
    assertMessage(
        assertThrows(IllegalArgumentException.class, () -> value.store(1)),
        "sync/atomic: store of inconsistently typed value into Value");
    assertMessage(
        assertThrows(IllegalArgumentException.class, () -> value.swap(1)),
        "sync/atomic: swap of inconsistently typed value into Value");
    assertMessage(
        assertThrows(IllegalArgumentException.class, () -> value.compareAndSwap(null, 1)),
        "sync/atomic: compare and swap of inconsistently typed value into Value");
    assertEquals("a", value.load());
  }

  @Test
  @DisplayName("ATOM-8: compareAndSwap compares by equals, and null is the empty value")
  @SuppressWarnings({"NullAway", "StringConstructorInsteadOfLiteral"}) // on purpose
  void compareAndSwap() {
    assertThrows(NullPointerException.class, () -> value.compareAndSwap(null, null));
    assertFalse(value.compareAndSwap("x", "a"));
    assertTrue(value.compareAndSwap(null, "a"));
    assertFalse(value.compareAndSwap(null, "b"));
    assertTrue(value.compareAndSwap(new String("a"), "b"));
    assertEquals("b", value.load());
    assertThrows(IllegalArgumentException.class, () -> value.compareAndSwap(1, "c"));
  }

  @Test
  @DisplayName("ATOM-8: arrays cannot be compared")
  void arrays() {
    int[] stored = new int[0];
    value.store(stored);
    assertMessage(
        assertThrows(
            IllegalArgumentException.class, () -> value.compareAndSwap(stored, new int[0])),
        "sync/atomic: compare and swap of an incomparable value");
  }

  @Test
  @DisplayName("ATOM-9: swap returns the value before, null at first")
  void swap() {
    assertNull(value.swap("a"));
    assertEquals("a", value.swap("b"));
  }

  @Test
  @DisplayName("ATOM-10: of first values of different classes one wins")
  void firstStores() throws Exception {
    for (int round = 0; round < Scale.times(50); round++) {
      AtomicValue<Object> own = new AtomicValue<>();
      CyclicBarrier start = new CyclicBarrier(2);
      List<Task<Boolean>> tasks = new ArrayList<>();
      for (Object first : List.of("text", 1)) {
        tasks.add(
            threads.call(
                () -> {
                  start.await();
                  try {
                    own.store(first);
                    return true;
                  } catch (IllegalArgumentException other) {
                    return false;
                  }
                }));
      }
      boolean text = tasks.get(0).get();
      boolean number = tasks.get(1).get();
      assertTrue(text != number, () -> text + " and " + number);
      assertEquals(text ? "text" : (Object) 1, own.load());
    }
  }

  @Test
  @DisplayName("No update is lost")
  void updates() throws Exception {
    AtomicValue<Integer> counter = new AtomicValue<>();
    counter.store(0);
    int each = Scale.times(2_000);
    for (int i = 0; i < 3; i++) {
      threads.start(
          () -> {
            for (int k = 0; k < each; k++) {
              Integer seen;
              do {
                seen = Objects.requireNonNull(counter.load());
              } while (!counter.compareAndSwap(seen, seen + 1));
            }
          });
    }
    threads.join();
    assertEquals(3 * each, counter.load());
  }
}
