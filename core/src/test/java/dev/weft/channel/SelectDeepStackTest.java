package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Selects at every depth up to the end of the stack: each is done or throws StackOverflowError,
/// and then the cases and channels can be used as before.
@DisplayName("Select at the end of the stack")
class SelectDeepStackTest {

  /// Something that selects.
  @FunctionalInterface
  private interface Selecting {
    void select() throws InterruptedException;
  }

  private static final long STACK_BYTES = 128 * 1024;
  private static final int STACKS = 12;

  private final Channel<Integer> from = Channel.make(1);
  private final Channel<Integer> to = Channel.make(0);
  private final Channel<Integer> closed = Channel.make(0);
  private int overflows;
  private int done;
  private @Nullable Throwable wrong;

  SelectDeepStackTest() {
    closed.close();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("A stack that overflows harms neither cases nor channels")
  void everyDepth(SelectForm form) throws Exception {
    onManyStacks(
        () -> {
          ReceiveCase<Integer> in = from.onReceive();
          ReceiveCase<Integer> end = closed.onReceive();
          SendCase<Integer> out = to.onSend(1);
          return () -> {
            from.trySend(1);
            int chosen = form.of(out, in, end);
            if (chosen != 1 && chosen != 2) {
              throw new AssertionError(chosen + " was not ready");
            }
          };
        });
  }

  @Test
  @DisplayName("A stack that overflows while a select waits leaves no entry in a queue")
  void waiting() throws Exception {
    Duration brief = Duration.ofNanos(1000);
    onManyStacks(
        () -> {
          ReceiveCase<Integer> in = from.onReceive();
          SendCase<Integer> out = to.onSend(1);
          return () -> {
            if (Select.selectWithin(brief, in, out) != -1) {
              throw new AssertionError("nobody was there");
            }
          };
        });
  }

  private void onManyStacks(Supplier<Selecting> maker) throws Exception {
    for (int i = 0; i < STACKS; i++) {
      int frames = i;
      Thread thread =
          new Thread(null, () -> onStack(maker.get(), frames), "deep-select", STACK_BYTES);
      thread.start();
      assertTrue(thread.join(Duration.ofSeconds(60)), "it hangs: a lock was left taken");
    }
    assertNull(wrong, () -> "" + wrong);
    assertTrue(overflows >= STACKS && done > 0, overflows + " overflows, done " + done);
    SelectTesting.assertNobodyWaits(from);
    SelectTesting.assertNobodyWaits(to);
    SelectTesting.assertNobodyWaits(closed);
  }

  private void onStack(Selecting selecting, int frames) {
    try {
      shift(selecting, frames, frames, frames);
      selecting.select();
    } catch (Throwable thrown) {
      wrong = thrown;
    }
  }

  /// Moves what follows by a few frames, which are larger than those of the descent: then other
  /// calls are the ones that overflow.
  private long shift(Selecting selecting, int frames, long a, long b) throws InterruptedException {
    return frames == 0
        ? descend(selecting, 0)
        : shift(selecting, frames - 1, a * 31 + b, b * 17 + a) + a + b;
  }

  @SuppressWarnings("InfiniteRecursion") // until the stack overflows
  private int descend(Selecting selecting, int depth) throws InterruptedException {
    try {
      selecting.select();
      done++;
    } catch (StackOverflowError end) {
      overflows++; // and those further up must be able to select again
    }
    int below;
    try {
      below = descend(selecting, depth + 1);
    } catch (StackOverflowError end) {
      return 0;
    }
    if (below < 40) {
      selecting.select();
    }
    return below + 1;
  }
}
