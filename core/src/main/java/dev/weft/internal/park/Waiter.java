package dev.weft.internal.park;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;
import static java.lang.invoke.MethodHandles.lookup;

import java.lang.invoke.VarHandle;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// A thread's seat in the queues it waits in: armed for one wait at a time, decided exactly once.
///
/// How a primitive uses it:
///
/// ```java
/// Waiter waiter = Runtime.get().waiter();
/// long ticket = waiter.arm();
/// // under the primitive's lock: look again, then enqueue (waiter, ticket); release the lock
/// int outcome = waiter.await(ticket, WaitReason.CHAN_RECEIVE, channel);
/// // TIMED_OUT or INTERRUPTED: take the entry out of the queue, under the lock
///
/// // a peer, under the lock, having taken the entry out of the queue:
/// if (waiter.decide(ticket, GRANTED)) { ...; }   // else: it left, try the next entry
/// // and after the lock was released:
/// waiter.wake();
/// ```
public final class Waiter {

  /*
   * Waiter: one word that says which wait this is and how it ended.
   *
   * Origin.   selectDone of Go's runtime, for every wait; the sudog is WaitNode. Go parks a
   *           goroutine with the channel lock held and readies it exactly once. Here parking is
   *           LockSupport's, which may return for no reason, so the outcome must be readable from
   *           the word alone.
   *
   * Word      bits 24..63 round: counts the waits of this waiter, up by one with every arm().
   *           bits  0..23 code:  0 pending, else how the wait ended.
   *           A ticket is the word of a pending round.
   *
   * States    of one round, by who may change it
   *   PENDING      anybody who holds the ticket may decide, by compare-and-set
   *   decided      nobody, until the owner arms the next round
   *
   *        arm (owner)           decide: peer | alarm | owner on interrupt (CAS)
   *   ... ------------> PENDING ------------------------------------------------> decided (final)
   *
   * Invariants
   *   I1  A round is decided at most once: decide is a CAS from exactly the ticket.
   *   I2  A ticket of an earlier round can decide nothing, so an alarm that comes late and a stray
   *       unpark are both harmless, and the owner may use its waiter again without waiting for them.
   *   I3  What a peer wants the owner to see it writes before its decide; what the owner wants a
   *       peer to see it writes before it publishes the ticket.
   * Non-invariants
   *   N1  wake() comes after decide() but not at once: the owner may have seen the outcome and be
   *       in a later round when it is unparked. That is a spurious wake-up of the later round. After
   *       a spin that paid it is the rule: the permit makes the next park return at once.
   *
   * Linearization: the wait ends, one way or the other, at the successful CAS of decide().
   *
   * Memory ordering
   *   field     written by / mode         read by / mode        why
   *   word      owner / setRelease (arm)  peer / CAS            published by the queue's lock anyway;
   *                                                             release keeps it atomic and ordered
   *                                                             for an alarm, which has no lock
   *   word      decider / CAS             owner / getAcquire    I3: the CAS publishes the element that
   *                                                             the peer wrote into its queue entry
   *   since..   owner / opaque            dump / opaque         a hint for humans, no ordering
   *   deadline, owner / plain             owner / plain         thread-confined; the alarm itself
   *   alarm                                                     decides by CAS like everybody
   *
   * Race      R1 lost wake-up:  owner reads PENDING | peer decides, unparks | owner parks.
   *           Closed by LockSupport: the unpark leaves a permit, and park returns at once.
   *           R2 delivery against interrupt: both CAS from the ticket; the loser acts on the winner's
   *           outcome: the owner returns the element with its flag set again, or the peer goes on to
   *           the next entry of its queue.
   *
   * Evidence  WaiterOutcomeStress (jcstress), WaiterContract and its subclasses.
   */

  /// Code of a round that is not decided. Peers use codes from [#FIRST_PEER_CODE] on.
  public static final int PENDING = 0;

  /// The deadline passed first.
  public static final int TIMED_OUT = 1;

  /// The waiting thread was interrupted first; its interrupt flag has been cleared.
  public static final int INTERRUPTED = 2;

  /// The smallest code that a primitive may give a meaning of its own.
  public static final int FIRST_PEER_CODE = 3;

  /// The largest code that fits beside the round.
  public static final int MAX_CODE = (1 << 24) - 1;

  private static final int CODE_BITS = 24;

  private static final VarHandle WORD =
      fieldVarHandle(lookup(), "word", VarHandle.class, Waiter.class, long.class);
  private static final VarHandle SINCE =
      fieldVarHandle(lookup(), "since", VarHandle.class, Waiter.class, long.class);
  private static final VarHandle REASON =
      fieldVarHandle(lookup(), "reason", VarHandle.class, Waiter.class, WaitReason.class);
  private static final VarHandle BLOCKER =
      fieldVarHandle(lookup(), "blocker", VarHandle.class, Waiter.class, Object.class);

  private final Thread thread;
  private final @Nullable SpinBudget spins; // null: parks at once
  private final WaitNode node = new WaitNode();
  private long word;

  // How the present round is to time out, if it is; see timeOutAt. Owner only.
  private long deadline = Long.MAX_VALUE;
  private @Nullable Alarm alarm;

  // Stamps for dumps: written by the owner, read by anybody, all opaque.
  @SuppressWarnings("UnusedVariable") // by its VarHandle
  private long since;

  @SuppressWarnings("UnusedVariable") // by its VarHandle
  private @Nullable WaitReason reason;

  @SuppressWarnings("UnusedVariable") // by its VarHandle
  private @Nullable Object blocker;

  /// Creates the waiter of a thread, which parks at once when it has to wait.
  ///
  /// @param thread the only thread that will arm and await
  public Waiter(Thread thread) {
    this(thread, false);
  }

  /// Creates the waiter of a thread.
  ///
  /// @param thread the only thread that will arm and await
  /// @param maySpin whether to look on for a moment before it parks, where that has paid before
  public Waiter(Thread thread, boolean maySpin) {
    this.thread = thread;
    this.spins = maySpin ? new SpinBudget() : null;
  }

  /// Links what a wait calls: linking takes more stack than who waits has probed for, and when it
  /// fails between the decision and the end of the wait then what was granted is lost. With the
  /// runtime there, and before anybody waits.
  static void link() {
    Waiter waiter = new Waiter(Thread.currentThread(), true);
    long ticket = waiter.arm();
    waiter.decide(ticket, FIRST_PEER_CODE);
    waiter.await(ticket, WaitReason.SLEEP, waiter);
    waiter.awaitUninterruptibly(ticket, WaitReason.SLEEP, waiter);
    waiter.await(waiter.arm(), WaitReason.SLEEP, waiter, new Twice());
    SpinBudget budget = new SpinBudget();
    budget.mayTry();
    spin(budget, waiter, waiter.arm());
  }

  /// Decides the wait when it is called for the second time.
  private static final class Twice implements Tending {
    private boolean called;

    @Override
    public long tend(Waiter waiter) {
      if (called) {
        waiter.decide(waiter.word, FIRST_PEER_CODE);
      }
      called = true;
      return 1; // has passed, so nothing parks
    }
  }

  /// Starts a new round. Owner only.
  ///
  /// @return the ticket that peers decide this round with
  public long arm() {
    long ticket = ((word >>> CODE_BITS) + 1) << CODE_BITS;
    WORD.setRelease(this, ticket);
    return ticket;
  }

  /// Ends the round of the ticket, if nobody has. Any thread; never blocks.
  ///
  /// @param ticket from [#arm()]
  /// @param code how it ended: [#TIMED_OUT], [#INTERRUPTED] or a code of the primitive
  /// @return true when this call decided; then the caller must [#wake()] the owner
  public boolean decide(long ticket, int code) {
    return WORD.compareAndSet(this, ticket, ticket | code);
  }

  /// How the round of the ticket ended, or [#PENDING]. Owner only.
  ///
  /// @param ticket from the owner's latest [#arm()]
  public int outcome(long ticket) {
    return (int) ((long) WORD.getAcquire(this) ^ ticket);
  }

  /// Makes the owner look at the outcome. Call it after releasing the lock that guards the queue.
  public void wake() {
    LockSupport.unpark(thread);
  }

  /// Blocks until the round is decided; an interrupt decides it.
  ///
  /// When the answer is [#INTERRUPTED] the interrupt flag is cleared and the caller throws. When an
  /// interrupt came but a peer decided first, the flag is set on return.
  ///
  /// @param ticket from the owner's latest [#arm()]
  /// @param reason what to show in a dump
  /// @param blocker the object waited for, shown by thread dumps
  /// @return the code of the decision; [#TIMED_OUT] only after [#timeOutAt]
  public int await(long ticket, WaitReason reason, Object blocker) {
    stamp(reason, blocker);
    SpinBudget budget = spins;
    if (budget != null && reason != WaitReason.SLEEP && budget.mayTry()) {
      spin(budget, this, ticket);
    }
    int code =
        deadline == Long.MAX_VALUE || alarm != null
            ? block(ticket, blocker, true)
            : blockUntil(ticket, blocker, deadline, Runtime.get());
    cancelTimeOut();
    unstamp();
    return code;
  }

  /// The same for an owner that looks after something while it waits.
  ///
  /// @param ticket from the owner's latest [#arm()]
  /// @param reason what to show in a dump
  /// @param blocker the object waited for, shown by thread dumps
  /// @param tending what to look after
  /// @return the code of the decision; [#TIMED_OUT] only after [#timeOutAt]
  public int await(long ticket, WaitReason reason, Object blocker, Tending tending) {
    stamp(reason, blocker);
    int code = blockTending(ticket, blocker, tending, Runtime.get());
    cancelTimeOut();
    unstamp();
    return code;
  }

  /// Blocks until a peer decides the round; an interrupt is kept for later.
  ///
  /// @param ticket from the owner's latest [#arm()]
  /// @param reason what to show in a dump
  /// @param blocker the object waited for, shown by thread dumps
  /// @return the code of the decision, never [#INTERRUPTED]
  public int awaitUninterruptibly(long ticket, WaitReason reason, Object blocker) {
    stamp(reason, blocker);
    int code = block(ticket, blocker, false);
    unstamp();
    return code;
  }

  /// Lets the round time out at a deadline, which may come before the wait begins. Owner only,
  /// after [#arm()] and before the round is published in a queue: it may throw, for want of memory
  /// or stack, and then nothing has happened.
  ///
  /// The owner goes on to [#await], or takes it back with [#cancelTimeOut()].
  ///
  /// @param ticket from the owner's latest [#arm()]
  /// @param when on the clock of [Runtime#nanoTime()]; `Long.MAX_VALUE` is never
  public void timeOutAt(long ticket, long when) {
    if (when != Long.MAX_VALUE) {
      alarm = Runtime.get().alarm(this, ticket, when);
      deadline = when;
    }
  }

  /// Takes back [#timeOutAt], if there was one. Owner only.
  public void cancelTimeOut() {
    if (deadline != Long.MAX_VALUE) {
      deadline = Long.MAX_VALUE;
      Alarm pending = alarm;
      if (pending != null) {
        alarm = null;
        pending.cancel();
      }
    }
  }

  /// Blocks until the round is decided, by a peer, by an interrupt or by the deadline.
  ///
  /// @param ticket from the owner's latest [#arm()]
  /// @param reason what to show in a dump
  /// @param blocker the object waited for, shown by thread dumps
  /// @param when on the clock of [Runtime#nanoTime()]; a past deadline times out at once unless the
  ///   round is decided already
  /// @return the code of the decision
  public int awaitUntil(long ticket, WaitReason reason, Object blocker, long when) {
    if (when <= Runtime.get().nanoTime()) {
      decide(ticket, TIMED_OUT);
      return outcome(ticket);
    }
    timeOutAt(ticket, when);
    return await(ticket, reason, blocker);
  }

  private static void spin(SpinBudget budget, Waiter waiter, long ticket) {
    if (waiter.outcome(ticket) != PENDING) {
      return; // says nothing about spinning
    }
    int left = SpinBudget.LOOKS;
    do {
      Thread.onSpinWait();
      left--;
    } while (left > 0 && waiter.outcome(ticket) == PENDING);
    budget.tried(waiter.outcome(ticket) != PENDING);
  }

  private int block(long ticket, Object blocker, boolean interruptible) {
    boolean interrupted = false;
    int code;
    while ((code = outcome(ticket)) == PENDING) {
      try {
        LockSupport.park(blocker);
      } catch (Throwable failure) {
        giveUp(ticket, interrupted, failure);
      }
      if (Thread.interrupted()) {
        interrupted = true;
        if (interruptible && decide(ticket, INTERRUPTED)) {
          return INTERRUPTED;
        }
      }
    }
    if (interrupted) {
      thread.interrupt();
    }
    return code;
  }

  /// Differs from `block` in that the thread keeps its own time, where no alarm is to be had.
  private int blockUntil(long ticket, Object blocker, long when, Runtime runtime) {
    boolean interrupted = false;
    int code;
    while ((code = outcome(ticket)) == PENDING) {
      long now = runtime.nanoTime();
      if (when <= now) { // by comparison: a difference may overflow
        decide(ticket, TIMED_OUT);
        continue;
      }
      try {
        LockSupport.parkNanos(blocker, when - now);
      } catch (Throwable failure) {
        giveUp(ticket, interrupted, failure);
      }
      if (Thread.interrupted()) {
        interrupted = true;
        if (decide(ticket, INTERRUPTED)) {
          return INTERRUPTED;
        }
      }
    }
    if (interrupted) {
      thread.interrupt();
    }
    return code;
  }

  /// Differs from both in that the thread does something each time it is woken.
  private int blockTending(long ticket, Object blocker, Tending tending, Runtime runtime) {
    boolean interrupted = false;
    long when = alarm == null ? deadline : Long.MAX_VALUE;
    int code;
    while ((code = outcome(ticket)) == PENDING) {
      if (when != Long.MAX_VALUE && when <= runtime.nanoTime()) {
        decide(ticket, TIMED_OUT);
        continue;
      }
      try {
        long next = Math.min(when, tending.tend(this));
        if (outcome(ticket) == PENDING && !tending.isOutdated(this)) {
          parkUntil(next, blocker, runtime);
        }
      } catch (Throwable failure) {
        giveUp(ticket, interrupted, failure);
      }
      if (Thread.interrupted()) {
        interrupted = true;
        if (decide(ticket, INTERRUPTED)) {
          return INTERRUPTED;
        }
      }
    }
    if (interrupted) {
      thread.interrupt();
    }
    return code;
  }

  private static void parkUntil(long when, Object blocker, Runtime runtime) {
    if (when == Long.MAX_VALUE) {
      LockSupport.park(blocker);
      return;
    }
    long left = when - runtime.nanoTime();
    if (left > 0) {
      LockSupport.parkNanos(blocker, left);
    }
  }

  /// The thread cannot park: there is no memory for its stack, say. If a peer has decided meanwhile
  /// it need not park, and the failure concerns nobody. Else the wait is over.
  private void giveUp(long ticket, boolean interrupted, Throwable failure) {
    if (decide(ticket, INTERRUPTED)) {
      cancelTimeOut();
      unstamp();
      if (interrupted) {
        thread.interrupt();
      }
      Waiter.<RuntimeException>rethrow(failure);
    }
  }

  /// Parking throws nothing checked.
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <E extends Throwable> void rethrow(Throwable failure) throws E {
    throw (E) failure;
  }

  /// Says in dumps why the owner waits. [#await] does so itself; for an owner that waits with
  /// another waiter than the one that dumps look at.
  ///
  /// @param reason what to show in a dump
  /// @param blocker the object waited for
  public void stamp(WaitReason reason, Object blocker) {
    REASON.setOpaque(this, reason);
    BLOCKER.setOpaque(this, blocker);
    SINCE.setOpaque(this, Runtime.get().coarseNanoTime() | 1);
  }

  /// Takes that back.
  public void unstamp() {
    SINCE.setOpaque(this, 0L);
    BLOCKER.setOpaque(this, null);
  }

  /// {@return the entry with which the owner queues up where it waits for one thing only}
  public WaitNode node() {
    return node;
  }

  /// The thread that waits here.
  public Thread thread() {
    return thread;
  }

  /// Since when the thread waits, on the clock of [Runtime#coarseNanoTime()], or 0 when it does
  /// not. A hint: by the time the caller looks at it the wait may be over.
  public long since() {
    return (long) SINCE.getOpaque(this);
  }

  /// Why the thread waits, or null when it does not. A hint.
  public @Nullable WaitReason reason() {
    return since() == 0 ? null : (WaitReason) REASON.getOpaque(this);
  }

  /// What the thread waits for, or null when it does not. A hint.
  public @Nullable Object blocker() {
    return BLOCKER.getOpaque(this);
  }

  @Override
  public String toString() {
    WaitReason why = reason();
    return "Waiter[" + thread + (why == null ? "" : ", " + why.text()) + "]";
  }
}
