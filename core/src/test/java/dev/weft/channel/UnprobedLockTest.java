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

/// The trap: the fast paths of send, receive and select take the lock without a probe of the stack,
/// and the unlock may be the call that overflows. Where that happens depends on the sizes of
/// frames, so they are tried interpreted, compiled with a call for the unlock, compiled as one, and
/// compiled simply.
@Tag("fork")
class UnprobedLockTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Xint",
        "-XX:CompileCommand=dontinline,dev.weft.channel.ChannelLock::unlock",
        "-XX:-TieredCompilation",
        "-XX:TieredStopAtLevel=1"
      })
  @DisplayName("An overflow of the unlock leaves neither the lock taken nor an element lost")
  void unlockOverflows(String flag) throws Exception {
    List<String> flags = List.of("-XX:CompileCommand=quiet", flag);
    try (ChildJvm child = ChildJvm.start(Main.class, flags)) {
      child.awaitSuccess(180);
    }
  }

  static final class Main {
    /// So many descents, each begun a frame deeper: the frames at the end of the stack lie
    /// otherwise.
    private static final int OFFSETS = 8;

    private static final int WARM_UP = 30_000;

    private static int foundTaken;
    private static int chosen;
    // What came last is kept, since a look at it would be a call.
    private static @Nullable Object lastReceived;
    private static Received<Integer> last = Received.empty();

    private Main() {}

    public static void main(String[] arguments) throws Exception {
      descendAll(); // cold
      Channel<Integer> warm = Channel.make(1);
      SendCase<Integer> send = warm.onSend(1);
      ReceiveCase<Integer> receive = warm.onReceive();
      ReceiveCase<Integer> never = Channel.<Integer>make().onReceive();
      for (int i = 0; i < WARM_UP; i++) {
        warm.send(i);
        warm.receive();
        chosen = Select.select(send, never);
        chosen = Select.select(never, receive);
        chosen = Select.trySelect(never, receive);
      }
      descendAll();
    }

    private static void descendAll() throws Exception {
      for (int offset = 0; offset < OFFSETS; offset++) {
        Channel<Integer> sent = Channel.make(Descent.ENOUGH + 1);
        int sends = deep(offset, watched(sent, sent::send));
        check(sent, sends);

        Channel<Integer> received = full(Descent.ENOUGH);
        int receives = deep(offset, watched(received, n -> lastReceived = received.receive()));
        check(received, Descent.ENOUGH - receives);
        if (!Objects.equals(receives - 1, lastReceived)) {
          throw new AssertionError(lastReceived + " came last, of " + receives);
        }

        Channel<Integer> wrapped = full(Descent.ENOUGH);
        int unwrapped = deep(offset, watched(wrapped, n -> last = wrapped.receiveOk()));
        check(wrapped, Descent.ENOUGH - unwrapped);
        if (!Objects.equals(unwrapped - 1, last.value())) {
          throw new AssertionError(last + " came last, of " + unwrapped);
        }

        if (offset % 2 == 0) {
          select(offset, Select::select);
          selectNothing(offset, Select::trySelect);
        } else {
          select(offset, (a, b) -> SelectSet.of(a, b).select());
          selectNothing(offset, (a, b) -> SelectSet.of(a, b).trySelect());
        }
      }
    }

    private static void select(int offset, Selecting form) throws Exception {
      Channel<Integer> received = full(1 + 2 * Descent.ENOUGH); // one that is lost leaves enough
      ReceiveCase<Integer> in = received.onReceive();
      ReceiveCase<Integer> never = Channel.<Integer>make().onReceive();
      Operation receive = n -> form.select(never, in);
      int receives = deep(offset, receive, watched(received, receive));
      check(received, 2 * Descent.ENOUGH - receives);
      if (!Objects.equals(receives, in.value())) {
        throw new AssertionError(in.value() + " came last, after " + receives);
      }

      Channel<Integer> sent = Channel.make(Descent.ENOUGH + 1);
      SendCase<Integer> out = sent.onSend(1);
      ReceiveCase<Integer> neither = Channel.<Integer>make().onReceive();
      Operation send = n -> form.select(out, neither);
      int sends = deep(offset, send, watched(sent, send));
      check(sent, sends + 1);
    }

    private static void selectNothing(int offset, Selecting form) throws Exception {
      Channel<Integer> first = Channel.make();
      Channel<Integer> second = Channel.make();
      ReceiveCase<Integer> a = first.onReceive();
      ReceiveCase<Integer> b = second.onReceive();
      Operation select = n -> chosen = form.select(a, b);
      deep(offset, select, watched(first, second, select));
      check(first, 0);
      check(second, 0);
      if (chosen != Selection.NONE) {
        throw new AssertionError(chosen + " was chosen");
      }
    }

    @FunctionalInterface
    private interface Selecting {
      int select(SelectCase a, SelectCase b) throws InterruptedException;
    }

    private static Channel<Integer> full(int capacity) throws InterruptedException {
      Channel<Integer> channel = Channel.make(capacity);
      for (int i = 0; i < capacity; i++) {
        channel.send(i);
      }
      return channel;
    }

    @FunctionalInterface
    private interface Operation {
      void run(int n) throws InterruptedException;
    }

    private static IntPredicate watched(Channel<Integer> channel, Operation operation) {
      return watched(channel, channel, operation);
    }

    /// Looks after each attempt whether a lock was left taken.
    private static IntPredicate watched(
        Channel<Integer> channel, Channel<Integer> other, Operation operation) {
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
          if (other.locked != 0) {
            foundTaken++;
            other.locked = 0;
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
      return deep(offset, n -> {}, action);
    }

    /// Does something first, where there is room: cases become the thread's.
    private static int deep(int offset, Operation first, IntPredicate action) throws Exception {
      int[] done = {-1};
      Runnable descent =
          () -> {
            try {
              first.run(0);
            } catch (InterruptedException e) {
              throw new AssertionError(e);
            }
            done[0] = below(offset, action);
          };
      Thread deep = new Thread(null, descent, "deep", 256 * 1024, false);
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
