package dev.weft.channel;

import dev.weft.testkit.ChildJvm;
import dev.weft.testkit.Descent;
import java.util.List;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The trap: the fast paths of send and receive take the lock without a probe of the stack, and the
/// unlock may be the call that overflows. Where that happens depends on the sizes of frames, so
/// they are tried interpreted, compiled with a call for the unlock, and as they come.
@Tag("fork")
class UnprobedLockTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Xint",
        "-XX:CompileCommand=dontinline,dev.weft.channel.ChannelLock::unlock",
        "-XX:+UseG1GC"
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
    private static final int OFFSETS = 12;

    private static int foundTaken;

    private Main() {}

    public static void main(String[] arguments) throws Exception {
      for (int offset = 0; offset < OFFSETS; offset++) {
        Channel<Integer> sent = Channel.make(Descent.ENOUGH + 1);
        int sends = deep(offset, sending(sent));
        check(sent, sends);

        Channel<Integer> received = Channel.make(Descent.ENOUGH);
        for (int i = 0; i < Descent.ENOUGH; i++) {
          received.send(i);
        }
        int receives = deep(offset, receiving(received));
        check(received, Descent.ENOUGH - receives);
      }
    }

    private static IntPredicate sending(Channel<Integer> channel) {
      return n -> {
        try {
          channel.send(n);
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

    private static IntPredicate receiving(Channel<Integer> channel) {
      return n -> {
        try {
          Integer next = channel.receive();
          if (next == null || next != n) {
            throw new AssertionError(next + " came, not " + n);
          }
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
