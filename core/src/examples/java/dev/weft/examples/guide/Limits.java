package dev.weft.examples.guide;

import static dev.weft.Go.go;

import dev.weft.channel.Channel;
import dev.weft.group.WeightedSemaphore;
import dev.weft.scheduler.Goroutine;
import dev.weft.sync.WaitGroup;
import java.util.concurrent.atomic.AtomicInteger;

/// Chapter "Limiting": no more than so many at once.
public final class Limits {

  private static final int JOBS = 200;

  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger done = new AtomicInteger();

  private Limits() {}

  /// Shows each.
  ///
  /// @param args none
  public static void main(String[] args) throws Exception {
    new Limits().slots();
    new Limits().workers();
    weights();
    lostSlot();
  }

  /// Something that must not be done by too many at once.
  private void job() {
    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
    Thread.yield();
    inside.decrementAndGet();
    done.incrementAndGet();
  }

  private void slots() throws Exception {
    // snippet: slots
    Channel<Boolean> slots = Channel.make(4); // sem := make(chan struct{}, 4)
    WaitGroup all = new WaitGroup();
    for (int i = 0; i < JOBS; i++) {
      slots.send(true); // before the goroutine: so there are never more than four
      all.go(
          () -> {
            try {
              job();
            } finally {
              slots.receive();
            }
          });
    }
    all.await();
    System.out.println("slots: " + done + " done, more than four at once: " + (most.get() > 4));
    // end
    Claim.that("never more", most.get() <= 4);
  }

  private void workers() throws Exception {
    // snippet: workers
    Channel<Integer> jobs = Channel.make();
    WaitGroup workers = new WaitGroup();
    for (int i = 0; i < 4; i++) {
      workers.go(
          () -> {
            for (int _ : jobs) {
              job();
            }
          });
    }
    for (int i = 0; i < JOBS; i++) {
      jobs.send(i); // waits for a worker that is free
    }
    jobs.close(); // or the workers wait for ever
    workers.await();
    System.out.println("workers: " + done + " done, more than four at once: " + (most.get() > 4));
    // end
    Claim.that("never more", most.get() <= 4);
  }

  private static void weights() throws Exception {
    // snippet: weights
    WeightedSemaphore megabytes = new WeightedSemaphore(100);
    megabytes.acquire(60);
    Goroutine large = go(() -> megabytes.acquire(90)); // has to wait
    Claim.becomes("it waits", () -> "chan receive".equals(large.waitReason()));
    System.out.println("a small one passes it: " + megabytes.tryAcquire(5));
    megabytes.release(60);
    large.join();
    System.out.println("then there is room for 10: " + megabytes.tryAcquire(10));
    // end
  }

  private static void lostSlot() throws Exception {
    // snippet: lost
    WeightedSemaphore places = new WeightedSemaphore(1);
    Claim.thrown(
        IllegalStateException.class,
        () -> {
          places.acquire(1);
          work(); // throws
          places.release(1); // never reached; it belongs into a finally
        });
    System.out.println("the place is lost: " + !places.tryAcquire(1));
    // end
  }

  private static void work() {
    throw new IllegalStateException("it went wrong");
  }
}
