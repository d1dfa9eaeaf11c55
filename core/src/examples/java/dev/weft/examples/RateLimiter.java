package dev.weft.examples;

import static dev.weft.Go.go;

import dev.weft.channel.Channel;
import java.time.Duration;

/// Lets something happen at a given rate, and now and then a few times in a row: a token bucket.
///
/// The bucket is a channel with a buffer. A goroutine puts a token in at regular intervals, if
/// there is room; who wants to do something takes one out, and waits if there is none. Those who
/// wait are served in the order in which they came, as with any channel.
public final class RateLimiter implements AutoCloseable {

  private static final Object TOKEN = new Object();

  private final Channel<Object> bucket;
  private final Channel<Void> closed = Channel.make();

  /// Creates one with a full bucket.
  ///
  /// @param interval the time between two tokens
  /// @param burst how many tokens the bucket holds
  RateLimiter(Duration interval, int burst) {
    bucket = Channel.make(burst);
    while (bucket.trySend(TOKEN)) {
      // until it is full
    }
    go("rate-limiter", () -> fill(interval));
  }

  // snippet: limiter
  private void fill(Duration interval) throws InterruptedException {
    while (closed.receive(interval).isEmpty()) { // the interval passed, and nobody closed it
      bucket.trySend(TOKEN); // dropped if the bucket is full
    }
    bucket.close();
  }

  /// Waits for a token.
  ///
  /// @return false if there is none because the limiter was closed
  boolean acquire() throws InterruptedException {
    return bucket.receiveOk().ok();
  }

  // end

  /// Takes a token if there is one now.
  boolean tryAcquire() {
    return bucket.tryReceive().ok();
  }

  /// Ends it. Tokens that are in the bucket can still be taken.
  @Override
  public void close() {
    closed.tryClose();
  }

  /// Answers requests that all come at once: the first three at once, the others one by one.
  ///
  /// @param args how many; 10 if there is none
  public static void main(String[] args) throws InterruptedException {
    int count = args.length > 0 ? Integer.parseInt(args[0]) : 10;
    Channel<Integer> requests = Channel.make(count);
    for (int request = 1; request <= count; request++) {
      requests.send(request);
    }
    requests.close();
    long start = System.nanoTime();
    try (RateLimiter limiter = new RateLimiter(Duration.ofMillis(100), 3)) {
      for (int request : requests) {
        limiter.acquire();
        long millis = (System.nanoTime() - start) / 1_000_000;
        System.out.println("request " + request + " after " + millis + " ms");
      }
    }
  }
}
