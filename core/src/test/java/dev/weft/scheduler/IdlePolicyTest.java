package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.internal.carrier.CarrierAccess;
import dev.weft.testkit.Await;
import dev.weft.testkit.Scale;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// How machines wait that were told how, and what they survive.
@Tag("gpm")
class IdlePolicyTest {
  @RegisterExtension final TestSchedulers schedulers = new TestSchedulers();

  private static Scheduler.Builder with(Supplier<? extends IdlePolicy> policies) {
    return TestSchedulers.unmonitored(2).name("idling").idlePolicy(policies);
  }

  /// A back-off with the shape of Agrona's strategies.
  private static final class BackOff {
    private int calls;

    void idle(int workCount) {
      if (workCount > 0) {
        calls = 0;
      } else if (++calls < 10) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(100_000);
      }
    }
  }

  private static void assertWorks(Scheduler scheduler) throws InterruptedException {
    for (int i = Scale.times(200); i > 0; i--) {
      CountDownLatch child = new CountDownLatch(1);
      Goroutine goroutine =
          scheduler.go(
              () -> {
                scheduler.go(child::countDown);
                child.await();
              });
      goroutine.join();
      assertNull(goroutine.failure());
    }
  }

  @Test
  @DisplayName("A strategy of another library plugs in as a method reference, and work still runs")
  void methodReference() throws InterruptedException {
    Scheduler scheduler = schedulers.start(with(() -> new BackOff()::idle));
    assertWorks(scheduler);
  }

  @Test
  @DisplayName("Each machine has a policy of its own, called on it with 0 again and again, then 1")
  void calls() throws InterruptedException {
    List<Recorder> made = Collections.synchronizedList(new ArrayList<>());
    Scheduler scheduler =
        schedulers.start(
            with(
                () -> {
                  Recorder recorder = new Recorder();
                  made.add(recorder);
                  return recorder;
                }));
    assertEquals(2, made.size());
    for (Recorder recorder : made) {
      Await.until(() -> recorder.waits.get() > 2, "the policy is called again and again");
    }
    for (int i = 0; i < 50; i++) {
      Machine[] ranOn = new Machine[1];
      scheduler.go(() -> ranOn[0] = (Machine) CarrierAccess.currentCarrier()).join();
      Recorder recorder = made.get(ranOn[0].id());
      assertTrue(recorder.ends.get() > 0, "told that the wait was over before it ran anything");
    }
    assertWorks(scheduler);
    for (Recorder recorder : made) {
      assertEquals(List.of(), recorder.mistakes);
    }
  }

  private static final class Recorder implements IdlePolicy {
    final AtomicInteger waits = new AtomicInteger();
    final AtomicInteger ends = new AtomicInteger();
    final List<String> mistakes = Collections.synchronizedList(new ArrayList<>());
    private @Nullable Thread caller;

    @Override
    public void idle(int workCount) {
      if (caller == null) {
        caller = Thread.currentThread();
      }
      if (caller != Thread.currentThread()) {
        mistakes.add("called by " + Thread.currentThread() + " and by " + caller);
      }
      if (workCount == 0) {
        waits.incrementAndGet();
        LockSupport.parkNanos(50_000);
      } else if (workCount == 1) {
        ends.incrementAndGet();
      } else {
        mistakes.add("called with " + workCount);
      }
    }
  }

  @Test
  @DisplayName("A policy that parks without a limit is unparked when work arrives")
  void parks() throws InterruptedException {
    Scheduler scheduler =
        schedulers.start(
            with(
                () ->
                    workCount -> {
                      if (workCount == 0) {
                        LockSupport.park();
                      }
                    }));
    assertWorks(scheduler);
  }

  @Test
  @DisplayName("A policy that interrupts its machine hurts nobody")
  void interrupts() throws InterruptedException {
    Scheduler scheduler =
        schedulers.start(
            with(
                () ->
                    workCount -> {
                      Thread.currentThread().interrupt();
                      LockSupport.parkNanos(100_000);
                    }));
    assertWorks(scheduler);
    Goroutine goroutine = scheduler.go(() -> Thread.sleep(Duration.ofNanos(1)));
    goroutine.join();
    assertNull(goroutine.failure(), "no goroutine sees that interrupt");
  }

  @Test
  @DisplayName("Timers fire while machines idle by a policy")
  void timers() throws InterruptedException {
    Scheduler scheduler = schedulers.start(with(() -> new BackOff()::idle));
    for (int i = 0; i < 20; i++) {
      Goroutine sleeper = scheduler.go(() -> TimedWaits.sleep(1_000_000));
      sleeper.join();
      assertNull(sleeper.failure());
    }
  }

  @Test
  @DisplayName("A policy that throws is reported and replaced by parking; its machine goes on")
  void throwingPolicy() throws InterruptedException {
    RuntimeException expected = new IllegalStateException("no patience");
    List<Throwable> reports = Collections.synchronizedList(new ArrayList<>());
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> reports.add(thrown));
    try {
      Scheduler scheduler =
          schedulers.start(
              with(
                  () ->
                      workCount -> {
                        throw expected;
                      }));
      assertWorks(scheduler);
      TestSchedulers.awaitQuiet(scheduler);
      Await.until(() -> reports.size() == 2, "once for each machine");
      assertEquals(List.of(expected, expected), reports);
      assertEquals(2, scheduler.stats().internalFailures());
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  @Test
  @DisplayName("If no policy can be made the scheduler is not built, and no thread is left over")
  void throwingSupplier() throws InterruptedException {
    AtomicInteger asked = new AtomicInteger();
    RuntimeException expected = new IllegalStateException("only one");
    Scheduler.Builder builder =
        with(
            () -> {
              if (asked.incrementAndGet() > 1) {
                throw expected;
              }
              return new BackOff()::idle;
            });
    assertEquals(expected, assertThrows(RuntimeException.class, builder::build));
    Await.until(() -> threads("idling").isEmpty(), () -> "left over: " + threads("idling"));
  }

  @Test
  @DisplayName("A supplier that gives null is refused")
  @SuppressWarnings("NullAway")
  void nullPolicy() throws InterruptedException {
    NullPointerException thrown = assertThrows(NullPointerException.class, with(() -> null)::build);
    assertTrue(thrown.getMessage().contains("idlePolicy"), thrown.getMessage());
    Await.until(() -> threads("idling").isEmpty(), () -> "left over: " + threads("idling"));
  }

  @Test
  @DisplayName("A spare machine whose policy cannot be made is tried again, and wakes are not lost")
  void throwingSupplierOfSpare() throws InterruptedException {
    AtomicInteger asked = new AtomicInteger();
    Thread.UncaughtExceptionHandler before = Thread.getDefaultUncaughtExceptionHandler();
    Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {});
    try {
      Scheduler scheduler =
          schedulers.start(
              Scheduler.builder()
                  .backend(Backend.GPM)
                  .procs(1)
                  .maxThreads(2)
                  .idlePolicy(
                      () -> {
                        int n = asked.incrementAndGet();
                        if (n > 1 && n < 4) {
                          throw new IllegalStateException("not yet");
                        }
                        return new BackOff()::idle;
                      }));
      CountDownLatch other = new CountDownLatch(1);
      Goroutine hog =
          scheduler.go(
              () -> {
                while (other.getCount() > 0) {
                  CarrierAccess.osYield(); // until the monitor starts a spare for the other one
                }
              });
      scheduler.go(other::countDown);
      hog.join();
      assertTrue(asked.get() >= 4);
      assertTrue(scheduler.stats().threadStartsFailed() >= 2);
    } finally {
      Thread.setDefaultUncaughtExceptionHandler(before);
    }
  }

  private static List<Thread> threads(String namePrefix) {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(namePrefix + "-m"))
        .toList();
  }
}
