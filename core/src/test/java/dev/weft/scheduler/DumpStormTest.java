package dev.weft.scheduler;

import static dev.weft.scheduler.SchedulerTesting.joinAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Await;
import dev.weft.testkit.DumpOnTimeout;
import dev.weft.testkit.Scale;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import jdk.jfr.Recording;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The trap: whoever looks at goroutines stops and resubmits them. Goroutines hand numbers on to
/// each other while others look; each number has to arrive, once.
///
/// The dumps of `jcmd Thread.dump_to_file` and `HotSpotDiagnosticMXBean.dumpThreads` are not among
/// the looks at goroutines that switch: JDK 25.0.3 crashes in them sooner or later when virtual
/// threads mount and unmount meanwhile, on its own scheduler, too (JDK-8364343).
class DumpStormTest {
  private static final int PAIRS = 8;

  private final Scheduler scheduler = Scheduler.builder().procs(2).build();
  private final AtomicBoolean looked = new AtomicBoolean();
  private final List<Goroutine> goroutines = new ArrayList<>();
  private final List<BitSet> arrived = new ArrayList<>();
  private final AtomicInteger sent = new AtomicInteger();

  @AfterEach
  void close() {
    looked.set(true);
    scheduler.close();
  }

  @Test
  @Tag("stress")
  @DisplayName(
      "Ten threads take stacks and states of everything: no goroutine and no number is lost")
  void tenThreadsLook() throws Exception {
    startSwitching();
    List<Thread> lookers = new ArrayList<>();
    List<Throwable> failures = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      int mine = i;
      Thread looker =
          Thread.ofPlatform()
              .name("looker-" + i)
              .start(
                  () -> {
                    try {
                      lookOften(mine);
                    } catch (Throwable failure) {
                      synchronized (failures) {
                        failures.add(failure);
                      }
                    }
                  });
      lookers.add(looker);
    }
    for (Thread looker : lookers) {
      looker.join();
    }
    finish();
    assertEquals(List.of(), failures);
  }

  private void lookOften(int looker) {
    int rounds = Scale.times(30);
    for (int i = 0; i < rounds; i++) {
      if (looker < 2) {
        assertTrue(Thread.getAllStackTraces().size() > 1);
      } else {
        for (Goroutine goroutine : scheduler.goroutines()) {
          goroutine.thread().getStackTrace();
          goroutine.state();
        }
      }
    }
  }

  @Test
  @Tag("fork") // starts jcmd
  @DisplayName("jcmd Thread.dump_to_file shows parked goroutines by name, and they go on")
  void jcmdDump() throws Exception {
    Goroutine parked = scheduler.go("parked-for-jcmd", () -> LockSupport.park());
    Await.state(parked.thread(), Thread.State.WAITING);
    String dump = DumpOnTimeout.threadDump();
    assertTrue(dump.contains("parked-for-jcmd\" virtual"), dump);
    LockSupport.unpark(parked.thread());
    SchedulerTesting.join(parked);
  }

  @Test
  @DisplayName("Flight Recorder on: goroutines start, switch, pin and end as without it")
  void flightRecorderOn() throws Exception {
    try (Recording recording = new Recording()) {
      for (String event :
          List.of("VirtualThreadStart", "VirtualThreadEnd", "VirtualThreadPinned", "ThreadPark")) {
        recording.enable("jdk." + event).withoutThreshold();
      }
      recording.enable("jdk.ExecutionSample").withPeriod(java.time.Duration.ofMillis(1));
      recording.start();
      startSwitching();
      for (int i = 0; i < Scale.times(500); i++) {
        SchedulerTesting.join(scheduler.go(() -> LockSupport.parkNanos(1_000)));
      }
      finish();
      recording.stop();
    }
  }

  /// Pairs over two kinds of queue, one that switches with each element and one that buffers.
  ///
  /// Each pair rests now and then, since on the scheduler of the JDK pairs that never do starve
  /// whatever becomes runnable from outside.
  private void startSwitching() {
    for (int pair = 0; pair < PAIRS; pair++) {
      BlockingQueue<Integer> queue =
          pair % 2 == 0 ? new SynchronousQueue<>() : new ArrayBlockingQueue<>(4);
      BitSet seen = new BitSet();
      arrived.add(seen);
      goroutines.add(scheduler.go("sender-" + pair, () -> send(queue)));
      goroutines.add(scheduler.go("receiver-" + pair, () -> receive(queue, seen)));
    }
  }

  private void send(BlockingQueue<Integer> queue) throws InterruptedException {
    int next = 0;
    do { // at least once, if it starts when all is over
      queue.put(next++);
      if (next % 64 == 0) {
        LockSupport.parkNanos(50_000);
      }
    } while (!looked.get());
    queue.put(-1);
    sent.getAndAdd(next);
  }

  private static void receive(BlockingQueue<Integer> queue, BitSet seen)
      throws InterruptedException {
    for (int element = queue.take(); element >= 0; element = queue.take()) {
      if (seen.get(element)) {
        throw new AssertionError(element + " arrived twice");
      }
      seen.set(element);
    }
  }

  private void finish() throws InterruptedException {
    looked.set(true);
    joinAll(goroutines);
    assertEquals(sent.get(), arrived.stream().mapToInt(BitSet::cardinality).sum());
    assertTrue(sent.get() > 0);
  }
}
