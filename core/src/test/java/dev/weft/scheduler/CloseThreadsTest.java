package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Await;
import dev.weft.testkit.Scale;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What becomes of the machines of a scheduler when it ends, and of those who still need them.
@SuppressWarnings("NullAway") // provokes what it warns of
@Tag("gpm")
class CloseThreadsTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  private static final AtomicInteger NAMES = new AtomicInteger();

  private static Scheduler start() {
    return builder().build();
  }

  private static Scheduler.Builder builder() {
    return Scheduler.builder()
        .backend(Backend.GPM)
        .procs(2)
        .name("ending-" + NAMES.incrementAndGet());
  }

  /// Two machines and the monitor.
  private static List<Thread> threadsOf(Scheduler scheduler) {
    List<Thread> threads = new ArrayList<>(List.of(TestSchedulers.core(scheduler).table.all()));
    String monitor = scheduler.name() + "-monitor";
    Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().equals(monitor))
        .forEach(threads::add);
    assertEquals(3, threads.size());
    return threads;
  }

  private static void awaitEndOf(List<Thread> threads) throws InterruptedException {
    Await.until(() -> threads.stream().noneMatch(Thread::isAlive), () -> "ended: " + threads);
  }

  /// Waits until the collector has found the scheduler of the threads unreachable.
  private static void awaitEndByCollector(List<Thread> threads) throws InterruptedException {
    Await.until(
        () -> {
          System.gc();
          return threads.stream().noneMatch(Thread::isAlive);
        },
        () -> "ended: " + threads);
  }

  private static void assertAlive(List<Thread> threads) {
    assertTrue(threads.stream().allMatch(Thread::isAlive), () -> "alive: " + threads);
  }

  private static void parkUntil(AtomicBoolean condition) {
    while (!condition.get()) {
      LockSupport.park(condition);
    }
  }

  @Test
  @DisplayName("The threads of a scheduler that is closed, and that nobody needs, end")
  void unused() throws InterruptedException {
    Scheduler scheduler = start();
    List<Thread> threads = threadsOf(scheduler);
    for (int i = 0; i < 100; i++) {
      scheduler.go(Scheduler::yieldCurrent);
    }
    assertAlive(threads);
    assertEquals(List.of(), scheduler.close(LONG));
    awaitEndOf(threads);
    SchedulerStats stats = scheduler.stats();
    assertEquals(0, stats.threads());
    assertEquals(0, stats.idleThreads());
    assertEquals(List.of(), stats.localQueues());
  }

  @Test
  @DisplayName("The threads of a scheduler that never ran anything end, too")
  void neverUsed() throws InterruptedException {
    Scheduler scheduler = start();
    List<Thread> threads = threadsOf(scheduler);
    scheduler.close();
    awaitEndOf(threads);
  }

  @Test
  @DisplayName("The last survivor of a closed scheduler takes its threads with it")
  void afterSurvivor() throws InterruptedException {
    Scheduler scheduler = start();
    List<Thread> threads = threadsOf(scheduler);
    AtomicBoolean end = new AtomicBoolean();
    Goroutine survivor =
        scheduler.go(
            () -> {
              while (!end.get()) {
                LockSupport.park(end);
                Thread.interrupted();
              }
            });
    assertEquals(List.of(survivor), scheduler.close(Duration.ZERO));
    assertAlive(threads);
    end.set(true);
    LockSupport.unpark(survivor.thread());
    survivor.join();
    awaitEndOf(threads);
  }

  @Test
  @DisplayName("A thread that a factory made and nobody starts does not keep the threads")
  void factoryThreadNeverStarted() throws InterruptedException {
    Scheduler scheduler = start();
    List<Thread> threads = threadsOf(scheduler);
    Thread late = scheduler.threadFactory().newThread(() -> {});
    assertEquals(List.of(), scheduler.close(LONG));
    awaitEndOf(threads);
    assertThrows(RejectedExecutionException.class, late::start);
    assertEquals(Thread.State.TERMINATED, late.getState());
    assertEquals(0, scheduler.numGoroutine());
  }

  @Test
  @DisplayName("A thread of a factory that is refused while a goroutine is left changes nothing")
  void refusedBesideSurvivor() throws InterruptedException {
    Scheduler scheduler = start();
    List<Thread> threads = threadsOf(scheduler);
    AtomicBoolean end = new AtomicBoolean();
    Thread late = scheduler.threadFactory().newThread(() -> {});
    Goroutine survivor =
        scheduler.go(
            () -> {
              while (!end.get()) {
                LockSupport.park(end);
                Thread.interrupted();
              }
            });
    assertEquals(List.of(survivor), scheduler.close(Duration.ZERO));
    assertThrows(RejectedExecutionException.class, late::start);
    assertAlive(threads);
    end.set(true);
    LockSupport.unpark(survivor.thread());
    survivor.join();
    awaitEndOf(threads);
  }

  @Test
  @DisplayName("close races with a factory: every thread is refused, or close waits for it")
  void factoryRace() throws InterruptedException {
    for (int round = Scale.times(100); round > 0; round--) {
      Scheduler scheduler = start();
      List<Thread> threads = threadsOf(scheduler);
      ThreadFactory factory = scheduler.threadFactory();
      AtomicInteger ran = new AtomicInteger();
      List<Thread> made = new ArrayList<>();
      CountDownLatch begun = new CountDownLatch(1);
      Thread maker =
          Thread.ofPlatform()
              .start(
                  () -> {
                    while (makeAndStart(factory, ran, made)) {
                      begun.countDown();
                    }
                  });
      Await.zero(begun, "threads are made");
      assertEquals(List.of(), scheduler.close(LONG));
      int ranAtClose = ran.get();
      maker.join();
      for (Thread thread : made) {
        thread.join();
      }
      assertEquals(made.size(), ran.get());
      assertEquals(ranAtClose, ran.get(), "nothing runs after close");
      awaitEndOf(threads);
    }
  }

  private static boolean makeAndStart(ThreadFactory factory, AtomicInteger ran, List<Thread> made) {
    try {
      Thread thread = factory.newThread(ran::incrementAndGet);
      thread.start();
      made.add(thread);
      return true;
    } catch (RejectedExecutionException closed) {
      return false;
    }
  }

  @Test
  @DisplayName("A virtual thread that a goroutine started goes on after close")
  void foreignThread() throws InterruptedException {
    Scheduler scheduler = start();
    List<Thread> threads = threadsOf(scheduler);
    AtomicBoolean end = new AtomicBoolean();
    AtomicReference<Thread> foreign = new AtomicReference<>();
    scheduler.go(() -> foreign.set(Thread.startVirtualThread(() -> parkUntil(end)))).join();
    Await.state(foreign.get(), Thread.State.WAITING);
    assertEquals(List.of(), scheduler.close(LONG));
    end.set(true);
    LockSupport.unpark(foreign.get());
    foreign.get().join();
    assertAlive(threads); // nobody can know that it was the last one, but the collector
  }

  @Test
  @DisplayName("The machines stay while such a thread is alive, and end with the last reference")
  void unreachable() throws InterruptedException {
    AtomicBoolean end = new AtomicBoolean();
    AtomicReference<Thread> foreign = new AtomicReference<>();
    List<Thread> threads = closedWithForeign(end, foreign);
    for (int i = 0; i < 5; i++) {
      System.gc();
      assertAlive(threads);
    }
    end.set(true);
    LockSupport.unpark(foreign.get());
    foreign.get().join(); // needs a machine
    foreign.set(null);
    awaitEndByCollector(threads);
  }

  /// In a method of its own, so that no frame refers to the scheduler afterwards.
  private static List<Thread> closedWithForeign(AtomicBoolean end, AtomicReference<Thread> foreign)
      throws InterruptedException {
    AtomicReference<Scheduler> self = new AtomicReference<>();
    Scheduler scheduler =
        builder()
            .uncaughtExceptionHandler((thread, thrown) -> self.get().close()) // knows its scheduler
            .build();
    self.set(scheduler);
    List<Thread> threads = threadsOf(scheduler);
    scheduler.go(() -> foreign.set(Thread.startVirtualThread(() -> parkUntil(end)))).join();
    assertEquals(List.of(), scheduler.close(LONG));
    return threads;
  }

  @Test
  @DisplayName("A scheduler that is forgotten without close ends, too, when nothing can wake up")
  void forgotten() throws InterruptedException {
    awaitEndByCollector(forget());
  }

  private static List<Thread> forget() throws InterruptedException {
    Scheduler scheduler = start();
    List<Thread> threads = threadsOf(scheduler); // later there may be a spare
    for (int i = 0; i < 300; i++) { // more than a ring
      scheduler.go(Scheduler::yieldCurrent);
    }
    TestSchedulers.awaitQuiet(scheduler);
    return threads;
  }

  @Test
  @DisplayName("A forgotten scheduler does not end while a goroutine of its sleeps")
  void forgottenWithSleeper() throws InterruptedException {
    AtomicBoolean end = new AtomicBoolean();
    AtomicBoolean ended = new AtomicBoolean();
    List<Thread> threads = forgetWithSleeper(end, ended);
    for (int i = 0; i < 5; i++) {
      System.gc();
      assertAlive(threads);
    }
    end.set(true);
    Await.until(ended::get, "the sleeper has gone on");
    awaitEndByCollector(threads);
  }

  private static List<Thread> forgetWithSleeper(AtomicBoolean end, AtomicBoolean ended) {
    Scheduler scheduler = start();
    List<Thread> threads = threadsOf(scheduler);
    scheduler.go(
        () -> {
          while (!end.get()) {
            TimedWaits.sleep(10_000_000); // only a timer knows it
            Thread.sleep(1); // only a timer of the JDK's
          }
          ended.set(true);
        });
    return threads;
  }

  @Test
  @DisplayName(
      "A virtual thread that a goroutine made, and that is started after close, still runs")
  void unstartedForeignThread() throws InterruptedException {
    Scheduler scheduler = start();
    List<Thread> threads = threadsOf(scheduler);
    AtomicReference<Thread> made = new AtomicReference<>();
    AtomicBoolean end = new AtomicBoolean();
    AtomicInteger steps = new AtomicInteger();
    scheduler
        .go(
            () ->
                made.set(
                    Thread.ofVirtual()
                        .unstarted(
                            () -> {
                              steps.incrementAndGet();
                              Thread.yield();
                              steps.incrementAndGet();
                              parkUntil(end);
                              steps.incrementAndGet();
                            })))
        .join();
    assertEquals(List.of(), scheduler.close(LONG));
    awaitEndOf(threads);
    made.get().start();
    Await.until(() -> steps.get() == 2, "it runs though its machines have ended");
    assertFalse(end.getAndSet(true));
    LockSupport.unpark(made.get());
    assertTrue(made.get().join(LONG));
    assertEquals(3, steps.get());
    assertNull(Goroutine.current());
  }
}
