package dev.weft.benchmarks.soak;

import dev.weft.base.Body;
import dev.weft.scheduler.Goroutine;
import dev.weft.scheduler.Scheduler;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// One round: starts all kinds of work at the same time, interrupts some of it, and waits for the
/// end of every goroutine.
final class Round {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int PIPES = 8;
  private static final int BURST = 32;
  private static final Duration BETWEEN_BURSTS = Duration.ofNanos(500_000);
  private static final long HOG_NANOS = 25_000_000;

  private final Scheduler scheduler;
  private final SplittableRandom random;
  private final Tally tally;
  private final List<Goroutine> goroutines = new ArrayList<>();
  private final List<Goroutine> interruptible = new ArrayList<>();

  Round(Scheduler scheduler, int number, Tally tally) {
    this.scheduler = scheduler;
    this.random = new SplittableRandom(number);
    this.tally = tally;
  }

  void run() throws InterruptedException {
    for (int i = 0; i < PIPES; i++) {
      new Pipes(random.split(), tally).start(this);
    }
    new Crowd(tally).start(this);
    new Deadlines(random.split(), tally).start(this);
    start("hog", Round::compute);
    start("interrupter", this::interruptSome);
    for (Goroutine goroutine : goroutines) {
      join(goroutine);
    }
    tally.check();
  }

  /// Starts a goroutine of this round.
  Goroutine start(String name, Body body) {
    Goroutine goroutine = scheduler.go(name, body);
    goroutines.add(goroutine);
    return goroutine;
  }

  /// Starts a goroutine that is now and then interrupted.
  void startInterruptible(String name, Body body) {
    interruptible.add(start(name, body));
  }

  /// A few at a time, so that most of the work gets done in spite of it.
  private void interruptSome() throws InterruptedException {
    SplittableRandom mine = new SplittableRandom(interruptible.size());
    List<Goroutine> live = new ArrayList<>(interruptible);
    while (!live.isEmpty()) {
      for (int i = 0; i < BURST && !live.isEmpty(); i++) {
        int index = mine.nextInt(live.size());
        if (live.get(index).isDone()) {
          live.set(index, live.getLast());
          live.removeLast();
        } else {
          live.get(index).interrupt();
        }
      }
      Thread.sleep(BETWEEN_BURSTS);
    }
  }

  /// Keeps a carrier thread busy for so long that the scheduler hands its processor off.
  private static void compute() {
    long start = System.nanoTime();
    while (System.nanoTime() - start < HOG_NANOS) {
      Thread.onSpinWait();
    }
  }

  private void join(Goroutine goroutine) throws InterruptedException {
    if (!goroutine.join(PATIENCE)) {
      StringBuilder text = new StringBuilder("still there after " + PATIENCE + ":");
      scheduler.goroutines().forEach(g -> text.append("\n  " + g + " [" + g.waitReason() + "]"));
      throw new SoakFailure(text.toString());
    }
    if (goroutine.failure() != null) {
      throw new SoakFailure(goroutine + " failed", goroutine.failure());
    }
  }
}
