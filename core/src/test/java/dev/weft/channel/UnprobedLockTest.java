package dev.weft.channel;

import dev.weft.testkit.ChildJvm;
import dev.weft.testkit.Descent;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The trap: the fast paths of send and receive take the lock without a probe of the stack, and the
/// unlock may be the call that overflows. Where that happens depends on the sizes of frames, so
/// they are tried interpreted, compiled with a call for the unlock, and compiled as one.
@Tag("fork")
class UnprobedLockTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Xint",
        "-XX:CompileCommand=dontinline,dev.weft.channel.ChannelLock::unlock",
        "-XX:-TieredCompilation"
      })
  @DisplayName("An overflow of the unlock leaves neither the lock taken nor an element lost")
  void unlockOverflows(String flag) throws Exception {
    List<String> flags = List.of("-XX:CompileCommand=quiet", flag);
    try (ChildJvm child = ChildJvm.start(Main.class, flags)) {
      child.awaitSuccess(60);
    }
  }

  static final class Main {
    /// So many descents, each begun a frame deeper: the frames at the end of the stack lie
    /// otherwise.
    private static final int OFFSETS = 8;

    private static final int WARM_UP = 30_000;

    private static int foundTaken;
    // What came last is kept, since a look at it would be a call.
    private static @Nullable Object lastReceived;
    private static Received<Integer> last = Received.empty();

    private Main() {}

    public static void main(String[] arguments) throws Exception {
      descendAll(); // cold
      Channel<Integer> warm = Channel.make(1);
      for (int i = 0; i < WARM_UP; i++) {
        warm.send(i);
        warm.receive();
      }
      descendAll();
    }

    private static void descendAll() throws Exception {
      for (int offset = 0; offset < OFFSETS; offset++) {
        Channel<Integer> sent = Channel.make(Descent.ENOUGH + 1);
        int sends = deep(offset, watched(sent, sent::send));
        check(sent, sends);

        Channel<Integer> received = full();
        int receives = deep(offset, watched(received, n -> lastReceived = received.receive()));
        check(received, Descent.ENOUGH - receives);
        if (!Objects.equals(receives - 1, lastReceived)) {
          throw new AssertionError(lastReceived + " came last, of " + receives);
        }

        Channel<Integer> wrapped = full();
        int unwrapped = deep(offset, watched(wrapped, n -> last = wrapped.receiveOk()));
        check(wrapped, Descent.ENOUGH - unwrapped);
        if (!Objects.equals(unwrapped - 1, last.value())) {
          throw new AssertionError(last + " came last, of " + unwrapped);
        }
      }
    }

    private static Channel<Integer> full() throws InterruptedException {
      Channel<Integer> channel = Channel.make(Descent.ENOUGH);
      for (int i = 0; i < Descent.ENOUGH; i++) {
        channel.send(i);
      }
      return channel;
    }

    @FunctionalInterface
    private interface Operation {
      void run(int n) throws InterruptedException;
    }

    /// Looks after each attempt whether the lock was left taken.
    private static IntPredicate watched(Channel<Integer> channel, Operation operation) {
      return n -> {
        try {
          operation.run(n);
          return true;
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        } finally {
          if (channel.locked != 0) { // fields only: there may be no stack for a call
            foundTaken++;
            channel.locked = 0; // else the next attempt waits for ever
          }
        }
      };
    }

    private static void check(Channel<Integer> channel, int elements) {
      if (channel.len() != elements) {
        throw new AssertionError(channel + " was to have " + elements);
      }
      if (foundTaken != 0) {
        throw new AssertionError("the lock was left taken " + foundTaken + " times");
      }
      channel.checkInvariants();
    }

    private static int deep(int offset, IntPredicate action) throws Exception {
      int[] done = {-1};
      Thread deep =
          new Thread(null, () -> done[0] = below(offset, action), "deep", 256 * 1024, false);
      deep.start();
      deep.join();
      if (done[0] < 0) {
        throw new AssertionError("the descent failed");
      }
      return done[0];
    }

    private static int below(int offset, IntPredicate action) {
      return offset == 0 ? Descent.of(action).done() : below(offset - 1, action);
    }
  }
}
