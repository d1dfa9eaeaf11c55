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

  /// Frames of 2.4 kilobytes (compiled; interpreted ones have twice as much) for each size of room.
  private static final int RELEASE = 0;

  private static final int FEW_CALLS = 1;

  private static final int CALLS = 2;
  private static final int MANY_CALLS = 3;
  private static final int NESTED_CALLS = 8;
  private static final int FIRING = 12;

  /// One call of so many takes the branch: it costs some hundred nanoseconds.
  private static final int SELDOM = 512;

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

  /// Returns, or throws a StackOverflowError: room for two or three calls within each other, such
  /// as the release of a lock, before it is acquired on a fast path where each nanosecond counts.
  ///
  /// @param any a number that differs from call to call
  public static void ensureRelease(long any) {
    descend(RELEASE, any);
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

  /// Returns, or throws a StackOverflowError: room for code that calls [#ensureMany(long)] in the
  /// middle, where nothing may be left halfway.
  ///
  /// @param any a number that differs from call to call
  public static void ensureNested(long any) {
    descend(NESTED_CALLS, any);
  }

  /// Returns, or throws a StackOverflowError: room for code that fires timers, which calls
  /// [#ensureNested(long)] in the middle.
  ///
  /// @param any a number that differs from call to call
  public static void ensureFiring(long any) {
    descend(FIRING, any);
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
      long i0 = word, i1 = word, i2 = word, i3 = word, i4 = word, i5 = word, i6 = word, i7 = word;
      long j0 = word, j1 = word, j2 = word, j3 = word, j4 = word, j5 = word, j6 = word, j7 = word;
      long k0 = word, k1 = word, k2 = word, k3 = word, k4 = word, k5 = word, k6 = word, k7 = word;
      long l0 = word, l1 = word, l2 = word, l3 = word, l4 = word, l5 = word, l6 = word, l7 = word;
      long m0 = word, m1 = word, m2 = word, m3 = word, m4 = word, m5 = word, m6 = word, m7 = word;
      long n0 = word, n1 = word, n2 = word, n3 = word, n4 = word, n5 = word, n6 = word, n7 = word;
      long o0 = word, o1 = word, o2 = word, o3 = word, o4 = word, o5 = word, o6 = word, o7 = word;
      long p0 = word, p1 = word, p2 = word, p3 = word, p4 = word, p5 = word, p6 = word, p7 = word;
      long q0 = word, q1 = word, q2 = word, q3 = word, q4 = word, q5 = word, q6 = word, q7 = word;
      long r0 = word, r1 = word, r2 = word, r3 = word, r4 = word, r5 = word, r6 = word, r7 = word;
      long s0 = word, s1 = word, s2 = word, s3 = word, s4 = word, s5 = word, s6 = word, s7 = word;
      long t0 = word, t1 = word, t2 = word, t3 = word, t4 = word, t5 = word, t6 = word, t7 = word;
      long u0 = word, u1 = word, u2 = word, u3 = word, u4 = word, u5 = word, u6 = word, u7 = word;
      long v0 = word, v1 = word, v2 = word, v3 = word, v4 = word, v5 = word, v6 = word, v7 = word;
      long w0 = word, w1 = word, w2 = word, w3 = word, w4 = word, w5 = word, w6 = word, w7 = word;
      long x0 = word, x1 = word, x2 = word, x3 = word, x4 = word, x5 = word, x6 = word, x7 = word;
      long y0 = word, y1 = word, y2 = word, y3 = word, y4 = word, y5 = word, y6 = word, y7 = word;
      long z0 = word, z1 = word, z2 = word, z3 = word, z4 = word, z5 = word, z6 = word, z7 = word;
      long aa0 = word, aa1 = word, aa2 = word, aa3 = word, aa4 = word, aa5 = word, aa6 = word;
      long ab0 = word, ab1 = word, ab2 = word, ab3 = word, ab4 = word, ab5 = word, ab6 = word;
      long ac0 = word, ac1 = word, ac2 = word, ac3 = word, ac4 = word, ac5 = word, ac6 = word;
      long ad0 = word, ad1 = word, ad2 = word, ad3 = word, ad4 = word, ad5 = word, ad6 = word;
      long ae0 = word, ae1 = word, ae2 = word, ae3 = word, ae4 = word, ae5 = word, ae6 = word;
      long af0 = word, af1 = word, af2 = word, af3 = word, af4 = word, af5 = word, af6 = word;
      long ag0 = word, ag1 = word, ag2 = word, ag3 = word, ag4 = word, ag5 = word, ag6 = word;
      long ba0 = word, ba1 = word, ba2 = word, ba3 = word, ba4 = word, ba5 = word, ba6 = word;
      long bb0 = word, bb1 = word, bb2 = word, bb3 = word, bb4 = word, bb5 = word, bb6 = word;
      long bc0 = word, bc1 = word, bc2 = word, bc3 = word, bc4 = word, bc5 = word, bc6 = word;
      long bd0 = word, bd1 = word, bd2 = word, bd3 = word, bd4 = word, bd5 = word, bd6 = word;
      long be0 = word, be1 = word, be2 = word, be3 = word, be4 = word, be5 = word, be6 = word;
      long bf0 = word, bf1 = word, bf2 = word, bf3 = word, bf4 = word, bf5 = word, bf6 = word;
      long bg0 = word, bg1 = word, bg2 = word, bg3 = word, bg4 = word, bg5 = word, bg6 = word;
      descend(0, NOT_NOW); // all of them live across a call
      word =
          a0 ^ a1 ^ a2 ^ a3 ^ a4 ^ a5 ^ a6 ^ a7 ^ b0 ^ b1 ^ b2 ^ b3 ^ b4 ^ b5 ^ b6 ^ b7 ^ c0 ^ c1
              ^ c2 ^ c3 ^ c4 ^ c5 ^ c6 ^ c7 ^ d0 ^ d1 ^ d2 ^ d3 ^ d4 ^ d5 ^ d6 ^ d7 ^ e0 ^ e1 ^ e2
              ^ e3 ^ e4 ^ e5 ^ e6 ^ e7 ^ f0 ^ f1 ^ f2 ^ f3 ^ f4 ^ f5 ^ f6 ^ f7 ^ g0 ^ g1 ^ g2 ^ g3
              ^ g4 ^ g5 ^ g6 ^ g7 ^ h0 ^ h1 ^ h2 ^ h3 ^ h4 ^ h5 ^ h6 ^ h7 ^ i0 ^ i1 ^ i2 ^ i3 ^ i4
              ^ i5 ^ i6 ^ i7 ^ j0 ^ j1 ^ j2 ^ j3 ^ j4 ^ j5 ^ j6 ^ j7 ^ k0 ^ k1 ^ k2 ^ k3 ^ k4 ^ k5
              ^ k6 ^ k7 ^ l0 ^ l1 ^ l2 ^ l3 ^ l4 ^ l5 ^ l6 ^ l7 ^ m0 ^ m1 ^ m2 ^ m3 ^ m4 ^ m5 ^ m6
              ^ m7 ^ n0 ^ n1 ^ n2 ^ n3 ^ n4 ^ n5 ^ n6 ^ n7 ^ o0 ^ o1 ^ o2 ^ o3 ^ o4 ^ o5 ^ o6 ^ o7
              ^ p0 ^ p1 ^ p2 ^ p3 ^ p4 ^ p5 ^ p6 ^ p7 ^ q0 ^ q1 ^ q2 ^ q3 ^ q4 ^ q5 ^ q6 ^ q7 ^ r0
              ^ r1 ^ r2 ^ r3 ^ r4 ^ r5 ^ r6 ^ r7 ^ s0 ^ s1 ^ s2 ^ s3 ^ s4 ^ s5 ^ s6 ^ s7 ^ t0 ^ t1
              ^ t2 ^ t3 ^ t4 ^ t5 ^ t6 ^ t7 ^ u0 ^ u1 ^ u2 ^ u3 ^ u4 ^ u5 ^ u6 ^ u7 ^ v0 ^ v1 ^ v2
              ^ v3 ^ v4 ^ v5 ^ v6 ^ v7 ^ w0 ^ w1 ^ w2 ^ w3 ^ w4 ^ w5 ^ w6 ^ w7 ^ x0 ^ x1 ^ x2 ^ x3
              ^ x4 ^ x5 ^ x6 ^ x7 ^ y0 ^ y1 ^ y2 ^ y3 ^ y4 ^ y5 ^ y6 ^ y7 ^ z0 ^ z1 ^ z2 ^ z3 ^ z4
              ^ z5 ^ z6 ^ z7 ^ aa0 ^ aa1 ^ aa2 ^ aa3 ^ aa4 ^ aa5 ^ aa6 ^ ab0 ^ ab1 ^ ab2 ^ ab3 ^ ab4
              ^ ab5 ^ ab6 ^ ac0 ^ ac1 ^ ac2 ^ ac3 ^ ac4 ^ ac5 ^ ac6 ^ ad0 ^ ad1 ^ ad2 ^ ad3 ^ ad4
              ^ ad5 ^ ad6 ^ ae0 ^ ae1 ^ ae2 ^ ae3 ^ ae4 ^ ae5 ^ ae6 ^ af0 ^ af1 ^ af2 ^ af3 ^ af4
              ^ af5 ^ af6 ^ ag0 ^ ag1 ^ ag2 ^ ag3 ^ ag4 ^ ag5 ^ ag6 ^ ba0 ^ ba1 ^ ba2 ^ ba3 ^ ba4
              ^ ba5 ^ ba6 ^ bb0 ^ bb1 ^ bb2 ^ bb3 ^ bb4 ^ bb5 ^ bb6 ^ bc0 ^ bc1 ^ bc2 ^ bc3 ^ bc4
              ^ bc5 ^ bc6 ^ bd0 ^ bd1 ^ bd2 ^ bd3 ^ bd4 ^ bd5 ^ bd6 ^ be0 ^ be1 ^ be2 ^ be3 ^ be4
              ^ be5 ^ be6 ^ bf0 ^ bf1 ^ bf2 ^ bf3 ^ bf4 ^ bf5 ^ bf6 ^ bg0 ^ bg1 ^ bg2 ^ bg3 ^ bg4
              ^ bg5 ^ bg6;
    }
    if (depth > 0) {
      descend(depth - 1, NOT_NOW);
    }
  }
}
