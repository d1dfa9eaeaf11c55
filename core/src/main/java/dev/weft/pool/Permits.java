package dev.weft.pool;

import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.StackProbe;
import dev.weft.internal.park.WaitNode;
import dev.weft.internal.park.WaitQueue;
import dev.weft.internal.park.WaitReason;
import dev.weft.internal.park.Waiter;
import org.jspecify.annotations.Nullable;

/// A number of permits, and those who wait for one, in their order.
final class Permits {

  /*
   * Permits: a count and a queue, under the queue's lock. Who gives a permit back hands it to the
   * first who waits, so a newcomer cannot take it on the way.
   *
   * Invariants, whenever the lock is free
   *   I1  taken = permits that somebody has, or has been handed
   *   I2  an undecided waiter is queued only if taken >= limit, but while limit(n) hands out more
   *
   * Linearization   the step under the lock; for who has waited, the CAS that decides GRANTED.
   * Race      GRANTED against interrupt or timeout: one CAS decides. If that failed, the next one gets
   *           the permit.
   * Memory ordering   as in PoolState: what is before release() is before the return of an acquire()
   *           that gets this permit, by the lock or by the CAS.
   *
   * Evidence  PermitTimeoutStress with its broken twin; LimiterTest.
   */
  private static final int GRANTED = Waiter.FIRST_PEER_CODE;

  /// What became of an acquire.
  enum Answer {
    GRANTED,
    NOT_NOW,
    TOO_MANY
  }

  // Its lock guards all that follows.
  private final WaitQueue queue = new WaitQueue();
  private volatile int limit;
  private volatile int taken;
  private long probes;

  Permits(int limit) {
    this.limit = limit;
  }

  /// Returns, or throws a StackOverflowError: room to acquire and to release from the same frame,
  /// with something that may fail in between.
  void ensureRoom() {
    StackProbe.ensureNested(probes);
  }

  boolean tryAcquire() {
    StackProbe.ensureMany(probes);
    queue.lock();
    boolean got = takeNow();
    queue.unlock();
    return got;
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
  private boolean takeNow() {
    probes++;
    if (taken >= limit) {
      return false;
    }
    taken++;
    return true;
  }

  /// Waits until the deadline at most, unless so many wait already.
  Answer acquire(long deadline, int maxWaiting, Object shown) throws InterruptedException {
    if (tryAcquire()) {
      return Answer.GRANTED;
    }
    if (deadline == PoolCore.NOW) {
      return Answer.NOT_NOW;
    }
    Waiter waiter = Runtime.get().waiter();
    WaitNode node = waiter.node();
    long ticket = waiter.arm();
    waiter.timeOutAt(ticket, deadline);
    node.prepare(waiter, ticket, GRANTED, null);
    queue.lock();
    boolean got = takeNow();
    boolean waits = !got && queue.size() < maxWaiting;
    if (waits) {
      queue.add(node);
    }
    queue.unlock();
    if (!waits) {
      node.clear();
      waiter.cancelTimeOut();
      return got ? Answer.GRANTED : Answer.TOO_MANY;
    }
    int outcome = await(waiter, ticket, node, shown);
    if (outcome == Waiter.INTERRUPTED) {
      throw new InterruptedException("waiting for " + shown + " was interrupted");
    }
    return outcome == GRANTED ? Answer.GRANTED : Answer.NOT_NOW;
  }

  private int await(Waiter waiter, long ticket, WaitNode node, Object shown) {
    int outcome = Waiter.INTERRUPTED;
    try {
      outcome = waiter.await(ticket, WaitReason.LIMITER_WAIT, shown);
    } finally {
      if (outcome != GRANTED) {
        queue.lock();
        queue.remove(node);
        queue.unlock();
      }
      node.clear();
    }
    return outcome;
  }

  /// False if nobody has one.
  @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
  boolean release() {
    StackProbe.ensureMany(probes);
    queue.lock();
    if (taken == 0) {
      queue.unlock();
      return false;
    }
    taken--;
    Waiter heir = takeForFirst();
    queue.unlock();
    if (heir != null) {
      heir.wake();
    }
    return true;
  }

  /// Under the lock. Hands a permit to the first who waits, if there are both.
  @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
  private @Nullable Waiter takeForFirst() {
    WaitNode first;
    while (taken < limit && (first = queue.poll()) != null) {
      Waiter waiter = first.waiter();
      if (first.decide(0)) {
        taken++;
        return waiter;
      }
    }
    return null;
  }

  void limit(int permits) {
    StackProbe.ensureMany(probes);
    queue.lock();
    limit = permits;
    queue.unlock();
    Waiter heir;
    do {
      queue.lock();
      heir = takeForFirst();
      queue.unlock();
      if (heir != null) {
        heir.wake();
      }
    } while (heir != null);
  }

  int limit() {
    return limit;
  }

  int taken() {
    return taken;
  }

  int waiting() {
    return queue.size();
  }

  /// Fails with an AssertionError if an invariant does not hold. With nothing under way.
  void checkInvariants() {
    queue.lock();
    try {
      queue.checkInvariants();
      if (taken < 0 || (!queue.isEmpty() && taken < limit)) {
        throw new AssertionError(
            taken + " of " + limit + " permits are taken, and " + queue.size() + " wait");
      }
    } finally {
      queue.unlock();
    }
  }
}
