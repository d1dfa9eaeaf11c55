package dev.weft.channel;

import org.jspecify.annotations.Nullable;

/// The fast path of a select with a default: makes sure that none of the cases is ready, at one
/// moment, with the locks of all their channels held.
///
/// For cases that [ReadyCases] has looked at: they are the calling thread's, none of them is there
/// twice, and there are no more than a long has bits.
final class NothingReady {

  /*
   * NothingReady: Selection's look at all channels, for who does not mean to wait.
   *
   * Locks     Each is tried for only once, while others are held. So their order does not matter, and
   *           no case has to be linked. If one is not to be had (somebody has it, or its channel is
   *           in two cases), the answer is "not known", and the select goes the long way.
   *
   * Overflow  Whatever is called may overflow the stack. Then the locks that are held, one bit each,
   *           are let go of in this frame, by assignments: ChannelLock explains that.
   *
   * Linearization   the last lock that is taken: a channel that was looked at under its lock is as it
   *           was, as long as that is held.
   *
   * Evidence  NothingReadyStress, with a twin that holds one lock at a time; UnprobedLockTest.
   */

  private NothingReady() {}

  /// Whether none of the first n of six cases is ready. False: one may be.
  static boolean of(
      int n,
      @Nullable SelectCase a,
      @Nullable SelectCase b,
      @Nullable SelectCase c,
      @Nullable SelectCase d,
      @Nullable SelectCase e,
      @Nullable SelectCase f) {
    int held = 0;
    try {
      boolean nothing = true;
      for (int i = 0; i < n && nothing; i++) {
        SelectCase next = pick(i, a, b, c, d, e, f);
        if (next != null && next.isLookedAt()) {
          nothing = next.channel.tryLock();
          held |= nothing ? 1 << i : 0;
          nothing = nothing && next.glance() == SelectCase.NOT_READY;
        }
      }
      while (held != 0) {
        unlock(pick(Integer.numberOfTrailingZeros(held), a, b, c, d, e, f));
        held &= held - 1;
      }
      return nothing;
    } catch (VirtualMachineError tight) {
      if ((held & 1) != 0 && a != null) {
        a.channel.locked = 0;
      }
      if ((held & 2) != 0 && b != null) {
        b.channel.locked = 0;
      }
      if ((held & 4) != 0 && c != null) {
        c.channel.locked = 0;
      }
      if ((held & 8) != 0 && d != null) {
        d.channel.locked = 0;
      }
      if ((held & 16) != 0 && e != null) {
        e.channel.locked = 0;
      }
      if ((held & 32) != 0 && f != null) {
        f.channel.locked = 0;
      }
      throw tight;
    }
  }

  /// Whether none of the cases is ready. False: one may be.
  static boolean of(SelectCase[] cases) {
    long held = 0;
    try {
      boolean nothing = true;
      for (int i = 0; i < cases.length && nothing; i++) {
        SelectCase next = cases[i];
        if (next.isLookedAt()) {
          nothing = next.channel.tryLock();
          held |= nothing ? 1L << i : 0;
          nothing = nothing && next.glance() == SelectCase.NOT_READY;
        }
      }
      while (held != 0) {
        unlock(cases[Long.numberOfTrailingZeros(held)]);
        held &= held - 1;
      }
      return nothing;
    } catch (VirtualMachineError tight) {
      for (int i = 0; i < cases.length; i++) {
        if ((held & (1L << i)) != 0) {
          cases[i].channel.locked = 0;
        }
      }
      throw tight;
    }
  }

  private static void unlock(@Nullable SelectCase selectCase) {
    if (selectCase != null) {
      selectCase.channel.unlock();
    }
  }

  private static @Nullable SelectCase pick(
      int i,
      @Nullable SelectCase a,
      @Nullable SelectCase b,
      @Nullable SelectCase c,
      @Nullable SelectCase d,
      @Nullable SelectCase e,
      @Nullable SelectCase f) {
    return switch (i) {
      case 0 -> a;
      case 1 -> b;
      case 2 -> c;
      case 3 -> d;
      case 4 -> e;
      default -> f;
    };
  }
}
