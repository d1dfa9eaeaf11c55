package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// How many machines may be active, after unusual turns of events.
@Tag("gpm")
class PermissionTest {

  private final UnstartedCore unstarted = new UnstartedCore(1);
  private final Core core = unstarted.core;

  @Test
  @DisplayName("A machine that is ended gives back the permission that its hand-off gave")
  void endedWhileHandedOff() {
    unstarted.idle();
    unstarted.idle();
    Machine top = unstarted.idle();
    // It came back just when the monitor had found it stuck, and went idle.
    core.handOff(top.processor);
    assertEquals(2, core.permitted());
    new SpareMachines(core).trim(1, machine -> {});
    assertNull(core.table.get(top.id()));
    assertEquals(1, core.permitted());
    assertTrue(core.permissionAddsUp());
  }

  @Test
  @DisplayName(
      "Each hand-off permits one more machine, until the machine or the monitor takes it back")
  void addsUp() {
    Machine comesBack = unstarted.running();
    core.handOff(comesBack.processor);
    assertTrue(core.permissionAddsUp());
    Machine goesIdle = unstarted.running();
    core.handOff(goesIdle.processor);
    assertEquals(3, core.permitted());
    core.setProcs(2);
    assertTrue(core.permissionAddsUp());
    assertTrue(comesBack.attend());
    assertTrue(core.permissionAddsUp());
    goesIdle.becomeIdle();
    core.monitor().tick(true);
    assertEquals(2, core.permitted());
    assertTrue(core.permissionAddsUp());
    core.cameBack();
    assertFalse(core.permissionAddsUp(), "one is missing");
  }

  @Test
  @DisplayName("A machine too many that slipped through is found, and leaves")
  void surplusIsFound() {
    UnstartedCore two = new UnstartedCore(2);
    Machine first = two.running();
    Machine second = two.running();
    two.core.setProcs(1);
    // As if one of them had been woken after that by somebody who knew the old number.
    first.processor.lowerAll();
    second.processor.lowerAll();
    two.core.monitor().tick(true);
    int before = two.core.control.active();
    for (Machine machine : List.of(first, second)) {
      if ((machine.processor.flags() & Processor.CHECK_SURPLUS) != 0) {
        machine.leaveIfSurplus(two.core.permitted());
      }
    }
    assertEquals(2, before);
    assertEquals(1, two.core.control.active());
    two.core.checkInvariants();
  }

  @Test
  @DisplayName("A machine too many that leaves after the end ends")
  void leavesAfterTheEnd() {
    UnstartedCore two = new UnstartedCore(2);
    Machine leaves = two.running();
    two.running();
    two.core.setProcs(1);
    two.core.end();
    assertTrue(leaves.leaveIfSurplus(1));
    assertNull(two.core.control.popToEnd(), "it sleeps, and nobody will tell it to end");
  }
}
