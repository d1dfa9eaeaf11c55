package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.weft.Go;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Several schedulers in one JVM.
class SeveralSchedulersTest {
  private static final int ITEMS = 500;

  @RegisterExtension final TestSchedulers schedulers = new TestSchedulers();

  @Test
  @DisplayName("Goroutines of several schedulers talk to each other, each on its own")
  void sameBackend() throws InterruptedException {
    relay(List.of(schedulers.start(), schedulers.start(), schedulers.start()));
  }

  @Test
  @Tag("gpm")
  @DisplayName("Both backends live in one JVM, and their goroutines talk to each other")
  void bothBackends() throws InterruptedException {
    Scheduler.Builder jdk = Scheduler.builder().backend(Backend.JDK);
    Scheduler.Builder gpm = Scheduler.builder().backend(Backend.GPM);
    relay(
        List.of(
            schedulers.start(gpm.procs(1).name("one")),
            schedulers.start(jdk),
            schedulers.start(gpm.procs(2).name("two")),
            Scheduler.defaultScheduler(),
            schedulers.start(jdk)));
  }

  /// Sends numbers through one goroutine of each scheduler and one that this starts by a static
  /// call, all connected by small queues.
  private static void relay(List<Scheduler> stations) throws InterruptedException {
    List<BlockingQueue<Integer>> queues = new ArrayList<>();
    for (int i = 0; i <= stations.size(); i++) {
      queues.add(new ArrayBlockingQueue<>(3));
    }
    List<Goroutine> all = new ArrayList<>();
    for (int i = 0; i < stations.size(); i++) {
      Scheduler own = stations.get(i);
      BlockingQueue<Integer> in = queues.get(i);
      BlockingQueue<Integer> out = queues.get(i + 1);
      all.add(own.go(() -> passOn(own, in, out)));
    }
    Thread sender = Thread.ofVirtual().start(() -> send(queues.getFirst()));
    for (int i = 0; i < ITEMS; i++) {
      assertEquals(i, queues.getLast().take());
    }
    sender.join();
    for (Goroutine each : all) {
      each.join();
      assertNull(each.failure());
    }
  }

  private static void send(BlockingQueue<Integer> out) {
    try {
      for (int i = 0; i < ITEMS; i++) {
        out.put(i);
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void passOn(Scheduler own, BlockingQueue<Integer> in, BlockingQueue<Integer> out)
      throws InterruptedException {
    BlockingQueue<Integer> between = new ArrayBlockingQueue<>(1);
    assertSame(own, Scheduler.current());
    Goroutine second =
        Go.go(
            () -> {
              assertSame(own, Scheduler.current());
              for (int i = 0; i < ITEMS; i++) {
                out.put(between.take());
              }
            });
    for (int i = 0; i < ITEMS; i++) {
      between.put(in.take());
    }
    second.join();
    assertNull(second.failure());
    assertSame(own, second.scheduler());
  }
}
