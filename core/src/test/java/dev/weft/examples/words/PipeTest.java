package dev.weft.examples.words;

import static dev.weft.Go.go;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.scheduler.Goroutine;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PipeTest {

  @Test
  @DisplayName("Elements come out in the order they went in, and the end after the last one")
  void order() throws Exception {
    Pipe<Integer> pipe = new Pipe<>(3);
    pipe.send(1);
    pipe.send(2);
    pipe.send(3);
    pipe.close(); // does not wait, although the pipe is full
    List<Integer> received = new ArrayList<>();
    pipe.forEach(received::add);
    assertEquals(List.of(1, 2, 3), received);
  }

  @Test
  @DisplayName("A sender is never more than the capacity ahead of the receiver")
  void bounded() throws Exception {
    int capacity = 4;
    Pipe<Integer> pipe = new Pipe<>(capacity);
    AtomicInteger sent = new AtomicInteger();
    AtomicInteger received = new AtomicInteger();
    AtomicInteger mostAhead = new AtomicInteger();
    Goroutine sender =
        go(
            () -> {
              for (int i = 0; i < 10_000; i++) {
                pipe.send(i);
                int ahead = sent.incrementAndGet() - received.get();
                mostAhead.accumulateAndGet(ahead, Math::max);
              }
              pipe.close();
            });
    // Counted as received before the next one is taken, so that it is never behind.
    pipe.forEach(element -> received.incrementAndGet());
    sender.join();
    assertNull(sender.failure());
    assertEquals(10_000, received.get());
    // one may be taken and not yet counted
    assertTrue(mostAhead.get() <= capacity + 1, mostAhead + " ahead");
  }

  @Test
  @DisplayName("Each element goes to one of several receivers, and the end to all of them")
  void receivers() throws Exception {
    int elements = 10_000;
    Pipe<Integer> pipe = new Pipe<>(8);
    Set<Integer> received = new ConcurrentSkipListSet<>();
    AtomicInteger count = new AtomicInteger();
    List<Goroutine> goroutines = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      goroutines.add(
          go(
              () ->
                  pipe.forEach(
                      element -> {
                        received.add(element);
                        count.incrementAndGet();
                      })));
    }
    Set<Integer> expected = new TreeSet<>();
    for (int i = 0; i < elements; i++) {
      pipe.send(i);
      expected.add(i);
    }
    pipe.close();
    for (Goroutine goroutine : goroutines) {
      goroutine.join();
      assertNull(goroutine.failure());
    }
    assertEquals(expected, received);
    assertEquals(elements, count.get());
  }

  @Test
  @DisplayName("Who waits for room or for an element can be interrupted")
  void interrupted() throws Exception {
    Pipe<Integer> full = new Pipe<>(1);
    full.send(1);
    Pipe<Integer> empty = new Pipe<>(1);
    CountDownLatch started = new CountDownLatch(2);
    CountDownLatch interrupted = new CountDownLatch(2);
    Goroutine sender =
        go(
            () -> {
              started.countDown();
              try {
                full.send(2);
              } catch (InterruptedException expected) {
                interrupted.countDown();
              }
            });
    Goroutine receiver =
        go(
            () -> {
              started.countDown();
              try {
                empty.forEach(element -> {});
              } catch (InterruptedException expected) {
                interrupted.countDown();
              }
            });
    started.await();
    sender.interrupt();
    receiver.interrupt();
    interrupted.await();
    full.close();
    List<Integer> left = new ArrayList<>();
    full.forEach(left::add);
    assertEquals(List.of(1), left);
  }
}
