package dev.weft.channel;

import org.jspecify.annotations.Nullable;

/// The fast path of select: carries out one of the cases that are ready, if all that are ready are
/// simple: an element goes into the buffer or comes out of it, and there is nobody to wake. Takes
/// one lock, lists no case and needs no probe of the stack.
///
/// If anything else is the matter it has done nothing, and [CaseList] and [Selection] take over:
/// that a peer waits or a channel is closed, that a case is one of a timer or has a new owner, and
/// whatever is wrong with the cases. If nothing looks ready, it says so; [NothingReady] knows.
final class ReadyCases {

  /*
   * ReadyCases: a look at all cases, a draw, and one try.
   *
   * Draw      Among all that look ready, each with the same chance: one that is ready and not simple
   *           ends the fast path before the draw. Were it drawn, and the draw then repeated
   *           elsewhere, it would be chosen less often than the others (SEL-2). The same channel
   *           in several cases counts once for each (SEL-15).
   *
   * Twice     Each look writes the place of the case into it. A case that is there twice has its
   *           second place when the first is looked up again; then Selection tells the caller.
   *
   * Linearization   under the lock of the chosen channel, when the element moves. As Selection says
   *           of the case that it tries alone: it was ready when it was carried out.
   *
   * Overflow  Up to the try nothing is changed but results of the select before, which this one
   *           forgets in any case. The try calls one of the two methods of ChannelCore that need no
   *           probe, and nothing afterwards: the element is stored where it is received, and the
   *           way back to the caller only returns. So a call that overflows has done nothing.
   *
   * Evidence  UnprobedLockTest, SelectDeepStackTest, SelectFairnessTest, SelectRulesTest.
   */

  /// What it answers when nothing was done and it is not known whether anything is ready.
  static final int LONG_WAY = -2;

  /// What a look answers: bits of the places of cases that are ready, or this.
  private static final long NOT_SIMPLE = Long.MIN_VALUE;

  /// As many as there are bits for.
  private static final int MAX_CASES = 63;

  private ReadyCases() {}

  /// Carries out one of the first n of six cases.
  ///
  /// @return its index; or [Selection#NONE] if none looks ready, else [#LONG_WAY]: nothing was done
  static int perform(
      int n,
      @Nullable SelectCase a,
      @Nullable SelectCase b,
      @Nullable SelectCase c,
      @Nullable SelectCase d,
      @Nullable SelectCase e,
      @Nullable SelectCase f) {
    Thread current = Thread.currentThread();
    long ready = look(a, current, 0);
    if (n > 1) {
      ready |= look(b, current, 1);
    }
    if (n > 2) {
      ready |= look(c, current, 2);
    }
    if (n > 3) {
      ready |= look(d, current, 3);
    }
    if (n > 4) {
      ready |= look(e, current, 4);
    }
    if (n > 5) {
      ready |= look(f, current, 5);
    }
    if (ready < 0
        || !begin(a, 0)
        || (n > 1 && !begin(b, 1))
        || (n > 2 && !begin(c, 2))
        || (n > 3 && !begin(d, 3))
        || (n > 4 && !begin(e, 4))
        || (n > 5 && !begin(f, 5))) {
      return LONG_WAY;
    }
    if (ready == 0) {
      return Selection.NONE;
    }
    int drawn = draw(ready, a);
    SelectCase chosen =
        switch (drawn) {
          case 0 -> a;
          case 1 -> b;
          case 2 -> c;
          case 3 -> d;
          case 4 -> e;
          default -> f;
        };
    return chosen != null && chosen.performSimply() ? drawn : LONG_WAY;
  }

  /// Carries out one of the cases.
  ///
  /// @return its index; or [Selection#NONE] if none looks ready, else [#LONG_WAY]: nothing was done
  static int perform(SelectCase[] cases) {
    int n = cases.length;
    if (n > MAX_CASES) {
      return LONG_WAY;
    }
    Thread current = Thread.currentThread();
    long ready = 0;
    for (int i = 0; i < n; i++) {
      ready |= look(cases[i], current, i);
    }
    if (ready < 0) {
      return LONG_WAY;
    }
    for (int i = 0; i < n; i++) {
      if (!begin(cases[i], i)) {
        return LONG_WAY;
      }
    }
    if (ready == 0) {
      return Selection.NONE;
    }
    int drawn = draw(ready, cases[0]);
    return cases[drawn].performSimply() ? drawn : LONG_WAY;
  }

  private static long look(@Nullable SelectCase selectCase, Thread current, int place) {
    if (selectCase == null || !selectCase.takesPlace(current, place)) {
      return NOT_SIMPLE;
    }
    if (!selectCase.isLookedAt()) {
      return 0;
    }
    return switch (selectCase.glance()) {
      case SelectCase.NOT_READY -> 0;
      case SelectCase.READY -> 1L << place;
      default -> NOT_SIMPLE;
    };
  }

  /// Forgets what the select before has left in a case, if it is still at its place.
  private static boolean begin(@Nullable SelectCase selectCase, int place) {
    if (selectCase == null || selectCase.index != place) {
      return false;
    }
    selectCase.reset();
    return true;
  }

  private static int draw(long ready, @Nullable SelectCase any) {
    int others = Long.bitCount(ready) - 1;
    long left = ready;
    if (others > 0 && any != null) {
      for (int skipped = any.random(others + 1); skipped > 0; skipped--) {
        left &= left - 1;
      }
    }
    return Long.numberOfTrailingZeros(left);
  }
}
