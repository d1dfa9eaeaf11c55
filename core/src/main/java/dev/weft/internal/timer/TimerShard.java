package dev.weft.internal.timer;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// The timers of one processor (TMR-19): any thread adds and cancels, and whichever thread comes by
/// runs what is due.
///
/// Who does what:
///
/// | who | does | how often |
/// | --- | --- | --- |
/// | who starts a timer | `if (shard.add(node)) wake a sleeper` | once a node |
/// | who stops it | `node.cancel()` | at most once a node |
/// | a dispatch (SCH-7), a thief (SCH-15) | `if (wantsService(now)) runDue(now)` | each time |
/// | who is about to sleep | publishes that, then reads all shards' `nextDeadline()` | each time |
///
/// The last row and `add` form a pair: each writes first and reads then, with sequentially
/// consistent accesses on both sides, so either the sleeper sees the deadline or the adder sees the
/// sleeper (TMR-20). A processor that is stuck is served by others.
///
/// No method blocks, parks, takes a monitor or waits for another thread, and after this class is
/// initialised none links or loads a class; `add`, `cancel`, `wantsService` and `nextDeadline`
/// allocate nothing either. So all may be called from within `execute` of a virtual thread's
/// scheduler. What they need is stack: a StackOverflowError in the middle of `add` loses the timer,
/// so a caller on a goroutine's stack probes it first.
public final class TimerShard {
  /*
   * TimerShard: a 4-ary heap behind a try-lock and a lock-free inbox. Many adders and cancellers,
   * one runner at a time. add, cancel: lock-free. nextDeadline, wantsService: wait-free. runDue:
   * never waits; who finds the lock taken hands its request over and leaves.
   *
   * Origin.   Go 1.23, runtime/time.go: a heap per P, run on the scheduling path and by thieves.
   *             Go's timers struct        here
   *             mu, a lock that waits     turn, a lock that is only ever tried
   *             heap []timerWhen          TimerHeap, with deadlines beside the references as well
   *             minWhenHeap, ~Modified    NextDeadline, one word
   *             zombies, len / 4          Zombies; the same quarter
   *             add: lock, sift up        add: push to TimerInbox; the runner sifts
   *             modify in place           no such thing: cancel, then add a new node
   *
   * Rejected.
   *   A heap with a lock, as in Go. Go's adder may wait for the holder. Ours may be inside
   *   execute(), where waiting is forbidden, on a thread that serves the whole JVM (a poller, the
   *   unparker), while the holder has been preempted. With a try-lock alone it would not know what
   *   to do with its node on failure; hence the inbox.
   *   The heap touched by its processor only, foreign adders through the inbox. It saves a CAS per
   *   add, but timers of a processor whose goroutine hogs the CPU could then be run by nobody, and
   *   a goroutine may move to another thread between reading "my processor" and using it.
   *   A timer wheel: O(1) add, but deadlines rounded to a tick, or exact ones with an ordered
   *   bucket at the bottom, which is a heap again. The earliest deadline, which each sleeper needs,
   *   is a search over buckets. Hierarchical wheels move whole buckets at once when a digit turns:
   *   a pause on a dispatch. Buckets cost memory for each processor though most have few timers.
   *   What a wheel is best at, unlinking a cancelled timer in O(1), needs the owner or a lock per
   *   bucket; marking is O(1) too. Measured beside Agrona's: docs/timers.md. The wheel is faster
   *   where a million deadlines fire one by one, the heap where there are thousands.
   *   One heap for all: each add and each dispatch of each processor on one cache line.
   *
   * Picture.
   *     adders --push--> inbox --file--> heap --take--> batch of the runner --claim--> fire()
   *                        |               |                  |
   *                        +-- cancelled nodes are shed at each of these steps --------+
   *
   * States of a node: TimerNode. The lock `turn`: FREE, or the greatest `now` that anybody has
   * asked the holder to run up to:
   *
   *     FREE --acquire (CAS)--> now --ask (CAS by one who found it taken)--> a later now
   *       ^                      |                                              |
   *       +----- release (exchange, by the holder, which learns the value) -----+
   *
   * Invariants (checkInvariants, at rest; I1, I2 at any instant)
   *   I1 heap and backlog are touched by the holder of turn only.
   *   I2 NextDeadline's I1: never later than a pending node whose add has returned, except those
   *      that a runner has taken and not yet decided.
   *   I3 a node is in at most one of inbox, backlog, heap, batch; links only lie in chains.
   *   I4 zombies.count is the number of cancelled nodes in them.
   * Non-invariants
   *   N1 nextDeadline() may be early, by any amount (a cancelled timer's). Service then raises it.
   *   N2 pending() is an estimate.
   *   N3 Timers that different threads run fire in no common order; a batch fires in order.
   *
   * Linearization
   *   add                the push, for runners; lower() for readers of nextDeadline
   *   cancel / firing    the CAS on the node's state
   *
   * Races
   *   R1 a deadline lost while it is recomputed, R2 a sleeper that nobody wakes: NextDeadline.
   *   R3 the thread that is told "somebody runs it":
   *        A holds turn, is past its look at the inbox
   *        B                                       adds a due node; runDue finds it taken, leaves
   *        A releases, leaves: the node is due, and nobody is there
   *      Closed by the look at nextDeadline after release(): B's add lowered it before B tried the
   *      lock, and B found it taken before A released it. That look uses the latest time that
   *      anybody asked for while A held the lock, since B's clock may be ahead of A's. So when
   *      runDue(now) returns, whether it got the lock or not, each node due by now whose add had
   *      returned before the call has been fired or is the duty of a thread that is inside runDue;
   *      or nextDeadline() still says that it is due (after a full batch or ROUNDS): then the next
   *      dispatch comes back, and nobody goes to sleep on it.
   *
   * Firing is outside the lock, in batches, though inside would be simpler. fire() makes goroutines
   * runnable: it touches queues of the machine that runs it and may have to wake a thread, which is
   * the longest step of all. A runner preempted there would keep the whole shard from all other
   * runners, now it keeps one batch; and whatever fire() does, a re-entrant add or runDue or a
   * throw, it cannot leave the lock held. The price: I2's exception and N3. The decision FIRED is
   * made one by one just before each call, not when the batch is taken, so that cancel() works for
   * as long as it can.
   *
   * Bounds. A batch is at most BATCH nodes, and runDue fires no more than that per call, so a timer
   * that adds itself anew, already due, cannot hold its runner. Filing k new nodes costs
   * O(k log n), a sweep O(n) per n/4 cancellations: both are paid for by the adds that went before.
   * Adders that keep a recount from closing cost the runner RECOUNTS attempts, then the word stays
   * early.
   *
   * Failures. A throw of fire() goes to the failure handler; if the handler throws as well, the
   * rest of the batch goes back to the inbox first. An OutOfMemoryError when the heap must grow
   * leaves the nodes not yet filed in backlog, and the deadline is not raised while there are any,
   * so that service is tried again when it passes.
   *
   * Memory ordering. turn: CAS and exchange, volatile: they order the holders' plain accesses to
   * heap and backlog. filed: written by the holder, volatile; an estimate, nothing depends on its
   * order. The rest: NextDeadline, TimerInbox, Zombies, TimerNode.
   *
   * Evidence: LostTryLockStress, FireVsCancelStress, each with a broken twin;
   * TimerShardModelTest, TimerShardConcurrencyTest.
   */

  /// The most timers that one call of [#runDue(long)] fires. Keeps a dispatch short; no less than a
  /// few dozen, or a burst of due timers costs a run of the shard each.
  static final int BATCH = 128;

  // Any number from 1 is correct: if they are used up, the deadline stays early and service is
  // wanted again. More only save that.
  private static final int ROUNDS = 4;
  private static final int RECOUNTS = 3;
  private static final long FREE = -1; // less than any instant

  private static final VarHandle TURN =
      ConstantBootstraps.fieldVarHandle(
          MethodHandles.lookup(), "turn", VarHandle.class, TimerShard.class, long.class);

  static {
    warmUp();
  }

  private final TimerFailureHandler failures;
  private final NextDeadline next = new NextDeadline();
  private final TimerInbox inbox = new TimerInbox();
  private final Zombies zombies = new Zombies();

  private volatile long turn = FREE;

  // Guarded by turn.
  private final TimerHeap heap;
  private @Nullable TimerNode backlog;

  // heap.size() at the last release, for readers without the lock.
  private volatile int filed;

  /// An empty shard.
  ///
  /// @param failures is told what timers throw
  public TimerShard(TimerFailureHandler failures) {
    this(failures, new TimerHeap());
  }

  /// For tests that let the heap run out of room.
  TimerShard(TimerFailureHandler failures, TimerHeap heap) {
    this.failures = failures;
    this.heap = heap;
  }

  /// Adds a node, unless it was cancelled before. True if the caller should wake a sleeper, if
  /// there is any: the node became the earliest, or the shard is crowded with cancelled nodes and
  /// nobody has come by to serve it.
  ///
  /// Caller: any thread. Blocks: no; allocates nothing. An AssertionError if the node was added
  /// before; then nothing has changed.
  public boolean add(TimerNode node) {
    if (!node.schedule(this)) {
      return false;
    }
    inbox.push(node);
    return next.lower(node.deadline()) || zombies.ask();
  }

  /// No later than the earliest deadline of the pending nodes whose `add` has returned, as long as
  /// no runner has taken them; may be earlier. [TimeSource#NEVER] at first, and again once a run
  /// has found that none is left.
  ///
  /// Caller: any thread. One volatile read.
  public long nextDeadline() {
    return next.get();
  }

  /// Whether [#runDue(long)] has something to do: a timer may be due, or cancelled ones take too
  /// much room. Caller: any thread, on every dispatch. Two volatile reads.
  public boolean wantsService(long now) {
    return next.get() <= now || zombies.crowded();
  }

  /// Fires what is due at the instant `now`, sheds cancelled nodes if they are many, and raises the
  /// next deadline. If another thread is doing so, asks it to include `now` and returns at once.
  /// Returns how many timers this call fired; that is bounded by a batch of 128, and if more are
  /// due, `nextDeadline()` says so.
  ///
  /// Caller: any thread that may run [TimerNode#fire(long)]. Blocks: no.
  public int runDue(long now) {
    long until = Math.max(now, 0);
    int fired = 0;
    for (int round = 0; round < ROUNDS && fired < BATCH && acquire(until); round++) {
      TimerNode due = null;
      OutOfMemoryError shortage;
      try {
        zombies.calm();
        shortage = fileNew();
        sweep();
        due = takeDue(until, BATCH - fired);
        OutOfMemoryError later = recountAndTrim();
        shortage = shortage == null ? later : shortage;
      } finally {
        until = release();
      }
      fired += fireAll(due, until);
      if (shortage != null) {
        failures.failed(null, shortage);
        break;
      }
      if (next.get() > until) {
        break; // R3: only now may this thread leave
      }
    }
    return fired;
  }

  /// True: the caller holds the shard. False: the holder has been asked to run up to `now`.
  private boolean acquire(long now) {
    while (true) {
      long seen = turn;
      if (seen == FREE) {
        if (casTurn(FREE, now)) {
          return true;
        }
      } else if (seen >= now || casTurn(seen, now)) {
        return false;
      }
    }
  }

  /// Caller: lock held. The latest instant that anybody asked for.
  private long release() {
    int size = heap.size();
    if (filed != size) {
      filed = size;
    }
    return (long) TURN.getAndSet(this, FREE);
  }

  /// Caller: lock held. Moves what was added into the heap; returns what prevented it, if anything.
  private @Nullable OutOfMemoryError fileNew() {
    try {
      file(backlog);
      file(inbox.takeAll());
      return null;
    } catch (OutOfMemoryError e) {
      return e;
    }
  }

  /// Caller: lock held, and the chain is the backlog or there is no backlog. What cannot be filed
  /// is the backlog afterwards.
  private void file(@Nullable TimerNode chain) {
    TimerNode rest = chain;
    int shed = 0;
    try {
      while (rest != null) {
        TimerNode node = rest;
        if (node.isCancelled()) {
          shed++;
        } else {
          heap.add(node);
        }
        rest = node.next;
        node.next = null;
      }
    } finally {
      backlog = rest;
      zombies.remove(shed);
    }
  }

  /// Caller: lock held.
  private void sweep() {
    if (zombies.tooManyFor(heap.size())) {
      zombies.remove(heap.compact());
    }
    zombies.setLimitFor(heap.size());
  }

  /// Caller: lock held. A chain of at most `limit` due nodes, earliest first.
  private @Nullable TimerNode takeDue(long now, int limit) {
    TimerNode first = null;
    TimerNode last = null;
    int taken = 0;
    int shed = 0;
    while (taken < limit && heap.earliest() <= now) {
      TimerNode node = heap.poll();
      if (node == null) {
        break; // empty, and now is NEVER
      }
      if (node.isCancelled()) {
        shed++;
        continue;
      }
      if (last == null) {
        first = node;
      } else {
        last.next = node;
      }
      last = node;
      taken++;
    }
    zombies.remove(shed);
    return first;
  }

  /// Caller: lock held. Raises the next deadline if it can be, see NextDeadline.
  private @Nullable OutOfMemoryError recountAndTrim() {
    try {
      shedTop();
      for (int i = 0; i < RECOUNTS && backlog == null && heap.earliest() > next.get(); i++) {
        long old = next.openRecount();
        file(inbox.takeAll());
        if (next.closeRecount(old, heap.earliest())) {
          break;
        }
      }
      heap.trim();
      return null;
    } catch (OutOfMemoryError e) {
      return e;
    }
  }

  /// Caller: lock held. Cancelled nodes must not be what the next deadline is raised to.
  private void shedTop() {
    int shed = 0;
    for (TimerNode top = heap.peek(); top != null && top.isCancelled(); top = heap.peek()) {
      heap.poll();
      shed++;
    }
    zombies.remove(shed);
  }

  /// Caller: the thread that took the chain; lock not held.
  private int fireAll(@Nullable TimerNode chain, long now) {
    TimerNode rest = chain;
    int fired = 0;
    try {
      while (rest != null) {
        TimerNode node = rest;
        rest = node.next;
        node.next = null;
        if (node.claim()) {
          fired++;
          fire(node, now);
        } else {
          zombies.remove(1);
        }
      }
    } finally {
      giveBack(rest); // nothing, unless the failure handler threw
    }
    return fired;
  }

  @SuppressWarnings("ReferenceEquality") // a throwable cannot suppress itself; others may be equal
  private void fire(TimerNode node, long now) {
    try {
      node.fire(now);
    } catch (Throwable thrown) {
      try {
        failures.failed(node, thrown);
      } catch (Throwable second) {
        if (second != thrown) {
          second.addSuppressed(thrown);
        }
        throw second;
      }
    }
  }

  private void giveBack(@Nullable TimerNode chain) {
    TimerNode rest = chain;
    while (rest != null) {
      TimerNode node = rest;
      rest = node.next;
      inbox.push(node);
      next.lower(node.deadline());
    }
  }

  /// Caller: the canceller of a node of this shard.
  void noteCancelled() {
    zombies.add();
  }

  /// About how many timers are pending: neither fired nor cancelled. Exact at rest, unless the last
  /// run was short of memory.
  public int pending() {
    return Math.max(0, retained() - zombies.count());
  }

  /// About how many nodes, cancelled ones included, this shard keeps alive.
  int retained() {
    return filed + inbox.size();
  }

  private boolean casTurn(long from, long to) {
    return TURN.compareAndSet(this, from, to);
  }

  /// Checks I2 to I4 and the heap. Caller: a test, while no other thread uses the shard.
  ///
  /// @throws AssertionError that says which rule is broken
  public void checkInvariants() {
    if (!acquire(0)) {
      throw new AssertionError("checkInvariants needs a shard at rest, but it is being run");
    }
    try {
      int cancelled = heap.checkInvariants(nextDeadline());
      cancelled += checkChain(backlog) + checkChain(inbox.chain());
      if (cancelled != zombies.count()) {
        throw new AssertionError(
            "I4: " + zombies.count() + " cancelled nodes are counted, there are " + cancelled);
      }
    } finally {
      release();
    }
  }

  private int checkChain(@Nullable TimerNode chain) {
    int cancelled = 0;
    for (TimerNode node = chain; node != null; node = node.next) {
      if (node.isCancelled()) {
        cancelled++;
      } else if (node.isFired() || node.deadline() < nextDeadline()) {
        throw new AssertionError("I2: in a chain, next deadline " + nextDeadline() + ": " + node);
      }
    }
    return cancelled;
  }

  /// Takes each path once, so that no caller inside `execute` is the first to link a VarHandle
  /// access, and so that the classes here are loaded.
  private static void warmUp() {
    TimerShard shard = new TimerShard(WarmUp.HANDLER);
    for (int i = 0; i <= Zombies.FLOOR; i++) {
      TimerNode node = new WarmUp(2);
      shard.add(node);
      node.cancel();
    }
    shard.add(new WarmUp(1)); // asks
    shard.next.openRecount();
    shard.add(new WarmUp(3)); // finds the mark
    shard.runDue(TimeSource.NEVER);
    shard.add(new WarmUp(1));
    shard.acquire(0);
    shard.runDue(TimeSource.now()); // hands its request over
    shard.release();
    shard.runDue(1);
    shard.pending();
    shard.checkInvariants();
  }

  private static final class WarmUp extends TimerNode implements TimerFailureHandler {
    static final WarmUp HANDLER = new WarmUp(0);

    WarmUp(long deadline) {
      super(deadline);
    }

    @Override
    protected void fire(long now) {}

    @Override
    public void failed(@Nullable TimerNode node, Throwable thrown) {
      throw new AssertionError("warming up a timer shard failed", thrown);
    }
  }
}
