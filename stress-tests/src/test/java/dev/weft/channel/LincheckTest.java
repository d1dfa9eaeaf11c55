package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayDeque;
import java.util.Queue;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Channels under Lincheck's model checker: it runs the operations of two platform threads in many
/// different interleavings, and looks whether the results could come from a sequential channel.
///
/// Operations that wait are not among them, since Lincheck cannot tell a thread that waits for a
/// channel from one that hangs; and it knows nothing of weak memory. jcstress looks at both.
class LincheckTest {
  private static final int CAPACITY = 2;

  /// Enough for the clock of the model checker, which stands still while a lock's pause counts.
  private static final int LOOP_BOUND = 20_000;

  private static ModelCheckingOptions options(Class<?> specification) {
    return new ModelCheckingOptions()
        .sequentialSpecification(specification)
        .loopBound(LOOP_BOUND)
        .iterations(Integer.getInteger("weft.lincheck.scenarios", 15))
        .invocationsPerIteration(Integer.getInteger("weft.lincheck.interleavings", 300))
        .threads(2)
        .actorsBefore(2)
        .actorsPerThread(3)
        .actorsAfter(2);
  }

  @Test
  @DisplayName("CH-2, 12, 15, 19-21: try-forms and close are linearizable")
  void buffered() {
    options(SequentialChannel.class).check(Buffered.class);
  }

  @Test
  @DisplayName("SEL-9: an ordered select is one operation on three channels")
  void twoChannels() {
    options(SequentialPair.class).check(Pair.class);
  }

  @Test
  @DisplayName("A channel whose lock is not taken is found out")
  void withoutTheLock() {
    assertThrows(
        LincheckAssertionError.class, () -> options(SequentialChannel.class).check(Unlocked.class));
  }

  /// What is checked. Public, like all that Lincheck calls.
  public static class Buffered {
    final Channel<Integer> channel = Channel.make(CAPACITY);

    @Operation
    public String trySend(@Param(gen = IntGen.class, conf = "1:9") int element) {
      try {
        return channel.trySend(element) ? "sent" : "full";
      } catch (ChannelClosedException e) {
        return "closed";
      }
    }

    @Operation
    public String tryReceive() {
      return channel.tryReceive().toString();
    }

    @Operation
    public boolean tryClose() {
      return channel.tryClose();
    }
  }

  /// The broken twin.
  public static class Unlocked {
    private final Channel<Integer> channel = Channel.make(CAPACITY);

    @Operation
    public String trySend(@Param(gen = IntGen.class, conf = "1:9") int element) {
      if (channel.isClosed()) {
        return "closed";
      }
      return channel.offer(element) ? "sent" : "full";
    }

    @Operation
    public String tryReceive() {
      Object element = channel.poll();
      if (element == null) {
        return channel.isClosed() ? "Received[closed]" : "Received[empty]";
      }
      return "Received[" + element + "]";
    }

    @Operation
    public boolean tryClose() {
      return channel.tryClose();
    }
  }

  /// What a channel is to one thread.
  public static class SequentialChannel {
    private final Queue<Integer> elements = new ArrayDeque<>();
    private boolean closed;

    public String trySend(int element) {
      if (closed) {
        return "closed";
      }
      return elements.size() < CAPACITY && elements.add(element) ? "sent" : "full";
    }

    public String tryReceive() {
      Integer element = elements.poll();
      if (element != null) {
        return "Received[" + element + "]";
      }
      return closed ? "Received[closed]" : "Received[empty]";
    }

    public boolean tryClose() {
      boolean closes = !closed;
      closed = true;
      return closes;
    }
  }

  /// Two channels of one place and a closed one. Which of several ready cases a select takes is
  /// random, and a sequential specification cannot be; hence the ordered form, which the closed
  /// channel keeps from waiting.
  public static class Pair {
    private final Channel<Integer> left = Channel.make(1);
    private final Channel<Integer> right = Channel.make(1);
    private final Channel<Integer> closed = Channel.make();

    public Pair() {
      closed.close();
    }

    @Operation
    public boolean sendLeft(@Param(gen = IntGen.class, conf = "1:9") int element) {
      return left.trySend(element);
    }

    @Operation
    public boolean sendRight(@Param(gen = IntGen.class, conf = "1:9") int element) {
      return right.trySend(element);
    }

    @Operation
    public int receiveAny() throws InterruptedException {
      return Select.selectOrdered(left.onReceive(), right.onReceive(), closed.onReceive());
    }
  }

  /// What the pair is to one thread.
  public static class SequentialPair {
    private final Queue<Integer> left = new ArrayDeque<>();
    private final Queue<Integer> right = new ArrayDeque<>();

    public boolean sendLeft(int element) {
      return left.isEmpty() && left.add(element);
    }

    public boolean sendRight(int element) {
      return right.isEmpty() && right.add(element);
    }

    public int receiveAny() {
      if (left.poll() != null) {
        return 0;
      }
      return right.poll() != null ? 1 : 2;
    }
  }
}
