package dev.weft.scheduler;

import static dev.weft.scheduler.SchedulerTesting.checkAtRest;
import static dev.weft.scheduler.SchedulerTesting.core;
import static dev.weft.scheduler.SchedulerTesting.join;
import static dev.weft.scheduler.SchedulerTesting.joinAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.internal.carrier.CarrierAccess;
import dev.weft.testkit.Await;
import dev.weft.testkit.Scale;
import dev.weft.testkit.TestMode;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The trap: a virtual thread that is started inside a goroutine inherits its scheduler, which is
/// the goroutine itself. It runs on the same machines, but is no goroutine.
@SuppressWarnings("FutureReturnValueIgnored") // provokes what it warns of
class ForeignThreadsTest {
  private final Scheduler scheduler = Scheduler.builder().procs(2).build();

  @AfterEach
  void close() {
    scheduler.close();
  }

  @Test
  @DisplayName("Virtual threads in goroutines, three levels deep: all run, none is a goroutine")
  void nested() throws Exception {
    AtomicInteger ran = new AtomicInteger();
    List<Goroutine> roots = new ArrayList<>();
    for (int i = 0; i < Scale.times(20); i++) {
      roots.add(scheduler.go(() -> startAndJoin(3, ran)));
    }
    joinAll(roots);
    assertEquals(Scale.times(20) * (3 + 9 + 27), ran.get());
    atRest();
  }

  private static void startAndJoin(int levels, AtomicInteger ran) throws InterruptedException {
    List<Thread> children = new ArrayList<>();
    for (int i = 0; i < 3 && levels > 0; i++) {
      children.add(
          Thread.startVirtualThread(
              () -> {
                assertNull(Goroutine.current());
                Thread.yield();
                LockSupport.parkNanos(1_000);
                try {
                  startAndJoin(levels - 1, ran);
                } catch (InterruptedException e) {
                  throw new AssertionError("nobody interrupts it", e);
                }
                ran.getAndIncrement();
              }));
    }
    for (Thread child : children) {
      assertTrue(child.join(Duration.ofSeconds(60)), () -> child + " is lost");
    }
  }

  @Test
  @Tag("gpm")
  @DisplayName("A virtual thread of a goroutine runs on the machines, before and after the parent")
  void runsOnMachines() throws Exception {
    CountDownLatch parentEnded = new CountDownLatch(1);
    List<Thread> carriers = new ArrayList<>();
    List<Thread> child = new ArrayList<>();
    Goroutine parent =
        scheduler.go(
            () ->
                child.add(
                    Thread.startVirtualThread(
                        () -> {
                          carriers.add(CarrierAccess.currentCarrier());
                          try {
                            parentEnded.await();
                          } catch (InterruptedException e) {
                            throw new AssertionError("nobody interrupts it", e);
                          }
                          carriers.add(CarrierAccess.currentCarrier());
                        })));
    join(parent);
    parentEnded.countDown();
    assertTrue(child.getFirst().join(Duration.ofSeconds(60)));
    for (Thread carrier : carriers) {
      assertTrue(carrier instanceof Machine machine && machine.core == core(scheduler));
    }
    assertEquals(2, carriers.size());
    checkAtRest(scheduler);
  }

  @Test
  @DisplayName("A goroutine and its virtual threads hand over elements, contend and wait together")
  void mixedHandOver() throws Exception {
    SynchronousQueue<Integer> queue = new SynchronousQueue<>();
    Object monitor = new Object();
    int[] guarded = {0};
    int elements = Scale.times(2_000);
    Goroutine parent =
        scheduler.go(
            () -> {
              Thread child =
                  Thread.startVirtualThread(
                      () -> {
                        for (int i = 0; i < elements; i++) {
                          put(queue, i);
                          synchronized (monitor) {
                            guarded[0]++;
                          }
                        }
                      });
              for (int i = 0; i < elements; i++) {
                assertEquals(i, queue.take());
                synchronized (monitor) {
                  guarded[0]++;
                }
              }
              assertTrue(child.join(Duration.ofSeconds(60)));
            });
    join(parent);
    assertEquals(2 * elements, guarded[0]);
    atRest();
  }

  private static void put(SynchronousQueue<Integer> queue, int element) {
    try {
      queue.put(element);
    } catch (InterruptedException e) {
      throw new AssertionError("nobody interrupts it", e);
    }
  }

  @Test
  @DisplayName("An executor of virtual threads, made and used in a goroutine, with sockets")
  void executorWithSockets() throws Exception {
    join(
        scheduler.go(
            () -> {
              try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                  ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<Integer>> answers = new ArrayList<>();
                for (int i = 0; i < 50; i++) {
                  int mine = i;
                  executor.submit(
                      () -> {
                        try (Socket socket = server.accept()) {
                          socket.getOutputStream().write(socket.getInputStream().read() + 1);
                        }
                        return null;
                      });
                  answers.add(
                      executor.submit(
                          () -> {
                            try (Socket socket =
                                new Socket(server.getInetAddress(), server.getLocalPort())) {
                              socket.getOutputStream().write(mine);
                              return socket.getInputStream().read();
                            }
                          }));
                }
                for (int i = 0; i < 50; i++) {
                  assertEquals(i + 1, answers.get(i).get());
                }
              }
            }));
    atRest();
  }

  @Test
  @DisplayName("A foreign thread that starts a goroutine: it belongs to the default scheduler")
  void foreignStartsGoroutine() throws Exception {
    join(
        scheduler.go(
            () -> {
              List<Goroutine> started = new ArrayList<>();
              Thread child =
                  Thread.startVirtualThread(() -> started.add(Scheduler.current().go(() -> {})));
              child.join();
              assertSame(Scheduler.defaultScheduler(), started.getFirst().scheduler());
              join(started.getFirst());
            }));
  }

  @Test
  @DisplayName("Stack walks and interrupts of foreign threads: they go on as others do")
  void walksAndInterrupts() throws Exception {
    List<Thread> children = new ArrayList<>();
    AtomicInteger interrupted = new AtomicInteger();
    join(
        scheduler.go(
            () -> {
              for (int i = 0; i < 50; i++) {
                children.add(
                    Thread.startVirtualThread(
                        () -> {
                          try {
                            Thread.sleep(Duration.ofHours(1));
                          } catch (InterruptedException e) {
                            interrupted.getAndIncrement();
                          }
                        }));
              }
            }));
    for (Thread child : children) {
      Await.state(child, Thread.State.TIMED_WAITING);
      assertTrue(child.getStackTrace().length > 0);
      child.interrupt();
      child.getStackTrace();
    }
    for (Thread child : children) {
      assertTrue(child.join(Duration.ofSeconds(60)), () -> child + " is lost");
    }
    assertEquals(50, interrupted.get());
    atRest();
  }

  private void atRest() throws InterruptedException {
    if (TestMode.current().isGpm()) {
      checkAtRest(scheduler);
    }
  }
}
