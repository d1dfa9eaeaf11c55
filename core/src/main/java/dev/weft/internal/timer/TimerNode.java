package dev.weft.internal.timer;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// One timer: a deadline and what to do then. A node is used once: it is added to at most one
/// [TimerShard], and it either fires or is cancelled, never both.
///
/// Subclasses say what firing means. Adding a node happens-before its firing (TMR-24).
public abstract class TimerNode {
  /*
   * States, by who may do what with the node's payload (the fields of the subclass).
   *
   *   NEW        the creator's; the node is in no shard
   *   SCHEDULED  nobody's: whoever makes the next step gets it. The node is in the inbox or the
   *              heap of its shard, or in the hands of a thread inside runDue
   *   FIRED      the runner's: fire() is about to be called, running or over. In no shard
   *   CANCELLED  the canceller's: release() likewise. The bare node may stay in the shard until
   *              the shard sheds it (Zombies); it is never fired
   *
   *          add (adder, CAS)               claim (runner, CAS)
   *   NEW -------------------> SCHEDULED ------------------------> FIRED      (final)
   *    |                           | cancel (any thread, CAS)
   *    +---------------------------+-----------------------------> CANCELLED  (final)
   *      cancel (any thread, CAS)
   *
   * NEW exists so that a timer can be cancelled by a peer that saw it before its owner got round
   * to add it, so that adding a node twice is noticed, and so that a cancelled node is counted as
   * the shard's exactly if it was given to the shard.
   *
   * Memory ordering
   *   state     CAS by all / volatile read    decides; also publishes shard to cancel()
   *   shard     adder, plain, before NEW -> SCHEDULED; read after SCHEDULED -> CANCELLED
   *   next      plain; belongs to whoever owns the chain that the node is in: the pusher until its
   *             push, from then on the thread that took the chain
   *   depth     plain; written before the push, never again
   *   payload   written before add or by the owner of the state above
   *
   * Evidence: FireVsCancelStress, TimerNodeTest.
   */
  private static final int NEW = 0;
  private static final int SCHEDULED = 1;
  private static final int FIRED = 2; // FIRED and above are final
  private static final int CANCELLED = 3;

  private static final VarHandle STATE =
      ConstantBootstraps.fieldVarHandle(
          MethodHandles.lookup(), "state", VarHandle.class, TimerNode.class, int.class);

  private final long deadline;

  private volatile int state = NEW;

  private @Nullable TimerShard shard;

  // Links of the chain that holds this node (TimerInbox, or a runner's private chain).
  @Nullable TimerNode next;
  int depth;

  /// A timer for the instant `deadline` of [TimeSource]; a negative instant is as good as zero.
  protected TimerNode(long deadline) {
    this.deadline = Math.max(deadline, 0);
  }

  /// The instant from which on this timer may fire; [TimeSource#NEVER] if it never does.
  public final long deadline() {
    return deadline;
  }

  /// Does what the timer is for. Called at most once, at or after the deadline, by whichever thread
  /// runs the shard and with no lock held. Must be short, and must neither block nor throw; what it
  /// throws goes to the shard's [TimerFailureHandler] (TMR-21).
  ///
  /// @param now the instant up to which the shard is being run: `now - deadline()` is the lateness
  protected abstract void fire(long now);

  /// Drops what the timer refers to. Called once, by the [#cancel] that returns true, since the
  /// bare node may stay in its shard for a while and must not keep a waiter alive. Must neither
  /// block nor throw.
  protected void release() {}

  /// Prevents the firing: true if this call did so, false if the timer has fired, is about to
  /// (another thread is past the decision) or was cancelled before. A node that was never added can
  /// be cancelled too; adding it then has no effect.
  ///
  /// Caller: any thread. Blocks: no; O(1). Linearizes at: the compare-and-set to `CANCELLED`, or
  /// the read that finds a final state.
  public final boolean cancel() {
    int seen = state;
    while (seen < FIRED) {
      if (casState(seen, CANCELLED)) {
        if (seen == SCHEDULED) {
          owner().noteCancelled();
        }
        release();
        return true;
      }
      seen = state;
    }
    return false;
  }

  /// Whether the firing was decided; `fire` need not have returned yet.
  public final boolean isFired() {
    return state == FIRED;
  }

  /// Whether [#cancel] returned true.
  public final boolean isCancelled() {
    return state == CANCELLED;
  }

  /// Caller: the thread that adds. False if the node was cancelled before.
  final boolean schedule(TimerShard into) {
    int seen = state;
    if (seen == NEW) {
      shard = into;
      if (casState(NEW, SCHEDULED)) {
        return true;
      }
      seen = state;
    }
    if (seen == CANCELLED) {
      return false;
    }
    throw new AssertionError(this + " was added before; make a new node for each use");
  }

  /// Caller: a runner that took the node off its shard. True: fire it; false: it was cancelled.
  final boolean claim() {
    return casState(SCHEDULED, FIRED);
  }

  private boolean casState(int from, int to) {
    return STATE.compareAndSet(this, from, to);
  }

  private TimerShard owner() {
    TimerShard owner = shard;
    if (owner == null) {
      throw new AssertionError(this + " is scheduled but has no shard");
    }
    return owner;
  }

  @Override
  public String toString() {
    String name =
        switch (state) {
          case NEW -> "new";
          case SCHEDULED -> "scheduled";
          case FIRED -> "fired";
          default -> "cancelled";
        };
    return "timer for " + (deadline == TimeSource.NEVER ? "never" : deadline) + ", " + name;
  }
}
