package dev.weft.scheduler;

import static dev.weft.scheduler.SchedulerTesting.join;
import static dev.weft.scheduler.SchedulerTesting.joinAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.base.Body;
import dev.weft.testkit.Await;
import dev.weft.testkit.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Whatever blocks a virtual thread works in a goroutine: monitors, locks, parking, sleeping.
@SuppressWarnings("WaitNotInLoop") // provokes what it warns of
class BlockingInGoroutineTest {
  private static final ThreadLocal<Integer> LOCAL = new ThreadLocal<>();
  private static final ScopedValue<Integer> SCOPED = ScopedValue.newInstance();

  private final Scheduler scheduler = Scheduler.builder().procs(2).build();

  private final Object monitor = new Object();
  private int guarded;

  @AfterEach
  void close() {
    scheduler.close();
  }

  @Test
  @DisplayName("Contended monitors: no increment under synchronized is lost, nobody hangs")
  void contendedMonitors() throws Exception {
    int goroutines = 50;
    int rounds = Scale.times(200);
    joinAll(
        start(
            goroutines,
            () -> {
              for (int i = 0; i < rounds; i++) {
                synchronized (monitor) {
                  guarded++;
                  if (i % 16 == 0) {
                    Thread.yield(); // switches with the monitor held
                  }
                }
              }
            }));
    assertEquals(goroutines * rounds, guarded);
  }

  @Test
  @DisplayName("A monitor held across a park: those that contend for it enter, one by one")
  void monitorHeldAcrossPark() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Goroutine holder =
        scheduler.go(
            () -> {
              synchronized (monitor) {
                held.countDown();
                release.await();
              }
            });
    held.await();
    List<Goroutine> contenders =
        start(
            20,
            () -> {
              synchronized (monitor) {
                guarded++;
              }
            });
    for (Goroutine contender : contenders) {
      Await.state(contender.thread(), Thread.State.BLOCKED);
    }
    release.countDown();
    join(holder);
    joinAll(contenders);
    assertEquals(20, guarded);
  }

  @Test
  @DisplayName("wait and notify: a pair that alternates through one monitor finishes")
  void waitNotifyPair() throws Exception {
    int turns = Scale.times(2_000);
    List<Goroutine> pair = new ArrayList<>();
    for (int side = 0; side < 2; side++) {
      int mine = side;
      pair.add(scheduler.go(() -> takeTurns(mine, turns)));
    }
    joinAll(pair);
    assertEquals(2 * turns, guarded);
  }

  private void takeTurns(int mine, int turns) throws InterruptedException {
    for (int i = 0; i < turns; i++) {
      synchronized (monitor) {
        while (guarded % 2 != mine) {
          monitor.wait();
        }
        guarded++;
        monitor.notify();
      }
    }
  }

  @Test
  @DisplayName("notifyAll: a hundred goroutines in wait() all come back")
  void notifyAllWakesAll() throws Exception {
    List<Goroutine> waiting =
        start(
            100,
            () -> {
              synchronized (monitor) {
                while (guarded == 0) {
                  monitor.wait();
                }
              }
            });
    for (Goroutine each : waiting) {
      Await.state(each.thread(), Thread.State.WAITING);
    }
    synchronized (monitor) {
      guarded = 1;
      monitor.notifyAll();
    }
    joinAll(waiting);
  }

  @Test
  @DisplayName("Object.wait with a timeout ends by it, on many goroutines at once")
  void timedWaitTimesOut() throws Exception {
    joinAll(
        start(
            100,
            () -> {
              Object own = new Object();
              long start = System.nanoTime();
              synchronized (own) {
                own.wait(10);
              }
              assertTrue(System.nanoTime() - start >= TimeUnit.MILLISECONDS.toNanos(9));
            }));
  }

  @Test
  @DisplayName("Object.wait with a timeout ends by notify or by time, once, whichever is first")
  void timedWaitAgainstNotify() throws Exception {
    int rounds = Scale.times(200);
    AtomicInteger ended = new AtomicInteger();
    for (int i = 0; i < rounds; i++) {
      Object own = new Object();
      Goroutine waiting =
          scheduler.go(
              () -> {
                synchronized (own) {
                  own.wait(1);
                }
                ended.getAndIncrement();
              });
      if (i % 2 == 0) {
        TimeUnit.MICROSECONDS.sleep(900);
      }
      synchronized (own) {
        own.notifyAll();
      }
      join(waiting);
    }
    assertEquals(rounds, ended.get());
  }

  @Test
  @DisplayName("park and unpark: a pair that hands a turn over finishes")
  void parkPair() throws Exception {
    int turns = Scale.times(5_000);
    AtomicInteger turn = new AtomicInteger();
    CyclicBarrier met = new CyclicBarrier(2);
    Thread[] threads = new Thread[2];
    List<Goroutine> pair = new ArrayList<>();
    for (int side = 0; side < 2; side++) {
      int mine = side;
      pair.add(
          scheduler.go(
              () -> {
                threads[mine] = Thread.currentThread();
                met.await();
                for (int i = 0; i < turns; i++) {
                  while (turn.get() % 2 != mine) {
                    LockSupport.park();
                  }
                  turn.getAndIncrement();
                  LockSupport.unpark(threads[1 - mine]);
                }
              }));
    }
    joinAll(pair);
    assertEquals(2 * turns, turn.get());
  }

  @Test
  @DisplayName("parkNanos, sleep, yield and timed join each come back by themselves")
  void timedBlocking() throws Exception {
    Goroutine never = scheduler.go(() -> LockSupport.park());
    joinAll(
        start(
            50,
            () -> {
              LockSupport.parkNanos(2_000_000);
              Thread.sleep(2);
              Thread.yield();
              assertFalse(never.thread().join(java.time.Duration.ofMillis(2)));
            }));
    LockSupport.unpark(never.thread());
    join(never);
  }

  @Test
  @DisplayName("java.util.concurrent: locks, hand-over queues and barriers block goroutines")
  void concurrentUtilities() throws Exception {
    ReentrantLock lock = new ReentrantLock();
    SynchronousQueue<Integer> queue = new SynchronousQueue<>();
    CyclicBarrier barrier = new CyclicBarrier(20);
    AtomicInteger sum = new AtomicInteger();
    List<Goroutine> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      all.add(
          scheduler.go(
              () -> {
                barrier.await();
                for (int n = 1; n <= 100; n++) {
                  queue.put(n);
                }
              }));
      all.add(
          scheduler.go(
              () -> {
                barrier.await();
                for (int n = 0; n < 100; n++) {
                  int taken = queue.take();
                  lock.lock();
                  try {
                    guarded += taken;
                    sum.getAndAdd(taken);
                  } finally {
                    lock.unlock();
                  }
                }
              }));
    }
    joinAll(all);
    assertEquals(10 * 5_050, sum.get());
    assertEquals(10 * 5_050, guarded);
  }

  @Test
  @DisplayName("ThreadLocal and ScopedValue stay with the goroutine over switches")
  void localsStay() throws Exception {
    AtomicInteger next = new AtomicInteger();
    joinAll(
        start(
            200,
            () -> {
              int mine = next.getAndIncrement();
              assertNull(LOCAL.get());
              LOCAL.set(mine);
              ScopedValue.where(SCOPED, mine)
                  .call(
                      () -> {
                        for (int i = 0; i < 50; i++) {
                          Thread.yield();
                          LockSupport.parkNanos(1_000);
                          assertEquals(mine, LOCAL.get());
                          assertEquals(mine, SCOPED.get());
                        }
                        return null;
                      });
              assertFalse(SCOPED.isBound());
            }));
    assertNull(LOCAL.get());
  }

  @Test
  @DisplayName("An interrupt ends sleep, wait, timed wait, join, lock and queue operations")
  void interruptsEndBlocking() throws Exception {
    CountDownLatch never = new CountDownLatch(1);
    ReentrantLock taken = new ReentrantLock();
    taken.lock();
    Goroutine other = scheduler.go(never::await);
    Map<String, Body> calls =
        Map.of(
            "sleep", () -> Thread.sleep(100_000),
            "wait", () -> waitOn(new Object(), 0),
            "timed wait", () -> waitOn(new Object(), 100_000),
            "join", other::join,
            "await", never::await,
            "lock", taken::lockInterruptibly,
            "take", () -> new SynchronousQueue<Integer>().take());
    for (Map.Entry<String, Body> call : calls.entrySet()) {
      Goroutine blocked =
          scheduler.go(
              call.getKey(),
              () -> {
                assertThrows(InterruptedException.class, () -> call.getValue().run());
                assertFalse(Thread.currentThread().isInterrupted());
              });
      Await.until(
          () -> blocked.state() == Goroutine.State.WAITING, () -> call.getKey() + " blocks");
      blocked.interrupt();
      join(blocked);
    }
    Goroutine parked =
        scheduler.go(
            () -> {
              LockSupport.park();
              assertTrue(Thread.currentThread().isInterrupted());
            });
    Await.state(parked.thread(), Thread.State.WAITING);
    parked.interrupt();
    join(parked);
    never.countDown();
    join(other);
  }

  @SuppressWarnings({"WaitNotInLoop", "SynchronizeOnNonFinalField"}) // one wait is the point
  private static void waitOn(Object own, long millis) throws InterruptedException {
    synchronized (own) {
      own.wait(millis);
    }
  }

  @Test
  @DisplayName("An interrupt before a call blocks: the call throws at once")
  void interruptBeforeBlocking() throws Exception {
    join(
        scheduler.go(
            () -> {
              Thread.currentThread().interrupt();
              assertThrows(InterruptedException.class, () -> Thread.sleep(100_000));
              Thread.currentThread().interrupt();
              assertThrows(InterruptedException.class, () -> waitOn(new Object(), 0));
              Thread.currentThread().interrupt();
              LockSupport.park();
              assertTrue(Thread.interrupted());
            }));
  }

  private List<Goroutine> start(int count, Body body) {
    List<Goroutine> started = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      started.add(scheduler.go(body));
    }
    return started;
  }
}
