package dev.weft.internal.park;

/// Whether a thread that has to wait looks on for a moment before it parks. One object a waiter,
/// used by its owner only.
final class SpinBudget {

  /*
   * SpinBudget: spin while it pays, else ask again ever more seldom.
   *
   * Why       Two virtual threads of the JDK's scheduler that talk to each other usually sit on two
   *           carriers. To park one and to wake it there takes three times as long as the peer's
   *           answer. On gpm they meet on one processor instead, where spinning could only keep the
   *           peer from running: there a waiter has no budget.
   *
   * Rule      A spin pays if the outcome comes while it lasts. Each that pays adds one to the credit, up
   *           to MOST_CREDIT; each that does not halves it. While there is any every wait spins. Without, one wait in
   *           `interval` is tried; the interval doubles with each try in vain. So where the peer
   *           needs this thread's own processor, as with a hundred pairs on two, almost nothing is
   *           spent.
   *
   * Bound     LOOKS looks with a pause between; how long a pause is differs between processors by a
   *           factor of ten, so a fraction of a microsecond to a few. Nothing is held meanwhile; an
   *           interrupt or a deadline is noticed after it.
   */

  static final int LOOKS = 64;

  static final int MOST_CREDIT = 8;
  static final int FIRST_INTERVAL = 16;
  static final int LAST_INTERVAL = 4096;

  private int credit;
  private int interval = FIRST_INTERVAL;
  private int untilTry = FIRST_INTERVAL;

  /// Whether to spin in the wait that begins.
  boolean mayTry() {
    return credit > 0 || --untilTry <= 0;
  }

  /// Takes down how a spin ended.
  ///
  /// @param paid whether the outcome came meanwhile
  void tried(boolean paid) {
    if (paid) {
      credit = Math.min(credit + 1, MOST_CREDIT);
      interval = FIRST_INTERVAL;
      return;
    }
    if (credit == 0) {
      interval = Math.min(interval * 2, LAST_INTERVAL);
    }
    credit /= 2;
    untilTry = interval;
  }
}
