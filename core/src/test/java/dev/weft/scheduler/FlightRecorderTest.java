package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Await;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlightRecorderTest {

  private static final int PAIRS = 50;
  private static final int ROUNDS = 100;

  private static final List<String> EVENTS =
      List.of(
          "jdk.VirtualThreadStart",
          "jdk.VirtualThreadEnd",
          "jdk.VirtualThreadPinned",
          "jdk.VirtualThreadSubmitFailed",
          "jdk.ThreadPark",
          "jdk.ThreadSleep",
          "jdk.JavaMonitorEnter",
          "jdk.JavaMonitorWait");

  private final Object monitor = new Object();
  private int underMonitor;
  private final List<Goroutine> goroutines = new ArrayList<>();

  @Test
  @DisplayName(
      "A flight recording shows goroutines start, end and block their machine; none is lost")
  void recording(@TempDir Path directory) throws Exception {
    Path file = directory.resolve("weft.jfr");
    long pinned;
    try (Recording recording = new Recording()) {
      for (String event : EVENTS) {
        recording.enable(event).withStackTrace().withoutThreshold();
      }
      recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(10));
      recording.start();
      pinned = work().id();
      recording.stop();
      recording.dump(file);
    }
    Set<Long> ids =
        goroutines.stream().map(Goroutine::id).collect(Collectors.toCollection(TreeSet::new));
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    assertEquals(ids, threads(events, "jdk.VirtualThreadStart", ids));
    assertEquals(ids, threads(events, "jdk.VirtualThreadEnd", ids));
    // Others may be among them: who waits for a class that another one loads is pinned, too.
    assertTrue(threads(events, "jdk.VirtualThreadPinned", ids).contains(pinned));
    assertEquals(Set.of(), threads(events, "jdk.VirtualThreadSubmitFailed", ids));
    assertEquals(PAIRS, threads(events, "jdk.ThreadSleep", ids).size());
  }

  /// Which of the goroutines an event of this type was recorded for.
  private static Set<Long> threads(List<RecordedEvent> events, String type, Set<Long> ids) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals(type))
        .map(event -> event.getThread().getJavaThreadId())
        .filter(ids::contains)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// Runs goroutines that do everything that is recorded, to their very end: a goroutine that the
  /// scheduler has ceased to count has yet to record its end.
  ///
  /// @return the one that blocked its machine
  private Goroutine work() throws InterruptedException {
    CountDownLatch done = new CountDownLatch(2 * PAIRS + 1);
    Goroutine pinned;
    try (Scheduler scheduler = Scheduler.builder().name("recorded").build()) {
      for (int i = 0; i < PAIRS; i++) {
        SynchronousQueue<Integer> queue = new SynchronousQueue<>();
        goroutines.add(scheduler.go(() -> produce(queue, done)));
        goroutines.add(scheduler.go(() -> consume(queue, done)));
      }
      pinned =
          scheduler.go(
              () -> {
                Pin.run(() -> LockSupport.parkNanos(5_000_000));
                done.countDown();
              });
      goroutines.add(pinned);
      Await.zero(done, "goroutines that are recorded");
      SchedulerTesting.joinAll(goroutines);
    }
    assertEquals(2 * PAIRS * ROUNDS, underMonitor);
    return pinned;
  }

  private void produce(SynchronousQueue<Integer> queue, CountDownLatch done)
      throws InterruptedException {
    for (int i = 0; i < ROUNDS; i++) {
      queue.put(i);
      count();
    }
    done.countDown();
  }

  private void consume(SynchronousQueue<Integer> queue, CountDownLatch done)
      throws InterruptedException {
    for (int i = 0; i < ROUNDS; i++) {
      assertEquals(i, queue.take());
      count();
      if (i % 20 == 0) {
        Thread.sleep(1);
      }
    }
    done.countDown();
  }

  private void count() {
    synchronized (monitor) {
      underMonitor++;
    }
  }
}
