package dev.weft.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.channel.ReceiveChannel;
import dev.weft.testkit.ThreadsContract;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The rules of contexts one by one.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class ContextTest extends ThreadsContract {
  private static final Duration LONG = Duration.ofHours(1);
  private static final ContextKey<String> USER = ContextKey.named("user");
  private static final ContextKey<Integer> NUMBER = ContextKey.named("number");

  private static void assertLive(Context context) {
    assertNull(context.err());
    assertNull(context.cause());
    assertFalse(context.isDone());
    assertFalse(context.done().tryReceive().isClosed());
    context.check();
  }

  private static void assertEnded(Context context, ContextException err, Throwable cause) {
    assertSame(err, context.err());
    assertSame(cause, context.cause());
    assertTrue(context.isDone());
    assertTrue(context.done().tryReceive().isClosed());
    assertSame(err, assertThrows(ContextException.class, context::check));
  }

  private static void assertCanceled(Context context) {
    assertEnded(context, CanceledException.INSTANCE, CanceledException.INSTANCE);
  }

  @Test
  @DisplayName("CTX-1: the background is never done and has nothing")
  void background() {
    Context background = Context.background();
    assertLive(background);
    assertEquals(Optional.empty(), background.deadline());
    assertNull(background.value(USER));
    assertEquals("context.Background", background.toString());
    assertSame(background, Context.background());
  }

  @Test
  @DisplayName("CTX-2, CTX-25: parents and keys are not null")
  @SuppressWarnings({"NullAway", "resource"}) // that is what is tested
  void nulls() {
    for (Executable orphan :
        List.<Executable>of(
            () -> Context.withCancel(null),
            () -> Context.withTimeout(null, LONG),
            () -> Context.withoutCancel(null),
            () -> Context.withValue(null, USER, ""))) {
      assertEquals(
          "cannot create context from nil parent",
          assertThrows(NullPointerException.class, orphan).getMessage());
    }
    Context background = Context.background();
    assertEquals(
        "nil key",
        assertThrows(NullPointerException.class, () -> Context.withValue(background, null, ""))
            .getMessage());
    assertThrows(NullPointerException.class, () -> Context.afterFunc(background, null));
  }

  @Test
  @DisplayName("CTX-3, CTX-5, CTX-17: cancelled once, for good")
  void cancel() throws Exception {
    CancelContext context = Context.withCancel(Context.background());
    assertLive(context);
    ReceiveChannel<Object> done = context.done();
    threads.start(context::close).get();
    assertCanceled(context);
    assertSame(done, context.done());
    context.cancel(new IllegalStateException("too late"));
    context.close();
    assertCanceled(context);
    assertEquals("context canceled", CanceledException.INSTANCE.getMessage());
    assertFalse(CanceledException.INSTANCE.isTimeout());
  }

  @Test
  @DisplayName("CTX-16, CTX-18: the cause goes down, and what had one keeps it")
  void causes() {
    IllegalStateException reason = new IllegalStateException("for the test");
    IllegalStateException earlier = new IllegalStateException("earlier");
    CancelContext parent = Context.withCancel(Context.background());
    CancelContext child = Context.withCancel(parent);
    CancelContext other = Context.withCancel(parent);
    other.cancel(earlier);
    parent.cancel(reason);
    assertEnded(parent, CanceledException.INSTANCE, reason);
    assertEnded(child, CanceledException.INSTANCE, reason);
    assertEnded(other, CanceledException.INSTANCE, earlier);
  }

  @Test
  @DisplayName("CTX-6, CTX-7, CTX-8: ends go down and not up, and leave nothing behind")
  void tree() {
    CancelContext root = Context.withCancel(Context.background());
    Context named = Context.withValue(root, USER, "ann");
    CancelContext left = Context.withCancel(named);
    CancelContext right = Context.withCancel(named);
    CancelContext leaf = Context.withCancel(left);
    assertEquals(2, root.childCount());
    left.close();
    assertCanceled(left);
    assertCanceled(leaf);
    assertLive(right);
    assertLive(root);
    assertEquals(1, root.childCount());
    root.close();
    assertCanceled(right);
    assertCanceled(named);
    assertEquals(0, root.childCount());
    CancelContext late = Context.withCancel(named);
    assertCanceled(late);
    assertCanceled(Context.withCancel(late));
  }

  @Test
  @DisplayName("CTX-9: the channel is made when somebody asks; before that all share a closed one")
  void lazyChannel() {
    CancelContext first = Context.withCancel(Context.background());
    CancelContext second = Context.withCancel(Context.background());
    first.close();
    second.close();
    assertSame(first.done(), second.done());
    CancelContext third = Context.withCancel(Context.background());
    ReceiveChannel<Object> done = third.done();
    third.close();
    assertNotSame(first.done(), done);
    assertTrue(done.tryReceive().isClosed());
  }

  @Test
  @DisplayName("CTX-3, CTX-13, CTX-14: the deadline comes, and not before its time")
  void deadline() throws Exception {
    long start = System.nanoTime();
    Duration time = Duration.ofMillis(20);
    CancelContext context = Context.withTimeout(Context.background(), time);
    threads.start(() -> assertTrue(context.done().receiveOk().isClosed())).get();
    assertTrue(System.nanoTime() - start >= time.toNanos());
    DeadlineExceededException passed = DeadlineExceededException.INSTANCE;
    assertEnded(context, passed, passed);
    assertTrue(passed.isTimeout());
    assertEquals("context deadline exceeded", passed.getMessage());
    assertEnded(Context.withTimeout(Context.background(), Duration.ZERO), passed, passed);
    assertEnded(
        Context.withDeadline(Context.background(), Instant.now().minusSeconds(1)), passed, passed);
    assertEnded(Context.withDeadline(Context.background(), Instant.MIN), passed, passed);
  }

  @Test
  @DisplayName("CTX-12: the earlier deadline counts, and a later one's cause does not")
  void nested() throws Exception {
    IllegalStateException outer = new IllegalStateException("outer");
    IllegalStateException inner = new IllegalStateException("inner");
    CancelContext parent = Context.withTimeout(Context.background(), Duration.ofMillis(10), outer);
    CancelContext child = Context.withTimeout(parent, LONG, inner);
    assertEquals(parent.deadline(), child.deadline());
    assertTrue(child.toString().endsWith(".WithCancel"), child::toString);
    child.done().receiveOk();
    assertEnded(child, DeadlineExceededException.INSTANCE, outer);
    try (CancelContext far = Context.withTimeout(Context.background(), LONG);
        CancelContext near = Context.withTimeout(far, Duration.ofMinutes(1))) {
      assertTrue(near.deadline().get().isBefore(far.deadline().get()));
    }
  }

  @Test
  @DisplayName("CTX-15, CTX-19: cancelled before its time; the cause for the timeout is not used")
  void cancelledBefore() {
    IllegalStateException unused = new IllegalStateException("unused");
    Instant when = Instant.now().plus(LONG);
    CancelContext context = Context.withDeadline(Context.background(), when, unused);
    assertEquals(Optional.of(when), context.deadline());
    context.close();
    assertCanceled(context);
    assertEquals(Optional.of(when), context.deadline());
    CancelContext never =
        Context.withTimeout(Context.background(), Duration.ofSeconds(Long.MAX_VALUE));
    assertLive(never);
    assertEquals(Optional.of(Instant.MAX), never.deadline());
    never.close();
  }

  @Test
  @DisplayName("CTX-20, CTX-27: cut off from the end, but not from the values")
  void withoutCancel() {
    CancelContext parent = Context.withTimeout(Context.background(), LONG);
    Context cut = Context.withoutCancel(Context.withValue(parent, USER, "ann"));
    CancelContext below = Context.withCancel(cut);
    parent.close();
    assertLive(cut);
    assertLive(below);
    assertEquals(Optional.empty(), cut.deadline());
    assertEquals("ann", below.value(USER));
    below.close();
    assertLive(cut);
  }

  @Test
  @DisplayName("CTX-25, CTX-26: the nearest value of a key; null hides one")
  void values() {
    Context first = Context.withValue(Context.background(), USER, "ann");
    Context second = Context.withValue(first, NUMBER, 7);
    Context third = Context.withValue(Context.withCancel(second), USER, "bob");
    Context hidden = Context.withValue(third, USER, null);
    assertEquals("ann", second.value(USER));
    assertEquals(7, second.value(NUMBER));
    assertEquals("bob", third.value(USER));
    assertEquals(7, third.value(NUMBER));
    assertNull(hidden.value(USER));
    assertNull(third.value(ContextKey.<String>named("user")));
  }

  @Test
  @DisplayName("CTX-28: texts say how it was derived")
  void texts() {
    Context named = Context.withValue(Context.background(), USER, "ann");
    Context numbered = Context.withValue(Context.withCancel(named), NUMBER, 7);
    assertEquals(
        "context.Background.WithValue(user, ann).WithCancel.WithValue(number, java.lang.Integer)",
        numbered.toString());
    assertEquals(
        "context.Background.WithValue(user, ann).WithoutCancel",
        Context.withoutCancel(named).toString());
    try (CancelContext timed = Context.withTimeout(Context.background(), LONG)) {
      String text = timed.toString();
      assertTrue(text.matches("context\\.Background\\.WithDeadline\\(.+Z \\[PT59M.+S]\\)"), text);
    }
  }

  @Test
  @DisplayName("CTX-21, CTX-23: each runs once, in a goroutine of its own, also if it is late")
  void afterFunc() throws Exception {
    CancelContext context = Context.withCancel(Context.background());
    CountDownLatch ran = new CountDownLatch(3);
    Thread canceller = Thread.currentThread();
    for (int i = 0; i < 2; i++) {
      Context.afterFunc(
          context,
          () -> {
            assertNotSame(canceller, Thread.currentThread());
            ran.countDown();
          });
    }
    assertEquals(2, context.childCount());
    context.close();
    AfterFunc late = Context.afterFunc(Context.withValue(context, USER, "ann"), ran::countDown);
    ran.await();
    assertFalse(late.stop());
  }

  @Test
  @DisplayName("CTX-22, CTX-24: stopped it never runs, and only one call has stopped it")
  void stop() throws Exception {
    CancelContext context = Context.withCancel(Context.background());
    CountDownLatch ran = new CountDownLatch(1);
    AtomicInteger wrong = new AtomicInteger();
    AfterFunc stopped = Context.afterFunc(context, wrong::incrementAndGet);
    assertTrue(stopped.stop());
    assertFalse(stopped.stop());
    assertEquals(0, context.childCount());
    AfterFunc other = Context.afterFunc(context, ran::countDown);
    context.close();
    ran.await();
    assertFalse(other.stop());
    AfterFunc never = Context.afterFunc(Context.background(), wrong::incrementAndGet);
    assertTrue(never.stop());
    assertFalse(never.stop());
    assertEquals(0, wrong.get());
  }
}
