package dev.weft.internal.park;

/// Makes sure that there is stack left, before something is begun that must be brought to its end.
///
/// A StackOverflowError between taking a lock and releasing it, or between taking a machine off the
/// idle stack and signalling it, would leave things broken for ever. It can come with any call. So
/// such code first calls [#ensure()], which overflows here and now, where nothing has been done
/// yet, unless there is room for the calls that follow.
///
/// Where one piece of such code calls another, the outer one asks for more, so that the inner one
/// finds what it needs.
public final class StackProbe {

  /*
   * The JVM looks for the end of the stack when a method is entered, at a fixed distance from where
   * the caller's frame ends. So to know that a few kilobytes are free, a method with a large frame
   * calls another one like it. Its frame is large because of a branch with many variables that live
   * across a call. The branch is taken seldom, but for good: a compiler that never saw it taken would
   * leave it out, and the frame would shrink to 32 bytes. A warm-up does not help, since the
   * interpreter keeps no profile at first. The method is too long to be inlined, so the large frame
   * is gone again when ensure() returns, and no goroutine ever parks with it.
   *
   * Best effort: a compiler may do otherwise. The tests recurse to every depth near the end.
   */

  /// Frames of 600 bytes (compiled; interpreted ones have a kilobyte) for each size of room.
  private static final int FEW_CALLS = 2;

  private static final int CALLS = 6;
  private static final int MANY_CALLS = 12;

  /// One call of so many takes the branch: it costs a hundred nanoseconds.
  private static final int SELDOM = 64;

  private static final int NOT_NOW = 1;

  // Volatile, so that each read counts as another value.
  private static volatile long word;

  private StackProbe() {}

  /// Returns, or throws a StackOverflowError: room for a dozen calls within each other.
  public static void ensure() {
    ensure(System.nanoTime());
  }

  /// The same for those who have a number at hand that differs from call to call: that is faster.
  ///
  /// @param any that number
  public static void ensure(long any) {
    descend(CALLS, any);
  }

  /// Returns, or throws a StackOverflowError: room for a few calls, for code that is inside of code
  /// that has called [#ensure()].
  ///
  /// @param any a number that differs from call to call
  public static void ensureFew(long any) {
    descend(FEW_CALLS, any);
  }

  /// Returns, or throws a StackOverflowError: room for whole operations of the JDK, and in them for
  /// code that calls [#ensure()].
  ///
  /// @param any a number that differs from call to call
  public static void ensureMany(long any) {
    descend(MANY_CALLS, any);
  }

  private static void descend(int depth, long any) {
    if ((any & (SELDOM - 1)) == 0) {
      long a0 = word, a1 = word, a2 = word, a3 = word, a4 = word, a5 = word, a6 = word, a7 = word;
      long b0 = word, b1 = word, b2 = word, b3 = word, b4 = word, b5 = word, b6 = word, b7 = word;
      long c0 = word, c1 = word, c2 = word, c3 = word, c4 = word, c5 = word, c6 = word, c7 = word;
      long d0 = word, d1 = word, d2 = word, d3 = word, d4 = word, d5 = word, d6 = word, d7 = word;
      long e0 = word, e1 = word, e2 = word, e3 = word, e4 = word, e5 = word, e6 = word, e7 = word;
      long f0 = word, f1 = word, f2 = word, f3 = word, f4 = word, f5 = word, f6 = word, f7 = word;
      long g0 = word, g1 = word, g2 = word, g3 = word, g4 = word, g5 = word, g6 = word, g7 = word;
      long h0 = word, h1 = word, h2 = word, h3 = word, h4 = word, h5 = word, h6 = word, h7 = word;
      descend(0, NOT_NOW); // all of them live across a call
      word = a0 ^ a1 ^ a2 ^ a3 ^ a4 ^ a5 ^ a6 ^ a7 ^ word;
      word = b0 ^ b1 ^ b2 ^ b3 ^ b4 ^ b5 ^ b6 ^ b7 ^ word;
      word = c0 ^ c1 ^ c2 ^ c3 ^ c4 ^ c5 ^ c6 ^ c7 ^ word;
      word = d0 ^ d1 ^ d2 ^ d3 ^ d4 ^ d5 ^ d6 ^ d7 ^ word;
      word = e0 ^ e1 ^ e2 ^ e3 ^ e4 ^ e5 ^ e6 ^ e7 ^ word;
      word = f0 ^ f1 ^ f2 ^ f3 ^ f4 ^ f5 ^ f6 ^ f7 ^ word;
      word = g0 ^ g1 ^ g2 ^ g3 ^ g4 ^ g5 ^ g6 ^ g7 ^ word;
      word = h0 ^ h1 ^ h2 ^ h3 ^ h4 ^ h5 ^ h6 ^ h7 ^ word;
    }
    if (depth > 0) {
      descend(depth - 1, NOT_NOW);
    }
  }
}
