package dev.weft.benchmarks.sync;

import dev.weft.benchmarks.ToolBenchmark;
import dev.weft.sync.WaitGroup;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Phaser;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// What a wait group costs to count up and down, and to wait for while it is zero. One operation is
/// one of each.
///
/// A `CountDownLatch` cannot count up, so it takes a new one each time; a `Phaser` registers a
/// party, which arrives and leaves.
public class WaitGroupAddDone extends ToolBenchmark {
  static final int OPERATIONS = 1_000_000;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long addDoneAwait() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  protected long run(String tool, int operations) throws InterruptedException {
    return switch (tool) {
      case WEFT -> group(operations);
      case "plain" -> latches(operations);
      case "phaser" -> phaser(operations);
      default -> throw unknown(tool);
    };
  }

  private static long group(int operations) throws InterruptedException {
    WaitGroup group = new WaitGroup();
    long done = 0;
    for (int i = 0; i < operations; i++) {
      group.add(1);
      group.done();
      group.await();
      done++;
    }
    return done;
  }

  private static long latches(int operations) throws InterruptedException {
    long done = 0;
    for (int i = 0; i < operations; i++) {
      CountDownLatch latch = new CountDownLatch(1);
      latch.countDown();
      latch.await();
      done++;
    }
    return done;
  }

  private static long phaser(int operations) {
    Phaser phaser = new Reusable();
    long done = 0;
    for (int i = 0; i < operations; i++) {
      int phase = phaser.register();
      phaser.arriveAndDeregister();
      phaser.awaitAdvance(phase);
      done++;
    }
    return done;
  }

  /// One that does not end when the last party leaves.
  static final class Reusable extends Phaser {
    @Override
    protected boolean onAdvance(int phase, int registeredParties) {
      return false;
    }
  }
}
