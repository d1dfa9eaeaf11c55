package dev.weft.examples.guide;

import static dev.weft.Go.go;

import dev.weft.channel.Channel;
import dev.weft.collections.LongSlice;
import dev.weft.context.CancelContext;
import dev.weft.context.Context;
import dev.weft.scheduler.Goroutine;
import dev.weft.scheduler.Scheduler;
import dev.weft.time.Ticker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Chapter "Leaks": four of them, found with the tools that everybody has.
public final class Leaks {

  private Leaks() {}

  /// Shows each.
  ///
  /// @param args none
  public static void main(String[] args) throws Exception {
    blocked();
    cured();
    slices();
    contexts();
    tickers();
  }

  private static final LongAdder BEATS = new LongAdder();

  // snippet: blocked
  private static String first(int capacity) throws InterruptedException {
    Channel<String> answers = Channel.make(capacity);
    for (int i = 0; i < 3; i++) {
      int mirror = i;
      go("searcher-" + i, () -> answers.send("answer of " + mirror));
    }
    return answers.receiveOk().ok() ? "found" : "nothing"; // and the other two?
  }

  // end

  private static void blocked() throws Exception {
    // snippet: list
    System.out.println(first(0));
    Claim.becomes("two are left", () -> searchers("chan send").size() == 2);
    System.out.println("they wait: " + searchers("chan send").size());
    // end

    // snippet: dump
    Path file = Files.createTempDirectory("leaks").resolve("threads.txt");
    jcmd("Thread.dump_to_file", file.toString());
    String dump = Files.readString(file);
    System.out.println("in the dump: " + count("\"searcher-\\d\"", dump));
    System.out.println("with their stacks: " + count("Leaks\\.lambda\\$first", dump));
    // end
    Files.delete(file);
    Files.delete(file.getParent());
  }

  private static List<Goroutine> searchers(String waiting) {
    return Scheduler.current().goroutines().stream()
        .filter(goroutine -> goroutine.name().startsWith("searcher"))
        .filter(goroutine -> waiting.equals(goroutine.waitReason()))
        .toList();
  }

  private static void cured() throws Exception {
    // snippet: cured
    System.out.println(first(3)); // room for all answers: nobody waits for a receiver
    Claim.becomes("no more than before", () -> Scheduler.current().numGoroutine() == 2);
    // end
  }

  private static void slices() throws Exception {
    // snippet: slices
    List<LongSlice> headers = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      LongSlice record = LongSlice.make(1_000_000);
      headers.add(record.slice(0, 4)); // only the first four are needed
    }
    System.out.println("bytes of long[]: " + bytes("[J"));
    headers.replaceAll(LongSlice::clone);
    System.out.println("after the cure: " + bytes("[J"));
    // end
    Claim.that("all are there", headers.size() == 20);
  }

  private static void contexts() throws Exception {
    // snippet: contexts
    CancelContext server = Context.withCancel(Context.background());
    for (int request = 0; request < 1_000; request++) {
      Context.withCancel(server); // never closed
    }
    System.out.println("contexts: " + instances(CancelContext.class.getName()));
    for (int request = 0; request < 1_000; request++) {
      try (CancelContext ctx = Context.withCancel(server)) {
        ctx.check();
      }
    }
    System.out.println("a thousand more, closed: " + instances(CancelContext.class.getName()));
    server.close();
    System.out.println("after the end of all: " + instances(CancelContext.class.getName()));
    // end
  }

  private static void tickers() throws Exception {
    // snippet: tickers
    for (int i = 0; i < 1_000; i++) {
      Ticker.make(Duration.ofMillis(1)); // never stopped, and soon forgotten
    }
    Ticker ticker = Ticker.make(Duration.ofMillis(1));
    Goroutine beat =
        go(
            "beat",
            () -> {
              for (Instant _ : ticker.channel()) { // what ends this loop?
                BEATS.increment();
              }
            });
    System.out.println("tickers: " + instances(Ticker.class.getName()));
    ticker.stop(); // ends the ticks, and closes nothing
    Claim.becomes("it waits", () -> "chan receive".equals(beat.waitReason()));
    System.out.println(
        "stopped, and still there: " + Scheduler.current().goroutines().contains(beat));
    // end
  }

  private static long instances(String type) throws Exception {
    return Long.parseLong(histogramOf(type).group(1));
  }

  private static long bytes(String type) throws Exception {
    return Long.parseLong(histogramOf(type).group(2));
  }

  /// A line is a number, how many, how many bytes, and the class.
  private static MatchResult histogramOf(String type) throws Exception {
    return Pattern.compile("(?m)^ *\\d+: +(\\d+) +(\\d+) +" + Pattern.quote(type) + "( .*)?$")
        .matcher(jcmd("GC.class_histogram"))
        .results()
        .findFirst()
        .orElseThrow();
  }

  // snippet: jcmd
  private static String jcmd(String... command) throws IOException, InterruptedException {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    line.add(String.valueOf(ProcessHandle.current().pid()));
    line.addAll(List.of(command));
    Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
    String output = process.inputReader().readAllAsString();
    Claim.that("jcmd works: " + output, process.waitFor() == 0);
    return output;
  }

  // end

  private static long count(String pattern, String text) {
    return Pattern.compile(pattern).matcher(text).results().count();
  }
}
