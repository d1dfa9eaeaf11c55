package dev.weft.time;

import dev.weft.base.Body;
import dev.weft.testkit.FirstUse;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The trap: a class whose initializer overflows the stack is broken for good. So the first timer
/// of a JVM is made and used at every depth near the end of a stack.
@Tag("fork")
class FirstTimerTest {

  @ParameterizedTest
  @ValueSource(strings = {"timer", "ticker", "function", "fake", "sleep"})
  @DisplayName("Timers work after the first one was made with the stack nearly full")
  void nearlyFull(String type) throws Exception {
    FirstUse.run(Main.class, type);
  }

  static final class Main {

    private static final List<String> LOADED_FIRST =
        List.of(
            "internal.park.FreshStack",
            "internal.park.FreshStack$Outcome",
            "internal.park.StackProbe",
            "time.Clock",
            "time.FakeClock",
            "time.Linkage",
            "time.Ticker",
            "time.Timer");

    // Made in time: what is tried here are timers, not durations.
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration MOMENT = Duration.ofNanos(1);
    private static final Body NOTHING = Main::nothing;

    private Main() {}

    public static void main(String[] arguments) throws Exception {
      FirstUse.load(LOADED_FIRST);
      FirstUse.deep(use(arguments[0]));
      useAll();
    }

    private static IntPredicate use(String type) {
      return switch (type) {
        case "timer" -> n -> Timer.make(Duration.ZERO).channel().tryReceive().ok();
        case "ticker" -> n -> Ticker.make(HOUR).channel().tryReceive().isEmpty();
        case "function" -> n -> Timer.afterFunc(HOUR, NOTHING).stop();
        case "fake" -> n -> new FakeClock().pending() == 0;
        case "sleep" -> n -> sleep();
        default -> throw new AssertionError(type);
      };
    }

    private static void nothing() {}

    private static boolean sleep() {
      try {
        Clock.system().sleep(MOMENT);
        return true;
      } catch (InterruptedException unexpected) {
        throw new AssertionError(unexpected);
      }
    }

    private static void useAll() throws InterruptedException {
      CountDownLatch called = new CountDownLatch(1);
      Timer.afterFunc(Duration.ofMillis(1), called::countDown);
      called.await();
      Objects.requireNonNull(Timer.after(Duration.ofMillis(1)).receive());
      FakeClock clock = new FakeClock();
      Timer timer = Timer.make(clock, HOUR);
      clock.advance(HOUR);
      if (!timer.channel().tryReceive().ok()) {
        throw new AssertionError("no value");
      }
    }
  }
}
