package dev.weft.examples.guide;

import dev.weft.scheduler.Backend;
import dev.weft.scheduler.Goroutine;
import dev.weft.scheduler.Scheduler;
import dev.weft.scheduler.SchedulerStats;
import dev.weft.sync.WaitGroup;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// Chapter "Blocking and computing": what happens to a machine. On the gpm backend.
public final class Blocking {

  private static final int MANY = 10_000;

  private Blocking() {}

  /// Shows each.
  ///
  /// @param args none
  public static void main(String[] args) throws Exception {
    parked();
    monitor();
    computing();
    blocked();
  }

  private static Scheduler oneProcessor() {
    return Scheduler.builder().backend(Backend.GPM).procs(1).build();
  }

  private static void parked() throws Exception {
    // snippet: parked
    try (Scheduler one = oneProcessor()) {
      CountDownLatch end = new CountDownLatch(1);
      AtomicInteger begun = new AtomicInteger();
      for (int i = 0; i < MANY; i++) {
        one.go(
            () -> {
              begun.incrementAndGet();
              end.await(); // the goroutine waits; its machine runs the next one
            });
      }
      Claim.becomes("all have begun", () -> begun.get() == MANY);
      SchedulerStats stats = one.stats();
      System.out.println(
          stats.goroutines() + " goroutines wait on " + stats.threads() + " threads");
      Claim.that("few threads", stats.threads() < 10);
      end.countDown();
    }
    // end
  }

  private static void monitor() throws Exception {
    // snippet: monitor
    try (Scheduler one = oneProcessor()) {
      Object monitor = new Object();
      boolean[] open = new boolean[1];
      AtomicInteger begun = new AtomicInteger();
      for (int i = 0; i < 1_000; i++) {
        one.go(
            () -> {
              synchronized (monitor) {
                begun.incrementAndGet();
                while (!open[0]) {
                  monitor.wait(); // neither does this block the machine
                }
              }
            });
      }
      Claim.becomes("all have begun", () -> begun.get() == 1_000);
      System.out.println("in a monitor, on " + one.stats().threads() + " threads");
      synchronized (monitor) {
        open[0] = true;
        monitor.notifyAll();
      }
    }
    // end
  }

  // snippet: computing
  private static volatile boolean mayEnd;

  private static void computing() throws Exception {
    try (Scheduler one = oneProcessor()) {
      Goroutine computes =
          one.go(
              () -> {
                while (!mayEnd) { // no call, nothing that blocks
                  Thread.onSpinWait();
                }
              });
      Goroutine other = one.go(() -> mayEnd = true); // the only processor is taken
      other.join();
      computes.join();
      System.out.println("both ended, hand-offs: " + one.stats().handOffs());
    }
  }

  // end

  // snippet: blocked
  private static final WaitGroup LOADED = new WaitGroup();

  /// A class whose initializer waits: there is native code on the stack, so the goroutine cannot be
  /// taken off its machine.
  private static final class Slow {
    static final int VALUE = load();

    private static int load() {
      LOADED.awaitUninterruptibly();
      return 42;
    }
  }

  private static void blocked() throws Exception {
    LOADED.add(1);
    try (Scheduler one = oneProcessor()) {
      AtomicInteger value = new AtomicInteger();
      Goroutine loads = one.go(() -> value.set(Slow.VALUE));
      WaitGroup others = new WaitGroup();
      others.add(100);
      for (int i = 0; i < 100; i++) {
        one.go(others::done);
      }
      others.await(); // on another machine
      System.out.println("others went on, " + one.stats().threads() + " threads");
      LOADED.done();
      loads.join();
      System.out.println("loaded " + value);
    }
  }

  // end
}
