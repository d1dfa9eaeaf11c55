package com.example.primes;

import static dev.weft.Go.select;

import dev.weft.channel.Channel;
import dev.weft.channel.ReceiveChannel;
import dev.weft.channel.SendChannel;
import dev.weft.context.CancelContext;
import dev.weft.context.Context;
import dev.weft.sync.WaitGroup;
import java.time.Duration;

/// A source of blocks of numbers that never ends by itself, workers that count the primes in them,
/// and a collector, which ends all of them when it has what it wants.
///
/// ```
///          +-> worker -+
/// source --+-> worker -+--> collector
///          +-> worker -+
/// ```
final class Pipeline {
  private static final int BLOCK = 1_000;
  private static final int WORKERS = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private Pipeline() {}

  private record Counted(int block, int primes) {}

  /// Counts the primes below a limit, which is a multiple of the size of a block. All goroutines
  /// have ended when it returns.
  static int count(int limit) throws InterruptedException {
    Channel<Integer> blocks = Channel.make(WORKERS);
    Channel<Counted> counts = Channel.make();
    WaitGroup running = new WaitGroup();
    int primes;
    try (CancelContext ctx = Context.withTimeout(Context.background(), PATIENCE)) {
      running.go(() -> generate(ctx, blocks));
      for (int i = 0; i < WORKERS; i++) {
        running.go(() -> work(ctx, blocks, counts));
      }
      primes = collect(ctx, counts, limit / BLOCK);
    }
    running.await();
    return primes;
  }

  private static void generate(Context ctx, SendChannel<Integer> blocks)
      throws InterruptedException {
    var done = ctx.done().onReceive();
    var next = blocks.onSend(0);
    for (int block = 1; select(next, done) == 0; block++) {
      next.value(block);
    }
  }

  private static void work(Context ctx, ReceiveChannel<Integer> blocks, SendChannel<Counted> counts)
      throws InterruptedException {
    var done = ctx.done().onReceive();
    var next = blocks.onReceive();
    while (select(next, done) == 0) {
      Counted counted = new Counted(next.value(), primesIn(next.value()));
      if (select(counts.onSend(counted), done) != 0) {
        return;
      }
    }
  }

  /// Adds up the first blocks, in whatever order they come.
  private static int collect(Context ctx, ReceiveChannel<Counted> counts, int wanted)
      throws InterruptedException {
    var done = ctx.done().onReceive();
    var next = counts.onReceive();
    int sum = 0;
    int missing = wanted;
    while (missing > 0) {
      if (select(next, done) != 0) {
        throw new IllegalStateException(missing + " blocks are missing", ctx.err());
      }
      if (next.value().block() < wanted) {
        sum += next.value().primes();
        missing--;
      }
    }
    return sum;
  }

  private static int primesIn(int block) {
    int primes = 0;
    for (int number = block * BLOCK; number < (block + 1) * BLOCK; number++) {
      if (isPrime(number)) {
        primes++;
      }
    }
    return primes;
  }

  private static boolean isPrime(int number) {
    for (int divisor = 2; divisor * divisor <= number; divisor++) {
      if (number % divisor == 0) {
        return false;
      }
    }
    return number > 1;
  }
}
