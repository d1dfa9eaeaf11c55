package dev.weft.scheduler;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// The task that a processor runs before its ring (SCH-2, SCH-3): one slot, filled by the owner,
/// emptied by anyone.
class RunNext { // open for one test, which acts between two looks of LocalRunQueue.isEmpty
  /*
   * RunNext: a slot with one producer and any number of consumers; every method is wait-free.
   *
   * Invariant  Only the owner stores a task; everybody else only ever turns a task into null, by
   *            compare-and-set. So once the owner reads null, the slot stays null until the owner
   *            itself fills it.
   *
   * Linearization points
   *   put                    the release store into the empty slot, or the getAndSet
   *   take, steal            the successful CAS
   *   take -> null           its read of null, or the CAS, which only a thief can have made fail
   *
   * Memory ordering
   *   written by / mode                           read by / mode
   *   owner: task / setRelease, or getAndSet      thief / acquire (peek), CAS: publishes the task
   *   thief: null / CAS                           owner / plain, then CAS or getAndSet
   *                                               isEmpty / volatile: recheck before parking
   *   The owner's plain read can be wrong in one direction only, by still showing its own task
   *   after a thief took it; the atomic that then follows finds out. A null is never stale.
   *   A put into the empty slot is a store without a fence: a caller that reads the idle or
   *   spinning count afterwards has to issue one (SCH-20).
   *
   * Races
   *   R1  Put against steal, if a full slot were replaced by a store:
   *         owner reads A, to kick it out | thief: CAS A -> null, runs A | owner stores B, queues A
   *       would run A twice. So it is replaced by an atomic.
   *   R2  ABA. Thief reads A | owner takes and runs A, A becomes runnable, owner puts it again |
   *       thief: CAS A -> null. Harmless: the slot does hold A, and the thief takes just that.
   *
   * Evidence   RunNextTest, LocalRunQueueConcurrencyTest and, in the stress tests, RunNextStress,
   *            whose broken twin always stores.
   */
  private static final VarHandle SLOT =
      ConstantBootstraps.fieldVarHandle(
          MethodHandles.lookup(), "slot", VarHandle.class, RunNext.class, Schedulable.class);

  static { // links each call of a VarHandle here, so that none is linked inside execute
    RunNext scratch = new RunNext();
    Schedulable nothing = () -> {};
    scratch.put(nothing);
    scratch.put(nothing);
    scratch.take();
    scratch.peek();
    scratch.steal(nothing);
    scratch.isEmpty();
  }

  private @Nullable Schedulable slot;

  /// Makes `task` the next one and returns the one that it kicked out, if any, which goes to the
  /// ring tail (SCH-2). Until then that one is in no queue, so the caller must not fail in between:
  /// it makes sure before that its stack is deep enough. Caller: owner. Blocks: no.
  @Nullable Schedulable put(Schedulable task) {
    if (slot == null) {
      SLOT.setRelease(this, task);
      return null;
    }
    return (Schedulable) SLOT.getAndSet(this, task);
  }

  /// Takes the next task; null if there is none or a thief was faster. Caller: owner. Blocks: no.
  @Nullable Schedulable take() {
    Schedulable task = slot;
    return task != null && steal(task) ? task : null;
  }

  /// The task to try [#steal] with, null if there is none. Caller: any thread. Blocks: no.
  @Nullable Schedulable peek() {
    return (Schedulable) SLOT.getAcquire(this);
  }

  /// Takes `expected` if it is still the next task. Caller: any thread. Blocks: no.
  boolean steal(Schedulable expected) {
    return SLOT.compareAndSet(this, expected, (Schedulable) null);
  }

  /// Whether there is no next task. Volatile, for the recheck before parking: see
  /// [LocalRunQueue#isEmpty(RunNext)]. Caller: any thread. Blocks: no.
  boolean isEmpty() {
    return (Schedulable) SLOT.getVolatile(this) == null;
  }
}
