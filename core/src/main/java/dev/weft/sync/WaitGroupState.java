package dev.weft.sync;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;
import static java.lang.invoke.MethodHandles.lookup;

import dev.weft.internal.park.StackProbe;
import dev.weft.internal.park.WaitNode;
import dev.weft.internal.park.WaitQueue;
import dev.weft.internal.park.WakeList;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// The state of a wait group: one word, and the queue of those who wait for its counter.
abstract sealed class WaitGroupState permits WaitGroup {

  /*
   * WaitGroup: a counter, and threads that wait until it is zero.
   *
   * Origin.   sync.WaitGroup of Go: the same word. Different here: the step to zero. Go lets the
   *           counter become zero first and takes the waiters out of the word afterwards, and in between
   *           looks for misuse. Here both are one compare-and-set, under the lock of the queue: the
   *           word (1, n waiters) becomes (0, 0). So "zero, and somebody waits" is never to be seen,
   *           and WG-5 cannot be violated: whoever adds then comes before that step or after it. That
   *           somebody used the group again too early shows in WG-6.
   *
   * Word      bits 32..63 counter   signed
   *           bits  0..31 waiters   the length of the queue
   *
   * States    of a waiter, by who may change them
   *   QUEUED    the queue; its outcome is pending
   *   RELEASED  itself: by the CAS of who took the counter to zero
   *   GONE      itself: it left by timeout or interrupt, and takes itself out of queue and count
   *
   * Invariants
   *   I1  Whoever holds the queue's lock finds waiters == length of the queue.
   *   I2  waiters > 0 implies counter != 0.
   *   Who may change what: the counter by anybody, by CAS, but from something to zero while somebody
   *   waits only under the queue's lock. waiters: under the queue's lock only.
   *
   * Linearization   add: its CAS. await: its read of a zero counter, or, if it waited, the CAS that made
   *           it zero. An await that gives up: the CAS that decides its wait.
   *
   * Memory ordering
   *   word     CAS, volatile       each done() is ordered before the read of the zero that it led to
   *            read, volatile      (WG-14): all changes of the counter are read-modify-writes of one word
   *   queue    CAS from null       published with its fields
   *   a released waiter reads its outcome with acquire, after the CAS that decided it, which comes after
   *            the CAS of the word, in the releasing thread
   *
   * Races
   *   R1  waiter: reads counter 1 | last done(): 1 to 0, nobody waits | waiter: queues up
   *       It counts itself by a CAS from a word with a counter, under the queue's lock: that fails.
   *   R2  last done(): reads (1, 0 waiters) | waiter: counts itself, (1, 1) | last done(): CAS fails
   *       It reads again, and goes for the lock.
   *   R3  last done(): wants to release, waits for the lock | the waiter gives up, and leaves
   *       Under the lock the word is (1, 0), and it is an ordinary step.
   *   R4  release takes W off | W has timed out: the CAS on its outcome fails
   *       W is not woken, and finds that it is in no queue and no count any more.
   *
   * Evidence  WaitGroupReleaseStress, WaitGroupLeaveStress, WaitGroupPublicationStress (jcstress, with
   *           twins); WaitGroupTest, WaitGroupStormTest.
   */

  static final long ONE = 1L << 32;

  /// Apart, as those of MutexState.
  private static final class Handles {
    static final VarHandle WORD =
        fieldVarHandle(lookup(), "word", VarHandle.class, WaitGroupState.class, long.class);
    static final VarHandle QUEUE =
        fieldVarHandle(lookup(), "queue", VarHandle.class, WaitGroupState.class, WaitQueue.class);
  }

  private volatile long word;
  private volatile @Nullable WaitQueue queue;

  final long word() {
    return word;
  }

  final boolean cas(long from, long to) {
    return Handles.WORD.compareAndSet(this, from, to);
  }

  static int counter(long word) {
    return (int) (word >> 32);
  }

  static int waiters(long word) {
    return (int) word;
  }

  /// The queue; made by the first who needs it.
  final WaitQueue queue() {
    WaitQueue present = queue;
    return present != null ? present : makeQueue();
  }

  private WaitQueue makeQueue() {
    WaitQueue made = new WaitQueue();
    WaitQueue first = (WaitQueue) Handles.QUEUE.compareAndExchange(this, null, made);
    return first == null ? made : first;
  }

  // ---- The steps under the lock of the queue; the caller has probed the stack ----

  /// Counts a waiter and queues it up.
  ///
  /// @return false when the counter is zero: then there is nothing to wait for
  final boolean enqueueUnlessZero(WaitQueue queue, WaitNode node) {
    queue.lock();
    long seen;
    do {
      seen = word;
    } while (counter(seen) != 0 && !cas(seen, seen + 1));
    boolean waits = counter(seen) != 0;
    if (waits) {
      queue.add(node);
    }
    queue.unlock();
    return waits;
  }

  /// Takes a waiter that has given up out of queue and count, if nobody has.
  final void leave(WaitQueue queue, WaitNode node) {
    queue.lock();
    if (queue.remove(node)) {
      long seen;
      do {
        seen = word;
      } while (!cas(seen, seen - 1));
    }
    queue.unlock();
  }

  /// Takes the counter to zero and releases all who wait, in the order of waiting (WG-4). What may
  /// fail for want of memory or stack comes first: then nothing has happened.
  ///
  /// @param seen the word, with waiters
  /// @return false when the word is another one by now, and nothing has happened
  final boolean release(long seen) {
    StackProbe.ensureMany(System.nanoTime());
    WakeList released = WakeList.withRoomFor(waiters(seen));
    if (!releaseInto(queue(), seen, released)) {
      return false;
    }
    released.wake();
    return true;
  }

  /// There is room for all: so many wait if the word is still the same.
  final boolean releaseInto(WaitQueue queue, long seen, WakeList released) {
    queue.lock();
    boolean done = cas(seen, 0);
    if (done) {
      released.decideAll(queue, 0);
    }
    queue.unlock();
    return done;
  }

  /// Fails with an AssertionError if word and queue contradict each other. At quiescence, or with
  /// waiters that are all blocked.
  final void checkInvariants() {
    WaitQueue present = queue;
    int waiting = 0;
    if (present != null) {
      present.lock();
      try {
        present.checkInvariants();
        waiting = present.size();
      } finally {
        present.unlock();
      }
    }
    long seen = word;
    if (waiters(seen) != waiting || (waiting != 0 && counter(seen) == 0)) {
      throw new AssertionError(
          waiting
              + " wait, but the word says: counter "
              + counter(seen)
              + ", waiters "
              + waiters(seen));
    }
  }
}
