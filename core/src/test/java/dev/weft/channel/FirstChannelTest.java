package dev.weft.channel;

import static dev.weft.Go.select;

import dev.weft.testkit.FirstUse;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The trap: a class whose initializer overflows the stack is broken for good. So the first channel
/// of a JVM is made and used at every depth near the end of a stack.
@Tag("fork")
class FirstChannelTest {

  @ParameterizedTest
  @ValueSource(strings = {"buffered", "unbuffered", "nil", "case", "used"})
  @DisplayName("Channels work after the first one was made with the stack nearly full")
  void nearlyFull(String type) throws Exception {
    FirstUse.run(Main.class, type);
  }

  static final class Main {

    private static final List<String> LOADED_FIRST =
        List.of(
            "channel.Channel",
            "channel.ChannelCore",
            "channel.ChannelLock",
            "channel.Linkage",
            "channel.Received",
            "channel.ReceiveCase",
            "channel.SelectCase",
            "internal.park.FreshStack",
            "internal.park.FreshStack$Outcome",
            "internal.park.StackProbe");

    private Main() {}

    public static void main(String[] arguments) throws Exception {
      FirstUse.load(LOADED_FIRST);
      FirstUse.deep(use(arguments[0]));
      useAll();
    }

    private static IntPredicate use(String type) {
      return switch (type) {
        case "buffered" -> n -> sendAndReceive(Channel.make(1));
        case "unbuffered" -> n -> !Channel.<Integer>make().trySend(1);
        case "nil" -> n -> Channel.nil().isNil();
        case "case" -> n -> Channel.make().onReceive().index == 0;
        case "used" -> usingAgain(Channel.make(1));
        default -> throw new AssertionError(type);
      };
    }

    /// Made in time, but used for the first time near the end of the stack.
    private static IntPredicate usingAgain(Channel<Integer> channel) {
      return n -> {
        while (channel.tryReceive().ok()) {
          // what a descent has sent and could not receive
        }
        return sendAndReceive(channel);
      };
    }

    private static boolean sendAndReceive(Channel<Integer> channel) {
      return channel.trySend(1) && Objects.equals(1, channel.tryReceive().value());
    }

    private static void useAll() throws InterruptedException {
      Channel<Integer> there = Channel.make();
      Channel<Integer> back = Channel.make();
      Thread echo = Thread.startVirtualThread(() -> passOn(there, back));
      there.send(1);
      var answer = back.onReceive();
      if (select(answer) != 0 || !Objects.equals(answer.value(), 1)) {
        throw new AssertionError("no answer");
      }
      echo.join();
    }

    private static void passOn(Channel<Integer> from, Channel<Integer> to) {
      try {
        to.send(Objects.requireNonNull(from.receive()));
      } catch (InterruptedException unexpected) {
        throw new AssertionError(unexpected);
      }
    }
  }
}
