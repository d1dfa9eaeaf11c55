package dev.weft.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.internal.timer.SmallShard;
import dev.weft.internal.timer.TimerNode;
import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The clock for tests itself.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class FakeClockTest extends TimerContract {

  /// Notes what the clock shows when it fires.
  private final class Note extends TimerNode {
    private final List<Long> notes;

    Note(long deadline, List<Long> notes) {
      super(deadline);
      this.notes = notes;
    }

    @Override
    protected void fire(long now) {
      notes.add(clock.nanoTime());
    }
  }

  @Test
  @DisplayName("SYNCTEST-2: it begins at midnight of 1 January 2000, and stands still")
  void start() {
    assertEquals(Instant.parse("2000-01-01T00:00:00Z"), clock.instant());
    assertEquals(START, clock.instant());
    assertTrue(clock.nanoTime() > 0);
    Instant other = Instant.parse("2026-07-01T12:30:00.000000001Z");
    assertEquals(other, new FakeClock(other).instant());
  }

  @Test
  @DisplayName("It stops at each instant at which something is due")
  void stepByStep() {
    List<Long> notes = new ArrayList<>();
    long start = clock.nanoTime();
    for (long after : new long[] {500, 20, 7, 20, 100}) {
      clock.add(new Note(start + after, notes));
    }
    TimerNode cancelled = new Note(start + 50, notes);
    clock.add(cancelled);
    cancelled.cancel();
    clock.advance(Duration.ofNanos(100));
    assertEquals(List.of(start + 7, start + 20, start + 20, start + 100), notes);
    assertEquals(start + 100, clock.nanoTime());
    assertEquals(1, clock.pending());
    clock.advance(Duration.ofDays(1));
    assertEquals(start + 500, notes.get(4));
  }

  @Test
  @DisplayName("It does not go back, and does not go over the end of time")
  void bounds() {
    Instant before = clock.instant();
    assertThrows(IllegalArgumentException.class, () -> clock.advance(Duration.ofNanos(-1)));
    assertEquals(before, clock.instant());
    List<Long> notes = new ArrayList<>();
    TimerNode never = new Note(Long.MAX_VALUE, notes);
    clock.add(never);
    clock.advance(Duration.ofSeconds(Long.MAX_VALUE));
    clock.advance(Duration.ofSeconds(Long.MAX_VALUE));
    assertTrue(clock.nanoTime() < Long.MAX_VALUE);
    assertEquals(List.of(), notes);
    clock.advance(Duration.ZERO);
    assertTrue(never.cancel());
  }

  @Test
  @DisplayName("awaitPending waits for as many as are asked for, and can be interrupted")
  void awaitPending() throws Exception {
    clock.awaitPending(0);
    Task<Boolean> waiting = threads.start(() -> clock.awaitPending(2));
    Timer first = Timer.afterFunc(clock, FAR, () -> {});
    Timer second = Timer.afterFunc(clock, FAR, () -> {});
    waiting.get();
    assertTrue(first.stop() && second.stop());
    Task<Boolean> interrupted = threads.start(() -> clock.awaitPending(1));
    interrupted.interrupt();
    interrupted.fails(InterruptedException.class);
  }

  @Test
  @DisplayName("awaitPending finds its count though an advance moves the nodes meanwhile")
  void awaitPendingBesideAdvance() throws Exception {
    int many = 5_000; // so that to move them takes long
    for (int round = 0; round < 50; round++) {
      FakeClock other = new FakeClock();
      Task<Boolean> waiting = threads.start(() -> other.awaitPending(many));
      for (int i = 0; i < many; i++) {
        other.add(new Note(FAR.toNanos() - i, new ArrayList<>()));
      }
      other.advance(Duration.ZERO);
      waiting.get();
    }
  }

  @Test
  @DisplayName("What could not be started is reported by advance, once, and the others are")
  void failure() {
    List<Long> notes = new ArrayList<>();
    long start = clock.nanoTime();
    clock.add(
        new TimerNode(start + 1) {
          @Override
          protected void fire(long now) {
            throw new OutOfMemoryError("on purpose");
          }
        });
    clock.add(new Note(start + 2, notes));
    clock.add(
        new TimerNode(start + 3) {
          @Override
          protected void fire(long now) {
            throw new IllegalStateException("the second one");
          }
        });
    Throwable cause =
        assertThrows(IllegalStateException.class, () -> clock.advance(seconds(1))).getCause();
    assertEquals("java.lang.OutOfMemoryError: on purpose", String.valueOf(cause));
    assertEquals(List.of(start + 2), notes);
    clock.advance(seconds(1));
  }

  @Test
  @DisplayName("What is due has fired when advance returns, though others add what is due already")
  void completeOnReturn() throws Exception {
    AtomicBoolean over = new AtomicBoolean();
    List<Long> ignored = Collections.synchronizedList(new ArrayList<>());
    Task<Boolean> adding =
        threads.start(
            () -> {
              while (!over.get()) {
                long before = clock.nanoTime();
                clock.add(new Note(0, ignored));
                assertTrue(ignored.getFirst() >= before, "the clock went back");
                ignored.clear();
              }
            });
    try {
      for (int round = 0; round < Scale.times(20_000); round++) {
        List<Long> notes = Collections.synchronizedList(new ArrayList<>());
        long due = clock.nanoTime() + 1;
        clock.add(new Note(due, notes));
        clock.advance(Duration.ofNanos(2));
        assertEquals(List.of(due), notes);
      }
    } finally {
      over.set(true);
    }
    adding.get();
  }

  @Test
  @DisplayName("What is added while another one is fired, and is due, is fired by the same advance")
  void addedWhileFiring() {
    List<Long> notes = new ArrayList<>();
    long due = clock.nanoTime() + 1;
    clock.add(
        new TimerNode(due) {
          @Override
          protected void fire(long now) {
            clock.add(new Note(due, notes));
          }
        });
    clock.advance(Duration.ofNanos(2));
    assertEquals(List.of(due), notes);
  }

  @Test
  @DisplayName("A clock does not begin where it could not go on")
  void endOfTheCalendar() {
    assertThrows(IllegalArgumentException.class, () -> new FakeClock(Instant.MAX));
    FakeClock last = new FakeClock(Instant.MAX.minusNanos(Long.MAX_VALUE));
    last.advance(Duration.ofSeconds(Long.MAX_VALUE));
    assertTrue(last.instant().isBefore(Instant.MAX));
    FakeClock first = new FakeClock(Instant.MIN);
    first.advance(seconds(1));
    assertEquals(Instant.MIN.plusSeconds(1), first.instant());
  }

  @Test
  @DisplayName("If there is no memory for a timer that is due, advance says so and does not spin")
  void noRoom() throws Exception {
    FakeClock small = new FakeClock(START, SmallShard::reportingTo);
    List<Long> notes = new ArrayList<>();
    long due = small.nanoTime() + 10;
    small.add(new Note(due, notes)); // the first, so it is filed last
    List<TimerNode> late = new ArrayList<>();
    for (int i = 0; i < SmallShard.ROOM; i++) {
      TimerNode node = new Note(FAR.toNanos() + i, new ArrayList<>());
      late.add(node);
      small.add(node);
    }
    threads
        .start(
            () -> {
              Throwable cause =
                  assertThrows(IllegalStateException.class, () -> small.advance(seconds(1)))
                      .getCause();
              assertInstanceOf(OutOfMemoryError.class, cause);
            })
        .get();
    assertEquals(due, small.nanoTime());
    assertEquals(List.of(), notes);
    late.getFirst().cancel();
    assertThrows(IllegalStateException.class, () -> small.advance(Duration.ZERO)); // makes room
    small.advance(Duration.ZERO);
    assertEquals(1, notes.size());
    late.forEach(TimerNode::cancel);
  }

  @Test
  @DisplayName("Who advanced the clock is told of a failure, and nobody else")
  void failuresOfTheirOwn() throws Exception {
    for (int round = 0; round < Scale.times(300); round++) {
      Task<Boolean> other =
          threads.start(
              () -> {
                for (int i = 0; i < 50; i++) {
                  clock.advance(Duration.ZERO);
                }
              });
      for (int i = 0; i < 20; i++) {
        clock.add(
            new TimerNode(clock.nanoTime() + 1) {
              @Override
              protected void fire(long now) {
                throw new OutOfMemoryError("on purpose");
              }
            });
        assertThrows(IllegalStateException.class, () -> clock.advance(Duration.ofNanos(1)));
      }
      other.get();
    }
  }

  @Test
  @DisplayName("It says what it shows and how many wait")
  void text() {
    Timer timer = Timer.afterFunc(clock, seconds(1), () -> {});
    assertEquals("FakeClock[2000-01-01T00:00:00Z, 1 pending]", clock.toString());
    timer.stop();
    assertEquals("Clock[system]", Clock.system().toString());
  }
}
