package dev.weft.sync;

import static dev.weft.sync.RWState.ONE_PHASE;
import static dev.weft.sync.RWState.hasWriter;
import static dev.weft.sync.RWState.isFull;
import static dev.weft.sync.RWState.phase;
import static dev.weft.sync.RWState.readers;

import dev.weft.base.FatalError;
import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.StackProbe;
import dev.weft.internal.park.WaitNode;
import dev.weft.internal.park.WaitReason;
import dev.weft.internal.park.Waiter;
import dev.weft.internal.park.WakeList;
import org.jspecify.annotations.Nullable;

/// Readers and writers that have to wait for each other: the slow paths of [RWMutex]. [RWState]
/// explains the protocol.
final class RWContention {

  static final int GRANTED = Waiter.FIRST_PEER_CODE;

  private RWContention() {}

  // ---- Readers ----

  /// Waits until the writers' phase is over in which the caller has added itself to the readers.
  ///
  /// @param before the state when it did, without itself
  /// @param interruptible whether an interrupt ends the wait; false only without a deadline
  /// @param deadline on the clock of the runtime
  /// @return false when the deadline passed first; then the caller is no reader any more
  static boolean awaitReading(RWMutex mutex, long before, boolean interruptible, long deadline)
      throws InterruptedException {
    int phase = phase(before);
    int outcome = Waiter.PENDING;
    try {
      if (isFull(before)) {
        throw tooMany(mutex);
      }
      outcome = queueToRead(mutex, phase, interruptible, deadline);
    } finally {
      if (outcome != GRANTED) {
        leaveReaders(mutex, phase);
      }
    }
    return granted(outcome, "read", mutex);
  }

  static FatalError tooMany(RWMutex mutex) {
    return new FatalError(
        "sync: too many readers of RWMutex: "
            + mutex
            + "; no more than "
            + RWState.MAX_READERS
            + " may read or wait to: call runlock() once for each rlock()");
  }

  private static int queueToRead(RWMutex mutex, int phase, boolean interruptible, long deadline) {
    StackProbe.ensureMany(mutex.anyNumber());
    Waiter waiter = Runtime.get().waiter();
    long ticket = waiter.arm();
    waiter.timeOutAt(ticket, deadline);
    WaitNode node = waiter.node();
    node.prepare(waiter, ticket, GRANTED, null);
    RWState.Drain queue = mutex.queue();
    if (!queueUnlessOver(mutex, queue, node, phase)) {
      node.clear();
      waiter.cancelTimeOut();
      return GRANTED;
    }
    int outcome = Waiter.PENDING;
    try {
      outcome = await(waiter, ticket, WaitReason.RWMUTEX_RLOCK, mutex, interruptible);
    } finally {
      if (outcome != GRANTED) {
        dequeue(queue, node);
      }
      node.clear();
    }
    return outcome;
  }

  /// {@return whether the phase lasts, and the reader is in the queue}
  static boolean queueUnlessOver(RWMutex mutex, RWState.Drain queue, WaitNode node, int phase) {
    queue.lock();
    boolean lasts = phase(mutex.state()) == phase;
    if (lasts) {
      queue.add(node);
    }
    queue.unlock();
    return lasts;
  }

  static void dequeue(RWState.Drain queue, WaitNode node) {
    queue.lock();
    queue.remove(node);
    queue.unlock();
  }

  /// Takes a reader back that has not read. It is not in the queue. If its phase is over then a
  /// writer that came since counts on its departure.
  static void leaveReaders(RWMutex mutex, int phase) {
    long before = mutex.add(-1);
    if (hasWriter(before) && phase(before) != phase) {
      depart(mutex, phase(before));
    }
  }

  /// Leaves, when a writer is there or others come and go at the same time.
  static void runlock(RWMutex mutex) {
    long seen;
    do {
      seen = mutex.state();
      if (readers(seen) <= 0) { // nobody else ever sees one reader less than none
        throw new FatalError(
            "sync: RUnlock of unlocked RWMutex: "
                + mutex
                + "; call runlock() once for each rlock(), after it has returned");
      }
    } while (!mutex.cas(seen, seen - 1));
    if (hasWriter(seen)) {
      depart(mutex, phase(seen));
    }
  }

  /// Counts a departure. The last one lets the writer in (RW-5).
  static void depart(RWMutex mutex, int phase) {
    RWState.Drain queue = mutex.queue();
    Waiter admitted = null;
    queue.lock();
    if (phase(mutex.state()) == phase) {
      queue.turnTo(phase);
      queue.owed--;
      admitted = queue.owed == 0 ? takeWriter(queue) : null;
    }
    queue.unlock();
    if (admitted != null) {
      admitted.wake();
    }
  }

  private static @Nullable Waiter takeWriter(RWState.Drain queue) {
    WaitNode node = queue.writer;
    if (node == null) {
      return null;
    }
    queue.writer = null;
    Waiter waiter = node.waiter();
    return node.decide(0) ? waiter : null;
  }

  // ---- Writers ----

  /// Announces a writer, and waits until those who read have left (RW-3, RW-4). The caller holds
  /// the writers' mutex; if this fails or times out there is no announcement any more, and it has
  /// to let go of that mutex.
  ///
  /// @return false when the deadline passed first
  static boolean awaitWriting(RWMutex mutex, boolean interruptible, long deadline)
      throws InterruptedException {
    StackProbe.ensureMany(mutex.anyNumber());
    Waiter waiter = Runtime.get().waiter();
    long ticket = waiter.arm();
    waiter.timeOutAt(ticket, deadline);
    WaitNode node = waiter.node();
    node.prepare(waiter, ticket, GRANTED, null);
    if (announce(mutex, node)) {
      node.clear();
      waiter.cancelTimeOut();
      return true;
    }
    int outcome = Waiter.PENDING;
    try {
      outcome = await(waiter, ticket, WaitReason.RWMUTEX_LOCK, mutex, interruptible);
    } finally {
      if (outcome != GRANTED) {
        withdraw(mutex);
      }
      node.clear();
    }
    return granted(outcome, "write", mutex);
  }

  /// Begins a writers' phase.
  ///
  /// @return whether nobody reads any more
  static boolean announce(RWMutex mutex, WaitNode node) {
    RWState.Drain queue = mutex.queue();
    long before = mutex.add(ONE_PHASE);
    if (readers(before) == 0) {
      return true;
    }
    queue.lock();
    queue.turnTo(phase(before) + 1);
    queue.owed += readers(before);
    boolean drained = queue.owed == 0;
    queue.writer = drained ? null : node;
    queue.unlock();
    return drained;
  }

  /// Ends the phase of a writer that has given up.
  static void withdraw(RWMutex mutex) {
    RWState.Drain queue = mutex.queue();
    queue.lock();
    queue.writer = null;
    queue.unlock();
    mutex.add(ONE_PHASE);
    releaseReaders(mutex);
  }

  /// Lets all read that wait for the end of the phase, which is over (RW-6). The caller still holds
  /// the writers' mutex; so nobody queues up meanwhile, and they can be taken one by one. If waking
  /// one fails, for want of memory, say, the others are woken all the same.
  static void releaseReaders(RWMutex mutex) {
    RWState.Drain queue = mutex.queue();
    Throwable failure = null;
    Waiter reader;
    while ((reader = takeReader(queue)) != null) {
      try {
        reader.wake();
      } catch (Throwable failed) {
        failure = failure == null ? failed : failure;
      }
    }
    WakeList.rethrow(failure);
  }

  private static @Nullable Waiter takeReader(RWState.Drain queue) {
    queue.lock();
    Waiter taken = null;
    WaitNode node;
    while (taken == null && (node = queue.poll()) != null) {
      Waiter waiter = node.waiter();
      taken = node.decide(0) ? waiter : null;
    }
    queue.unlock();
    return taken;
  }

  private static int await(
      Waiter waiter, long ticket, WaitReason reason, RWMutex mutex, boolean interruptible) {
    return interruptible
        ? waiter.await(ticket, reason, mutex)
        : waiter.awaitUninterruptibly(ticket, reason, mutex);
  }

  private static boolean granted(int outcome, String what, RWMutex mutex)
      throws InterruptedException {
    return switch (outcome) {
      case GRANTED -> true;
      case Waiter.TIMED_OUT -> false;
      default ->
          throw new InterruptedException(
              "waiting to " + what + " under " + mutex + " was interrupted");
    };
  }
}
