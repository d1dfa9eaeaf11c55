package dev.weft.internal.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Many threads on one shard, on a clock that the test turns by hand.
class TimerShardConcurrencyTest {
  private final AtomicInteger reported = new AtomicInteger();
  private final Crew crew = new Crew();
  private TimerShard shard = newShard();

  private TimerShard newShard() {
    return new TimerShard(
        (node, thrown) -> {
          assertEquals("bang", thrown.getMessage(), "unexpected failure of " + node);
          reported.incrementAndGet();
        });
  }

  @BeforeEach
  void freshShard() {
    shard = newShard();
  }

  @AfterEach
  void endsClean() {
    crew.close();
    shard.checkInvariants();
  }

  /// Fires everything that can fire and checks that nothing else is left.
  private void runDry() {
    for (int fired = 1; fired > 0; ) {
      fired = shard.runDue(TimeSource.NEVER - 1);
    }
    assertEquals(0, shard.pending());
    shard.checkInvariants();
  }

  @Test
  @DisplayName("TMR-4, TMR-23: each timer fires or is cancelled, exactly once, whoever races")
  void exactlyOnce() throws Exception {
    for (int round = 0; round < Repeat.times(20); round++) {
      reported.set(0);
      AtomicLong clock = new AtomicLong();
      AtomicInteger adding = new AtomicInteger(3);
      AtomicReferenceArray<TestNode> visible = new AtomicReferenceArray<>(64);
      Queue<TestNode> all = new ConcurrentLinkedQueue<>();
      List<Crew.Work> work = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        long seed = round * 10L + i;
        work.add(() -> addAndCancel(new Random(seed), clock, visible, all, adding));
      }
      for (int i = 0; i < 2; i++) {
        work.add(
            () -> {
              while (adding.get() > 0) {
                long now = clock.addAndGet(3);
                if (shard.wantsService(now)) {
                  shard.runDue(now);
                }
              }
            });
      }
      crew.runTogether(work);
      runDry();
      all.forEach(TestNode::checkDecidedOnce);
      long throwers = all.stream().filter(n -> n instanceof Thrower && n.isFired()).count();
      assertEquals(throwers, reported.get());
    }
  }

  private void addAndCancel(
      Random random,
      AtomicLong clock,
      AtomicReferenceArray<TestNode> visible,
      Queue<TestNode> all,
      AtomicInteger adding) {
    for (int i = 0; i < 1_000; i++) {
      long deadline = clock.get() + random.nextInt(-2, 40);
      TestNode node = random.nextInt(16) == 0 ? new Thrower(deadline) : new TestNode(deadline);
      all.add(node);
      TestNode other = visible.getAndSet(random.nextInt(visible.length()), node);
      shard.add(node); // from here, and even before, another thread may cancel it
      if (other != null && random.nextBoolean()) {
        other.cancelAndCount();
      }
    }
    adding.decrementAndGet();
  }

  private static final class Thrower extends TestNode {
    Thrower(long deadline) {
      super(deadline);
    }

    @Override
    protected void fire(long now) {
      super.fire(now);
      throw new IllegalStateException("bang");
    }
  }

  @Test
  @DisplayName("the next deadline is never later than a pending timer whose add has returned")
  void neverLate() throws Exception {
    long far = 1_000_000;
    AtomicInteger adding = new AtomicInteger(2);
    List<Crew.Work> work = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      Random random = new Random(i);
      work.add(
          () -> {
            for (int n = 0; n < Repeat.times(20_000); n++) {
              shard.add(new TestNode(random.nextInt(100))); // due at once: others run it
              TestNode node = new TestNode(far + random.nextInt(1_000));
              shard.add(node);
              for (int look = 0; look < 4; look++) {
                long next = shard.nextDeadline();
                assertTrue(next <= node.deadline(), () -> next + " is too late for " + node);
              }
              assertTrue(node.cancelAndCount(), "fired early");
            }
            adding.decrementAndGet();
          });
    }
    work.add(
        () -> {
          while (adding.get() > 0) {
            shard.runDue(100);
          }
        });
    crew.runTogether(work);
    runDry();
  }

  @Test
  @DisplayName("R3: who finds the shard being run may leave; what is due on its clock is fired")
  void lostTryLock() throws Exception {
    int parties = 3;
    int rounds = Repeat.times(2_000);
    List<TestNode> all = new ArrayList<>();
    for (int i = 0; i < parties * rounds; i++) {
      all.add(new TestNode(i)); // due on its own party's clock and on those ahead of it
    }
    CyclicBarrier start = new CyclicBarrier(parties);
    CyclicBarrier end =
        new CyclicBarrier(
            parties,
            () -> {
              // Nobody is inside runDue now.
              assertEquals(0, shard.pending());
              assertEquals(TimeSource.NEVER, shard.nextDeadline());
            });
    List<Crew.Work> work = new ArrayList<>();
    for (int i = 0; i < parties; i++) {
      int party = i;
      work.add(
          () -> {
            for (int round = 0; round < rounds; round++) {
              start.await(60, TimeUnit.SECONDS);
              int now = round * parties + party;
              shard.add(all.get(now));
              shard.runDue(now);
              end.await(60, TimeUnit.SECONDS);
            }
          });
    }
    crew.runTogether(work);
    all.forEach(TestNode::checkDecidedOnce);
  }

  @Test
  @DisplayName("a timer that takes long to fire holds up no timer that is not in its batch")
  void slowFire() throws Exception {
    for (int round = 0; round < Repeat.times(200); round++) {
      CountDownLatch firing = new CountDownLatch(1);
      CountDownLatch resume = new CountDownLatch(1);
      TestNode later = new TestNode(90);
      TestNode slow =
          new TestNode(10) {
            @Override
            protected void fire(long now) {
              super.fire(now);
              firing.countDown();
              try {
                resume.await();
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            }
          };
      shard.add(slow);
      crew.runTogether(
          List.of(
              () -> shard.runDue(20),
              () -> {
                firing.await();
                shard.add(later);
                shard.runDue(100);
                assertTrue(later.isFired());
                resume.countDown();
              }));
      slow.checkDecidedOnce();
      later.checkDecidedOnce();
    }
  }

  @Test
  @DisplayName("TMR-20: the sleeper is woken for an earlier deadline, whatever a runner does")
  void sleeperIsWoken() throws Exception {
    long now = 100;
    Semaphore wakeUps = new Semaphore(0);
    AtomicBoolean asleep = new AtomicBoolean();
    AtomicBoolean done = new AtomicBoolean();
    Runnable wake =
        () -> {
          if (asleep.get()) {
            wakeUps.release();
          }
        };
    Crew.Work sleeper =
        () -> {
          while (!done.get()) {
            asleep.set(true);
            if (shard.nextDeadline() > now && !done.get()) {
              assertTrue(wakeUps.tryAcquire(30, TimeUnit.SECONDS), "nobody woke the sleeper");
            }
            asleep.set(false);
            wakeUps.drainPermits();
            shard.runDue(now);
          }
        };
    Crew.Work meddler =
        () -> {
          while (!done.get()) {
            shard.runDue(20); // recounts, fires nothing
          }
        };
    Crew.Work adder =
        () -> {
          for (int i = 0; i < Repeat.times(5_000); i++) {
            TestNode bait = new TestNode(150);
            if (shard.add(bait)) {
              wake.run();
            }
            bait.cancel(); // the next deadline is early now: something to recount
            CountDownLatch fired = new CountDownLatch(1);
            if (shard.add(new LatchNode(50, fired))) {
              wake.run();
            }
            assertTrue(fired.await(30, TimeUnit.SECONDS), "the timer did not fire");
          }
          done.set(true);
          wakeUps.release();
        };
    crew.runTogether(List.of(sleeper, meddler, adder));
  }

  private static final class LatchNode extends TimerNode {
    private final CountDownLatch fired;

    LatchNode(long deadline, CountDownLatch fired) {
      super(deadline);
      this.fired = fired;
    }

    @Override
    protected void fire(long now) {
      fired.countDown();
    }
  }
}
