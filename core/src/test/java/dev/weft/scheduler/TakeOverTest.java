package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What waits on a stuck machine, while the global queue never runs dry, step by step.
@Tag("gpm")
class TakeOverTest {
  private final UnstartedCore unstarted = new UnstartedCore(1);
  private final Core core = unstarted.core;
  private final List<Schedulable> waiting = List.of(task(), task(), task());

  @Test
  @DisplayName("A machine that has work of its own takes over from a stuck one every 61st slice")
  void everySoOften() {
    stuckMachine();
    Machine other = unstarted.running();
    other.processor.countSlice();
    Set<@Nullable Schedulable> found = find(other, 61 * waiting.size() + 1);
    assertTrue(found.containsAll(waiting), "left behind");
  }

  @Test
  @DisplayName("A machine that was just woken takes over from a stuck one first, the slot ahead")
  void whenWoken() {
    stuckMachine();
    Machine other = unstarted.spinning();
    other.processor.countSlice();
    assertTrue(find(other, 1).contains(waiting.get(0)), "the slot was left behind");
  }

  private void stuckMachine() {
    Machine stuck = unstarted.running();
    stuck.processor.runNext.put(waiting.get(0));
    stuck.processor.queue.put(waiting.get(1), core.global);
    stuck.processor.queue.put(waiting.get(2), core.global);
    core.handOff(stuck.processor);
  }

  private Set<@Nullable Schedulable> find(Machine machine, int slices) {
    WorkSearch search = new WorkSearch(core, machine);
    Set<@Nullable Schedulable> found = new HashSet<>();
    for (int i = 0; i < slices; i++) {
      core.global.addLast(UnstartedCore.TASK);
      core.global.addLast(UnstartedCore.TASK);
      found.add(search.own());
    }
    return found;
  }

  private static Schedulable task() {
    return new Schedulable() {
      @Override
      public void resume() {}
    };
  }
}
