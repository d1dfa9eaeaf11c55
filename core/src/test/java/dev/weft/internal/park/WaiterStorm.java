package dev.weft.internal.park;

import static dev.weft.internal.park.Owner.BLOCKER;
import static dev.weft.internal.park.Owner.REASON;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// One owner waits round after round while a deliverer, an interrupter and deadlines race to end
/// each wait. After each round all three compare notes: it has ended in one way, the deliverer
/// knows whether that was its doing, and an interrupt has either ended the wait or left its flag.
///
/// What everybody does in a round follows from the seed and the number of the round.
final class WaiterStorm {

  private static final int DELIVERED = Waiter.FIRST_PEER_CODE;

  /// How a round came out.
  private enum End {
    DELIVERED,
    DELIVERED_WITH_FLAG,
    INTERRUPTED,
    TIMED_OUT,
    TIMED_OUT_WITH_FLAG
  }

  /// What is to happen in a round.
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Plan(boolean deliver, boolean interrupt, int way, int[] pauses, long nanos) {

    static Plan of(long seed, int round) {
      SplittableRandom random = new SplittableRandom(seed + round);
      boolean deliver = random.nextInt(4) != 0;
      boolean interrupt = random.nextInt(3) != 0;
      // Whoever waits without a deadline must be sure of somebody who ends it.
      int ways = deliver ? 3 : interrupt ? 2 : 1;
      int[] pauses = {random.nextInt(600), random.nextInt(600)};
      return new Plan(deliver, interrupt, random.nextInt(ways), pauses, random.nextLong(60_000));
    }
  }

  private final Threads threads;
  private final long seed;
  private final int rounds;

  // Written by the owner before it moves `round` on, or by a peer before it moves its own on.
  private @Nullable Waiter waiter;
  private long ticket;
  private int element;
  private boolean delivered;

  private volatile int round;
  private volatile int deliverersRound;
  private volatile int interruptersRound;
  private volatile boolean over;

  WaiterStorm(Threads threads, long seed, int rounds) {
    this.threads = threads;
    this.seed = seed;
    this.rounds = rounds;
  }

  void run() {
    CompletableFuture<Map<End, Integer>> outcome = new CompletableFuture<>();
    Thread owner = threads.start(() -> own(outcome));
    Thread deliverer = Thread.ofPlatform().daemon().start(() -> followRounds(this::deliver));
    Thread interrupter =
        Thread.ofPlatform()
            .daemon()
            .start(() -> followRounds((r, plan) -> interrupt(owner, r, plan)));
    try {
      Map<End, Integer> ends = outcome.join();
      for (End end : End.values()) {
        assertTrue(ends.containsKey(end), "no round ended with " + end + ", but " + ends);
      }
      deliverer.join();
      interrupter.join();
    } catch (CompletionException e) {
      throw new AssertionError("seed " + seed + ", round " + round, e.getCause());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    } finally {
      over = true;
    }
  }

  // ---- The owner ----

  private void own(CompletableFuture<Map<End, Integer>> outcome) {
    try {
      Map<End, Integer> ends = new EnumMap<>(End.class);
      for (int r = 1; r <= rounds; r++) {
        ends.merge(ownRound(r), 1, Integer::sum);
      }
      outcome.complete(ends);
    } catch (Throwable failed) {
      outcome.completeExceptionally(failed);
    } finally {
      over = true;
    }
  }

  private End ownRound(int r) {
    Plan plan = Plan.of(seed, r);
    Waiter own = Runtime.get().waiter();
    waiter = own;
    ticket = own.arm();
    delivered = false;
    long deadline = Runtime.get().nanoTime() + plan.nanos();
    round = r;
    int code =
        switch (plan.way()) {
          case 0 -> own.awaitUntil(ticket, REASON, BLOCKER, deadline);
          case 1 -> own.await(ticket, REASON, BLOCKER);
          default -> own.awaitUninterruptibly(ticket, REASON, BLOCKER);
        };
    int seen = element; // before the peers are done: the decision alone has to publish it
    while (deliverersRound < r || interruptersRound < r) {
      Thread.yield();
    }
    boolean flag = Thread.interrupted();
    assertEquals(code == DELIVERED, delivered, "the deliverer knows");
    if (code == DELIVERED) {
      assertEquals(r, seen, "the element");
    }
    assertEquals(
        plan.interrupt() ? 1 : 0,
        (code == Waiter.INTERRUPTED ? 1 : 0) + (flag ? 1 : 0),
        "an interrupt ends the wait or leaves its flag");
    return switch (code) {
      case DELIVERED -> flag ? End.DELIVERED_WITH_FLAG : End.DELIVERED;
      case Waiter.INTERRUPTED -> End.INTERRUPTED;
      case Waiter.TIMED_OUT -> flag ? End.TIMED_OUT_WITH_FLAG : End.TIMED_OUT;
      default -> throw new AssertionError("code " + code);
    };
  }

  // ---- The peers ----

  private interface Peer {
    void act(int round, Plan plan);
  }

  private void followRounds(Peer peer) {
    for (int r = 1; r <= rounds; r++) {
      while (round < r) {
        if (over) {
          return;
        }
        Thread.yield();
      }
      peer.act(r, Plan.of(seed, r));
    }
  }

  private void deliver(int r, Plan plan) {
    Waiter peer = waiter;
    if (peer != null && plan.deliver()) {
      pause(plan.pauses()[0]);
      element = r;
      delivered = peer.decide(ticket, DELIVERED);
      if (delivered) {
        peer.wake();
      }
    }
    deliverersRound = r;
  }

  private void interrupt(Thread owner, int r, Plan plan) {
    if (plan.interrupt()) {
      pause(plan.pauses()[1]);
      owner.interrupt();
    }
    interruptersRound = r;
  }

  private static void pause(int spins) {
    for (int i = 0; i < spins; i++) {
      Thread.onSpinWait();
    }
  }
}
