package dev.weft.scheduler;

import dev.weft.Go;
import dev.weft.internal.park.Runtime;
import dev.weft.testkit.ChildJvm;
import dev.weft.testkit.TestMode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The trap: a class whose initializer overflows the stack is broken for good. So the first use of
/// Weft, at every depth near the end of a stack, in a JVM of its own.
@SuppressWarnings("NullAway") // the arguments are there
@Tag("fork")
class FirstUseTest {

  @ParameterizedTest
  @ValueSource(strings = {"go", "gosched", "builder", "current", "runtime"})
  @DisplayName("Weft works after a first use with the stack nearly full")
  void nearlyFull(String use) throws Exception {
    String backend = TestMode.current().isGpm() ? "GPM" : "JDK";
    try (ChildJvm child = ChildJvm.start(Main.class, List.of(), use, backend)) {
      child.awaitSuccess(60);
    }
  }

  static final class Main {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int LEVELS = 2_000;

    /// Loaded, not initialized. Loading has perils of its own, inside the JDK's class loader.
    private static final List<String> LOADED_FIRST =
        List.of(
            "Go",
            "internal.park.FreshStack",
            "internal.park.Runtime",
            "internal.park.StackProbe",
            "scheduler.FirstUse",
            "scheduler.Goroutine",
            "scheduler.Scheduler");

    private final Runnable use;
    private final AtomicInteger uses = new AtomicInteger();
    private int left = LEVELS;
    private int overflows;
    private @Nullable Throwable unexpected;

    private Main(String name) {
      use =
          switch (name) {
            case "go" -> () -> Go.go(() -> {});
            case "gosched" -> Go::gosched;
            case "builder" -> () -> Scheduler.builder().procs(1).build().close(Duration.ZERO);
            case "current" -> Goroutine::current;
            case "runtime" -> () -> Runtime.get().waiter();
            default -> throw new AssertionError(name);
          };
    }

    public static void main(String[] arguments) throws Exception {
      for (String name : LOADED_FIRST) {
        Class.forName("dev.weft." + name, false, Main.class.getClassLoader());
      }
      Main main = new Main(arguments[0]);
      Thread deep = new Thread(null, main::descend, "deep", 512 * 1024, false);
      deep.start();
      deep.join();
      if (main.unexpected != null) {
        throw new AssertionError("after " + main.overflows + " overflows", main.unexpected);
      }
      if (main.overflows == 0 || main.uses.get() == 0) {
        throw new AssertionError(main.overflows + " overflows, " + main.uses + " uses");
      }
      Scheduler scheduler = Scheduler.defaultScheduler();
      if (scheduler.backend().backend() != Backend.valueOf(arguments[1])) {
        throw new AssertionError(scheduler.backend());
      }
      Goroutine goroutine = Go.go(Go::gosched);
      if (!goroutine.join(LIMIT) || goroutine.failure() != null) {
        throw new AssertionError(goroutine + " " + goroutine.failure());
      }
    }

    /// Down to the end of the stack, and on the way back uses Weft in each frame, until it works.
    @SuppressWarnings("InfiniteRecursion") // provokes what it warns of
    private void descend() {
      try {
        descend();
      } catch (StackOverflowError end) {
        // turn round
      }
      if (uses.get() == 0 && unexpected == null && left-- > 0) {
        try {
          use.run();
          uses.getAndIncrement();
        } catch (StackOverflowError tight) {
          overflows++;
        } catch (Throwable broken) {
          unexpected = broken;
        }
      }
    }
  }
}
