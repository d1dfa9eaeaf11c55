package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What a round of select allocates if the cases are reused: nothing. Only rounds that need not
/// wait, on a platform thread, since the JVM counts for these alone; the benchmarks measure the
/// others.
@DisplayName("The allocation of select")
class SelectAllocationTest {

  /// One round.
  @FunctionalInterface
  private interface Round {
    void run() throws InterruptedException;
  }

  private static final int ROUNDS = 2_000;
  private static final int BATCHES = 20;

  private final Channel<Integer> channel = Channel.make(1);
  private final Channel<Integer> quiet = Channel.make(0);
  private final SendCase<Integer> out = channel.onSend(1);
  private final ReceiveCase<Integer> in = channel.onReceive();
  private final ReceiveCase<Integer> never = quiet.onReceive();
  private final SendCase<Integer> nobody = quiet.onSend(1);
  private final ReceiveCase<Integer> nil = Channel.<Integer>nil().onReceive();
  private final SendCase<Integer> off = quiet.onSend();

  /// The least of many batches: linking and compiling what runs for the first time may allocate.
  private static void assertAllocatesNothing(Round round) throws InterruptedException {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int batch = 0; batch < BATCHES; batch++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < ROUNDS; i++) {
        round.run();
      }
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    long bytes = least;
    assertTrue(bytes < ROUNDS, () -> bytes + " bytes in " + ROUNDS + " rounds");
  }

  @Test
  @DisplayName("A round of a ready select with up to six cases allocates nothing")
  void upToSix() throws Exception {
    off.enabled(false);
    assertAllocatesNothing(() -> Select.select(in, out));
    assertAllocatesNothing(() -> Select.selectOrdered(in, never, out));
    assertAllocatesNothing(() -> Select.trySelect(never, nobody, nil));
    assertAllocatesNothing(() -> Select.select(never, in, nobody, out));
    assertAllocatesNothing(() -> Select.select(never, in, nil, nobody, out));
    assertAllocatesNothing(() -> Select.select(never, in, off, nil, nobody, out));
    assertAllocatesNothing(
        () -> Select.selectWithin(SelectForm.LONG, never, in, off, nil, nobody, out));
  }

  @Test
  @DisplayName("A round of a ready SelectSet allocates nothing")
  void set() throws Exception {
    SelectCase[] cases = new SelectCase[50];
    for (int i = 0; i < 48; i++) {
      cases[i] = quiet.onReceive();
    }
    cases[48] = in;
    cases[49] = out;
    SelectSet set = SelectSet.of(cases);
    assertAllocatesNothing(set::select);
    assertAllocatesNothing(set::selectOrdered);
    assertAllocatesNothing(() -> set.selectWithin(SelectForm.LONG));
  }
}
