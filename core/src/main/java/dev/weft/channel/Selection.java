package dev.weft.channel;

import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.StackProbe;
import dev.weft.internal.park.WaitReason;
import dev.weft.internal.park.Waiter;
import org.jspecify.annotations.Nullable;

/// One select: Go's `selectgo`.
final class Selection {

  /*
   * Selection: look at all channels at once; if no case is ready, wait in all their queues at once;
   * whoever comes first decides which case it was.
   *
   * Origin.   selectgo in Go's runtime/select.go, its three passes. Different here:
   *           - Go tries the cases in a random order and takes the first that is ready. Here all are
   *             looked at, and one of those that are ready is drawn: the same distribution, and no
   *             permutation has to be kept.
   *           - Before all channels are locked, a case that looks ready without any lock is tried
   *             under the lock of its channel alone. It was drawn among those that looked ready, and
   *             it was ready when it was carried out; nobody can tell the difference from a select
   *             that came at that moment. Not for the ordered form, which promises something about
   *             the cases before; and that nothing is ready is only believed with all locks held.
   *           - Go keeps the locks until the goroutine has left its stack. Here the outcome is in
   *             the waiter's word before anybody wakes it, so they are released before the wait.
   *           - After the wait Go locks all channels again. Here one after the other is enough, since
   *             only queue entries are taken back; and not the one of the case that was chosen, whose
   *             entry the peer has taken.
   *
   * States    of the round
   *   LISTED    the cases are linked and belong to the thread; no channel knows of them
   *   QUEUED    each active case has an entry in a queue of its channel, all with one ticket
   *   DECIDED   one peer, the alarm or an interrupt has decided the ticket: no other can
   *   OVER      no entry is in any queue: cases and waiter may be used again
   *
   * Invariants
   *   I1  Locks are taken in the order of channel ids, each once: no cycle of waiting threads.
   *   I2  All entries are queued while all locks are held: there is no moment at which a peer could
   *       pass by without either being seen or seeing (SEL-9, SEL-10).
   *   I3  One ticket, decided once: exactly one case has an effect (SEL-11, SEL-13).
   *   I4  When select returns, in whatever way, no entry of it is in any queue (SEL-12).
   *
   * Draws     Among entries in the queue of one channel the first is taken. So if a channel is
   *           listed several times in one direction, which of its cases stands first is drawn too
   *           (SEL-15).
   *
   * Linearization   a case that is ready: under its channel's lock, when the element moves. A case
   *           waited for: the compare-and-set that decides. The default: the look at all channels.
   *
   * Memory ordering: the channels' locks and the waiter's word order everything; see ChannelCore
   * and Waiter. The looks without a lock are hints.
   *
   * Evidence  SelectHandOffStress, SelectOppositeOrderStress, SelectCloseStress;
   *           SelectRulesTest, SelectWaitingTest, ChannelModelTest.
   */

  /// What a select answers when it chose no case.
  static final int NONE = -1;

  private Selection() {}

  /// Carries out one of the cases, waiting for one if it must, and lets go of all of them.
  ///
  /// @param listed the cases in argument order
  /// @param locked the active ones in lock order
  /// @param ordered whether to prefer the first in argument order, instead of drawing
  /// @param deadline when to give up
  /// @return the index of the chosen case, or NONE: the deadline passed first
  static int await(
      @Nullable SelectCase listed, @Nullable SelectCase locked, boolean ordered, long deadline)
      throws InterruptedException {
    SelectCase chosen = null;
    try {
      chosen =
          locked == null
              ? waitForNothing(listed, deadline)
              : chooseOrWait(listed, locked, ordered, deadline);
    } finally {
      CaseList.delist(listed);
    }
    return indexOf(chosen);
  }

  /// Carries out one of the cases if one is ready, and lets go of all of them.
  ///
  /// @return the index of the chosen case, or NONE: nothing was ready
  static int atOnce(@Nullable SelectCase listed, @Nullable SelectCase locked) {
    SelectCase chosen = null;
    try {
      if (locked != null) {
        chosen = chooseAtOnce(locked);
      }
    } finally {
      CaseList.delist(listed);
    }
    return indexOf(chosen);
  }

  private static int indexOf(@Nullable SelectCase chosen) {
    if (chosen == null) {
      return NONE;
    }
    chosen.checkResult();
    return chosen.index;
  }

  private static @Nullable SelectCase chooseAtOnce(SelectCase locked) {
    SelectCase likely = draw(locked, false);
    if (likely != null && performAlone(likely)) {
      return likely;
    }
    return chooseLocked(locked, false);
  }

  private static @Nullable SelectCase chooseOrWait(
      @Nullable SelectCase listed, SelectCase locked, boolean ordered, long deadline)
      throws InterruptedException {
    SelectCase likely = draw(locked, ordered);
    if (likely != null) {
      if (!ordered && performAlone(likely)) {
        return likely;
      }
      SelectCase chosen = chooseLocked(locked, ordered);
      if (chosen != null) {
        return chosen;
      }
    }
    return waitForOne(listed, locked, ordered, deadline);
  }

  private static boolean performAlone(SelectCase likely) {
    ChannelCore channel = likely.channel;
    channel.lock();
    boolean done = likely.perform();
    Waiter peer = channel.takeToWake();
    channel.unlock();
    BlockingOperations.wake(peer);
    return done;
  }

  /// One of the cases that are, or without the locks seem to be, ready; null if none is.
  private static @Nullable SelectCase draw(SelectCase locked, boolean ordered) {
    SelectCase drawn = null;
    int ready = 0;
    for (SelectCase c = locked; c != null; c = c.nextLocked) {
      if (c.isReady()) {
        ready++;
        if (drawn == null || (ordered ? c.index < drawn.index : locked.random(ready) == 0)) {
          drawn = c;
        }
      }
    }
    return drawn;
  }

  /// Locks all channels, looks at them, and carries out a case that is ready.
  private static @Nullable SelectCase chooseLocked(SelectCase locked, boolean ordered) {
    CaseQueues.lockAll(locked);
    SelectCase chosen = perform(locked, ordered);
    Waiter peer = chosen == null ? null : chosen.channel.takeToWake();
    CaseQueues.unlockAll(locked);
    BlockingOperations.wake(peer);
    return chosen;
  }

  /// With all locks held.
  private static @Nullable SelectCase perform(SelectCase locked, boolean ordered) {
    SelectCase chosen;
    // It cannot be carried out if those who waited there have left; then their entries are gone
    // now.
    do {
      chosen = draw(locked, ordered);
    } while (chosen != null && !chosen.perform());
    return chosen;
  }

  private static @Nullable SelectCase waitForOne(
      @Nullable SelectCase listed, SelectCase locked, boolean ordered, long deadline)
      throws InterruptedException {
    CaseTimers timers = CaseTimers.of(locked);
    Waiter waiter = Runtime.get().waiter();
    long ticket = waiter.arm();
    waiter.timeOutAt(ticket, deadline);
    CaseQueues.lockAll(locked);
    SelectCase chosen = perform(locked, ordered);
    if (chosen != null) {
      Waiter peer = chosen.channel.takeToWake();
      CaseQueues.unlockAll(locked);
      waiter.cancelTimeOut();
      BlockingOperations.wake(peer);
      return chosen;
    }
    CaseQueues.enqueueAll(locked, waiter, ticket);
    if (timers != null) {
      timers.join(waiter);
    }
    CaseQueues.unlockAll(locked);
    int outcome = Waiter.PENDING;
    SelectCase decided = null;
    try {
      outcome =
          timers == null
              ? waiter.await(ticket, reasonOf(listed), locked)
              : waiter.await(ticket, reasonOf(listed), locked, timers);
    } finally {
      decided = CaseQueues.chosenBy(locked, outcome);
      CaseQueues.dequeueAll(locked, decided);
      if (timers != null) {
        timers.leave(waiter);
      }
      if (decided != null) {
        decided.complete(CaseQueues.isByClose(outcome));
      }
      CaseQueues.clearAll(locked);
    }
    if (outcome == Waiter.INTERRUPTED) {
      throw new InterruptedException("select was interrupted");
    }
    return decided;
  }

  /// No case is active: nothing can come but an interrupt or the deadline (SEL-7).
  private static @Nullable SelectCase waitForNothing(@Nullable SelectCase listed, long deadline)
      throws InterruptedException {
    StackProbe.ensureMany(System.nanoTime());
    Waiter waiter = Runtime.get().waiter();
    long ticket = waiter.arm();
    waiter.timeOutAt(ticket, deadline);
    Object blocker = listed == null ? Selection.class : listed;
    BlockingOperations.awaitNil(waiter, ticket, reasonOf(listed), blocker);
    return null;
  }

  /// As in Go, a select with one case is the plain operation (SEL-8).
  private static WaitReason reasonOf(@Nullable SelectCase listed) {
    if (listed == null) {
      return WaitReason.SELECT_NO_CASES;
    }
    if (listed.nextListed != null) {
      return WaitReason.SELECT;
    }
    if (listed instanceof ReceiveCase) {
      return listed.channel.nil ? WaitReason.CHAN_RECEIVE_NIL : WaitReason.CHAN_RECEIVE;
    }
    return listed.channel.nil ? WaitReason.CHAN_SEND_NIL : WaitReason.CHAN_SEND;
  }
}
