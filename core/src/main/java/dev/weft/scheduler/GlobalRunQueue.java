package dev.weft.scheduler;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// The queue that all processors of a scheduler share: FIFO, unbounded, with batches at both ends
/// (SCH-1, SCH-5, SCH-9, SCH-11, SCH-31). Any thread may call it.
class GlobalRunQueue { // open for one test, which makes newChunk fail
  /*
   * GlobalRunQueue: deque of references under a spin lock that is held for a few instructions, or
   * for the copying of one batch, a few hundred references at most. size is wait-free.
   *
   * Origin.    Go's scheduler chains its global queue through the Gs, under the scheduler lock.
   *            Here a task may be queued twice, so a chain through tasks is out: references in
   *            chunks.
   * Rejected.  A lock-free queue: it has no batch at the head, and the lock is contended only when
   *            rings over- or underflow. An array that doubles: the copying would hold the lock for
   *            milliseconds. A lock that parks: this code runs inside Executor.execute, on pinned
   *            virtual threads and on JDK threads that must not wait for a carrier.
   *
   * Picture    The chunks form a circle. From first to last they hold tasks, the others are spares.
   *
   *              +-> first [ . . A B C ] <-> [ D E F G H ] <-> last [ I J . . . ] <-+
   *              |               ^firstIndex                            ^lastIndex  |
   *              +---------------------> spare <-> spare <--------------------------+
   *
   *            The tail moves on into the spare after last; the head moves back into the spare
   *            before first; an emptied first chunk becomes a spare where it is. Only chunks beyond
   *            MAX_SPARES leave the circle, for the collector.
   *
   * Invariants (checked by checkInvariants; hold whenever the lock is free)
   *   I1  The slots from first[firstIndex] up to, not including, last[lastIndex] hold tasks; there
   *       are `size` of them, and all other slots are null.
   *   I2  The circle is the same in both directions and has `spares` chunks outside first..last.
   *   I3  If first and last differ, firstIndex < CHUNK: the oldest task is found without a step.
   *   I4  If the queue is empty, first is last and both indices are 0: a queue that is emptied
   *       again and again stays in one chunk.
   *
   * Under the lock there is no allocation and no call, so nothing that throws. Two calls cannot be
   *   avoided: the compare-and-set in addLastHalf, which comes before any change, under a finally;
   *   and the publication of a batch, which happens on a machine's own stack only. So neither
   *   OutOfMemoryError nor StackOverflowError leaves the lock held or the queue half changed,
   *   however deep the stack of a goroutine is. This is why the critical sections are written
   *   out, why they loop where System.arraycopy would do, and why the lock is given back by a write
   *   to a volatile field, which unlike VarHandle.setRelease is no call. Chunks are allocated while
   *   the lock is free (lockWithRoom).
   *
   * Linearization points
   *   adds, takes that return a task   the volatile write of size
   *   takes that return null           their read of size: 0
   *   size                             its volatile read
   *
   * Memory ordering
   *   field        written by / mode             read by / mode
   *   lock         all / CAS; volatile write     all / CAS; volatile read while waiting
   *   size         lock holder / volatile write  lock holder; all / volatile read
   *   all others   lock holder / plain           lock holder / plain
   *   What is plain is ordered by the lock: volatile write, then a successful CAS. size is volatile
   *   on its own account: it is read without the lock, also in the recheck before parking.
   *     submitter: [add; read idle and spinning counts]
   *     parker:    [give back the spinning count (atomic); read size; park]
   *   These are all volatile accesses, so one of the two sees the other (SCH-20); unlike after a
   *   put into a ring, no further fence is needed.
   *
   * Race R1    A batch is published in the ring before size goes down. The other way round it would
   *   be in no queue for a moment, and whoever takes it wakes nobody for it:
   *     taker: size 2 -> 0 | machine: goes idle, looks: all queues are empty, sleeps
   *                        | taker: publishes the batch, runs its first task; the rest waits
   *   Now a machine that reads the lower size sees the ring filled.
   *
   * Progress   A waiter spins SPINS times, longer than a batch takes, then supposes that the holder
   *   has lost its CPU and calls osYield before each further look. It never parks. Not fair: a few
   *   machines, each of which does far more outside than inside, do not starve each other.
   * Lock rank  Innermost: no other lock is taken while it is held, and no foreign code runs.
   *
   * Evidence   GlobalRunQueueTest, RunQueueModelTest, GlobalRunQueueConcurrencyTest and, in the
   *            stress tests, GlobalRunQueueStress, whose broken twin takes the lock by a test and a
   *            store, and IdleWakeStress (R1).
   */

  /// The most that one [#pollBatch] takes (SCH-9).
  static final int MAX_BATCH = 128;

  /// References in a chunk. More than a whole ring with its runnext, so that each add of the
  /// scheduler's own allocates at most one chunk.
  static final int CHUNK = 512;

  /// Spare chunks that are kept for later.
  static final int MAX_SPARES = 8;

  private static final @Nullable Schedulable[] NO_SLOTS = {};
  private static final int SPINS = 128;
  private static final int FREE = 0;
  private static final int HELD = 1;

  private static final VarHandle LOCK =
      ConstantBootstraps.fieldVarHandle(
          MethodHandles.lookup(), "lock", VarHandle.class, GlobalRunQueue.class, int.class);

  private final Runnable osYield;

  private volatile int lock = FREE;
  private volatile int size;

  // guarded by lock
  private Chunk first;
  private Chunk last;
  private int firstIndex; // of the oldest task in first
  private int lastIndex; // after the newest task in last
  private int spares;

  /// An empty queue. `osYield` is called again and again while the lock stays held for long: it
  /// lets another thread run on this CPU and returns. It must work on a pinned virtual thread
  /// (where Thread.yield does nothing) and must neither throw nor use this queue.
  GlobalRunQueue(Runnable osYield) {
    this.osYield = osYield;
    first = new Chunk();
    last = first;
    lock(); // links the call of the VarHandle, so that it is not linked inside execute
    lock = FREE;
  }

  /// How many tasks are queued. Caller: any thread. Blocks: no.
  int size() {
    return size;
  }

  /// Adds `task` at the tail. If memory runs out, the queue is as before. Caller: any thread.
  /// Blocks: spins on the lock.
  void addLast(Schedulable task) {
    lockWithRoom(1, true);
    if (lastIndex == CHUNK) {
      last = last.next;
      lastIndex = 0;
      spares--;
    }
    last.slots[lastIndex++] = task;
    int before = size;
    size = before + 1;
    lock = FREE;
  }

  /// Adds the first `count` of `tasks` at the tail, in order and at once. If memory runs out, the
  /// queue is as before. Caller: any thread. Blocks: spins on the lock.
  void addLast(@Nullable Schedulable[] tasks, int count) {
    Objects.checkFromIndexSize(0, count, tasks.length);
    lockWithRoom(count, true);
    for (int i = 0; i < count; i++) {
      if (lastIndex == CHUNK) {
        last = last.next;
        lastIndex = 0;
        spares--;
      }
      last.slots[lastIndex++] = tasks[i];
    }
    int before = size;
    size = before + count;
    lock = FREE;
  }

  /// Moves the oldest half of `ring`, if it is full, to the tail, followed by `extra`, at once
  /// (SCH-5). False, and nothing is changed, if thieves have made room in the ring. If memory runs
  /// out, ring and queue are as before. Caller: owner of `ring`. Blocks: spins on the lock.
  boolean addLastHalf(LocalRunQueue ring, Schedulable extra) {
    int count = LocalRunQueue.HALF + 1;
    int oldest = ring.tail() - LocalRunQueue.SIZE;
    lockWithRoom(count, true);
    try {
      if (!ring.claimOldestHalf()) {
        return false;
      }
      for (int i = 0; i < count; i++) {
        if (lastIndex == CHUNK) {
          last = last.next;
          lastIndex = 0;
          spares--;
        }
        last.slots[lastIndex++] =
            i < LocalRunQueue.HALF ? ring.slots[(oldest + i) & LocalRunQueue.MASK] : extra;
      }
      int before = size;
      size = before + count;
      return true;
    } finally {
      lock = FREE;
    }
  }

  /// Adds the first `count` of `tasks` at the head, at once, so that `tasks[0]` is the next to be
  /// taken (SCH-31). If memory runs out, the queue is as before. Caller: any thread. Blocks: spins
  /// on the lock.
  void addFirst(@Nullable Schedulable[] tasks, int count) {
    Objects.checkFromIndexSize(0, count, tasks.length);
    lockWithRoom(count, false);
    for (int i = count - 1; i >= 0; i--) {
      if (firstIndex == 0) {
        first = first.prev;
        firstIndex = CHUNK;
        spares--;
      }
      first.slots[--firstIndex] = tasks[i];
    }
    int before = size;
    size = before + count;
    lock = FREE;
  }

  /// Takes exactly one task from the head (SCH-8), null if there is none. Caller: any thread.
  /// Blocks: spins on the lock.
  @Nullable Schedulable pollFirst() {
    return size == 0 ? null : take(1, 1, null);
  }

  /// Takes the fair share of one of `procs` processors from the head: min(size, size / procs + 1,
  /// 128), or fewer if the ring `into` lacks room (SCH-9, SCH-10). The first is returned, the
  /// others go to the tail of `into`, in order. Null if there is none. Caller: owner of `into`, on
  /// its machine: it is not meant for a stack about to overflow. Blocks: spins on the lock.
  @Nullable Schedulable pollBatch(int procs, LocalRunQueue into) {
    if (procs < 1) {
      throw new IllegalArgumentException("procs must be at least 1, not " + procs);
    }
    return size == 0 ? null : take(procs, Math.min(MAX_BATCH, into.room() + 1), into);
  }

  private @Nullable Schedulable take(int procs, int limit, @Nullable LocalRunQueue into) {
    @Nullable Schedulable[] ring = into == null ? NO_SLOTS : into.slots;
    int end = into == null ? 0 : into.tail();
    Schedulable head = null;
    lock();
    int available = size;
    int count = available / procs + 1;
    count = count > available ? available : count;
    count = count > limit ? limit : count;
    for (int i = 0; i < count; i++) {
      Schedulable task = first.slots[firstIndex];
      first.slots[firstIndex++] = null;
      if (i == 0) {
        head = task;
      } else {
        ring[(end + i - 1) & LocalRunQueue.MASK] = task;
      }
      if (firstIndex == CHUNK && first != last) {
        Chunk empty = first;
        first = empty.next;
        firstIndex = 0;
        if (spares < MAX_SPARES) {
          spares++;
        } else {
          empty.prev.next = first;
          first.prev = empty.prev;
          empty.prev = empty; // an old dropped chunk must not keep younger ones alive
          empty.next = empty;
        }
      }
    }
    if (count == available) {
      firstIndex = 0;
      lastIndex = 0;
    }
    if (into != null) {
      into.publish(count - 1); // R1
    }
    size = available - count;
    lock = FREE;
    return head;
  }

  /// Takes the lock, with room for `count` more tasks at the tail or at the head. Allocates without
  /// the lock and looks again: up to CHUNK tasks at most one chunk is missing, and it is used in
  /// the same critical section that links it.
  private void lockWithRoom(int count, boolean atTail) {
    lock();
    while ((atTail ? CHUNK - lastIndex : firstIndex) + spares * CHUNK < count) {
      lock = FREE;
      Chunk fresh = newChunk();
      lock();
      fresh.prev = last;
      fresh.next = last.next;
      fresh.next.prev = fresh;
      last.next = fresh;
      spares++;
    }
  }

  private void lock() {
    if (!LOCK.compareAndSet(this, FREE, HELD)) {
      lockSlow();
    }
  }

  private void lockSlow() {
    int spins = 0;
    do {
      while (lock != FREE) {
        if (spins < SPINS) {
          spins++;
          Thread.onSpinWait();
        } else {
          osYield.run();
        }
      }
    } while (!LOCK.compareAndSet(this, FREE, HELD));
  }

  Chunk newChunk() {
    return new Chunk();
  }

  /// Checks I1 to I4. Caller: any thread, in tests: it walks through everything under the lock.
  void checkInvariants() {
    lock();
    try {
      check(first == last || firstIndex < CHUNK, "I3: the first chunk is used up");
      check(
          size > 0 || (first == last && firstIndex == 0 && lastIndex == 0),
          "I4: empty, but not at the start of one chunk");
      int tasks = 0;
      int outside = 0;
      boolean beyondLast = false;
      Chunk chunk = first;
      do {
        int from = chunk == first ? firstIndex : 0;
        int to = chunk == last ? lastIndex : CHUNK;
        for (int i = 0; i < CHUNK; i++) {
          boolean full = !beyondLast && i >= from && i < to;
          check(
              (chunk.slots[i] != null) == full, "I1: a slot is full or empty against the indices");
          tasks += full ? 1 : 0;
        }
        check(chunk.next.prev == chunk, "I2: two neighbours disagree");
        outside += beyondLast ? 1 : 0;
        beyondLast |= chunk == last;
        chunk = chunk.next;
      } while (chunk != first);
      check(tasks == size, "I1: size");
      check(beyondLast && outside == spares, "I2: number of spares");
    } finally {
      lock = FREE;
    }
  }

  private void check(boolean holds, String invariant) {
    if (!holds) {
      throw new AssertionError(
          "GlobalRunQueue "
              + invariant
              + " (size "
              + size
              + ", first index "
              + firstIndex
              + ", last index "
              + lastIndex
              + ", spares "
              + spares
              + ")");
    }
  }

  /// 512 references and its two neighbours in the circle, itself to begin with.
  static final class Chunk {
    final @Nullable Schedulable[] slots = new @Nullable Schedulable[CHUNK];
    Chunk prev = this;
    Chunk next = this;
  }
}
