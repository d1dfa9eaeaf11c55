package dev.weft.sync;

import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.StackProbe;
import dev.weft.internal.park.WaitNode;
import dev.weft.internal.park.WaitQueue;
import dev.weft.internal.park.WaitReason;
import dev.weft.internal.park.Waiter;
import dev.weft.internal.park.WakeList;
import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/// Those who wait for a condition: Go's notifyList.
final class NotifyList {

  /*
   * NotifyList: a FIFO queue of threads that have let go of a lock and wait for a signal.
   *
   * Origin.   notifyList of Go's runtime gives each waiter a ticket, and a signal names the lowest
   *           ticket that has had none: so a signal reaches a waiter that is still on its way into
   *           the queue. Here the waiter is in the queue before it lets go of the lock; the order of
   *           the queue is the order of the tickets.
   *
   * States    of a waiter
   *   QUEUED     in the list; still holds the lock, or has let go of it
   *   SIGNALLED  by the CAS of a signal; off the list. It locks again and returns
   *   GONE       by the CAS of an interrupt, a deadline or its own failure; takes itself off the list,
   *              locks again and says so
   *
   * Invariants
   *   I1  A signal that comes after the lock was released finds the waiter in the list (COND-1).
   *   I2  A signal is spent on a waiter only if its CAS decides it: one that has left costs none, the
   *       next one gets it. So no signal is lost, and none is remembered (COND-4).
   *   I3  Whoever queues up after a signal is behind those whom it could have reached (COND-8).
   *
   * Linearization   of a signal: its CAS that decides a waiter, or under the lock of the queue, finding
   *           nobody. Of a broadcast: when it takes the whole queue.
   *
   * Memory    what a thread does before it signals is visible to whom the signal wakes: the CAS and the
   *           waiter's acquiring read of its outcome (COND-11).
   *
   * Evidence  CondStealStress, CondLeaveStress (jcstress, with twins); CondTest, ConditionTest,
   *           CondFailureTest.
   */

  static final int SIGNALLED = Waiter.FIRST_PEER_CODE;

  private final WaitQueue queue = new WaitQueue();

  /// Lets go of the lock, waits for a signal and locks again, whatever happens.
  ///
  /// @param lock what the caller holds
  /// @param known whether unlocking it waits for nothing, so that the thread's own waiter, which is
  ///   in use from before that moment, is not asked for meanwhile
  /// @param interruptible whether an interrupt ends the wait; false only without a deadline
  /// @param deadline on the clock of the runtime
  /// @return [#SIGNALLED], [Waiter#TIMED_OUT] or [Waiter#INTERRUPTED]; in the last case the flag is
  ///   cleared
  int await(Lock lock, boolean known, Object blocker, boolean interruptible, long deadline) {
    StackProbe.ensureMany(System.nanoTime());
    Waiter waiter = known ? Runtime.get().waiter() : new Waiter(Thread.currentThread());
    long ticket = waiter.arm();
    WaitNode node = waiter.node();
    waiter.timeOutAt(ticket, deadline);
    node.prepare(waiter, ticket, SIGNALLED, null);
    enqueue(node);
    boolean unlocked = false;
    int outcome = Waiter.PENDING;
    try {
      lock.unlock();
      unlocked = true;
      outcome = await(waiter, ticket, known, blocker, interruptible);
    } finally {
      try {
        if (outcome != SIGNALLED) {
          leave(waiter, ticket, outcome);
        }
        node.clear();
      } finally {
        if (unlocked) {
          relock(lock);
        }
      }
    }
    return outcome;
  }

  private static int await(
      Waiter waiter, long ticket, boolean known, Object blocker, boolean interruptible) {
    Waiter shown = known ? waiter : Runtime.get().waiter(); // by now the lock does not use it
    if (!known) {
      shown.stamp(WaitReason.COND_WAIT, blocker);
    }
    try {
      return interruptible
          ? waiter.await(ticket, WaitReason.COND_WAIT, blocker)
          : waiter.awaitUninterruptibly(ticket, WaitReason.COND_WAIT, blocker);
    } finally {
      if (!known) {
        shown.unstamp();
      }
    }
  }

  /// Locks, come what may: the caller is going to unlock. If there is no memory or stack to wait in
  /// a queue, it is tried without; then nothing has failed, and nothing is thrown.
  private static void relock(Lock lock) {
    try {
      lock.lock();
    } catch (VirtualMachineError cannotWait) {
      for (int attempt = 0; !tryLock(lock); attempt++) {
        Runtime.get().relax(attempt);
      }
    }
  }

  private static boolean tryLock(Lock lock) {
    try {
      return lock.tryLock();
    } catch (VirtualMachineError cannotNow) {
      return false;
    }
  }

  /// Off the list. Who leaves because unlocking or parking has failed may have been signalled
  /// meanwhile: then somebody else gets the signal, first of all.
  private void leave(Waiter waiter, long ticket, int outcome) {
    boolean failed = outcome == Waiter.PENDING;
    boolean signalled = failed && !waiter.decide(ticket, Waiter.INTERRUPTED);
    dequeue(waiter.node());
    if (signalled && waiter.outcome(ticket) == SIGNALLED) {
      signalNow();
    }
    if (failed) {
      waiter.cancelTimeOut();
    }
  }

  void enqueue(WaitNode node) {
    queue.lock();
    queue.add(node);
    queue.unlock();
  }

  void dequeue(WaitNode node) {
    queue.lock();
    queue.remove(node);
    queue.unlock();
  }

  /// Wakes the one that has waited longest.
  void signal() {
    if (isEmptyNow()) {
      return;
    }
    StackProbe.ensureMany(System.nanoTime());
    signalNow();
  }

  /// The stack has been probed.
  private void signalNow() {
    queue.lock();
    Waiter signalled = takeOne();
    queue.unlock();
    if (signalled != null) {
      signalled.wake();
    }
  }

  private @Nullable Waiter takeOne() {
    WaitNode node;
    while ((node = queue.poll()) != null) {
      Waiter waiter = node.waiter();
      if (node.decide(0)) {
        return waiter;
      }
    }
    return null;
  }

  /// Wakes all who wait now.
  void broadcast() {
    if (isEmptyNow()) {
      return;
    }
    StackProbe.ensureMany(System.nanoTime());
    WakeList released = WakeList.withRoomFor(queue.size());
    for (; ; ) {
      queue.lock();
      int waiting = queue.size();
      if (released.fits(waiting)) {
        released.decideAll(queue, 0);
        queue.unlock();
        released.wake();
        return;
      }
      queue.unlock();
      released = WakeList.withRoomFor(waiting);
    }
  }

  /// Looks without the lock, but not before what the caller has read so far: whoever knows that
  /// somebody waits finds it. Who signals without having locked what the waiter has let go of
  /// cannot know.
  private boolean isEmptyNow() {
    VarHandle.acquireFence();
    return queue.looksEmpty();
  }

  /// How many wait: a hint.
  int size() {
    return queue.size();
  }

  void checkInvariants() {
    queue.lock();
    try {
      queue.checkInvariants();
    } finally {
      queue.unlock();
    }
  }
}
