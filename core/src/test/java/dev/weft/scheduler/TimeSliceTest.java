package dev.weft.scheduler;

import static dev.weft.scheduler.SchedulerTesting.core;
import static dev.weft.scheduler.SchedulerTesting.join;
import static dev.weft.scheduler.SchedulerTesting.joinAll;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Goroutines that ready each other run out of the slot, and nobody else would ever run: the
/// monitor ends their slice (SCH-23). All on one processor.
///
/// What counts is time slices, not time: how many begin while somebody waits.
@Tag("gpm")
class TimeSliceTest {
  /// Were the global queue left to its turn every 61 slices (SCH-8), it would take more.
  private static final int FEW_SLICES = 20;

  private final Scheduler scheduler = Scheduler.builder().procs(1).build();
  private final Processor processor = core(scheduler).table.all()[0].processor;
  private final AtomicBoolean stop = new AtomicBoolean();
  private final List<Goroutine> pairs = new ArrayList<>();

  @AfterEach
  void close() {
    stop.set(true);
    scheduler.close();
  }

  @Test
  @DisplayName("SCH-23: two that ready each other cannot starve one in the ring")
  void pairAgainstRing() throws Exception {
    startPair();
    AtomicInteger before = new AtomicInteger();
    AtomicInteger after = new AtomicInteger();
    // The pair runs whenever this one has parked; what it starts goes to the slot and the ring.
    Goroutine parent =
        scheduler.go(
            () -> {
              List<Goroutine> children = new ArrayList<>();
              before.set(processor.tick());
              for (int i = 0; i < 5; i++) {
                children.add(scheduler.go(() -> after.set(processor.tick())));
              }
              joinAll(children);
            });
    join(parent);
    stopPairs();
    int slices = after.get() - before.get();
    assertTrue(slices <= FEW_SLICES, () -> slices + " slices went by");
  }

  @Test
  @DisplayName("SCH-23: two that ready each other cannot starve one in the global queue")
  void pairAgainstGlobalQueue() throws Exception {
    startPair();
    assertFewSlicesUntilRun();
  }

  @Test
  @DisplayName("SCH-23: eight pairs cannot starve one in the global queue")
  void pairsAgainstGlobalQueue() throws Exception {
    for (int i = 0; i < 8; i++) {
      startPair();
    }
    assertFewSlicesUntilRun();
  }

  private void assertFewSlicesUntilRun() throws InterruptedException {
    for (int i = 0; i < Scale.times(5); i++) {
      AtomicInteger after = new AtomicInteger();
      int before = processor.tick();
      join(scheduler.go(() -> after.set(processor.tick())));
      int slices = after.get() - before;
      assertTrue(slices <= FEW_SLICES, () -> slices + " slices went by");
    }
    stopPairs();
  }

  /// Two goroutines that unpark each other and park, until told to stop.
  private void startPair() throws InterruptedException {
    Thread[] threads = new Thread[2];
    CountDownLatch made = new CountDownLatch(1);
    CountDownLatch running = new CountDownLatch(2);
    AtomicInteger turn = new AtomicInteger();
    for (int side = 0; side < 2; side++) {
      int mine = side;
      Goroutine goroutine =
          scheduler.go(
              () -> {
                made.await();
                running.countDown();
                while (!stop.get()) {
                  while (turn.get() != mine && !stop.get()) {
                    LockSupport.park();
                  }
                  turn.set(1 - mine);
                  LockSupport.unpark(threads[1 - mine]);
                }
                LockSupport.unpark(threads[1 - mine]);
              });
      threads[side] = goroutine.thread();
      pairs.add(goroutine);
    }
    made.countDown();
    running.await();
  }

  private void stopPairs() throws InterruptedException {
    stop.set(true);
    joinAll(pairs);
  }
}
