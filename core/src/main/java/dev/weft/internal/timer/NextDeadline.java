package dev.weft.internal.timer;

import static dev.weft.internal.timer.TimeSource.NEVER;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/// The earliest deadline of a shard, in one word that sleepers read and adders lower while one
/// runner at a time raises it. It may be too early, never too late.
final class NextDeadline {
  /*
   * Layout of word:  bit 63: RECOUNT, a runner is working out a later deadline
   *                  bits 62..0: the deadline
   *
   * Rules        only adders lower the deadline; only the runner raises it;
   *              an adder takes the RECOUNT mark off if it finds one, even if it lowers nothing
   *
   *   adder                                   runner (holds the lock of the shard)
   *   a1  push the node into the inbox        r1  old = deadline; set RECOUNT
   *   a2  read word                           r2  empty the inbox into the heap
   *   a3  later than mine: CAS to mine        r3  top = earliest of the heap
   *       else marked: CAS the mark off       r4  CAS old+RECOUNT -> max(old, top)
   *
   * Invariant    I1 For every node that is pending, whose add has returned and which no runner has
   *              taken: deadline <= node.deadline.
   *
   *   Proof. It holds when the add returns, by a3. Later the deadline rises in r4 only, which
   *   succeeds only if no adder has touched the word since r1, for adders always take the mark off
   *   and only the next r1 sets it. So this add's a2..a3 came before r1 (after r1 it would have
   *   touched the word), hence its a1 too, hence r2 or an earlier run found the node: it is in the
   *   heap, and top <= node.deadline. All accesses here and the inbox's are sequentially
   *   consistent, so "before" is one total order.
   *
   * Race R1 (why RECOUNT). Without the mark, r4 being CAS old -> top:
   *   runner: r1 old = 10, r2 finds the inbox empty
   *   adder:                           a1 pushes 50, a2 reads 10: nothing to lower, returns
   *   runner: r3 top = 100, r4 10 -> 100
   *   a sleeper reads 100; the node fires 50 late, or never if top was NEVER.
   *   To look at the inbox again after r4 does not help the sleeper that has read by then.
   *
   * Race R2 (why the runner does not lower). Suppose r4 wrote top even when it is less than old:
   *   sleeper: reads 100, sleeps until then
   *   adder:                           a1 pushes 50
   *   runner: r1 old = 100, r2 takes the node, r4 100 -> 50
   *   adder:                           a2 reads 50: nothing to lower, so it wakes nobody
   *   With max(old, top) the word stays 100, the adder lowers it itself and is told so. Nothing is
   *   lost by waiting for the adder: until a3 its add has not returned.
   *
   * Non-invariants
   *   N1 The deadline may be of a timer that was cancelled or fired: too early by any amount.
   *   N2 lower() == true says that a sleeper may have to be woken; if that adder is preempted
   *      before it does so, a second adder with a later deadline is told false and relies on the
   *      first. Every "wake if earliest" protocol has this window.
   *
   * Rejected: two words, one for the heap and one for the inbox, the lesser of which counts. A
   * reader that begins with the inbox's misses no node that moves from one to the other; but an
   * adder that compares itself with a heap's word which is just being raised learns that it need
   * not wake anybody, and a sleeper may have read the inbox's word just before: R1 again. Go keeps
   * two such words (minWhenHeap, minWhenModified); there an adder writes the heap's under the lock.
   *
   * Evidence: AddVsRunDueStress (R1) and AddTellsStress (R2) with their broken twins,
   * NextDeadlineTest, TimerShardConcurrencyTest.
   */
  private static final long RECOUNT = Long.MIN_VALUE;

  private static final VarHandle WORD =
      ConstantBootstraps.fieldVarHandle(
          MethodHandles.lookup(), "word", VarHandle.class, NextDeadline.class, long.class);

  private volatile long word = NEVER;

  /// Caller: any thread. One volatile read.
  long get() {
    return word & NEVER;
  }

  /// Caller: an adder, after it pushed a node with this deadline. True if this call lowered the
  /// word. Blocks: no. Linearizes at: the compare-and-set, or the read that finds nothing to do.
  boolean lower(long deadline) {
    while (true) {
      long seen = word;
      long earliest = seen & NEVER;
      if (deadline < earliest) {
        if (casWord(seen, deadline)) {
          return true;
        }
      } else if (seen >= 0 || casWord(seen, earliest)) {
        return false;
      }
    }
  }

  /// Caller: lock of the shard held; the inbox is emptied afterwards. Step r1: the deadline so far.
  long openRecount() {
    return (long) WORD.getAndBitwiseOr(this, RECOUNT) & NEVER;
  }

  /// Caller: lock of the shard held. Step r4: false if an adder came in between; then the word is
  /// as it was or lower, which is safe, and another recount may be tried.
  boolean closeRecount(long old, long top) {
    return casWord(old | RECOUNT, Math.max(old, top));
  }

  private boolean casWord(long from, long to) {
    return WORD.compareAndSet(this, from, to);
  }
}
