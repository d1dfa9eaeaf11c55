package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// A thief that has found nothing but a slot (SCH-15): what the owner does while the thief sleeps,
/// and what the thief takes then.
@Tag("gpm")
class SlotGraceTest {
  private final UnstartedCore unstarted = new UnstartedCore(2);
  private final Core core = unstarted.core;
  private final Machine owner = unstarted.running();
  private final Machine thief = unstarted.spinning();
  private final Schedulable task = task();

  @BeforeEach
  void fillSlot() {
    owner.processor.runNext.put(task);
  }

  @Test
  @DisplayName("SCH-15: takes the slot of an owner that has not moved")
  void lingers() {
    assertSame(task, search(() -> {}));
    assertNull(owner.processor.runNext.peek());
  }

  @Test
  @DisplayName(
      "SCH-15: leaves the slot of an owner that has run it, also with the same in it again")
  void moved() {
    Schedulable found =
        search(
            () -> {
              assertSame(task, owner.processor.runNext.take());
              owner.processor.countSwitch();
              owner.processor.runNext.put(task);
            });
    assertNull(found);
    assertSame(task, owner.processor.runNext.peek());
  }

  @Test
  @DisplayName("SCH-15: leaves what was put into the slot during the grace")
  void another() {
    Schedulable other = task();
    Schedulable found =
        search(
            () -> {
              owner.processor.runNext.take();
              owner.processor.runNext.put(other);
            });
    assertNull(found);
    assertSame(other, owner.processor.runNext.peek());
  }

  @Test
  @DisplayName("SCH-14: takes half of a ring that was filled during the grace, and leaves the slot")
  void kicked() {
    Schedulable last = task();
    Schedulable found =
        search(
            () -> {
              for (int i = 0; i < 4; i++) {
                Schedulable next = i == 3 ? last : task();
                Schedulable kicked = owner.processor.runNext.put(next);
                assertTrue(owner.processor.queue.offer(kicked == null ? next : kicked));
              }
            });
    assertEquals(1, thief.processor.queue.size(), "half of four, without the one it runs");
    assertEquals(2, owner.processor.queue.size());
    assertSame(last, owner.processor.runNext.peek());
    assertSame(task, thief.processor.queue.poll(), "the oldest first");
    assertNotNull(found);
    assertNotSame(task, found);
  }

  @Test
  @DisplayName(
      "SCH-15: takes a slot also with the real grace, asleep and where one lingered before")
  void realGrace() {
    assertSame(task, new WorkSearch(core, thief).others());
    owner.processor.runNext.put(task);
    owner.processor.setEager(1);
    assertSame(task, new WorkSearch(core, thief).others());
  }

  @Test
  @DisplayName("Does not sleep when there is nothing in any slot")
  void nothing() {
    owner.processor.runNext.take();
    assertNull(
        search(
            () -> {
              throw new AssertionError("slept for nothing");
            }));
  }

  @Test
  @DisplayName("Sleeps to the end of the grace, also when unparked and when interrupted")
  void disturbed() {
    SlotGrace grace = new SlotGrace();
    LockSupport.unpark(Thread.currentThread());
    Thread.currentThread().interrupt();
    long before = System.nanoTime();
    grace.await();
    assertTrue(System.nanoTime() - before >= 3_000);
    assertTrue(Thread.interrupted());
  }

  private @Nullable Schedulable search(Runnable meanwhile) {
    SlotGrace grace =
        new SlotGrace() {
          @Override
          void await() {
            meanwhile.run();
          }
        };
    return new WorkSearch(core, thief, grace).others();
  }

  private static Schedulable task() {
    return new Schedulable() {
      @Override
      public void resume() {}
    };
  }
}
