package dev.weft.benchmarks.switching;

import static dev.weft.Go.go;

import dev.weft.benchmarks.GoroutineBenchmark;
import dev.weft.scheduler.Goroutine;
import dev.weft.scheduler.SchedulerStats;
import java.util.concurrent.locks.LockSupport;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// What it costs two goroutines to wait for each other with nothing but `LockSupport`.
///
/// They play ping-pong: each unparks the other and parks until the ball is back. One operation is a
/// round trip: two unparks and two parks. Go has no park for its users; its row of this name plays
/// with two unbuffered channels, which is the least a Go program can do.
public class ParkPair extends GoroutineBenchmark {
  static final int OPERATIONS = 50_000;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long roundTrip() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  protected long run(int operations) throws InterruptedException {
    Ball ball = new Ball(Thread.currentThread());
    Goroutine peer = go(() -> ball.returnAll(operations));
    for (int i = 0; i < operations; i++) {
      ball.playTo(peer.thread());
      ball.await();
    }
    peer.join();
    return ball.returned;
  }

  @Override
  protected void check(SchedulerStats stats, long operations) {
    atLeast("switches", stats.switches(), operations);
  }

  private static final class Ball {
    private final Thread server;
    private volatile Thread holder;
    private long returned;

    Ball(Thread server) {
      this.server = server;
      this.holder = server;
    }

    void returnAll(int times) {
      for (int i = 0; i < times; i++) {
        await();
        returned++;
        playTo(server);
      }
    }

    void playTo(Thread thread) {
      holder = thread;
      LockSupport.unpark(thread);
    }

    void await() {
      Thread self = Thread.currentThread();
      while (holder != self) {
        LockSupport.park(this);
      }
    }
  }
}
