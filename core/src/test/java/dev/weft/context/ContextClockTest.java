package dev.weft.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Await;
import dev.weft.testkit.Descent;
import dev.weft.testkit.Histogram;
import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import dev.weft.testkit.ThreadsContract;
import dev.weft.time.FakeClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Deadlines by a clock that the test moves.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class ContextClockTest extends ThreadsContract {
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final FakeClock clock = new FakeClock();
  private final Instant start = clock.instant();
  private final Context root = Context.background();

  @Override
  protected void assertSettled() {
    assertEquals(0, clock.pending());
  }

  @Test
  @DisplayName("CTX-3, CTX-14: the deadline comes when the clock says so, and is done on return")
  void timeout() {
    CancelContext context = Context.withTimeout(root, clock, MINUTE);
    assertEquals(Optional.of(start.plus(MINUTE)), context.deadline());
    assertTrue(context.toString().endsWith("WithDeadline(2000-01-01T00:01:00Z [PT1M])"));
    clock.advance(MINUTE.minusNanos(1));
    assertNull(context.err());
    clock.advance(Duration.ofNanos(1));
    assertSame(DeadlineExceededException.INSTANCE, context.err());
  }

  @Test
  @DisplayName("CTX-13: a deadline that the clock has passed is over at once")
  void past() {
    assertTrue(Context.withDeadline(root, clock, start).isDone());
    assertTrue(Context.withTimeout(root, clock, Duration.ZERO).isDone());
    assertTrue(Context.withDeadline(root, clock, Instant.MIN).isDone());
    CancelContext never = Context.withDeadline(root, clock, Instant.MAX);
    clock.advance(Duration.ofDays(1000));
    assertFalse(never.isDone());
    never.close();
  }

  @Test
  @DisplayName("CTX-12: the earlier one counts; of two clocks both do")
  void nested() {
    CancelContext parent = Context.withTimeout(root, clock, MINUTE);
    CancelContext later = Context.withTimeout(parent, clock, MINUTE.multipliedBy(2));
    assertEquals(parent.deadline(), later.deadline());
    FakeClock other = new FakeClock();
    CancelContext byOther = Context.withTimeout(parent, other, MINUTE.multipliedBy(2));
    assertEquals(Optional.of(start.plus(MINUTE.multipliedBy(2))), byOther.deadline());
    assertEquals(1, other.pending());
    clock.advance(MINUTE);
    assertTrue(later.isDone() && byOther.isDone());
    assertEquals(0, other.pending(), "called off with its context");
  }

  @Test
  @DisplayName("CTX-15: a context that is closed calls its deadline off")
  void closed() {
    CancelContext context = Context.withTimeout(root, clock, MINUTE);
    assertEquals(1, clock.pending());
    context.close();
    assertEquals(0, clock.pending());
    clock.advance(MINUTE);
    assertSame(CanceledException.INSTANCE, context.err());
  }

  @Test
  @DisplayName("CTX-8, CTX-15: one whose parent is done sets no deadline, or calls it off")
  void parentIsDone() {
    CancelContext parent = Context.withCancel(root);
    parent.close();
    CancelContext child = Context.withTimeout(parent, clock, MINUTE);
    assertSame(CanceledException.INSTANCE, child.err());
    assertEquals(0, clock.pending());
  }

  @Test
  @DisplayName("CTX-21: what waits for the end is started by it")
  void afterFunc() throws Exception {
    CancelContext context = Context.withTimeout(root, clock, MINUTE);
    Task<Boolean> waiting = threads.start(() -> context.done().receiveOk());
    Await.state(waiting.thread(), Thread.State.WAITING);
    clock.advance(MINUTE);
    waiting.get();
  }

  @Test
  @DisplayName("CTX-29: a deadline that comes while contexts are derived and closed ends each once")
  void races() throws Exception {
    Task<Boolean> moving =
        threads.start(
            () -> {
              for (int i = 0; i < Scale.times(2_000); i++) {
                clock.advance(Duration.ofNanos(1));
              }
            });
    List<Task<Boolean>> deriving = new ArrayList<>();
    for (int t = 0; t < 2; t++) {
      deriving.add(
          threads.start(
              () -> {
                for (int i = 0; i < Scale.times(2_000); i++) {
                  CancelContext parent = Context.withTimeout(root, clock, Duration.ofNanos(2));
                  CancelContext child = Context.withTimeout(parent, clock, Duration.ofNanos(1));
                  if (i % 2 == 0) {
                    parent.close();
                    // The clock may have ended the parent, and be about to tell those below it.
                    Await.until(child::isDone, () -> child + " was not told");
                  }
                  child.close();
                  parent.close();
                }
              }));
    }
    for (Task<Boolean> task : deriving) {
      task.get();
    }
    moving.get();
  }

  @Test
  @DisplayName("A deadline is of one moment, though the clock is advanced while it is worked out")
  void ofOneMoment() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    Task<Boolean> moving =
        threads.start(
            () -> {
              while (!over.get()) {
                clock.advance(Duration.ofNanos(1));
              }
            });
    try {
      Instant far = start.plus(Duration.ofDays(1));
      for (int i = 0; i < Scale.times(20_000); i++) {
        assertEquals(Duration.ofDays(1).toNanos() + 1, Deadline.at(clock, far).nanos());
        Deadline after = Deadline.after(clock, MINUTE);
        assertEquals(after.nanos() - 1, Duration.between(start, after.instant()).toNanos());
      }
    } finally {
      over.set(true);
    }
    moving.get();
  }

  @Test
  @DisplayName("Near the end of the stack an advance ends what is due as a whole, or not at all")
  void deepAdvance() throws Exception {
    List<CancelContext> parents = new ArrayList<>();
    List<CancelContext> children = new ArrayList<>();
    for (int i = 0; i < Descent.ENOUGH; i++) {
      parents.add(Context.withTimeout(root, clock, MINUTE.multipliedBy(i + 1L)));
      children.add(Context.withCancel(parents.get(i)));
      children.get(i).done();
    }
    Task<Descent> deep =
        threads.call(
            () ->
                Descent.of(
                    n -> {
                      clock.advance(
                          Duration.between(
                              clock.instant(), start.plus(MINUTE.multipliedBy(n + 1L))));
                      return true;
                    }));
    assertEquals(Descent.ENOUGH, deep.get().done());
    for (int i = 0; i < Descent.ENOUGH; i++) {
      assertTrue(parents.get(i).isDone(), "the deadline is lost");
      assertTrue(children.get(i).isDone(), "the end did not get down to it");
    }
  }

  @Test
  @Tag("slow")
  @DisplayName("A million contexts with deadlines, closed before them, leave nothing behind")
  void million() throws Exception {
    CancelContext parent = Context.withCancel(root);
    threads
        .start(
            () -> {
              for (int i = 0; i < 1_000_000; i++) {
                try (CancelContext timed = Context.withTimeout(parent, Duration.ofHours(1));
                    CancelContext below = Context.withCancel(timed)) {
                  assertFalse(below.isDone());
                }
              }
            })
        .get();
    assertEquals(0, parent.childCount());
    Histogram left = Histogram.ofNow();
    assertTrue(left.of(CancelContext.class) < 1_000, () -> left.of(CancelContext.class) + " live");
    long nodes = left.of(Deadlines.Expiry.class);
    assertTrue(nodes < 10_000, () -> nodes + " nodes of deadlines that were called off");
    parent.close();
  }
}
