package dev.weft.scheduler;

import static dev.weft.scheduler.QueueTesting.drain;
import static dev.weft.scheduler.QueueTesting.id;
import static dev.weft.scheduler.QueueTesting.newGlobal;
import static dev.weft.scheduler.QueueTesting.range;
import static dev.weft.scheduler.QueueTesting.tasks;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.scheduler.QueueTesting.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalRunQueueTest {
  private static final int SIZE = LocalRunQueue.SIZE;
  private static final int HALF = LocalRunQueue.HALF;

  private final GlobalRunQueue global = newGlobal();

  @ParameterizedTest
  @ValueSource(ints = {0, Integer.MAX_VALUE - 100, Integer.MAX_VALUE, -1, -100})
  @DisplayName("SCH-3: the ring is FIFO, also where its counters wrap around")
  void fifo(int start) {
    LocalRunQueue ring = new LocalRunQueue(start);
    int in = 0;
    int out = 0;
    for (int round = 0; round < 10; round++) {
      while (ring.offer(new Task(in))) {
        in++;
      }
      assertEquals(SIZE, in - out);
      assertEquals(SIZE, ring.size());
      assertEquals(0, ring.room());
      ring.checkInvariants();
      for (int i = 0; i < 200; i++) {
        assertEquals(out++, id(ring.poll()));
      }
    }
    assertEquals(range(out, in), drain(ring));
    assertNull(ring.poll());
    assertEquals(SIZE, ring.room());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, Integer.MAX_VALUE - 100, -300})
  @DisplayName("SCH-5: ring full spills the oldest 128 + 1 to the global tail")
  void spill(int start) {
    LocalRunQueue ring = new LocalRunQueue(start);
    global.addLast(new Task(-1));
    for (Task task : tasks(0, SIZE + 1)) {
      ring.put(task, global);
    }
    List<Integer> expected = new ArrayList<>(List.of(-1));
    expected.addAll(range(0, HALF));
    expected.add(SIZE);
    assertEquals(expected, drain(global));
    assertEquals(range(HALF, SIZE), drain(ring));
  }

  @Test
  @DisplayName("SCH-5: a spill that finds room, made by a thief, changes nothing")
  void spillOfRingWithRoom() {
    LocalRunQueue ring = filled(0, SIZE);
    ring.poll();
    assertFalse(global.addLastHalf(ring, new Task(SIZE)));
    assertEquals(0, global.size());
    global.checkInvariants();
    assertEquals(range(1, SIZE), drain(ring));
    global.addLast(new Task(7)); // the lock is free
    assertEquals(List.of(7), drain(global));
  }

  @Test
  @DisplayName("SCH-5: out of memory leaves ring and global queue as before, then put works again")
  void spillOutOfMemory() {
    ExhaustibleGlobalRunQueue tight = new ExhaustibleGlobalRunQueue();
    for (Task task : tasks(0, GlobalRunQueue.CHUNK)) {
      tight.addLast(task);
    }
    LocalRunQueue ring = filled(1000, 1000 + SIZE);
    tight.chunksLeft = 0;
    assertThrows(OutOfMemoryError.class, () -> ring.put(new Task(-1), tight));
    assertEquals(GlobalRunQueue.CHUNK, tight.size());
    assertEquals(SIZE, ring.size());
    tight.chunksLeft = 1;
    ring.put(new Task(-1), tight);

    List<Integer> expected = range(0, GlobalRunQueue.CHUNK);
    expected.addAll(range(1000, 1000 + HALF));
    expected.add(-1);
    assertEquals(expected, drain(tight));
    assertEquals(range(1000 + HALF, 1000 + SIZE), drain(ring));
  }

  @Test
  @DisplayName("SCH-4: n <= 257 through runnext and ring come out n-1, 0, 1, ..., n-2")
  void runNextFirst() {
    LocalRunQueue ring = new LocalRunQueue();
    RunNext next = new RunNext();
    ready(tasks(0, SIZE + 1), next, ring);
    assertEquals(SIZE, id(next.take()));
    assertEquals(range(0, SIZE), drain(ring));
    assertEquals(0, global.size());
  }

  @Test
  @DisplayName("SCH-6: of 258, 257 is next, the ring starts with 128, 0..127 and 256 are global")
  void oneMoreThanFits() {
    LocalRunQueue ring = new LocalRunQueue();
    RunNext next = new RunNext();
    ready(tasks(0, SIZE + 2), next, ring);
    assertEquals(SIZE + 1, id(next.take()));
    assertEquals(range(HALF, SIZE), drain(ring));
    List<Integer> expected = range(0, HALF);
    expected.add(SIZE);
    assertEquals(expected, drain(global));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, Integer.MAX_VALUE - 100, -20})
  @DisplayName("SCH-14: a steal takes ceil(len/2) from the head, runs the last, queues the others")
  void steal(int start) {
    for (int length = 1; length <= SIZE; length++) {
      LocalRunQueue victim = new LocalRunQueue(start);
      LocalRunQueue thief = new LocalRunQueue(start - 77);
      for (Task task : tasks(0, length)) {
        victim.offer(task);
      }
      int taken = (length + 1) / 2;
      assertEquals(taken - 1, id(victim.stealInto(thief)), "length " + length);
      assertEquals(range(0, taken - 1), drain(thief));
      assertEquals(range(taken, length), drain(victim));
    }
  }

  @Test
  @DisplayName("SCH-14: nothing to steal is null and leaves the thief alone")
  void stealFromEmpty() {
    LocalRunQueue thief = filled(0, 3);
    assertNull(new LocalRunQueue().stealInto(thief));
    assertEquals(range(0, 3), drain(thief));
  }

  @Test
  @DisplayName("a steal never takes more than the thief has room for, plus the one that is run")
  void stealIntoCrowdedRing() {
    for (int room : new int[] {0, 1, 100}) {
      LocalRunQueue victim = filled(1000, 1000 + SIZE);
      LocalRunQueue thief = filled(0, SIZE - room);
      assertEquals(1000 + room, id(victim.stealInto(thief)));
      List<Integer> expected = range(0, SIZE - room);
      expected.addAll(range(1000, 1000 + room));
      assertEquals(expected, drain(thief));
      assertEquals(range(1000 + room + 1, 1000 + SIZE), drain(victim));
    }
  }

  @Test
  @DisplayName("SCH-31: runnext and ring handed back are the head of the global queue, in order")
  void handBack() {
    LocalRunQueue ring = new LocalRunQueue(Integer.MAX_VALUE - 100);
    RunNext next = new RunNext();
    for (Task task : tasks(1, SIZE + 1)) {
      ring.offer(task);
    }
    next.put(new Task(0));
    global.addLast(new Task(SIZE + 1));

    @Nullable Schedulable[] all = new @Nullable Schedulable[SIZE + 1];
    all[0] = next.take();
    int count = 1 + ring.drainTo(all, 1);
    global.addFirst(all, count);

    assertEquals(SIZE + 1, count);
    assertTrue(ring.isEmpty(next));
    assertEquals(0, ring.drainTo(all, 0));
    assertEquals(range(0, SIZE + 2), drain(global));
  }

  @Test
  @DisplayName("forget clears the slots of an empty ring, and only of an empty one")
  void forget() {
    LocalRunQueue ring = filled(0, SIZE);
    ring.forget();
    assertEquals(range(0, SIZE), drain(ring));
    assertTrue(Arrays.stream(ring.slots).allMatch(Objects::nonNull));
    ring.forget();
    assertTrue(Arrays.stream(ring.slots).allMatch(Objects::isNull));
    ring.offer(new Task(5));
    assertEquals(List.of(5), drain(ring));
  }

  @Test
  @DisplayName("isEmpty looks at the ring, and at runnext if it is given")
  void isEmpty() {
    LocalRunQueue ring = new LocalRunQueue(Integer.MAX_VALUE);
    RunNext next = new RunNext();
    assertTrue(ring.isEmpty());
    assertTrue(ring.isEmpty(next));
    next.put(new Task(0));
    assertTrue(ring.isEmpty());
    assertFalse(ring.isEmpty(next));
    next.take();
    ring.offer(new Task(1));
    assertFalse(ring.isEmpty());
    assertFalse(ring.isEmpty(next));
    ring.poll();
    assertTrue(ring.isEmpty(next));
  }

  @Test
  @DisplayName(
      "SCH-20: a task that moves from runnext to the ring between the two looks is not missed")
  void isEmptyWhileATaskMoves() {
    LocalRunQueue ring = new LocalRunQueue();
    RunNext next =
        new RunNext() {
          @Override
          boolean isEmpty() {
            Schedulable kicked = put(new Task(1));
            if (kicked != null) {
              ring.offer(kicked);
            }
            take();
            return super.isEmpty();
          }
        };
    next.put(new Task(0));
    assertFalse(ring.isEmpty(next));
    assertEquals(List.of(0), drain(ring));
  }

  @Test
  @DisplayName("one reference may be queued many times and comes out as often")
  void duplicates() {
    LocalRunQueue ring = new LocalRunQueue();
    Task task = new Task(3);
    for (int i = 0; i < SIZE + 1; i++) {
      ring.put(task, global);
    }
    assertEquals(HALF + 1, drain(global).size());
    assertEquals(HALF, drain(ring).size());
  }

  @Test
  @DisplayName("checkInvariants finds a hole in the ring")
  void invariantsAreChecked() {
    LocalRunQueue ring = filled(0, 3);
    ring.slots[1] = null;
    assertThrows(AssertionError.class, ring::checkInvariants);
  }

  private static LocalRunQueue filled(int from, int to) {
    LocalRunQueue ring = new LocalRunQueue();
    for (Task task : tasks(from, to)) {
      assertTrue(ring.offer(task));
    }
    return ring;
  }

  private void ready(Task[] tasks, RunNext next, LocalRunQueue ring) {
    for (Task task : tasks) {
      Schedulable kicked = next.put(task);
      if (kicked != null) {
        ring.put(kicked, global);
      }
    }
  }
}
