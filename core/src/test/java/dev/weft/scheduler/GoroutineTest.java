package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.WaitReason;
import dev.weft.internal.park.Waiter;
import dev.weft.scheduler.Goroutine.State;
import dev.weft.testkit.Await;
import dev.weft.testkit.Scale;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The handle of a goroutine.
@SuppressWarnings("NullAway") // provokes what it warns of
class GoroutineTest {
  private static final Duration LONG = Duration.ofSeconds(60);

  @RegisterExtension final TestSchedulers schedulers = new TestSchedulers();

  private final CountDownLatch release = new CountDownLatch(1);

  private Goroutine startBlocked(Scheduler scheduler) throws InterruptedException {
    Goroutine goroutine = scheduler.go("blocked", release::await);
    Await.until(() -> goroutine.state() == State.WAITING, () -> goroutine + " waits");
    return goroutine;
  }

  @Test
  @DisplayName("A goroutine is runnable, then waiting, then done")
  void states() throws InterruptedException {
    Scheduler scheduler = schedulers.start();
    AtomicReference<State> ownState = new AtomicReference<>();
    Goroutine running = scheduler.go(() -> ownState.set(self().state()));
    running.join();
    assertEquals(State.RUNNABLE, ownState.get());
    Goroutine goroutine = startBlocked(scheduler);
    assertFalse(goroutine.isDone());
    release.countDown();
    goroutine.join();
    assertEquals(State.DONE, goroutine.state());
    assertTrue(goroutine.isDone());
  }

  private static Goroutine self() {
    return assertNotNullGet(Goroutine.current());
  }

  private static Goroutine assertNotNullGet(@Nullable Goroutine goroutine) {
    assertNotNull(goroutine, "not on a goroutine");
    return goroutine;
  }

  @Test
  @DisplayName("A handle knows its thread, its scheduler, its id and its name")
  void facts() throws InterruptedException {
    Scheduler scheduler = schedulers.start();
    Goroutine goroutine = startBlocked(scheduler);
    assertSame(scheduler, goroutine.scheduler());
    assertTrue(goroutine.thread().isVirtual());
    assertTrue(goroutine.thread().isDaemon());
    assertEquals(goroutine.thread().threadId(), goroutine.id());
    assertEquals("blocked", goroutine.name());
    goroutine.thread().setName("renamed");
    assertEquals("renamed", goroutine.name());
    release.countDown();
    goroutine.join();
    assertEquals("renamed", goroutine.name());
  }

  @Test
  @DisplayName("toString tells id, name and state")
  void text() throws InterruptedException {
    Scheduler scheduler = schedulers.start();
    Goroutine named = startBlocked(scheduler);
    assertEquals("Goroutine[#" + named.id() + " \"blocked\" WAITING]", named.toString());
    release.countDown();
    named.join();
    Goroutine plain = scheduler.go(() -> {});
    plain.join();
    assertEquals("Goroutine[#" + plain.id() + " DONE]", plain.toString());
  }

  @Test
  @DisplayName("SCH-45: a goroutine that waits for something of Weft says for what")
  void waitReason() throws InterruptedException {
    Scheduler scheduler = schedulers.start();
    AtomicReference<Waiter> seat = new AtomicReference<>();
    AtomicReference<Long> round = new AtomicReference<>();
    Goroutine goroutine =
        scheduler.go(
            () -> {
              Waiter waiter = Runtime.get().waiter();
              long ticket = waiter.arm();
              round.set(ticket);
              seat.set(waiter);
              assertEquals(
                  Waiter.FIRST_PEER_CODE, waiter.await(ticket, WaitReason.CHAN_RECEIVE, this));
              assertNull(self().waitReason());
              release.await();
            });
    Await.until(() -> "chan receive".equals(goroutine.waitReason()), "it waits for a channel");
    Await.until(() -> goroutine.state() == State.WAITING, "it waits");
    assertEquals("Goroutine[#" + goroutine.id() + " WAITING (chan receive)]", goroutine.toString());
    Waiter waiter = seat.get();
    assertTrue(waiter.decide(round.get(), Waiter.FIRST_PEER_CODE));
    waiter.wake();
    Await.until(() -> goroutine.waitReason() == null, "it does not wait for the channel any more");
    Await.until(() -> goroutine.state() == State.WAITING, "it waits for a latch");
    assertNull(goroutine.waitReason(), "a latch is not Weft's");
    release.countDown();
    goroutine.join();
    assertNull(goroutine.failure());
    assertNull(goroutine.waitReason());
  }

  @Test
  @DisplayName("join waits for the end, from any kind of thread, any number of times")
  void joins() throws InterruptedException {
    Scheduler scheduler = schedulers.start();
    Goroutine goroutine = startBlocked(scheduler);
    Goroutine joiner = scheduler.go(() -> goroutine.join());
    Thread virtual = Thread.startVirtualThread(() -> joinUnchecked(goroutine));
    Await.until(() -> joiner.state() == State.WAITING, "it waits for the other");
    Await.state(virtual, Thread.State.WAITING);
    release.countDown();
    goroutine.join();
    assertTrue(goroutine.isDone());
    joiner.join();
    virtual.join();
    assertNull(joiner.failure());
    goroutine.join();
    assertTrue(goroutine.join(Duration.ZERO));
  }

  private static void joinUnchecked(Goroutine goroutine) {
    try {
      goroutine.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  @DisplayName("join(Duration) tells whether the goroutine has ended, and zero or less only looks")
  void timedJoins() throws InterruptedException {
    Goroutine goroutine = startBlocked(schedulers.start());
    assertFalse(goroutine.join(Duration.ofMillis(1)));
    assertFalse(goroutine.join(Duration.ZERO));
    assertFalse(goroutine.join(Duration.ofSeconds(-1)));
    assertFalse(goroutine.join(Duration.ofSeconds(Long.MIN_VALUE)));
    release.countDown();
    assertTrue(goroutine.join(Duration.ofSeconds(Long.MAX_VALUE)));
    assertTrue(goroutine.join(Duration.ofSeconds(-1)));
  }

  @Test
  @DisplayName("An interrupt before or during a join throws and clears the flag")
  void interruptedJoins() throws InterruptedException {
    Goroutine goroutine = startBlocked(schedulers.start());
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, goroutine::join);
    assertFalse(Thread.interrupted());
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> goroutine.join(LONG));
    assertFalse(Thread.interrupted());

    AtomicReference<Boolean> flag = new AtomicReference<>();
    for (boolean timed : new boolean[] {false, true}) {
      Goroutine joiner =
          goroutine
              .scheduler()
              .go(
                  () -> {
                    assertThrows(
                        InterruptedException.class,
                        () -> {
                          if (timed) {
                            goroutine.join(LONG);
                          } else {
                            goroutine.join();
                          }
                        });
                    flag.set(Thread.interrupted());
                  });
      Await.until(() -> joiner.state() == State.WAITING, "it waits for the other");
      joiner.interrupt();
      joiner.join();
      assertNull(joiner.failure());
      assertEquals(false, flag.getAndSet(null));
    }
    assertFalse(goroutine.isDone(), "a joiner's interrupt does not reach the joined");
    release.countDown();
    goroutine.join();
  }

  @Test
  @DisplayName("A goroutine that joins itself gets an IllegalStateException that names it")
  void selfJoin() throws InterruptedException {
    Goroutine goroutine =
        schedulers
            .start()
            .go(
                () -> {
                  Goroutine self = self();
                  IllegalStateException thrown =
                      assertThrows(IllegalStateException.class, self::join);
                  assertTrue(
                      thrown.getMessage().startsWith("Goroutine[#" + self.id()),
                      thrown.getMessage());
                  assertThrows(IllegalStateException.class, () -> self.join(LONG));
                  assertThrows(IllegalStateException.class, () -> self.join(Duration.ZERO));
                });
    goroutine.join();
    assertNull(goroutine.failure());
  }

  @Test
  @DisplayName("interrupt ends a blocking call, now or the next one")
  void interrupts() throws InterruptedException {
    Scheduler scheduler = schedulers.start();
    CountDownLatch never = new CountDownLatch(1);
    Goroutine blocked = scheduler.go(() -> assertThrows(InterruptedException.class, never::await));
    Await.until(() -> blocked.state() == State.WAITING, "it waits");
    blocked.interrupt();
    blocked.join();
    assertNull(blocked.failure());
    CountDownLatch interrupted = new CountDownLatch(1);
    Goroutine later =
        scheduler.go(
            () -> {
              while (interrupted.getCount() > 0) {
                Scheduler.yieldCurrent(); // does not look at the flag
              }
              assertTrue(Thread.currentThread().isInterrupted());
              assertThrows(InterruptedException.class, never::await);
            });
    later.interrupt();
    interrupted.countDown();
    later.join();
    assertNull(later.failure());
    later.interrupt(); // of an ended one: nothing
  }

  @Test
  @DisplayName("failure is null until the end, then what the body threw")
  void failures() throws InterruptedException {
    Scheduler scheduler =
        schedulers.start(TestSchedulers.builder().procs(2).uncaughtExceptionHandler((t, e) -> {}));
    Throwable checked = new Exception("checked");
    Throwable error = new Error("error");
    for (Throwable each : new Throwable[] {checked, error, new Throwable("bare")}) {
      CountDownLatch go = new CountDownLatch(1);
      Goroutine goroutine =
          scheduler.go(
              () -> {
                go.await();
                throw each;
              });
      assertNull(goroutine.failure());
      go.countDown();
      goroutine.join();
      assertSame(each, goroutine.failure());
      assertEquals(State.DONE, goroutine.state());
    }
  }

  @Test
  @DisplayName("MEM-1: before the go statement happens before the body, and its end before a join")
  void happensBefore() throws InterruptedException {
    Scheduler scheduler = schedulers.start();
    for (int i = Scale.times(2_000); i > 0; i--) {
      Cell cell = new Cell();
      int value = i;
      cell.before = value;
      Goroutine goroutine =
          scheduler.go(
              () -> {
                cell.seen = cell.before;
                cell.after = value;
              });
      if ((i & 1) == 0) {
        goroutine.join();
      } else {
        assertTrue(goroutine.join(LONG));
      }
      assertEquals(value, cell.seen);
      assertEquals(value, cell.after);
    }
  }

  private static final class Cell {
    int before;
    int seen;
    int after;
  }
}
