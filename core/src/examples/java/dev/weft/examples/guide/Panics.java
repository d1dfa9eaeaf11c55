package dev.weft.examples.guide;

import static dev.weft.Go.goexit;

import dev.weft.base.FatalError;
import dev.weft.defer.Defer;
import dev.weft.defer.Panic;
import dev.weft.scheduler.Goroutine;
import dev.weft.scheduler.Scheduler;
import dev.weft.sync.Mutex;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/// Chapter "Panic and recover": what happens to what nobody expects.
public final class Panics {

  private Panics() {}

  /// Shows each.
  ///
  /// @param args none
  public static void main(String[] args) throws Exception {
    System.out.println(parse("12") + ", " + parse("twelve"));
    replaced();
    runtimeError();
    goroutine();
    exit();
    fatal();
  }

  // snippet: recover
  private static int parse(String text) {
    return Defer.call(
        f -> {
          f.defer(
              () -> {
                if (f.recover() instanceof Panic panic) { // r := recover(); r != nil
                  System.out.println("recovered: " + panic.value());
                  f.result(-1);
                }
              });
          return digits(text);
        });
  }

  private static int digits(String text) {
    if (!text.matches("\\d+")) {
      throw new Panic("not a number: " + text); // panic("not a number: " + text)
    }
    return Integer.parseInt(text);
  }

  // end

  @SuppressWarnings("NullAway") // something was thrown
  private static void replaced() {
    // snippet: replaced
    String seen =
        Defer.call(
            f -> {
              f.defer(() -> f.result("saw " + ((Panic) f.recover()).value()));
              f.defer(
                  () -> {
                    throw new Panic("second");
                  });
              throw new Panic("first");
            });
    System.out.println(seen);
    // end
  }

  @SuppressWarnings("NullAway") // something was thrown
  private static void runtimeError() {
    // snippet: runtime
    String seen =
        Defer.call(
            f -> {
              f.defer(() -> f.result(f.recover().getClass().getSimpleName()));
              return List.of("a").get(1); // any exception is a panic
            });
    System.out.println(seen);
    // end
  }

  private static void goroutine() throws Exception {
    // snippet: goroutine
    AtomicReference<Throwable> uncaught = new AtomicReference<>();
    Scheduler scheduler =
        Scheduler.builder()
            .uncaughtExceptionHandler((thread, thrown) -> uncaught.set(thrown))
            .build();
    try (scheduler) {
      Goroutine fails =
          scheduler.go(
              () -> {
                throw new Panic("nobody recovers");
              });
      fails.join();
      System.out.println("failure: " + fails.failure());
    }
    System.out.println("the process goes on");
    // end
    Claim.that("the handler had it", uncaught.get() instanceof Panic);
  }

  private static void exit() throws Exception {
    // snippet: exit
    List<String> log = new ArrayList<>();
    Goroutine ends =
        Scheduler.current()
            .go(
                () ->
                    Defer.run(
                        f -> {
                          f.defer(() -> log.add("deferred runs, recover gives " + f.recover()));
                          goexit();
                        }));
    ends.join();
    System.out.println(log + ", failure " + ends.failure());
    // end
  }

  private static void fatal() {
    // snippet: fatal
    var thrown =
        Claim.thrown(
            FatalError.class,
            () ->
                Defer.run(
                    f -> {
                      f.defer(() -> Claim.that("not for recover", f.recover() == null));
                      new Mutex().unlock();
                    }));
    System.out.println("not recovered: " + thrown.getClass().getSimpleName());
    // end
    Claim.that(
        "Go's text",
        String.valueOf(thrown.getMessage()).startsWith("sync: unlock of unlocked mutex"));
  }
}
