package dev.weft.sync;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;
import static java.lang.invoke.MethodHandles.lookup;

import dev.weft.internal.park.WaitNode;
import dev.weft.internal.park.WaitQueue;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// The state of a readers-writer mutex: who reads, and in which phase it is.
abstract sealed class RWState permits RWMutex {

  /*
   * RWMutex: any number of readers or one writer; a writer that has announced itself goes before
   * readers that come later.
   *
   * Origin.   sync.RWMutex of Go: writers exclude each other by a Mutex; a writer announces itself in
   *           the readers' counter, so that reading costs one atomic addition; then it waits until
   *           those who read at that moment have left. Different here: Go makes the counter negative
   *           and counts departures and permits in three more words. Those cannot take back an
   *           announcement, and a writer here may give up (interrupt, timeout). So the counter shares
   *           its word with the number of a phase.
   *
   * Word      bits 32..63 phase    odd while a writer is announced or writes; up by one at each change
   *           bits  0..31 readers  2^31 + those who read, or wait to read, never less than none. A
   *                                reader that finds bit 30 set is one too many (RW-13): one look
   *                                tells both that and a phase that is odd. The other 2^30 numbers
   *                                are for those who are about to find out
   *
   * Phases    even: READING     everybody may read
   *           odd:  DRAINING    a writer waits for `owed` readers that came before it; new ones wait
   *                 WRITING     it writes
   *
   *      announce (+1)       the last owed one leaves         unlock (+1)
   *   READING --------> DRAINING --------------> WRITING ----------------> READING of the next phase
   *                        |  the writer gives up (+1)                           ^
   *                        +-----------------------------------------------------+
   *   Only the holder of `writers`, the mutex, moves along the arrows, but for the last owed reader.
   *
   * A reader  adds 1 and looks at the phase of the same moment. Even: it reads. Odd: under the queue's
   *           lock it looks whether that phase is over; if so it reads, else it queues up. At the end of
   *           a phase all who are in the queue are told to read (RW-6), before another writer can come.
   *           To leave it takes 1 off; if the phase is odd then, its departure may be owed.
   *
   * Invariants
   *   I1  Under the queue's lock: a reader is in the queue only if the phase of its addition lasts, or
   *       whoever has ended it is about to take all off.
   *   I2  owed, of the phase it belongs to, is the number of readers at the announcement less those
   *       that have left; it may be below zero until the writer has added that number.
   *   I3  A departure counts only for the phase in which the reader left; one that comes too late,
   *       because the writer has given up, changes nothing.
   *   I4  WRITING implies that everybody in the count waits, or is about to find out that it has to.
   *
   * Linearization   rlock: its addition if the phase is even or over by then, else the CAS that
   *           decides its wait. runlock: its subtraction. lock: its addition if nobody reads, else the
   *           departure that makes owed zero. unlock, and a writer's giving up: the step of the phase.
   *
   * Memory ordering
   *   state     atomic add, CAS: volatile     reader and writer see each other in this one word
   *   queue     CAS from null                 before the first announcement; so who finds an odd phase
   *                                           finds the queue, and nothing is allocated on the way out
   *   owed etc. plain, under the queue's lock
   *   handing over   a departing reader's work is visible to the writer: its subtraction and the
   *                  writer's addition are on one word, or the queue's lock and the CAS of the decision
   *                  order them (RW-14)
   *
   * Races
   *   R1  reader: adds 1, sees DRAINING | writer: unlocks, nobody in the queue | reader: queues up?
   *       It looks at the phase again under the queue's lock, finds it over, and reads.
   *   R2  reader: subtracts 1, sees DRAINING of phase 5 | writer gives up; another announces: phase 7 |
   *       reader: comes to count. Phase 5 is over: it counts nothing. It was not in 7's number either.
   *   R3  a queued reader gives up | the phase ends, all are taken off, its decision fails
   *       It finds that it is off the queue: then it counts as reading since, and leaves like a reader.
   *
   * Evidence  RWExclusionStress, RWLeaveStress, RWPreferenceStress (jcstress, with twins);
   *           RWMutexContract; RWMutexStormTest.
   */

  static final long ONE_PHASE = 1L << 32;
  private static final long NOBODY = 1L << 31;

  /// At most so many read or wait to read (RW-13). A bit that is set in the word when they do.
  static final int MAX_READERS = 1 << 30;

  /// Apart, as those of MutexState.
  private static final class Handles {
    static final VarHandle STATE =
        fieldVarHandle(lookup(), "state", VarHandle.class, RWState.class, long.class);
    static final VarHandle QUEUE =
        fieldVarHandle(lookup(), "queue", VarHandle.class, RWState.class, Drain.class);
  }

  private volatile long state = NOBODY;
  private volatile @Nullable Drain queue;

  /// Excludes writers from each other.
  final Mutex writers;

  RWState(Mutex writers) {
    this.writers = writers;
  }

  /// The queue of readers, and what a writer waits for. All under its lock.
  static final class Drain extends WaitQueue {

    /// The phase that `owed` belongs to.
    int phase;

    /// How many departures the writer waits for.
    int owed;

    /// The writer that waits, or null.
    @Nullable WaitNode writer;

    /// Turns to a phase, in which nothing has been counted yet unless it is the present one.
    void turnTo(int current) {
      if (phase != current) {
        phase = current;
        owed = 0;
      }
    }
  }

  final long state() {
    return state;
  }

  final boolean cas(long from, long to) {
    return Handles.STATE.compareAndSet(this, from, to);
  }

  /// Adds, and returns the state before.
  final long add(long difference) {
    return (long) Handles.STATE.getAndAdd(this, difference);
  }

  static int readers(long state) {
    return (int) ((state & 0xFFFF_FFFFL) - NOBODY);
  }

  static int phase(long state) {
    return (int) (state >>> 32);
  }

  /// Whether a writer is announced or writes.
  static boolean hasWriter(long state) {
    return (state & ONE_PHASE) != 0;
  }

  /// Whether somebody who wants to read has to stop and look: a writer is there, or the most
  /// readers.
  static boolean stopsReaders(long state) {
    return (state & (ONE_PHASE | MAX_READERS)) != 0;
  }

  static boolean isFull(long state) {
    return (state & MAX_READERS) != 0;
  }

  /// The queue; made by the first writer, before it announces itself.
  final Drain queue() {
    Drain present = queue;
    return present != null ? present : makeQueue();
  }

  private Drain makeQueue() {
    Drain made = new Drain();
    Drain first = (Drain) Handles.QUEUE.compareAndExchange(this, null, made);
    return first == null ? made : first;
  }

  /// Fails with an AssertionError if word and queue contradict each other. At quiescence, or with
  /// waiters that are all blocked.
  final void checkInvariants() {
    writers.checkInvariants();
    Drain present = queue;
    int waiting = 0;
    int owed = 0;
    if (present != null) {
      present.lock();
      try {
        present.checkInvariants();
        waiting = present.size();
        owed = present.writer == null ? 0 : present.owed;
      } finally {
        present.unlock();
      }
    }
    long seen = state;
    if (readers(seen) < waiting
        || owed < 0
        || (hasWriter(seen) ? readers(seen) != waiting + owed : waiting != 0)
        || (hasWriter(seen) && !writers.isLocked())) {
      throw new AssertionError(
          waiting
              + " wait to read, a writer for "
              + owed
              + ", but the word says: "
              + describe(seen));
    }
  }

  static String describe(long state) {
    int readers = readers(state);
    String reading = readers == 1 ? "1 reader" : readers + " readers";
    return hasWriter(state)
        ? "writer" + (readers == 0 ? "" : ", " + reading + " before or behind it")
        : readers == 0 ? "unlocked" : reading;
  }
}
