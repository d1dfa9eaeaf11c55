package dev.weft.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.Go;
import dev.weft.base.Goexit;
import dev.weft.testkit.Await;
import dev.weft.testkit.Kind;
import dev.weft.testkit.Task;
import dev.weft.testkit.ThreadsContract;
import java.lang.ref.WeakReference;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules of OnceValue and OnceFunc, on each kind of thread.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class OnceValueTest extends ThreadsContract {
  private final AtomicInteger runs = new AtomicInteger();

  @Test
  @DisplayName("ONCE-8: all get the value that was computed once, null as well")
  void value() throws Exception {
    OnceValue<String> value = OnceValue.of(() -> "run " + runs.incrementAndGet());
    assertTrue(value.toString().endsWith("[not done]"), value::toString);
    assertEquals(0, runs.get());
    assertEquals("run 1", threads.call(value::get).get());
    assertEquals("run 1", value.get());
    assertTrue(value.toString().endsWith("[done]"), value::toString);
    OnceValue<@Nullable String> none =
        OnceValue.of(
            () -> {
              runs.incrementAndGet();
              return null;
            });
    assertNull(none.get());
    assertNull(none.get());
    assertEquals(2, runs.get());
  }

  @Test
  @DisplayName("ONCE-2: who asks while it is computed waits for it")
  void others() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    OnceValue<Integer> value =
        OnceValue.of(
            () -> {
              begun.countDown();
              try {
                Await.zero(mayEnd, "the test");
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
              return runs.incrementAndGet();
            });
    Task<Integer> first = threads.call(value::get);
    Await.zero(begun, "the first one");
    Task<Integer> second = threads.call(value::get);
    Await.state(second.thread(), Thread.State.WAITING);
    mayEnd.countDown();
    assertEquals(1, first.get());
    assertEquals(1, second.get());
  }

  @Test
  @DisplayName("ONCE-7: what it throws, everybody gets, the very same")
  void failure() throws Exception {
    IllegalStateException failure = new IllegalStateException("on purpose");
    OnceValue<String> value =
        OnceValue.of(
            () -> {
              runs.incrementAndGet();
              throw failure;
            });
    assertSame(failure, threads.call(value::get).fails(IllegalStateException.class));
    assertSame(failure, assertThrows(IllegalStateException.class, value::get));
    assertEquals(1, runs.get());
    assertTrue(value.toString().contains("failed: "), value::toString);
  }

  @Test
  @DisplayName("ONCE-7: an error of a function is everybody's, too")
  void functionFails() throws Exception {
    AssertionError failure = new AssertionError("on purpose");
    OnceFunc function =
        OnceFunc.of(
            () -> {
              runs.incrementAndGet();
              throw failure;
            });
    assertSame(failure, threads.start(function::run).fails(AssertionError.class));
    assertSame(failure, assertThrows(AssertionError.class, function::run));
    assertEquals(1, runs.get());
  }

  @Test
  @DisplayName("ONCE-7: a function runs once")
  void function() throws Exception {
    OnceFunc function = OnceFunc.of(runs::incrementAndGet);
    threads.start(function::run).get();
    function.run();
    assertEquals(1, runs.get());
    assertTrue(function.toString().endsWith("[done]"), function::toString);
  }

  @Test
  @DisplayName("ONCE-9: after a goexit it is not run again; who comes later is told")
  void goexit() throws Exception {
    OnceFunc function =
        OnceFunc.of(
            () -> {
              runs.incrementAndGet();
              Go.goexit();
            });
    if (kind == Kind.GPM || kind == Kind.JDK) {
      threads.start(function::run).fails(Goexit.class);
    } else {
      threads.start(function::run).fails(IllegalStateException.class); // goexit off a goroutine
    }
    assertThrows(IllegalStateException.class, function::run);
    assertEquals(1, runs.get());
  }

  @Test
  @DisplayName("ONCE-8: after success the code is let go")
  void letsGo() throws Exception {
    OnceValue<Integer> value = ofCollectable();
    assertEquals(1, value.get());
    WeakReference<Object> weak = collectable;
    Await.until(
        () -> {
          System.gc();
          return weak.get() == null;
        },
        "the code is collected");
    assertEquals(1, value.get());
  }

  private WeakReference<Object> collectable = new WeakReference<>(new Object());

  private OnceValue<Integer> ofCollectable() {
    Object kept = new Object();
    collectable = new WeakReference<>(kept);
    Supplier<Integer> code = () -> kept.hashCode() == 0 ? 2 : 1;
    return OnceValue.of(code);
  }

  @Test
  @DisplayName("Null is refused")
  @SuppressWarnings("NullAway") // on purpose
  void nulls() {
    assertThrows(NullPointerException.class, () -> OnceValue.of(null));
    assertThrows(NullPointerException.class, () -> OnceFunc.of(null));
  }
}
