package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Scale;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("gpm")
class MachineControlTest {
  private static final int MANY = 1_000;

  // Never started: its machines are objects to push and pop.
  private final Core core =
      new Core(new Settings("test", 4, 4, 0, false, null, Long.MAX_VALUE, false));
  private final MachineControl control = core.control;

  private Machine addIdle() {
    Machine machine = core.newMachine(true);
    control.pushNew(machine);
    return machine;
  }

  private void assertCounts(int active, int spinning) {
    assertEquals("active=" + active + " spinning=" + spinning, counts());
  }

  private String counts() {
    return "active=" + control.active() + " spinning=" + control.spinning();
  }

  private Machine pop(int permitted) {
    Machine machine = control.popSpinning(permitted);
    if (machine == null) {
      throw new AssertionError("nobody was popped: " + control);
    }
    return machine;
  }

  @Test
  @DisplayName("SCH-21: the machine that went idle last is reused first")
  void lastInFirstOut() {
    Machine a = addIdle();
    Machine b = addIdle();
    Machine c = addIdle();
    assertSame(c, pop(MANY));
    control.stopSpinning();
    assertSame(b, pop(MANY));
    control.stopSpinning();
    control.pushIdle(c, false);
    assertSame(c, pop(MANY));
    control.stopSpinning();
    assertSame(a, pop(MANY));
    control.stopSpinning();
    assertNull(control.popSpinning(MANY), "the stack is empty");
    assertCounts(3, 0);
    control.pushIdle(a, false);
    control.pushIdle(b, false);
    control.pushIdle(c, false);
    assertCounts(0, 0);
    control.checkInvariants();
  }

  @Test
  @DisplayName("SCH-18: a machine is woken only if none is spinning and one more may be active")
  void wakesOneAtATime() {
    addIdle();
    addIdle();
    assertTrue(control.wantsMachine(2));
    assertFalse(control.wantsMachine(0), "none may be active");
    assertNull(control.popSpinning(0), "none may be active");
    Machine first = pop(2);
    assertCounts(1, 1);
    assertFalse(control.wantsMachine(2), "one is spinning");
    assertNull(control.popSpinning(2), "one is spinning");
    control.stopSpinning();
    assertCounts(1, 0);
    assertFalse(control.wantsMachine(1), "one is active");
    assertNull(control.popSpinning(1), "one is active");
    Machine second = pop(2);
    control.pushIdle(second, true);
    control.pushIdle(first, false);
    assertCounts(0, 0);
    control.checkInvariants();
  }

  @Test
  @DisplayName("SCH-18: wake takes one machine off the stack however often it is called")
  void wakeIsOne() {
    addIdle();
    addIdle();
    core.wake();
    assertCounts(1, 1);
    core.wake();
    core.wake();
    assertCounts(1, 1);
    assertEquals(1, core.stats.wakes());
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "2, 1", "3, 2", "4, 2", "5, 3", "10, 5", "101, 51"})
  @DisplayName("SCH-17: a machine may start spinning while less than half of the active ones do")
  void spinningLimit(int active, int allowed) {
    for (int i = 0; i < active; i++) {
      addIdle();
    }
    for (int i = 0; i < active; i++) {
      pop(MANY);
      control.stopSpinning();
    }
    for (int i = 0; i < allowed; i++) {
      assertTrue(control.tryStartSpinning(), () -> "refused: " + control);
    }
    assertFalse(control.tryStartSpinning(), () -> "allowed: " + control);
    assertCounts(active, allowed);
  }

  @Test
  @DisplayName("SCH-21: a new machine is claimed only if one is wanted and none is idle")
  void claimNew() {
    assertTrue(control.wantsNewMachine(1));
    assertFalse(control.claimNew(0));
    assertTrue(control.claimNew(1));
    assertCounts(1, 1);
    assertFalse(control.wantsNewMachine(2), "one is spinning");
    assertFalse(control.claimNew(2), "one is spinning");
    control.unclaimNew();
    assertCounts(0, 0);
    addIdle();
    assertFalse(control.wantsNewMachine(2), "one is idle");
    assertFalse(control.claimNew(2), "one is idle");
    assertCounts(0, 0);
  }

  @Test
  @DisplayName("Machines are popped for their end without becoming active")
  void popToEnd() {
    Machine a = addIdle();
    Machine b = addIdle();
    assertSame(b, control.popToEnd());
    core.table.remove(b);
    assertCounts(0, 0);
    control.checkInvariants();
    assertSame(a, control.popToEnd());
    core.table.remove(a);
    assertNull(control.popToEnd());
    control.checkInvariants();
  }

  @Test
  @DisplayName("SCH-31: a machine goes idle as surplus only while more are active than permitted")
  void surplus() {
    Machine a = addIdle();
    Machine b = addIdle();
    pop(2);
    control.stopSpinning();
    pop(2);
    assertFalse(control.pushIdleIfSurplus(a, true, 2));
    assertCounts(2, 1);
    assertTrue(control.pushIdleIfSurplus(a, true, 1));
    assertCounts(1, 0);
    assertFalse(control.pushIdleIfSurplus(b, false, 1));
    control.pushIdle(b, false);
    control.checkInvariants();
  }

  @Test
  @DisplayName("The id of an ended machine is used again, and the stack holds the new one")
  void idsAreReused() {
    Machine a = addIdle();
    Machine b = addIdle();
    assertSame(b, control.popToEnd());
    core.table.remove(b);
    Machine c = addIdle();
    assertEquals(b.id(), c.id());
    assertSame(c, pop(MANY));
    control.stopSpinning();
    assertSame(a, pop(MANY));
  }

  @Test
  @DisplayName("Every push and every pop makes a new version, so that a stale pop fails")
  void version() throws Exception {
    Machine a = addIdle();
    int before = versionNow();
    pop(MANY);
    assertEquals(before + 1, versionNow(), "pop");
    control.pushIdle(a, true);
    assertEquals(before + 2, versionNow(), "push");
    assertSame(a, control.popToEnd());
    assertEquals(before + 3, versionNow(), "pop to end");
    control.pushNew(a);
    assertEquals(before + 4, versionNow(), "push of a new one");
  }

  private int versionNow() throws Exception {
    long word =
        (long)
            MethodHandles.privateLookupIn(MachineControl.class, MethodHandles.lookup())
                .findVarHandle(MachineControl.class, "word", long.class)
                .get(control);
    return (int) (word >>> 48);
  }

  @Test
  @DisplayName("The version wraps around without touching the counts")
  void versionWraps() {
    Machine a = addIdle();
    for (int i = 0; i < 70_000; i++) {
      assertSame(a, pop(1));
      assertEquals("active=1 spinning=1", counts());
      control.pushIdle(a, true);
    }
    assertCounts(0, 0);
    control.checkInvariants();
  }

  @Test
  @DisplayName("checkInvariants finds a unit that nobody has and a machine that is nowhere")
  void findsMistakes() {
    addIdle();
    control.checkInvariants();
    assertTrue(pop(1) != null);
    control.stopSpinning();
    assertFalse(control.claimNew(1));
    assertTrue(control.claimNew(2));
    assertThrows(AssertionError.class, control::checkInvariants, "a unit without a machine");
    control.unclaimNew();
    control.checkInvariants();
    core.newMachine(true);
    assertThrows(AssertionError.class, control::checkInvariants, "a machine that is not pushed");
  }

  @Test
  @DisplayName("SCH-21: pushed and popped by many threads, every machine has one owner at a time")
  void concurrently() throws Exception {
    int machines = 6;
    int threads = 3;
    for (int i = 0; i < machines; i++) {
      addIdle();
    }
    AtomicIntegerArray owners = new AtomicIntegerArray(machines);
    CyclicBarrier start = new CyclicBarrier(threads);
    List<@Nullable Throwable> failures = new ArrayList<>();
    List<Thread> crew = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      Thread thread = Thread.ofPlatform().unstarted(() -> pushAndPop(owners, start));
      thread.setUncaughtExceptionHandler(
          (ignored, failure) -> {
            synchronized (failures) {
              failures.add(failure);
            }
          });
      thread.start();
      crew.add(thread);
    }
    for (Thread thread : crew) {
      thread.join();
    }
    assertEquals(List.of(), failures);
    assertCounts(0, 0);
    control.checkInvariants();
  }

  private void pushAndPop(AtomicIntegerArray owners, CyclicBarrier start) {
    try {
      start.await();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
    ThreadLocalRandom random = ThreadLocalRandom.current();
    List<Machine> mine = new ArrayList<>();
    for (int i = Scale.times(20_000); i > 0 || !mine.isEmpty(); i--) {
      Machine popped = i > 0 && random.nextBoolean() ? control.popSpinning(MANY) : null;
      if (popped != null) {
        assertEquals(0, owners.getAndIncrement(popped.id()), "has an owner already");
        boolean goesOn = random.nextBoolean();
        if (goesOn) {
          control.stopSpinning();
          mine.add(popped);
        } else {
          owners.getAndDecrement(popped.id());
          control.pushIdle(popped, true);
        }
      } else if (!mine.isEmpty()) {
        Machine machine = mine.removeLast();
        owners.getAndDecrement(machine.id());
        control.pushIdle(machine, false);
      }
    }
  }
}
