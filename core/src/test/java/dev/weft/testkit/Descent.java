package dev.weft.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.function.IntPredicate;

/// Recurses until the stack overflows, and on the way back tries an action on each level until it
/// was done often enough. Frames have two sizes, so that the ends of the action's frames vary.
public final class Descent {

  /// So often an action is done on the way back from the end of the stack, before it is enough.
  public static final int ENOUGH = 30;

  private final IntPredicate action;
  private int left = 10_000;
  private int overflows;
  private int done;

  private Descent(IntPredicate action) {
    this.action = action;
  }

  /// Goes down and comes back, on the calling thread.
  ///
  /// @param action takes the number of times that it was done so far; returns whether it was done
  public static Descent of(IntPredicate action) {
    Descent descent = new Descent(action);
    descent.down(0);
    assertTrue(descent.overflows > 0, "it never got tight");
    return descent;
  }

  /// How often the action was done.
  public int done() {
    return done;
  }

  private void down(long depth) {
    try {
      if ((depth & 1) == 0) {
        down(depth + 1);
      } else {
        downWider(depth + 1, depth, depth, depth);
      }
    } catch (StackOverflowError bottom) {
      // turn round
    }
    act();
  }

  private void downWider(long a, long b, long c, long d) {
    down(a + b - c + d - b);
    act();
  }

  private void act() {
    if (left > 0 && done < ENOUGH) {
      left--;
      try {
        if (action.test(done)) {
          done++;
        }
      } catch (StackOverflowError tight) {
        overflows++;
      }
    }
  }
}
