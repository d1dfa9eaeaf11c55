package dev.weft.examples.guide;

import dev.weft.defer.Defer;
import java.util.ArrayList;
import java.util.List;

/// Chapter "Defer": what is to be done at the end of a function, said in the middle of it.
public final class Defers {

  private Defers() {}

  /// Shows each.
  ///
  /// @param args none
  public static void main(String[] args) {
    order();
    arguments();
    result();
    manyResources();
    allRun();
  }

  private static void order() {
    // snippet: order
    Defer.run(
        f -> {
          for (int i = 1; i <= 3; i++) {
            int n = i;
            f.defer(() -> System.out.println("deferred " + n));
          }
          System.out.println("body");
        });
    // end
  }

  private static void arguments() {
    // snippet: arguments
    int[] x = {1};
    Defer.run(
        f -> {
          f.defer(now -> System.out.println("then " + now + ", at the end " + x[0]), x[0]);
          x[0] = 2;
        });
    // end
  }

  @SuppressWarnings("NullAway") // there is a result, since the body has returned
  private static void result() {
    // snippet: result
    int answer =
        Defer.call(
            f -> {
              f.defer(
                  () -> f.result(f.result() + 1)); // func f() (n int) { defer func() { n++ }() }
              return 41;
            });
    System.out.println("answer " + answer);
    // end
    Claim.that("changed after the return", answer == 42);
  }

  private static void manyResources() {
    // snippet: resources
    List<String> log = new ArrayList<>();
    Defer.run(
        f -> {
          for (String name : List.of("a", "b")) { // how many, turns out here
            f.closing(new Resource(name, log));
          }
          log.add("work");
        });
    System.out.println(log);
    // end
  }

  private record Resource(String name, List<String> log) implements AutoCloseable {
    Resource {
      log.add("open " + name);
    }

    @Override
    public void close() {
      log.add("close " + name);
    }
  }

  private static void allRun() {
    // snippet: all
    List<String> log = new ArrayList<>();
    var thrown =
        Claim.thrown(
            IllegalStateException.class,
            () ->
                Defer.run(
                    f -> {
                      f.defer(() -> log.add("this one runs"));
                      f.defer(
                          () -> {
                            throw new IllegalStateException("from a deferred action");
                          });
                      throw new IllegalArgumentException("from the body");
                    }));
    System.out.println(log + ", " + thrown.getMessage());
    System.out.println("suppressed: " + thrown.getSuppressed()[0].getMessage());
    // end
  }
}
