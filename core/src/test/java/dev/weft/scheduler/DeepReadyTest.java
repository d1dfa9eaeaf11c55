package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.internal.park.StackProbe;
import dev.weft.testkit.Scale;
import java.util.IdentityHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The trap: what throws out of `execute` is lost. Who is made ready near the end of a stack, by
/// one that has probed for what it needs to unlock a mutex, is in one queue then, and so are all
/// that were there before. The machines are real but not started, so that all can be counted.
@Tag("gpm")
class DeepReadyTest {
  private static final int ROUNDS = 40;
  private static final int DEPTHS = 300;
  private static final long STACK_BYTES = 192 * 1024;

  private static final byte REFUSED = 0;
  private static final byte THREW = 1;
  private static final byte RETURNED = 2;

  private final Schedulable[] tasks = new Schedulable[DEPTHS];
  private final byte[] outcomes = new byte[DEPTHS];
  private Core core;
  private Machine machine;
  private int left;

  @BeforeEach
  void warmUp() {
    // Nothing may be linked where the stack is short.
    make(true);
    machine.ready(new Task());
    machine.ready(new Task());
    LocalRunQueue ring = machine.processor.queue;
    while (ring.room() > 0) {
      machine.ready(new Task());
    }
    machine.ready(new Task());
  }

  /// Of an identity of its own, unlike a lambda.
  private static final class Task implements Schedulable {
    @Override
    public void resume() {
      throw new AssertionError("nobody runs it");
    }
  }

  /// @param idle whether there is another machine to wake
  private void make(boolean idle) {
    UnstartedCore unstarted = new UnstartedCore(2);
    core = unstarted.core;
    machine = unstarted.running();
    if (idle) {
      unstarted.idle();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("SCH-16: ready at every depth: one place in the queues for whom it was called")
  void everyDepth(boolean idle) throws Exception {
    int refused = 0;
    for (int round = 0; round < Scale.times(ROUNDS); round++) {
      make(idle);
      for (int i = 0; i < DEPTHS; i++) {
        tasks[i] = new Task();
      }
      left = DEPTHS;
      Thread deep = new Thread(null, this::descend, "deep", STACK_BYTES + 16L * round, false);
      deep.start();
      deep.join();
      refused += check();
    }
    assertTrue(refused > 0, "it never got tight");
  }

  private void descend() {
    int wide = left & 3; // frames of several sizes, so that the ends of the callee's frames vary
    try {
      if (wide == 0) {
        descend();
      } else {
        descendWider(wide, wide, wide);
      }
    } catch (StackOverflowError end) {
      // turn round
    }
    act();
  }

  private long descendWider(long a, long b, long c) {
    descend();
    act();
    return a + b + c;
  }

  private void act() {
    if (left > 0) {
      int task = --left;
      outcomes[task] = REFUSED;
      try {
        StackProbe.ensureRelease(task + 1);
        outcomes[task] = THREW;
        machine.ready(tasks[task]);
        outcomes[task] = RETURNED;
      } catch (StackOverflowError tight) {
        // it is noted how far it came
      }
    }
  }

  /// Compares what is queued with what was returned.
  ///
  /// @return how many calls were not made, since there was no room
  private int check() {
    IdentityHashMap<Schedulable, Integer> queued = new IdentityHashMap<>();
    count(queued, machine.processor.runNext.take());
    for (Schedulable next; (next = machine.processor.queue.poll()) != null; ) {
      count(queued, next);
    }
    for (Schedulable next; (next = core.global.pollFirst()) != null; ) {
      count(queued, next);
    }
    int refused = 0;
    for (int i = 0; i < DEPTHS; i++) {
      assertEquals(outcomes[i] == RETURNED, queued.containsKey(tasks[i]), "queued if it returned");
      assertTrue(outcomes[i] != THREW, "it threw although there was room for an unlock");
      refused += outcomes[i] == REFUSED ? 1 : 0;
    }
    return refused;
  }

  private static void count(
      IdentityHashMap<Schedulable, Integer> queued, @Nullable Schedulable task) {
    if (task != null) {
      assertEquals(1, queued.merge(task, 1, Integer::sum), "twice in a queue");
    }
  }
}
