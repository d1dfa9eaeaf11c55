package dev.weft.examples;

import static dev.weft.Go.go;
import static dev.weft.Go.procs;

import dev.weft.channel.Channel;
import dev.weft.channel.ReceiveChannel;
import dev.weft.channel.SendChannel;
import dev.weft.scheduler.Goroutine;
import dev.weft.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.List;

/// Fan-out and fan-in: goroutines take work from one channel and send results to another.
///
/// ```
///             +-> worker 1 -+
/// generator --+-> worker 2 -+--> main
///             +-> worker n -+
/// ```
///
/// It looks for the number below a limit from which it takes longest to get to 1, if one halves it
/// when it is even, else triples it and adds 1.
public final class Pipeline {

  private static final int BATCH = 1_000;

  private Pipeline() {}

  /// Some consecutive numbers.
  private record Batch(int from, int to) {}

  /// A number and how many steps it takes.
  record Climb(int start, int steps) {
    /// The longer one of two, of equally long ones the one that starts lower.
    Climb max(Climb other) {
      return steps > other.steps || (steps == other.steps && start < other.start) ? this : other;
    }
  }

  /// Prints the number.
  ///
  /// @param args the limit; a million if there is none
  public static void main(String[] args) throws InterruptedException {
    int limit = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    Climb longest = longest(limit, procs());
    System.out.println(longest + " is the longest below " + limit);
    System.out.println("by " + procs() + " workers on " + Scheduler.current());
  }

  /// Looks with some workers.
  static Climb longest(int limit, int workers) throws InterruptedException {
    Climb longest = new Climb(1, 0);
    for (Climb found : fanOut(generate(limit), workers)) {
      longest = longest.max(found);
    }
    return longest;
  }

  /// All numbers from 1 to below the limit.
  private static ReceiveChannel<Batch> generate(int limit) {
    Channel<Batch> batches = Channel.make(16);
    go(
        () -> {
          for (int from = 1; from < limit; from += BATCH) {
            batches.send(new Batch(from, Math.min(from + BATCH, limit)));
          }
          batches.close();
        });
    return batches;
  }

  /// Starts the workers, and a goroutine that closes the channel behind the last of them.
  private static ReceiveChannel<Climb> fanOut(ReceiveChannel<Batch> batches, int workers) {
    Channel<Climb> found = Channel.make(16);
    List<Goroutine> running = new ArrayList<>();
    for (int i = 1; i <= workers; i++) {
      running.add(go("worker-" + i, () -> work(batches, found)));
    }
    go("closer", () -> closeAfter(running, found));
    return found;
  }

  private static void closeAfter(List<Goroutine> workers, SendChannel<Climb> found)
      throws InterruptedException {
    for (Goroutine worker : workers) {
      worker.join();
    }
    found.close();
  }

  private static void work(ReceiveChannel<Batch> batches, SendChannel<Climb> found)
      throws InterruptedException {
    for (Batch batch : batches) {
      Climb longest = climb(batch.from());
      for (int start = batch.from() + 1; start < batch.to(); start++) {
        longest = longest.max(climb(start));
      }
      found.send(longest);
    }
  }

  private static Climb climb(int start) {
    int steps = 0;
    for (long n = start; n != 1; n = n % 2 == 0 ? n / 2 : 3 * n + 1) {
      steps++;
    }
    return new Climb(start, steps);
  }
}
