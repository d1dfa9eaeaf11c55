package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// The lock of a channel, as those feel it who find it taken.
@ParameterizedClass
@MethodSource("dev.weft.channel.Setting#unbuffered")
class ChannelLockTest extends ChannelContract {

  @Test
  @DisplayName("One at a time holds the lock, and sees what the one before has written")
  void exclusive() throws Exception {
    int n = Scale.times(2_000);
    int[] counter = new int[1];
    List<Task<Boolean>> tasks = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      tasks.add(
          threads.start(
              () -> {
                for (int k = 0; k < n; k++) {
                  channel.lock();
                  counter[0]++;
                  channel.unlock();
                }
              }));
    }
    for (Task<Boolean> task : tasks) {
      task.get();
    }
    assertEquals(4 * n, counter[0]);
  }

  @Test
  @DisplayName("However many unlocks lie between two probes, one in some 512 takes the large frame")
  void numbersForTheProbe() {
    for (int unlocks = 1; unlocks <= 8; unlocks++) {
      Channel<Integer> probed = Channel.make(1);
      int large = 0;
      for (int probe = 0; probe < 100 * 512; probe++) {
        large += (probed.anyNumber() & 511) == 0 ? 1 : 0; // as StackProbe looks at it
        for (int i = 0; i < unlocks; i++) {
          probed.lock();
          probed.unlock();
        }
      }
      assertTrue(large > 50 && large < 200, large + " of 100 * 512, every " + unlocks);
    }
  }

  @Test
  @DisplayName("While many wait for a lock whose holder does not run, others go on")
  void holderDoesNotRun() throws Exception {
    List<Task<Boolean>> waiting = new ArrayList<>();
    channel.lock();
    try {
      // More than there are processors.
      for (int i = 0; i < 6; i++) {
        waiting.add(threads.call(() -> channel.tryReceive().isEmpty()));
        waiting.add(
            threads.call(
                () -> {
                  channel.lock();
                  channel.unlock();
                  return true;
                }));
      }
      for (int i = 0; i < 10; i++) {
        Task<Integer> other = threads.call(() -> 7);
        assertEquals(7, other.get());
      }
      for (int i = 1; i < waiting.size(); i += 2) {
        assertFalse(waiting.get(i).isDone());
      }
    } finally {
      channel.unlock();
    }
    for (Task<Boolean> task : waiting) {
      assertTrue(task.get());
    }
  }

  @Test
  @DisplayName("An interrupt is no matter to who waits for the lock; the flag is there afterwards")
  void interrupted() throws Exception {
    Task<Boolean> task;
    channel.lock();
    try {
      task = threads.call(channel::tryClose);
      task.interrupt();
      assertEquals(7, threads.call(() -> 7).get());
      assertFalse(task.isDone());
    } finally {
      channel.unlock();
    }
    assertTrue(task.get());
    assertTrue(task.endedWithFlag());
  }
}
