package dev.weft.scheduler;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The ring of one processor: up to 256 runnable tasks, filled at the tail by the processor that
/// owns it, emptied at the head by its owner and by thieves (SCH-1, SCH-3, SCH-5, SCH-14, SCH-16).
///
/// Owner means the thread that drives the processor at that moment. Where a method names the owner
/// as its caller, two threads never call it at once, and a hand-over orders them.
final class LocalRunQueue {
  /*
   * LocalRunQueue: bounded FIFO, one producer, any number of consumers. offer, isEmpty and size are
   * wait-free; poll, stealInto and drainTo are lock-free (a retry means that somebody else took
   * something); put waits for the spin lock of the global queue when the ring is full.
   *
   * Origin.    The run queue of Go's scheduler (runtime/proc.go: runqput, runqget, runqgrab; design
   *            by Dmitry Vyukov, 2012). Changed: a full ring moves its half straight into the
   *            global queue, with no list in between, so that running out of memory leaves both as
   *            they were; a steal takes no more than the thief has room for, instead of trusting
   *            that the thief's ring is empty; runnext is a class of its own (RunNext).
   * Rejected.  A Chase-Lev deque: its owner works at the young end, so old tasks starve, and a
   *            thief takes one at a time. Links inside tasks: a task may be queued twice.
   *
   * Picture    head = 3, tail = 7 (a ring of 8 for brevity)
   *
   *              0   1   2   3   4   5   6   7
   *            [ . | . | . | A | B | C | D | . ]     poll -> A     steal -> runs B, queues A
   *                          ^head           ^tail   offer(E) fills slot 7
   *
   * States     of slot i & 255, for a position i
   *   FREE  i outside [head, tail)   only the owner may write it; what it contains is stale
   *   FULL  i inside [head, tail)    holds a task; nobody writes it; claimable by anyone
   *
   *            write slot, then tail = i + 1 (owner)
   *     FREE ------------------------------------------> FULL
   *          <------------------------------------------
   *            CAS head to beyond i (owner or thief: who succeeds has the task)
   *
   * Invariants (checked by checkInvariants)
   *   I1  tail - head is in 0..256. Both counters only grow and may wrap around.
   *   I2  Slots of [head, tail) are not null.
   *   I3  Only the owner writes tail and slots.
   *   I4  Slots are read before the CAS on head that claims them, except by the owner: as only it
   *       writes slots, it may read what it has claimed afterwards (a spill does).
   *
   * Non-invariants
   *   N1  size() of somebody else's ring is a hint.
   *   N2  A FREE slot is not null. A thief must not clear it after its CAS, as the owner may have
   *       filled it again. So up to 256 finished tasks stay reachable until they are overwritten or
   *       the owner calls forget(); a task should drop what it holds when it ends.
   *   N3  A counter has 32 bits: a thief that sleeps between its reads and its CAS while exactly
   *       2^32 tasks (or a multiple) are taken would not notice. At ten million a second that is a
   *       sleep of seven minutes that ends on the right one of four billion. Accepted.
   *
   * Linearization points
   *   offer -> true               the release store of tail
   *   offer -> false              its read of head (the owner knows tail)
   *   poll, stealInto, drainTo    the successful CAS on head
   *   poll -> null                its read of head: equal to tail, which only the caller writes
   *   stealInto -> null           its read of tail: head was read before and never passes tail, so
   *                               equal means empty. Not linearizable against an offer that has
   *                               just returned: with acquire reads a thief may still miss it. It
   *                               relies on the recheck before parking.
   *   isEmpty                     see the methods
   *   put that spills             the ring loses its half at the CAS, the global queue gains it by
   *                               its size. In between nobody sees these tasks; they are in the
   *                               hands of a running owner, which wakes others afterwards.
   *
   * Memory ordering
   *   field   written by / mode   read by / mode      why
   *   slots   owner / plain       all / plain         published by tail, protected by head
   *   tail    owner / release     owner / plain       nobody else writes it
   *                               thief / acquire     who sees the position must see its task
   *   head    all / CAS           thief / acquire     read before tail and before the slots
   *                               owner / acquire     it may overwrite a slot only after a thief's
   *                                                   read of it: thief reads, CAS (release half);
   *                                                   owner acquires that head, writes
   *   both    as above            isEmpty / volatile  the recheck: atomic, then these reads
   *   A release CAS would do on head. A full one costs the same on x86 and needs no argument.
   *   Store-load fence: in the callers (SCH-20), and isEmpty takes part in it
   *     submitter: [offer; FULL FENCE; read idle and spinning counts]
   *     parker:    [give back the spinning count (atomic); isEmpty of all rings; park]
   *
   * Races
   *   R1  Copy and refill. Thief reads head 0 and slots 0..63 | owner polls 64 and puts 256 more,
   *       so that slot 0 holds task 256 | thief: CAS head 0 -> 64. The owner could refill slot 0
   *       only after head had moved beyond it, and head never comes back, so the CAS fails and the
   *       copy is thrown away. It lies in FREE slots of the thief's own ring, where nobody looks.
   *   R2  Two moments. Thief reads head 0 | others take 200, the owner puts 300 | thief reads tail
   *       400. Head has moved, so the CAS would fail whatever the length; one beyond 256 is told
   *       apart at once and spares the copying.
   *   R3  Spill against steal. Owner sees 256 | thief takes 128 | the owner's CAS expects head to
   *       be tail - 256 and fails; its next offer finds room.
   *
   * Evidence   LocalRunQueueTest, RunQueueModelTest, LocalRunQueueConcurrencyTest and, in the
   *            stress tests, LocalRunQueueStress, whose broken twins move head by a store, or move
   *            tail before the slot is filled. The acquire and release modes have no twin: on x86
   *            their absence does not show.
   */

  /// Tasks that fit into a ring; a power of two.
  static final int SIZE = 256;

  /// What a full ring gives away, and the most that a thief takes.
  static final int HALF = SIZE / 2;

  /// Turns a position into a slot index.
  static final int MASK = SIZE - 1;

  private static final VarHandle HEAD =
      ConstantBootstraps.fieldVarHandle(
          MethodHandles.lookup(), "head", VarHandle.class, LocalRunQueue.class, int.class);
  private static final VarHandle TAIL =
      ConstantBootstraps.fieldVarHandle(
          MethodHandles.lookup(), "tail", VarHandle.class, LocalRunQueue.class, int.class);

  static { // links each call of a VarHandle below, so that none is linked inside execute
    LocalRunQueue scratch = new LocalRunQueue();
    scratch.headAcquire();
    scratch.headVolatile();
    scratch.casHead(0, 0);
    scratch.tailAcquire();
    scratch.tailVolatile();
    scratch.setTailRelease(0);
  }

  /// Written by the owner; also by [GlobalRunQueue] in methods that the owner calls.
  final @Nullable Schedulable[] slots = new @Nullable Schedulable[SIZE];

  /// Written by the owner, with release; others read it through the accessors below.
  private int tail;

  /// Moved by anyone, by compare-and-set.
  private int head;

  LocalRunQueue() {
    this(0);
  }

  /// A ring whose counters start at `start`: tests let them wrap around.
  LocalRunQueue(int start) {
    head = start;
    tail = start;
  }

  /// Puts `task` at the tail; false if the ring is full. Caller: owner. Blocks: no.
  boolean offer(Schedulable task) {
    int position = tail;
    if (position - headAcquire() == SIZE) {
      return false;
    }
    slots[position & MASK] = task;
    setTailRelease(position + 1);
    return true;
  }

  /// Puts `task` at the tail. A full ring first moves its oldest 128 tasks, followed by `task`, to
  /// the tail of `global` in one batch (SCH-5). If memory runs out, `task` is in no queue and both
  /// queues are as before. Caller: owner. Blocks: spins on the lock of `global` if the ring is
  /// full.
  void put(Schedulable task, GlobalRunQueue global) {
    while (!offer(task)) {
      if (global.addLastHalf(this, task)) {
        return;
      }
    }
  }

  /// Takes from the head; null if the ring is empty. Caller: owner. Blocks: no.
  @Nullable Schedulable poll() {
    while (true) {
      int first = headAcquire();
      if (first == tail) {
        return null;
      }
      Schedulable task = slots[first & MASK];
      if (casHead(first, first + 1)) {
        return task;
      }
    }
  }

  /// Moves the older half of this ring, rounded up, into the ring of the calling `thief`, except
  /// for the last task taken, which is returned to be run at once (SCH-14). Takes fewer if the
  /// thief lacks room. Null if there is nothing to steal. Caller: owner of `thief`. Blocks: no.
  @Nullable Schedulable stealInto(LocalRunQueue thief) {
    int limit = thief.room() + 1;
    while (true) {
      int first = headAcquire();
      int length = tailAcquire() - first;
      if (length == 0) {
        return null;
      }
      if (length < 0 || length > SIZE) {
        continue; // head and tail of different moments (R2)
      }
      int last = Math.min(length - length / 2, limit) - 1;
      for (int i = 0; i < last; i++) {
        thief.slots[(thief.tail + i) & MASK] = slots[(first + i) & MASK];
      }
      Schedulable runNow = slots[(first + last) & MASK];
      if (casHead(first, first + last + 1)) {
        thief.publish(last);
        return runNow;
      }
    }
  }

  /// Takes everything, oldest first, into `into` from index `at` on, and returns how many that
  /// were. There must be room for [#SIZE]. For a hand-back with [GlobalRunQueue#addFirst]. Caller:
  /// owner. Blocks: no.
  int drainTo(@Nullable Schedulable[] into, int at) {
    while (true) {
      int first = headAcquire();
      int length = tail - first;
      for (int i = 0; i < length; i++) {
        into[at + i] = slots[(first + i) & MASK];
      }
      if (length == 0 || casHead(first, tail)) {
        return length;
      }
    }
  }

  /// Clears the slots of an empty ring, which still refer to tasks that have left it (N2); does
  /// nothing if the ring is not empty. Safe against a thief in the middle of a steal: it has read a
  /// head smaller than the tail, but now head equals tail and never comes back, so its CAS fails
  /// and it throws away what it copied, nulls or not. Caller: owner. Blocks: no.
  void forget() {
    if (headAcquire() == tail) {
      Arrays.fill(slots, null);
    }
  }

  /// How many more tasks fit; grows by itself as thieves take. Caller: owner.
  int room() {
    return SIZE - (tail - headAcquire());
  }

  /// The position after the newest task. Caller: owner.
  int tail() {
    return tail;
  }

  /// Makes the `count` slots from the tail on, which the caller has filled, claimable in order by
  /// one release store. Caller: owner.
  void publish(int count) {
    if (count > 0) {
      setTailRelease(tail + count);
    }
  }

  /// Claims the oldest half if the ring is full: its slots, which start at `tail() - SIZE`, stay
  /// readable until the owner fills them again. Caller: owner. Blocks: no.
  boolean claimOldestHalf() {
    int first = tail - SIZE; // where head is if the ring is full
    return casHead(first, first + HALF);
  }

  /// Whether the ring was empty at some moment of the call. Linearizes at the read of tail: head
  /// was read before and never passes tail, so if they are equal, head had not moved in between. If
  /// they differ, the ring held something during the call.
  ///
  /// Volatile, for the recheck before parking (SCH-20). The parker has given back its spinning
  /// count by an atomic before, the submitter has a full fence between its put and its read of that
  /// count: so these reads see the put, or the submitter sees the count. Caller: any thread.
  /// Blocks: no.
  boolean isEmpty() {
    int first = headVolatile();
    return first == tailVolatile();
  }

  /// Whether ring and `next` were empty at one and the same moment. Looking at one after the other
  /// would not do:
  ///
  /// ```
  /// observer: ring is empty | owner: puts B, which kicks A from next into the ring
  ///                         | owner: takes B from next           | observer: next is empty
  /// ```
  ///
  /// says "empty", though A or B was there all the time. An unchanged tail rules that out, since
  /// the ring then stayed empty while `next` was read; a changed one means that something was put,
  /// so that "not empty" holds for a moment of the call. Caller: any thread. Blocks: no.
  boolean isEmpty(RunNext next) {
    int first = headVolatile();
    int end = tailVolatile();
    return first == end && next.isEmpty() && end == tailVolatile();
  }

  /// How many tasks the ring holds: exact for the owner while there are no thieves, a hint in
  /// 0..256 for everybody else.
  int size() {
    int first = headVolatile();
    return Math.clamp(tailVolatile() - first, 0, SIZE);
  }

  /// Checks I1 and I2. Caller: the owner, with no thieves about.
  void checkInvariants() {
    int length = tail - head;
    if (length < 0 || length > SIZE) {
      throw new AssertionError(
          "LocalRunQueue I1: head " + head + " and tail " + tail + " are not 0..256 apart");
    }
    for (int i = head; i != tail; i++) {
      if (slots[i & MASK] == null) {
        throw new AssertionError(
            "LocalRunQueue I2: no task at position " + i + " of [" + head + ", " + tail + ")");
      }
    }
  }

  private int headAcquire() {
    return (int) HEAD.getAcquire(this);
  }

  private int headVolatile() {
    return (int) HEAD.getVolatile(this);
  }

  private boolean casHead(int expected, int next) {
    return HEAD.compareAndSet(this, expected, next);
  }

  private int tailAcquire() {
    return (int) TAIL.getAcquire(this);
  }

  private int tailVolatile() {
    return (int) TAIL.getVolatile(this);
  }

  private void setTailRelease(int next) {
    TAIL.setRelease(this, next);
  }
}
