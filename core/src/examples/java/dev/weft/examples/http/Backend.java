package dev.weft.examples.http;

import static dev.weft.Go.after;
import static dev.weft.Go.select;

import dev.weft.channel.Channel;
import dev.weft.context.Context;
import java.time.Duration;

/// What the service asks, and which takes its time: stands for a database, say. It looks at the
/// context, so that nobody works for a caller who has gone.
@FunctionalInterface
interface Backend {

  /// The answer to a question.
  ///
  /// @throws dev.weft.context.ContextException if the context is done before there is one
  String ask(Context context, String question) throws InterruptedException;

  /// Counts the words of what it is asked, after some time.
  static Backend countingWords(Duration latency) {
    return (context, text) -> {
      waitFor(context, latency);
      return Long.toString(text.isBlank() ? 0 : text.strip().split("\\s+").length);
    };
  }

  /// Answers when a channel has been closed.
  static Backend behind(Channel<Object> gate) {
    return (context, question) -> {
      if (select(gate.onReceive(), context.done().onReceive()) == 1) {
        context.check();
      }
      return "open";
    };
  }

  private static void waitFor(Context context, Duration time) throws InterruptedException {
    if (select(after(time).onReceive(), context.done().onReceive()) == 1) {
      context.check();
    }
  }
}
