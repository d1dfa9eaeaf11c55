package launch;

import dev.weft.Go;
import dev.weft.scheduler.BackendChoice;
import dev.weft.scheduler.Goroutine;
import dev.weft.scheduler.Scheduler;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Uses the default scheduler, and says which backend it has unless it is told to be `silent`.
public final class LaunchMain {
  private LaunchMain() {}

  public static void main(String[] args) throws InterruptedException {
    List<String> wishes = List.of(args);
    if (wishes.contains("interrupted")) {
      Thread.currentThread().interrupt();
    }
    if (wishes.contains("twice")) {
      try {
        Scheduler.defaultScheduler();
      } catch (RuntimeException first) {
        System.err.println("first: " + first);
      }
    }
    BackendChoice choice = Scheduler.defaultScheduler().backend();
    Thread.interrupted();
    work();
    if (!wishes.contains("silent")) {
      System.out.println(choice.backend() + ": " + choice.reason());
    }
  }

  private static void work() throws InterruptedException {
    AtomicInteger sum = new AtomicInteger();
    Goroutine parent =
        Go.go(
            () -> {
              for (int i = 1; i <= 100; i++) {
                int n = i;
                Go.go(
                        () -> {
                          Go.gosched();
                          sum.addAndGet(n);
                        })
                    .join();
              }
            });
    parent.join();
    if (sum.get() != 5050 || Go.numGoroutine() != 0 || parent.failure() != null) {
      throw new AssertionError(sum + ", " + parent.failure() + ", " + Go.numGoroutine());
    }
  }
}
