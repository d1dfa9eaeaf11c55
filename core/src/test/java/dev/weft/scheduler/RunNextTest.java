package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.scheduler.QueueTesting.Task;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class RunNextTest {
  private final RunNext next = new RunNext();
  private final Task a = new Task(1);
  private final Task b = new Task(2);

  @Test
  @DisplayName("SCH-2: a put into the empty slot kicks nothing out, the next put kicks that task")
  void putKicks() {
    assertNull(next.put(a));
    assertSame(a, next.put(b));
    assertSame(b, next.take());
    assertNull(next.take());
  }

  @Test
  @DisplayName("SCH-15: a thief takes only what it has seen")
  void stealTakesTheExpectedOnly() {
    next.put(a);
    assertSame(a, next.peek());
    next.put(b);
    assertFalse(next.steal(a));
    assertTrue(next.steal(b));
    assertFalse(next.steal(b));
    assertNull(next.peek());
    assertNull(next.take());
  }

  @Test
  @DisplayName("a stolen slot is empty for the owner, who can fill it again")
  void putAfterSteal() {
    next.put(a);
    next.steal(a);
    assertNull(next.put(b));
    assertSame(b, next.take());
  }

  @Test
  @DisplayName("isEmpty follows put, take and steal")
  void isEmpty() {
    assertTrue(next.isEmpty());
    next.put(a);
    assertFalse(next.isEmpty());
    next.take();
    assertTrue(next.isEmpty());
    next.put(a);
    next.steal(a);
    assertTrue(next.isEmpty());
  }
}
