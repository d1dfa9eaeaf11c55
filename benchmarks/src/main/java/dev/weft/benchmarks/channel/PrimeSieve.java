package dev.weft.benchmarks.channel;

import dev.weft.benchmarks.channel.Library.Pipe;
import dev.weft.scheduler.SchedulerStats;
import java.math.BigInteger;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// The classic: the first primes, by a goroutine for each of them that lets pass what it does not
/// divide.
///
/// The channels are unbuffered. One operation is the whole sieve: about 180,000 transfers for 500
/// primes, 2,800,000 for 2,000. The generator stops at the last prime and sends a 0 behind it,
/// which ends all others as it passes.
public class PrimeSieve extends ChannelBenchmark {

  @Param({"500", "2000"})
  int primes;

  /// Box number n has an n in it, up to the last prime.
  private Integer[] numbers;

  /// Makes the boxes.
  @Setup
  public void box() {
    BigInteger last = BigInteger.ONE;
    for (int i = 0; i < primes; i++) {
      last = last.nextProbablePrime();
    }
    numbers = IntStream.rangeClosed(0, last.intValue()).boxed().toArray(Integer[]::new);
  }

  @Benchmark
  public long sieve() throws InterruptedException {
    return invoke(1);
  }

  @Override
  long run(Library library, int operations) throws InterruptedException {
    Pipe first = library.pipe(0);
    library.spawn(() -> generate(first));
    Pipe pipe = first;
    for (int i = 1; i < primes; i++) {
      Pipe in = pipe;
      Pipe out = library.pipe(0);
      int prime = (Integer) in.receive();
      library.spawn(() -> filter(prime, in, out));
      pipe = out;
    }
    Object last = pipe.receive();
    Object end = pipe.receive();
    return last == numbers[numbers.length - 1] && end == numbers[0] ? operations : 0;
  }

  private void generate(Pipe out) throws InterruptedException {
    for (int i = 2; i < numbers.length; i++) {
      out.send(numbers[i]);
    }
    out.send(numbers[0]);
  }

  private static void filter(int prime, Pipe in, Pipe out) throws InterruptedException {
    Integer number;
    do {
      number = (Integer) in.receive();
      if (number % prime != 0 || number == 0) {
        out.send(number);
      }
    } while (number != 0);
  }

  @Override
  long runKotlinx(int operations) {
    return KotlinxRows.primeSieve(numbers, primes) ? operations : 0;
  }

  @Override
  protected void check(SchedulerStats stats, long operations) {
    atLeast("switches", stats.switches(), operations * primes);
  }
}
