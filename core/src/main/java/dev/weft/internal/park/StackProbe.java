package dev.weft.internal.park;

/// Makes sure that there is stack left, before something is begun that must be brought to its end.
///
/// A StackOverflowError between taking a lock and releasing it, or between taking a machine off the
/// idle stack and signalling it, would leave things broken for ever. It can come with any call. So
/// such code first calls [#ensure()], which overflows here and now, where nothing has been done
/// yet, unless there is room for the calls that follow.
public final class StackProbe {

  /*
   * The JVM looks for the end of the stack when a method is entered, at a fixed distance from where
   * the caller's frame ends. So to know that a few kilobytes are free, a method with a large frame
   * calls another one. Its frame is large because of a branch with many live variables. The branch
   * is taken during the warm-up only: a compiler that has never seen it taken would leave it out, and
   * the variables with it. The method is too long to be inlined, so the large frame is gone again
   * when ensure() returns, and no goroutine ever parks with it. A few nanoseconds a call.
   *
   * Best effort: a compiler may do otherwise. The tests recurse to every depth near the end.
   */

  /// Calls within each other, each with a frame of about a kilobyte.
  private static final int DEPTH = 3;

  private static final int WARM_UP = -1;

  // Volatile, so that each read counts as another value.
  private static volatile long word;

  static {
    for (int i = 0; i < 100; i++) {
      descend(WARM_UP);
    }
  }

  private StackProbe() {}

  /// Returns, or throws a StackOverflowError.
  public static void ensure() {
    descend(DEPTH);
  }

  private static void descend(int depth) {
    if (depth == WARM_UP) {
      long l0 = word, l1 = word, l2 = word, l3 = word, l4 = word, l5 = word, l6 = word, l7 = word;
      long l8 = word,
          l9 = word,
          l10 = word,
          l11 = word,
          l12 = word,
          l13 = word,
          l14 = word,
          l15 = word;
      long l16 = word,
          l17 = word,
          l18 = word,
          l19 = word,
          l20 = word,
          l21 = word,
          l22 = word,
          l23 = word;
      long l24 = word,
          l25 = word,
          l26 = word,
          l27 = word,
          l28 = word,
          l29 = word,
          l30 = word,
          l31 = word;
      long l32 = word,
          l33 = word,
          l34 = word,
          l35 = word,
          l36 = word,
          l37 = word,
          l38 = word,
          l39 = word;
      long l40 = word,
          l41 = word,
          l42 = word,
          l43 = word,
          l44 = word,
          l45 = word,
          l46 = word,
          l47 = word;
      long l48 = word,
          l49 = word,
          l50 = word,
          l51 = word,
          l52 = word,
          l53 = word,
          l54 = word,
          l55 = word;
      long l56 = word,
          l57 = word,
          l58 = word,
          l59 = word,
          l60 = word,
          l61 = word,
          l62 = word,
          l63 = word;
      long l64 = word,
          l65 = word,
          l66 = word,
          l67 = word,
          l68 = word,
          l69 = word,
          l70 = word,
          l71 = word;
      long l72 = word,
          l73 = word,
          l74 = word,
          l75 = word,
          l76 = word,
          l77 = word,
          l78 = word,
          l79 = word;
      long l80 = word,
          l81 = word,
          l82 = word,
          l83 = word,
          l84 = word,
          l85 = word,
          l86 = word,
          l87 = word;
      long l88 = word,
          l89 = word,
          l90 = word,
          l91 = word,
          l92 = word,
          l93 = word,
          l94 = word,
          l95 = word;
      long l96 = word,
          l97 = word,
          l98 = word,
          l99 = word,
          l100 = word,
          l101 = word,
          l102 = word,
          l103 = word;
      long l104 = word,
          l105 = word,
          l106 = word,
          l107 = word,
          l108 = word,
          l109 = word,
          l110 = word,
          l111 = word;
      long l112 = word,
          l113 = word,
          l114 = word,
          l115 = word,
          l116 = word,
          l117 = word,
          l118 = word,
          l119 = word;
      long l120 = word,
          l121 = word,
          l122 = word,
          l123 = word,
          l124 = word,
          l125 = word,
          l126 = word,
          l127 = word;
      descend(0); // all of them live across a call
      word = l0 ^ l1 ^ l2 ^ l3 ^ l4 ^ l5 ^ l6 ^ l7 ^ word;
      word = l8 ^ l9 ^ l10 ^ l11 ^ l12 ^ l13 ^ l14 ^ l15 ^ word;
      word = l16 ^ l17 ^ l18 ^ l19 ^ l20 ^ l21 ^ l22 ^ l23 ^ word;
      word = l24 ^ l25 ^ l26 ^ l27 ^ l28 ^ l29 ^ l30 ^ l31 ^ word;
      word = l32 ^ l33 ^ l34 ^ l35 ^ l36 ^ l37 ^ l38 ^ l39 ^ word;
      word = l40 ^ l41 ^ l42 ^ l43 ^ l44 ^ l45 ^ l46 ^ l47 ^ word;
      word = l48 ^ l49 ^ l50 ^ l51 ^ l52 ^ l53 ^ l54 ^ l55 ^ word;
      word = l56 ^ l57 ^ l58 ^ l59 ^ l60 ^ l61 ^ l62 ^ l63 ^ word;
      word = l64 ^ l65 ^ l66 ^ l67 ^ l68 ^ l69 ^ l70 ^ l71 ^ word;
      word = l72 ^ l73 ^ l74 ^ l75 ^ l76 ^ l77 ^ l78 ^ l79 ^ word;
      word = l80 ^ l81 ^ l82 ^ l83 ^ l84 ^ l85 ^ l86 ^ l87 ^ word;
      word = l88 ^ l89 ^ l90 ^ l91 ^ l92 ^ l93 ^ l94 ^ l95 ^ word;
      word = l96 ^ l97 ^ l98 ^ l99 ^ l100 ^ l101 ^ l102 ^ l103 ^ word;
      word = l104 ^ l105 ^ l106 ^ l107 ^ l108 ^ l109 ^ l110 ^ l111 ^ word;
      word = l112 ^ l113 ^ l114 ^ l115 ^ l116 ^ l117 ^ l118 ^ l119 ^ word;
      word = l120 ^ l121 ^ l122 ^ l123 ^ l124 ^ l125 ^ l126 ^ l127 ^ word;
    } else if (depth > 0) {
      descend(depth - 1);
    }
  }
}
