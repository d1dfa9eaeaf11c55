package dev.weft.examples;

import static dev.weft.Go.go;
import static dev.weft.Go.select;

import dev.weft.channel.Channel;
import dev.weft.channel.ReceiveChannel;
import dev.weft.channel.SendChannel;
import dev.weft.scheduler.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// Finds prime numbers with a chain of goroutines, one for each prime: the classic program of Go.
///
/// ```
/// generator -2,3,4,5,6,7..-> drop multiples of 2 -3,5,7,9..-> drop multiples of 3 -5,7,11..-> ...
/// ```
///
/// The first number that comes out of a filter is the next prime, and gets a filter of its own. The
/// numbers have no end, so the program has to say when it has enough: it closes `enough`, upon
/// which whoever wants to send ends and closes its channel, so that whoever wants to receive ends,
/// too.
public final class PrimeSieve {

  private PrimeSieve() {}

  /// Prints the first primes.
  ///
  /// @param args how many; 100 if there is none
  public static void main(String[] args) throws InterruptedException {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 100;
    List<Integer> primes = first(count);
    System.out.println(primes);
    System.out.println(count + " primes by as many goroutines on " + Scheduler.current());
  }

  /// The first primes.
  static List<Integer> first(int count) throws InterruptedException {
    Channel<Void> enough = Channel.make();
    Channel<Integer> numbers = Channel.make();
    go("generator", () -> generate(numbers, enough));
    List<Integer> primes = new ArrayList<>();
    ReceiveChannel<Integer> candidates = numbers;
    while (primes.size() < count) {
      int prime = Objects.requireNonNull(candidates.receive());
      primes.add(prime);
      candidates = withoutMultiples(prime, candidates, enough);
    }
    enough.close();
    return primes;
  }

  /// Sends 2, 3, 4 and so on.
  private static void generate(SendChannel<Integer> out, ReceiveChannel<Void> enough)
      throws InterruptedException {
    var next = out.onSend();
    var stop = enough.onReceive();
    int number = 2;
    while (select(next.value(number), stop) == 0) {
      number++;
    }
    out.close();
  }

  /// Starts a filter.
  ///
  /// @return what it lets pass
  private static ReceiveChannel<Integer> withoutMultiples(
      int prime, ReceiveChannel<Integer> in, ReceiveChannel<Void> enough) {
    Channel<Integer> out = Channel.make();
    go("filter-" + prime, () -> filter(prime, in, out, enough));
    return out;
  }

  private static void filter(
      int prime, ReceiveChannel<Integer> in, SendChannel<Integer> out, ReceiveChannel<Void> enough)
      throws InterruptedException {
    var next = out.onSend();
    var stop = enough.onReceive();
    for (int number : in) {
      if (number % prime != 0 && select(next.value(number), stop) == 1) {
        break;
      }
    }
    out.close();
  }
}
