package dev.weft.time;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Sleeping, by a fake clock and by the system's.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class SleepTest extends TimerContract {

  @Test
  @DisplayName("TMR-1: a sleep ends when its time has passed, and not before")
  void sleeps() throws Exception {
    Task<Instant> sleeper =
        threads.call(
            () -> {
              clock.sleep(seconds(5));
              return clock.instant();
            });
    awaitPending(1);
    clock.advance(seconds(5).minusNanos(1));
    assertFalse(sleeper.isDone());
    clock.advance(Duration.ofNanos(1));
    assertEquals(at(5), sleeper.get());
  }

  @Test
  @DisplayName("TMR-1: a sleep of no time or less does not wait")
  void noTime() throws Exception {
    for (Duration none : List.of(Duration.ZERO, Duration.ofSeconds(Long.MIN_VALUE))) {
      threads.start(() -> clock.sleep(none)).get();
      threads.start(() -> Clock.system().sleep(none)).get();
    }
  }

  @Test
  @DisplayName("TMR-1: by the system's clock, never less than its time")
  void system() throws Exception {
    Clock system = Clock.system();
    for (long micros = 1; micros < 10_000; micros *= 3) {
      Duration duration = Duration.ofNanos(1_000 * micros);
      threads
          .start(
              () -> {
                long before = System.nanoTime();
                system.sleep(duration);
                assertTrue(System.nanoTime() - before >= duration.toNanos());
              })
          .get();
    }
  }

  @Test
  @DisplayName("TMR-1: an interrupt ends a sleep of any length, and one before keeps it from it")
  void interrupted() throws Exception {
    for (Clock any : List.of(clock, Clock.system())) {
      for (Duration duration : List.of(FAR, Duration.ofSeconds(Long.MAX_VALUE))) {
        Task<Boolean> sleeper = threads.start(() -> any.sleep(duration));
        sleeper.interrupt();
        sleeper.fails(InterruptedException.class);
        assertFalse(sleeper.endedWithFlag());
      }
      threads
          .start(
              () -> {
                Thread.currentThread().interrupt();
                any.sleep(Duration.ZERO);
              })
          .fails(InterruptedException.class);
    }
  }

  @Test
  @DisplayName("Sleepers wake in the order of their times")
  void order() throws Exception {
    List<Task<Instant>> sleepers = new ArrayList<>();
    for (int i = 5; i > 0; i--) {
      Duration duration = seconds(i);
      sleepers.add(
          threads.call(
              () -> {
                clock.sleep(duration);
                return clock.instant();
              }));
    }
    awaitPending(5);
    for (int i = 1; i <= 5; i++) {
      clock.advance(seconds(1));
      assertEquals(at(i), sleepers.get(5 - i).get());
      assertEquals(5 - i, clock.pending());
    }
  }
}
