package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Await;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the monitor makes of a machine that keeps one goroutine while its own ticks come late.
@Tag("gpm")
class LateTicksTest {

  private static final int LATE_TICKS = 4;

  private final UnstartedCore unstarted = new UnstartedCore(1);
  private final Core core = unstarted.core;
  private final Machine machine = unstarted.running();

  private void tickAfterSlice(boolean timely) {
    long start = System.nanoTime();
    while (System.nanoTime() - start <= Watch.SLICE_NANOS) {
      Thread.onSpinWait();
    }
    core.monitor().tick(timely);
  }

  @Test
  @DisplayName("SCH-22: a few late ticks judge nobody, however much time has gone by")
  void fewJudgeNobody() {
    for (int round = 0; round < 3; round++) {
      core.monitor().tick(true);
      for (int i = 0; i < LATE_TICKS; i++) {
        tickAfterSlice(false);
      }
      assertEquals(0, core.stats.handOffs());
    }
  }

  @Test
  @DisplayName("SCH-22: where every tick is late a stuck machine is found all the same")
  void manyDoNotHideIt() throws InterruptedException {
    Await.until(
        () -> {
          core.monitor().tick(false);
          return machine.processor.isHandedOff();
        },
        () -> "handed off: " + core.stats.handOffs());
    assertEquals(2, core.permitted());
  }

  @Test
  @DisplayName("One that makes progress between late ticks is not stuck")
  void progress() {
    for (int i = 0; i < 4 * LATE_TICKS; i++) {
      machine.processor.countSlice();
      tickAfterSlice(false);
    }
    assertFalse(machine.processor.isHandedOff());
    assertTrue(core.permitted() == core.procs());
  }
}
