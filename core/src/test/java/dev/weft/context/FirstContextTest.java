package dev.weft.context;

import dev.weft.testkit.Descent;
import dev.weft.testkit.FirstUse;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The trap: a class whose initializer overflows the stack is broken for good. So the first context
/// of a JVM is made, or cancelled, at every depth near the end of a stack.
@Tag("fork")
class FirstContextTest {

  @ParameterizedTest
  @ValueSource(strings = {"made", "cancelled"})
  @DisplayName("Contexts work after the first one was made or cancelled with the stack nearly full")
  void nearlyFull(String what) throws Exception {
    FirstUse.run(Main.class, what);
  }

  static final class Main {

    private static final List<String> LOADED_FIRST =
        List.of(
            "channel.Channel",
            "channel.ChannelCore",
            "channel.ChannelLock",
            "context.CancelContext",
            "context.CancelContext$Ended",
            "context.CanceledException",
            "context.Child",
            "context.Context",
            "context.Linkage",
            "context.RootContext",
            "internal.park.FreshStack",
            "internal.park.FreshStack$Outcome",
            "internal.park.StackProbe",
            "sync.Linkage",
            "sync.Mutex");

    private Main() {}

    public static void main(String[] arguments) throws Exception {
      FirstUse.load(LOADED_FIRST);
      if (arguments[0].equals("made")) {
        FirstUse.deep(n -> cancel(Context.withCancel(Context.background())));
      } else {
        CancelContext[] made = new CancelContext[Descent.ENOUGH];
        Arrays.setAll(made, n -> Context.withCancel(Context.background()));
        FirstUse.deep(n -> cancel(made[n]));
      }
      if (!cancel(Context.withCancel(Context.background()))) {
        throw new AssertionError("contexts are broken");
      }
    }

    private static boolean cancel(CancelContext context) {
      context.close();
      return context.isDone() && context.done().tryReceive().isClosed();
    }
  }
}
