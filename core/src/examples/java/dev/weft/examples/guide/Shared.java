package dev.weft.examples.guide;

import static dev.weft.Go.go;

import dev.weft.base.Body;
import dev.weft.channel.Channel;
import dev.weft.group.WeightedSemaphore;
import dev.weft.scheduler.Goroutine;
import dev.weft.sync.Mutex;
import dev.weft.sync.WaitGroup;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// Chapter "Shared variables": what goes wrong, and four ways to keep it right.
public final class Shared {

  private static final int GOROUTINES = 8;
  private static final int ROUNDS = 1_000;

  private Shared() {}

  /// Shows each.
  ///
  /// @param args none
  public static void main(String[] args) throws Exception {
    lost();
    confined();
    System.out.println("mutex: " + mutex());
    System.out.println("atomic: " + atomic());
    System.out.println("semaphore: " + semaphore());
    visible();
  }

  private static int counter;

  private static void lost() throws Exception {
    // snippet: lost
    Channel<Boolean> otherHasRead = Channel.make();
    Channel<Boolean> otherMayWrite = Channel.make();
    Goroutine other =
        go(
            () -> {
              int seen = counter; // counter++ is three steps
              otherHasRead.send(true);
              otherMayWrite.receive();
              counter = seen + 1;
            });
    otherHasRead.receive();
    counter = counter + 1; // in between
    otherMayWrite.send(true);
    other.join();
    System.out.println("two increments make " + counter);
    // end
    Claim.that("one is lost", counter == 1);
  }

  // snippet: confined
  private record Add(String name, Channel<Integer> answer) {}

  private static void confined() throws Exception {
    Channel<Add> requests = Channel.make();
    Goroutine owner =
        go(
            () -> {
              Map<String, Integer> counts = new HashMap<>(); // nobody else can reach it
              for (Add add : requests) {
                add.answer.send(counts.merge(add.name, 1, Integer::sum));
              }
            });
    WaitGroup callers = new WaitGroup();
    for (int i = 0; i < GOROUTINES; i++) {
      callers.go(
          () -> {
            Channel<Integer> answer = Channel.make(1);
            for (int round = 0; round < ROUNDS; round++) {
              requests.send(new Add("x", answer));
              answer.receive();
            }
          });
    }
    callers.await();
    Channel<Integer> answer = Channel.make(1);
    requests.send(new Add("x", answer));
    System.out.println("confined: " + answer.receive());
    requests.close();
    owner.join();
  }

  // end

  private static final class Counts {
    // snippet: mutex
    private final Mutex mutex = new Mutex(); // protects counts
    private final Map<String, Integer> counts = new HashMap<>();

    void add(String name) {
      mutex.lock();
      try {
        counts.merge(name, 1, Integer::sum);
      } finally {
        mutex.unlock();
      }
    }

    // end

    int of(String name) {
      mutex.lock();
      try {
        return counts.getOrDefault(name, 0);
      } finally {
        mutex.unlock();
      }
    }
  }

  private static int mutex() throws InterruptedException {
    Counts counts = new Counts();
    all(() -> counts.add("x"));
    return counts.of("x");
  }

  private static long atomic() throws InterruptedException {
    // snippet: atomic
    AtomicLong count = new AtomicLong();
    AtomicLong largest = new AtomicLong();
    all(() -> largest.accumulateAndGet(count.incrementAndGet(), Math::max));
    // end
    Claim.that("the largest was the last", largest.get() == count.get());
    return count.get();
  }

  private static String semaphore() throws InterruptedException {
    // snippet: semaphore
    WeightedSemaphore places = new WeightedSemaphore(3); // three may be inside
    AtomicLong inside = new AtomicLong();
    AtomicLong most = new AtomicLong();
    all(
        () -> {
          places.acquire(1);
          try {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            inside.decrementAndGet();
          } finally {
            places.release(1); // also if the work has thrown: else a place is lost for ever
          }
        });
    // end
    Claim.that("never more than three", most.get() <= 3);
    return "never more than three inside";
  }

  private static void all(Body step) throws InterruptedException {
    WaitGroup group = new WaitGroup();
    for (int i = 0; i < GOROUTINES; i++) {
      group.go(
          () -> {
            for (int round = 0; round < ROUNDS; round++) {
              step.run();
            }
          });
    }
    group.await();
  }

  private static void visible() throws Exception {
    // snippet: visible
    int[] box = new int[1]; // not volatile, no lock
    Channel<Boolean> ready = Channel.make();
    go(
        () -> {
          box[0] = 42;
          ready.send(true); // happens before the receive returns
        });
    ready.receive();
    System.out.println("seen through a channel: " + box[0]);
    // end
  }
}
