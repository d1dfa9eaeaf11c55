package dev.weft.defer;

import static dev.weft.Go.goexit;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.weft.base.Body;
import dev.weft.scheduler.Backend;
import dev.weft.scheduler.Goroutine;
import dev.weft.scheduler.Scheduler;
import dev.weft.testkit.TestMode;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The end of goroutines: by goexit, and by panics that nobody recovers.
class DeferGoexitTest {
  private final List<Object> log = new CopyOnWriteArrayList<>();
  private final List<Throwable> uncaught = new CopyOnWriteArrayList<>();
  private final Scheduler scheduler =
      Scheduler.builder()
          .name("defer-test")
          .backend(TestMode.current().isGpm() ? Backend.GPM : Backend.JDK)
          .uncaughtExceptionHandler((thread, thrown) -> uncaught.add(thrown))
          .build();

  @AfterEach
  void close() {
    assertEquals(List.of(), scheduler.close(Duration.ofSeconds(60)));
  }

  /// Runs a goroutine to its end, and returns its failure.
  private @Nullable Throwable end(Body body) throws InterruptedException {
    Goroutine goroutine = scheduler.go(body);
    goroutine.join();
    return goroutine.failure();
  }

  private static Object value(@Nullable Throwable thrown) {
    return Objects.requireNonNull(assertInstanceOf(Panic.class, thrown).value());
  }

  @Test
  @DisplayName("DEF-16: goexit runs what was deferred, and cannot be recovered")
  void goexitUnwinds() throws InterruptedException {
    Throwable failure =
        end(
            () -> {
              Defer.run(
                  outer -> {
                    outer.defer(() -> log.add("outer"));
                    Defer.run(
                        inner -> {
                          inner.defer(() -> log.add("recovered " + inner.recover()));
                          goexit();
                        });
                    log.add("not reached");
                  });
              log.add("not reached");
            });
    assertNull(failure);
    assertEquals(List.of("recovered null", "outer"), log);
    assertEquals(List.of(), uncaught);
  }

  @Test
  @DisplayName("DEF-17: a panic during a goexit that is recovered: the goexit goes on")
  void recoveredDuringGoexit() throws InterruptedException {
    Throwable failure =
        end(
            () -> {
              Defer.run(
                  f -> {
                    f.defer(() -> log.add(value(f.recover())));
                    f.defer(
                        () -> {
                          throw new Panic("trouble");
                        });
                    goexit();
                  });
              log.add("not reached");
            });
    assertNull(failure);
    assertEquals(List.of("trouble"), log);
  }

  @Test
  @DisplayName(
      "DEF-17: a panic during a goexit that nobody recovers ends the goroutine, and is told")
  void panicDuringGoexit() throws InterruptedException {
    Throwable failure =
        end(
            () ->
                Defer.run(
                    f -> {
                      f.defer(
                          () -> {
                            throw new Panic("trouble");
                          });
                      goexit();
                    }));
    assertEquals("trouble", assertInstanceOf(Panic.class, failure).value());
    assertEquals(List.of(failure), uncaught);
  }

  @Test
  @DisplayName("DEF-18: a goexit in a deferred action during a panic: the panic is dropped")
  void goexitDuringPanic() throws InterruptedException {
    Throwable failure =
        end(
            () ->
                Defer.run(
                    f -> {
                      f.defer(() -> log.add("older"));
                      f.defer(() -> goexit());
                      throw new Panic("dropped");
                    }));
    assertNull(failure);
    assertEquals(List.of("older"), log);
    assertEquals(List.of(), uncaught);
  }

  @Test
  @DisplayName("DEF-5, DEF-14: a panic ends its own goroutine, and no other can recover it")
  void othersPanic() throws InterruptedException {
    Throwable failure =
        end(
            () ->
                Defer.run(
                    f -> {
                      f.defer(() -> log.add("recovered " + f.recover()));
                      Goroutine child =
                          scheduler.go(
                              () -> {
                                throw new Panic("child");
                              });
                      child.join();
                      log.add(value(child.failure()));
                    }));
    assertNull(failure);
    assertEquals(List.of("child", "recovered null"), log);
    assertEquals(1, uncaught.size());
  }
}
