package dev.weft.internal.timer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimerHeapTest {
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  @DisplayName("TMR-19: nodes leave in the order of their deadlines, whatever comes and goes")
  void againstPriorityQueue(long seed) {
    Random random = new Random(seed);
    int spread = 1 << random.nextInt(1, 20); // few different deadlines: many equal ones
    TimerHeap heap = new TimerHeap();
    PriorityQueue<Long> model = new PriorityQueue<>();
    for (int step = 0; step < 20_000; step++) {
      boolean growing = (step / 2_000) % 2 == 0;
      if (random.nextInt(10) < (growing ? 7 : 3)) {
        long deadline = random.nextInt(spread);
        heap.add(new TestNode(deadline));
        model.add(deadline);
      } else {
        assertPollsAlike(model, heap);
      }
      if (step % 500 == 0) {
        heap.trim();
        heap.checkInvariants(0);
      }
      assertEquals(model.size(), heap.size());
      assertEquals(model.isEmpty() ? TimeSource.NEVER : model.peek(), heap.earliest());
    }
    while (!model.isEmpty()) {
      assertPollsAlike(model, heap);
    }
    assertTrue(heap.isEmpty());
    heap.checkInvariants(0);
  }

  private static void assertPollsAlike(PriorityQueue<Long> model, TimerHeap heap) {
    Long expected = model.poll();
    TimerNode peeked = heap.peek();
    TimerNode polled = heap.poll();
    assertEquals(expected, polled == null ? null : polled.deadline());
    assertEquals(peeked, polled);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 5, 6, 63, 64, 1_000})
  @DisplayName("compact drops exactly the cancelled nodes and keeps the order")
  void compact(int size) {
    Random random = new Random(size);
    for (double share : new double[] {0, 0.1, 0.5, 0.9, 1}) {
      TimerHeap heap = new TimerHeap();
      List<Long> kept = new ArrayList<>();
      for (int i = 0; i < size; i++) {
        TestNode node = new TestNode(random.nextInt(1_000));
        heap.add(node);
        if (random.nextDouble() < share) {
          node.cancel();
        } else {
          kept.add(node.deadline());
        }
      }
      assertEquals(size - kept.size(), heap.checkInvariants(0));
      assertEquals(size - kept.size(), heap.compact());
      assertEquals(0, heap.checkInvariants(0));
      assertEquals(0, heap.compact());
      kept.sort(null);
      for (long deadline : kept) {
        TimerNode next = heap.poll();
        assertNotNull(next);
        assertEquals(deadline, next.deadline());
      }
      assertNull(heap.poll());
    }
  }

  @Test
  @DisplayName("trim gives the memory of a heap that has shrunk back, and only then")
  void trim() {
    TimerHeap heap = new TimerHeap();
    for (int i = 0; i < 10_000; i++) {
      heap.add(new TestNode(i));
    }
    int grown = heap.capacity();
    heap.trim();
    assertEquals(grown, heap.capacity());
    while (heap.size() > 100) {
      heap.poll();
      heap.trim();
    }
    assertTrue(heap.capacity() < 1_000, "capacity " + heap.capacity());
    heap.checkInvariants(0);
    while (!heap.isEmpty()) {
      heap.poll();
    }
    heap.trim();
    assertEquals(16, heap.capacity());
    heap.checkInvariants(0);
  }

  @Test
  @DisplayName("an add that finds no room throws and changes nothing")
  void noRoom() {
    TimerHeap heap = new TimerHeap(20);
    for (int i = 0; i < 20; i++) {
      heap.add(new TestNode(i));
    }
    TestNode late = new TestNode(3);
    assertThrows(OutOfMemoryError.class, () -> heap.add(late));
    assertEquals(20, heap.size());
    heap.checkInvariants(0);
    heap.poll();
    heap.add(late);
    heap.checkInvariants(0);
  }
}
