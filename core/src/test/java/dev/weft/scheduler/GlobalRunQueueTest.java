package dev.weft.scheduler;

import static dev.weft.scheduler.QueueTesting.drain;
import static dev.weft.scheduler.QueueTesting.id;
import static dev.weft.scheduler.QueueTesting.newGlobal;
import static dev.weft.scheduler.QueueTesting.range;
import static dev.weft.scheduler.QueueTesting.tasks;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.scheduler.QueueTesting.Task;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobalRunQueueTest {
  private static final int CHUNK = GlobalRunQueue.CHUNK;

  private final GlobalRunQueue queue = newGlobal();
  private final ExhaustibleGlobalRunQueue tight = new ExhaustibleGlobalRunQueue();

  @Test
  @DisplayName("SCH-1: the global queue is FIFO over many chunks")
  void fifo() {
    int count = 5 * CHUNK + 3;
    for (Task task : tasks(0, count)) {
      queue.addLast(task);
    }
    queue.checkInvariants();
    assertEquals(count, queue.size());
    assertEquals(range(0, count), drain(queue));
    assertEquals(0, queue.size());
    assertNull(queue.pollFirst());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 129, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK})
  @DisplayName("a batch at the tail keeps its order and follows what is there")
  void batchAtTail(int count) {
    for (int before : new int[] {0, 1, 300, CHUNK}) {
      queue.addLast(tasks(0, before), before);
      queue.addLast(tasks(before, before + count + 5), count);
      queue.checkInvariants();
      assertEquals(range(0, before + count), drain(queue));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 257, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK})
  @DisplayName("SCH-31: a batch at the head keeps its order and goes before what is there")
  void batchAtHead(int count) {
    for (int before : new int[] {0, 1, 300, 2 * CHUNK}) {
      for (int taken : new int[] {0, before / 2}) {
        queue.addLast(tasks(count, count + before), before);
        for (int i = 0; i < taken; i++) {
          queue.pollFirst();
        }
        queue.addFirst(tasks(0, count + 5), count);
        queue.checkInvariants();
        queue.addLast(new Task(count + before));
        List<Integer> expected = range(0, count);
        expected.addAll(range(count + taken, count + before + 1));
        assertEquals(expected, drain(queue));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"1,1", "3,1", "4,2", "100,26", "1000,128", "0,0", "511,128"})
  @DisplayName("SCH-9, SCH-10: a batch is min(size, size/procs + 1, 128), the first of it is run")
  void fairShare(int size, int taken) {
    LocalRunQueue ring = new LocalRunQueue(Integer.MAX_VALUE - 20);
    queue.addLast(tasks(0, size), size);
    Schedulable first = queue.pollBatch(4, ring);
    assertEquals(taken == 0, first == null);
    if (first != null) {
      assertEquals(0, id(first));
      assertEquals(range(1, taken), drain(ring));
    }
    assertEquals(size - taken, queue.size());
    assertEquals(range(taken, size), drain(queue));
  }

  @Test
  @DisplayName("SCH-9: one processor takes everything up to 128")
  void fairShareOfOne() {
    LocalRunQueue ring = new LocalRunQueue();
    queue.addLast(tasks(0, 100), 100);
    assertEquals(0, id(queue.pollBatch(1, ring)));
    assertEquals(range(1, 100), drain(ring));
    assertEquals(0, queue.size());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 50})
  @DisplayName("SCH-9: a batch goes behind what the ring holds and never exceeds its room")
  void batchIntoCrowdedRing(int room) {
    LocalRunQueue ring = new LocalRunQueue();
    int crowd = LocalRunQueue.SIZE - room;
    for (Task task : tasks(-crowd, 0)) {
      ring.offer(task);
    }
    queue.addLast(tasks(0, 1000), 1000);
    assertEquals(0, id(queue.pollBatch(1, ring)));
    List<Integer> expected = range(-crowd, 0);
    expected.addAll(range(1, room + 1));
    assertEquals(expected, drain(ring));
    assertEquals(range(room + 1, 1000), drain(queue));
  }

  @Test
  @DisplayName("SCH-8: pollFirst takes exactly one")
  void pollFirst() {
    queue.addLast(tasks(0, 10), 10);
    assertEquals(0, id(queue.pollFirst()));
    assertEquals(9, queue.size());
  }

  @Test
  @DisplayName("one reference may be queued many times and comes out as often")
  void duplicates() {
    Task task = new Task(9);
    queue.addLast(task);
    queue.addLast(task);
    queue.addFirst(new Schedulable[] {task, task}, 2);
    assertEquals(List.of(9, 9, 9, 9), drain(queue));
  }

  @Test
  @DisplayName("a queue that is emptied again and again allocates nothing")
  void staysInOneChunk() {
    for (int i = 0; i < 10 * CHUNK; i++) {
      tight.addLast(new Task(i));
      assertEquals(i, id(tight.pollFirst()));
    }
    tight.checkInvariants();
    assertEquals(0, tight.allocated);
  }

  @Test
  @DisplayName("a queue of constant length reuses its chunks")
  void rotates() {
    tight.addLast(tasks(0, 100), 100);
    for (int i = 0; i < 10 * CHUNK; i++) {
      tight.addLast(new Task(100 + i));
      assertEquals(i, id(tight.pollFirst()));
    }
    tight.checkInvariants();
    assertEquals(1, tight.allocated);
  }

  @Test
  @DisplayName("after a burst a bounded number of chunks is kept, and these are used again")
  void boundedSpares() {
    int burst = 40 * CHUNK;
    tight.addLast(tasks(0, burst), burst);
    assertEquals(39, tight.allocated);
    assertEquals(range(0, burst), drain(tight));
    tight.addLast(tasks(0, burst), burst);
    assertEquals(39 + 39 - GlobalRunQueue.MAX_SPARES, tight.allocated);
    assertEquals(range(0, burst), drain(tight));
  }

  @Test
  @DisplayName("out of memory at the tail leaves the queue as before, then it works again")
  void outOfMemoryAtTail() {
    tight.addLast(tasks(0, CHUNK), CHUNK);
    tight.chunksLeft = 0;
    assertThrows(OutOfMemoryError.class, () -> tight.addLast(new Task(-1)));
    assertThrows(OutOfMemoryError.class, () -> tight.addLast(tasks(0, 9), 9));
    tight.chunksLeft = 1;
    int tooMany = 2 * CHUNK;
    assertThrows(OutOfMemoryError.class, () -> tight.addLast(tasks(0, tooMany), tooMany));
    tight.checkInvariants();
    tight.addLast(new Task(CHUNK));
    assertEquals(range(0, CHUNK + 1), drain(tight));
  }

  @Test
  @DisplayName("out of memory at the head leaves the queue as before, then it works again")
  void outOfMemoryAtHead() {
    tight.addLast(tasks(1, CHUNK), CHUNK - 1);
    tight.chunksLeft = 0;
    assertThrows(OutOfMemoryError.class, () -> tight.addFirst(tasks(0, 9), 9));
    tight.chunksLeft = 1;
    int tooMany = 2 * CHUNK;
    assertThrows(OutOfMemoryError.class, () -> tight.addFirst(tasks(0, tooMany), tooMany));
    tight.checkInvariants();
    tight.addFirst(tasks(0, 1), 1);
    assertEquals(range(0, CHUNK), drain(tight));
  }

  @Test
  @DisplayName("a count beyond the array is refused before the lock is taken")
  void badCount() {
    assertThrows(IndexOutOfBoundsException.class, () -> tight.addLast(tasks(0, 2), 3));
    assertThrows(IndexOutOfBoundsException.class, () -> tight.addFirst(tasks(0, 2), 3));
    tight.addLast(new Task(1));
    assertEquals(List.of(1), drain(tight));
  }

  @Test
  @DisplayName(
      "who waits long for the lock yields the CPU through osYield and goes on when it is free")
  void waitsByYielding() throws ReflectiveOperationException {
    VarHandle lock =
        MethodHandles.privateLookupIn(GlobalRunQueue.class, MethodHandles.lookup())
            .findVarHandle(GlobalRunQueue.class, "lock", int.class);
    AtomicInteger yields = new AtomicInteger();
    GlobalRunQueue[] self = new GlobalRunQueue[1];
    GlobalRunQueue held =
        new GlobalRunQueue(
            () -> {
              if (yields.incrementAndGet() == 3) {
                lock.setVolatile(self[0], 0); // the holder leaves
              }
            });
    self[0] = held;
    lock.setVolatile(held, 1); // as if a holder had lost its CPU
    held.addLast(new Task(4));
    assertEquals(3, yields.get());
    assertEquals(List.of(4), drain(held));
  }

  @ParameterizedTest
  @MethodSource("dev.weft.scheduler.QueueTesting#seeds")
  @DisplayName(
      "a stack overflow at any depth leaves the lock free, and the task in a queue or in none")
  void stackOverflow(int seed) throws Exception {
    for (int round = 0; round < 20; round++) {
      DeepAdder adder = new DeepAdder(tight);
      FutureTask<Void> result = new FutureTask<>(adder, null);
      Thread thread = new Thread(null, result, "deep", 256 * 1024L);
      thread.start();
      result.get();
      assertTrue(adder.refused > 0 && adder.count > 0);
      tight.checkInvariants();
      List<Integer> left = drain(tight);
      left.addAll(drain(adder.ring));
      left.sort(null);
      assertEquals(adder.queued(), left);
    }
  }

  /// Runs into the end of its stack, then tries a put at each depth on the way back.
  private static final class DeepAdder implements Runnable {
    final LocalRunQueue ring = new LocalRunQueue();
    final GlobalRunQueue global;
    final Task[] tasks = tasks(0, 100_000);
    final boolean[] queued = new boolean[tasks.length];
    int count;
    int refused;

    DeepAdder(GlobalRunQueue global) {
      this.global = global;
    }

    @Override
    public void run() {
      descend(Integer.MAX_VALUE);
    }

    private void descend(int depth) {
      try {
        if (depth > 0) {
          descend(depth - 1);
        }
      } catch (StackOverflowError e) {
        refused++;
      }
      int mine = count; // from here to the end no call but put, so that only put overflows
      if (mine < tasks.length) {
        count = mine + 1;
        try {
          ring.put(tasks[mine], global);
          queued[mine] = true;
        } catch (StackOverflowError e) {
          refused++;
        }
      }
    }

    List<Integer> queued() {
      return IntStream.range(0, count).filter(i -> queued[i]).boxed().toList();
    }
  }
}
