package dev.weft.internal.park;

import java.util.concurrent.atomic.AtomicInteger;

/// Does something that must be brought to its end, after a [StackProbe], at every depth up to the
/// end of the stack.
final class DeepStacks {

  private static final long STACK_BYTES = 160 * 1024;
  private static final int STACKS = 60;

  /// About as deep as the calls that wake a machine.
  private static final int FEW_CALLS = 10;

  private final AtomicInteger lock = new AtomicInteger();
  private int overflows;
  private int brokenOff;
  private int done;

  /// For a JVM of its own: throws if a stack overflowed after a probe.
  public static void main(String[] args) throws InterruptedException {
    for (int i = 0; i < 100_000; i++) {
      StackProbe.ensure();
    }
    DeepStacks stacks = new DeepStacks();
    stacks.visit();
    if (stacks.brokenOff() != 0) {
      throw new AssertionError(
          stacks.brokenOff()
              + " of "
              + stacks.done
              + " times the stack overflowed after the probe");
    }
  }

  /// Visits the depths of stacks that differ by less than a frame.
  void visit() throws InterruptedException {
    for (int i = 0; i < STACKS; i++) {
      Thread thread = new Thread(null, () -> descend(0), "deep-stack", STACK_BYTES + 16L * i);
      thread.start();
      thread.join();
    }
    if (overflows < STACKS || done < STACKS) {
      throw new AssertionError(overflows + " overflows and " + done + " times done");
    }
  }

  /// How often the stack overflowed after a probe that had found room.
  int brokenOff() {
    return brokenOff;
  }

  @SuppressWarnings("InfiniteRecursion") // until the stack overflows
  private int descend(int depth) {
    guarded();
    try {
      return descend(depth + 1) + 1;
    } catch (StackOverflowError end) {
      overflows++;
      return 0;
    }
  }

  private void guarded() {
    StackProbe.ensure();
    try {
      lock.getAndIncrement();
      follow(FEW_CALLS);
      lock.getAndDecrement();
      done++;
    } catch (StackOverflowError tooLate) {
      brokenOff++;
    }
  }

  private int follow(int calls) {
    return calls == 0 ? 0 : 1 + follow(calls - 1);
  }
}
