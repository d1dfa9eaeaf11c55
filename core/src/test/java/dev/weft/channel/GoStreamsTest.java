package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.channel.SelectThreads.Kind;
import dev.weft.channel.SelectThreads.Task;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Scenarios of Go's test/chan: fifo, goroutines, sieve1, sieve2. Goroutines and plain channels.
@DisplayName("Go's chains and sieves")
class GoStreamsTest extends SelectTesting {

  private static final List<Integer> PRIMES =
      List.of(
          2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83,
          89, 97);

  GoStreamsTest() {
    super(Kind.GOROUTINE);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 10})
  @DisplayName("fifo: values come out in the order in which they went in (CH-8, CH-9)")
  void fifo(int capacity) {
    Channel<Integer> ch = make(capacity);
    Task sender =
        go(
            () -> {
              for (int i = 0; i < 10; i++) {
                ch.send(i);
              }
              ch.close();
            });
    if (capacity >= 10) {
      sender.join();
    }
    run(
        () -> {
          List<Integer> received = new ArrayList<>();
          for (int i : ch) {
            received.add(i);
          }
          assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8, 9), received);
        });
    sender.join();
  }

  @Test
  @DisplayName("fifo: goroutine i waits for the token of goroutine i-1, so the order is forced")
  void daisyChain() {
    int n = 10;
    Channel<Integer> all = make(0);
    Channel<Integer> start = make(0);
    Channel<Integer> in = start;
    for (int i = 0; i < n; i++) {
      Channel<Integer> before = in;
      Channel<Integer> after = make(0);
      int value = i;
      go(
          () -> {
            take(before);
            all.send(value);
            after.send(1);
          });
      in = after;
    }
    Channel<Integer> end = in;
    go(() -> start.send(0));
    run(
        () -> {
          for (int i = 0; i < n; i++) {
            assertEquals(i, take(all));
          }
          take(end);
        });
    joinAll();
  }

  @Test
  @DisplayName("goroutines: 10,000 of them pass a value along")
  void longChain() {
    int n = 10_000;
    Channel<Integer> leftmost = make(0);
    Channel<Integer> left = leftmost;
    for (int i = 0; i < n; i++) {
      Channel<Integer> to = left;
      Channel<Integer> from = make(0);
      go(() -> to.send(1 + take(from)));
      left = from;
    }
    Channel<Integer> rightmost = left;
    go(() -> rightmost.send(0));
    run(() -> assertEquals(n, take(leftmost)));
    joinAll();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 16})
  @DisplayName("sieve1: a chain of filters lets the first 25 primes through")
  void sieve(int capacity) {
    Channel<Integer> primes = make(0);
    go(() -> filters(primes, capacity));
    run(() -> assertFirstPrimes(primes));
    stopAll();
  }

  private void filters(Channel<Integer> primes, int capacity) throws InterruptedException {
    Channel<Integer> numbers = make(capacity);
    go(() -> count(numbers));
    Channel<Integer> in = numbers;
    for (; ; ) {
      int prime = take(in);
      primes.send(prime);
      Channel<Integer> unfiltered = in;
      Channel<Integer> filtered = make(capacity);
      go(
          () -> {
            for (; ; ) {
              int i = take(unfiltered);
              if (i % prime != 0) {
                filtered.send(i);
              }
            }
          });
      in = filtered;
    }
  }

  private static void count(Channel<Integer> to) throws InterruptedException {
    for (int i = 2; ; i++) {
      to.send(i);
    }
  }

  private static void assertFirstPrimes(ReceiveChannel<Integer> primes)
      throws InterruptedException {
    for (int prime : PRIMES) {
      assertEquals(prime, take(primes));
    }
  }

  /// The multiples of a prime that come next, and where the ones after it come from.
  private record Multiples(int first, Channel<Integer> rest) {}

  @Test
  @DisplayName("sieve2: a heap of streams of multiples, and a proxy that buffers without limit")
  void sieveWithHeap() {
    Channel<Integer> primes = make(0);
    go(() -> mergeMultiples(primes));
    run(() -> assertFirstPrimes(primes));
    stopAll();
  }

  private void mergeMultiples(Channel<Integer> primes) throws InterruptedException {
    Channel<Integer> known = make(0); // primes, as they are found, to those who make multiples
    Channel<Integer> composites = make(0);
    SendChannel<Integer> proxy = unbounded(known);
    go(() -> composites(known, composites));
    primes.send(2);
    proxy.send(2);
    int composite = take(composites);
    for (int i = 3; ; i++) {
      if (i < composite) {
        primes.send(i);
        proxy.send(i);
      } else {
        composite = nextAfter(composites, i);
      }
    }
  }

  private static int nextAfter(Channel<Integer> composites, int last) throws InterruptedException {
    int next;
    do {
      next = take(composites);
    } while (next <= last);
    return next;
  }

  /// Merges the multiples of all primes, in order. A stream joins when its square comes.
  private void composites(Channel<Integer> known, Channel<Integer> to) throws InterruptedException {
    PriorityQueue<Multiples> heap = new PriorityQueue<>(Comparator.comparingInt(Multiples::first));
    Multiples next = multiples(take(known));
    heap.add(next);
    for (; ; ) {
      Multiples least = heap.remove();
      to.send(least.first());
      if (least.first() == next.first()) {
        next = multiples(take(known));
        heap.add(next);
      }
      heap.add(new Multiples(take(least.rest()), least.rest()));
    }
  }

  private Multiples multiples(int prime) throws InterruptedException {
    Channel<Integer> ch = make(2);
    go(
        () -> {
          for (int i = prime * prime; ; i += prime) {
            ch.send(i);
          }
        });
    return new Multiples(take(ch), ch);
  }

  /// Takes whatever comes at once, and hands it on when somebody wants it.
  private SendChannel<Integer> unbounded(Channel<Integer> to) {
    Channel<Integer> in = make(0);
    go(
        () -> {
          ArrayDeque<Integer> buffer = new ArrayDeque<>();
          ReceiveCase<Integer> comes = in.onReceive();
          SendCase<Integer> goes = to.onSend();
          for (; ; ) {
            Integer first = buffer.peek();
            goes.enabled(first != null);
            if (first != null) {
              goes.value(first);
            }
            if (Select.select(comes, goes) == 0) {
              buffer.add(value(comes));
            } else {
              buffer.remove();
            }
          }
        });
    return in;
  }
}
