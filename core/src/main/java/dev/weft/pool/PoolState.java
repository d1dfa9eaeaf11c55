package dev.weft.pool;

import dev.weft.channel.Channel;
import dev.weft.internal.park.WaitNode;
import dev.weft.internal.park.WaitQueue;
import dev.weft.internal.park.Waiter;
import org.jspecify.annotations.Nullable;

/// The state of a pool of workers, and the steps that are taken under its lock.
abstract sealed class PoolState<T> permits PoolCore {

  /*
   * Pool: a task goes to an idle worker, or a new one, or waits in the hands of its submitter
   * until a worker has finished.
   *
   * Origin.   Pool of ants v2: a lock, idle workers, blocked submitters, a purger. Different here:
   *           - A worker that has finished takes the task of the first submitter who waits and goes
   *             on with it. There it lies down, and a submitter is woken who looks for it; a
   *             newcomer may be faster. So here a full pool switches once for a task, not three
   *             times, and submitters are served in their order (ANTS-6).
   *           - Workers wait for themselves (Waiter), not on a channel for each. null is no signal,
   *             so a null task cannot end a worker (ANTS-21 is not copied).
   *           - The list of those who are idle runs through the workers: oldest first or newest
   *             first (ANTS-8) without memory of its own.
   *           - Idleness is counted in purges, not measured for each task: who has been idle for
   *             a whole period between two purges ends at the second (ANTS-10, whose workers live
   *             one to two periods, too). No goroutine belongs to that: a timer is set while there
   *             are idle workers.
   *
   * States    of a worker, by whose it is
   *   BUSY      its own
   *   IDLE      on the list, its wait not decided: whoever takes it off under the lock decides
   *   ENDING    counted out; its own
   *
   *        start (submitter)          next: nothing to do               decide WORK (submitter)
   *   ... ------------------> BUSY ---------------------------> IDLE ------------------------> BUSY
   *                             |                                | decide END: release, tune, purge
   *                             | next: closed or too many,      | interrupt
   *                             | or the task has failed         |
   *                             +----------> ENDING <------------+
   *
   * States    of a submitter that waits: as those of any Waiter. TAKEN: a worker has its task, it
   *           returns. RETRY: there is room, or the pool is closed; it tries again, and if it has
   *           lost waits at the front.
   *
   * Invariants, whenever the lock is free
   *   I1  running = the workers that are BUSY or IDLE, and starts under way
   *   I2  an undecided submitter is queued only if no worker is idle, and running >= capacity, or
   *       as many have been told to RETRY as there is room
   *   I3  closed: nobody becomes idle or is queued any more, and no task is given away
   *   I4  somebody is idle and idleness ends workers: the purge is set
   *   I5  running <= capacity, but after a tune() to less (ANTS-30)
   *
   * Who counts a worker out does so under the lock: itself, or who decides END. Whoever makes running
   * smaller than capacity tells one submitter to RETRY: it takes the room, or finds it taken by a
   * newcomer, who is then I2's reason.
   *
   * The lock is that of the queue: a few instructions, no memory, no user code. Waking, starting and
   * timers come after it. `terminated` is closed by who finds the pool closed and running zero.
   *
   * Linearization   submit: the step under the lock that gives the task away, or the CAS that decides
   *           TAKEN. release: the write of closed.
   *
   * Memory ordering
   *   closed, capacity, running   under the lock; volatile where read without, for those who ask
   *   task of a worker            plain: before the CAS that decides WORK, read after it
   *   task of a submitter         in its WaitNode: read under the lock, before the CAS
   *
   * Races     R1 submit against release. Under the lock the one comes before the other: the task has a
   *           worker, which runs it and then ends; or the submitter finds the pool closed.
   *           R2 TAKEN against interrupt. One CAS decides. If the interrupt came first the worker goes
   *           on to the next submitter.
   *           R3 work against interrupt of an idle worker. As R2: if it was interrupted first, the
   *           submitter takes the next worker, and this one counts itself out.
   *           R4 idle against purge. The worker looks under the lock whether the purge is set; if not,
   *           it sets it and begins again, so it is never idle without.
   *
   * Evidence  SubmitReleaseStress, PermitTimeoutStress with their broken twins; WorkerPoolTest,
   *           WorkerPoolLifeTest, PoolStormTest.
   */

  static final int TAKEN = Waiter.FIRST_PEER_CODE;
  private static final int RETRY_OFFSET = 1; // RETRY = TAKEN + 1

  enum Step {
    GIVEN,
    START,
    FULL,
    CLOSED
  }

  final PoolOptions options;
  final Object shown; // what messages show as the pool

  // Its lock guards all that follows.
  final WaitQueue queue = new WaitQueue();
  final IdleWorkers<T> idle = new IdleWorkers<>();
  volatile int running;
  volatile int capacity;
  volatile boolean closed;
  boolean ended;
  boolean purgeSet;
  long purges;
  long probes; // a number for the stack probe

  volatile Channel<Object> terminated = Channel.make();

  PoolState(PoolOptions options, Object shown) {
    this.options = options;
    this.shown = shown;
    this.capacity = options.isUnlimited() ? Integer.MAX_VALUE : options.capacity();
  }

  // ---- The steps under the lock ----

  /// Under the lock. Null: nobody is idle. A worker that was interrupted counts itself out.
  final @Nullable Waiter giveToIdle(T task) {
    PoolWorker<T> worker;
    while ((worker = options.oldestFirst() ? idle.oldest() : idle.newest()) != null && !closed) {
      idle.remove(worker);
      Waiter given = worker.decide(PoolWorker.WORK, task);
      if (given != null) {
        return given;
      }
    }
    return null;
  }

  /// Under the lock, with nobody idle. START: the caller has taken room for a worker.
  @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
  final Step room() {
    if (closed) {
      return Step.CLOSED;
    }
    if (running >= capacity) {
      return Step.FULL;
    }
    running++;
    return Step.START;
  }

  /// Under the lock. False: so many wait already that it may not.
  final boolean enqueue(WaitNode node, boolean again) {
    if (again) {
      queue.addFirst(node);
      return true;
    }
    if (options.maxWaiting() > 0 && queue.size() >= options.maxWaiting()) {
      return false;
    }
    queue.add(node);
    return true;
  }

  /// Under the lock.
  final @Nullable Waiter pollToRetry() {
    WaitNode first;
    while ((first = queue.poll()) != null) {
      Waiter submitter = first.waiter();
      if (first.decide(RETRY_OFFSET)) {
        return submitter;
      }
    }
    return null;
  }

  /// Under the lock. Tells the worker that has been idle longest to end, and counts it out.
  @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
  final @Nullable Waiter pollToEnd() {
    PoolWorker<T> oldest;
    while ((oldest = idle.oldest()) != null) {
      idle.remove(oldest);
      Waiter told = oldest.decide(PoolWorker.END, null);
      if (told != null) {
        running--;
        return told;
      }
    }
    return null;
  }

  /// Under the lock. The channel that is to be closed, once, when the pool is closed and the last
  /// worker has been counted out.
  final @Nullable Channel<Object> endedNow() {
    if (closed && running == 0 && !ended) {
      ended = true;
      return terminated;
    }
    return null;
  }

  @SuppressWarnings({"unchecked", "NullAway"}) // only tasks are put into the nodes of this queue
  final T taskOf(WaitNode node) {
    return (T) node.element();
  }

  /// Under the lock. Whether nobody would find out how long an idle worker is idle.
  final boolean isPurgeMissing() {
    return options.expiry() != null && !purgeSet;
  }

  // ---- What it says ----

  final int running() {
    return running;
  }

  /// -1: no limit.
  final int capacity() {
    return options.isUnlimited() ? -1 : capacity;
  }

  final int waiting() {
    return queue.size();
  }

  final boolean isClosed() {
    return closed;
  }

  /// How many workers are idle. For tests.
  final int idle() {
    queue.lock();
    try {
      return idle.checkInvariants();
    } finally {
      queue.unlock();
    }
  }

  /// How many purges there have been. For tests.
  final long purges() {
    queue.lock();
    try {
      return purges;
    } finally {
      queue.unlock();
    }
  }

  /// Fails with an AssertionError if an invariant does not hold. With nothing under way.
  final void checkInvariants() {
    queue.lock();
    try {
      queue.checkInvariants();
      int idling = idle.checkInvariants();
      if (idling > running
          || (idling > 0 && (closed || !queue.isEmpty() || isPurgeMissing()))
          || (closed && !queue.isEmpty())) {
        throw new AssertionError(
            shown + ": " + idling + " idle, closed " + closed + ", purge set " + purgeSet);
      }
    } finally {
      queue.unlock();
    }
  }

  /// Is closed when the pool has been released and all its workers have ended.
  final Channel<Object> terminated() {
    return terminated;
  }
}
