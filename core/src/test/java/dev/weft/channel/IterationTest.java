package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Await;
import dev.weft.testkit.Task;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Spliterator;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// All the ways to receive more than one element.
@ParameterizedClass
@MethodSource("dev.weft.channel.Setting#all")
class IterationTest extends ChannelContract {
  private static final int N = 20;

  /// Sends `0 .. N - 1`, and closes the channel.
  private Task<Boolean> producer() {
    return threads.start(
        () -> {
          for (int i = 0; i < N; i++) {
            channel.send(i);
          }
          channel.close();
        });
  }

  @Test
  @DisplayName("CH-25: a loop over the channel receives until it is closed and drained")
  void loop() throws Exception {
    producer();
    Task<List<Integer>> consumer =
        threads.call(
            () -> {
              List<Integer> seen = new ArrayList<>();
              for (int element : channel) {
                seen.add(element);
              }
              return seen;
            });
    assertEquals(upTo(N), consumer.get());
  }

  @Test
  @DisplayName("CH-25: leaving the loop early leaves the rest in place")
  void leaveEarly() throws Exception {
    producer();
    List<Integer> seen = new ArrayList<>();
    for (int element : channel) {
      seen.add(element);
      if (element == 4) {
        break;
      }
    }
    assertEquals(upTo(5), seen);
    channel.forEach((Integer element) -> seen.add(element));
    assertEquals(upTo(N), seen);
  }

  @Test
  @DisplayName("hasNext receives once, however often it is called; next throws at the end")
  void hasNext() throws Exception {
    producer();
    Iterator<Integer> elements = channel.iterator();
    for (int i = 0; i < N; i++) {
      assertTrue(elements.hasNext());
      assertTrue(elements.hasNext());
      assertEquals(i, elements.next());
    }
    assertFalse(elements.hasNext());
    assertFalse(elements.hasNext());
    assertThrows(NoSuchElementException.class, elements::next);
    assertThrows(UnsupportedOperationException.class, elements::remove);
  }

  @Test
  @DisplayName("next without hasNext receives, too; two iterators share the elements")
  void nextAlone() throws Exception {
    producer();
    Iterator<Integer> one = channel.iterator();
    Iterator<Integer> other = channel.iterator();
    for (int i = 0; i < N; i += 2) {
      assertEquals(i, one.next());
      assertEquals(i + 1, other.next());
    }
    assertThrows(NoSuchElementException.class, one::next);
    assertThrows(NoSuchElementException.class, other::next);
  }

  @Test
  @DisplayName("An interrupted iteration throws with the flag set; it can go on, nothing is lost")
  void interruptedIterator() throws Exception {
    CountDownLatch interrupted = new CountDownLatch(1);
    Task<List<Integer>> consumer =
        threads.call(
            () -> {
              Iterator<Integer> elements = channel.iterator();
              var thrown = assertThrows(InterruptedChannelException.class, elements::hasNext);
              assertTrue(Thread.interrupted(), "the flag is set");
              assertInstanceOf(InterruptedException.class, thrown.getCause());
              Thread.currentThread().interrupt();
              assertThrows(InterruptedChannelException.class, elements::next);
              assertTrue(Thread.interrupted(), "the flag is set");
              interrupted.countDown();
              List<Integer> seen = new ArrayList<>();
              elements.forEachRemaining(seen::add);
              return seen;
            });
    awaitReceivers(1);
    consumer.interrupt();
    Await.zero(interrupted, "the interrupts");
    producer().get();
    assertEquals(upTo(N), consumer.get());
  }

  @Test
  @DisplayName("forEach receives all, and ends with what the body throws; the rest stays")
  void forEach() throws Exception {
    producer();
    List<Integer> seen = new ArrayList<>();
    Exception thrown = new Exception("from the body");
    Exception caught =
        assertThrows(
            Exception.class,
            () ->
                channel.forEach(
                    (Integer element) -> {
                      seen.add(element);
                      if (element == 4) {
                        throw thrown;
                      }
                    }));
    assertSame(thrown, caught);
    assertEquals(upTo(5), seen);
    Consumer<Integer> plain = seen::add;
    channel.forEach(plain);
    assertEquals(upTo(N), seen);
  }

  @Test
  @DisplayName("forEach is interrupted with an exception, and a plain consumer's with the flag")
  void forEachInterrupted() throws Exception {
    Task<Boolean> throwing = threads.start(() -> channel.forEach((Integer element) -> {}));
    awaitReceivers(1);
    throwing.interrupt();
    throwing.fails(InterruptedException.class);
    assertFalse(throwing.endedWithFlag());
    Consumer<Integer> nothing = element -> {};
    Task<Boolean> plain = threads.start(() -> channel.forEach(nothing));
    awaitReceivers(1);
    plain.interrupt();
    plain.fails(InterruptedChannelException.class);
    assertTrue(plain.endedWithFlag());
  }

  @Test
  @DisplayName("A stream has all elements, and one that stops early leaves the rest")
  void stream() throws Exception {
    producer();
    assertEquals(upTo(5), channel.stream().limit(5).toList());
    assertEquals(5, channel.stream().findFirst().orElseThrow());
    assertEquals(upTo(N).subList(6, N), channel.stream().toList());
    assertEquals(List.of(), channel.stream().toList());
  }

  @Test
  @DisplayName("A stream does not split, and says that it is ordered and of unknown size")
  void spliterator() throws Exception {
    producer();
    Spliterator<Integer> elements = channel.stream().spliterator();
    assertEquals(null, elements.trySplit());
    assertEquals(Long.MAX_VALUE, elements.estimateSize());
    assertTrue(elements.hasCharacteristics(Spliterator.ORDERED | Spliterator.NONNULL));
    List<Integer> seen = new ArrayList<>();
    while (elements.tryAdvance(seen::add)) {}
    assertEquals(upTo(N), seen);
  }

  @Test
  @DisplayName("The channel's own spliterator does not split either")
  void ownSpliterator() throws Exception {
    producer();
    Spliterator<Integer> elements = channel.spliterator();
    assertEquals(null, elements.trySplit());
    assertTrue(elements.hasCharacteristics(Spliterator.ORDERED | Spliterator.NONNULL));
    List<Integer> seen = new ArrayList<>();
    elements.forEachRemaining(seen::add);
    assertEquals(upTo(N), seen);
  }

  @Test
  @DisplayName("An interrupted stream throws with the flag set")
  void interruptedStream() throws Exception {
    Task<Boolean> consumer = threads.start(() -> channel.stream().forEach(element -> {}));
    awaitReceivers(1);
    consumer.interrupt();
    consumer.fails(InterruptedChannelException.class);
    assertTrue(consumer.endedWithFlag());
  }

  @Test
  @DisplayName("drainTo takes what is there, of the buffer and of senders, and no more than asked")
  void drainTo() throws Exception {
    fill();
    List<Task<Boolean>> senders = blockedSenders(capacity, 3);
    List<Integer> seen = new ArrayList<>();
    assertEquals(0, channel.drainTo(seen, 0));
    assertEquals(2, channel.drainTo(seen, 2));
    assertEquals(capacity + 1, channel.drainTo(seen, Integer.MAX_VALUE));
    assertEquals(0, channel.drainTo(seen, Integer.MAX_VALUE));
    assertEquals(upTo(capacity + 3), seen);
    for (Task<Boolean> sender : senders) {
      assertTrue(sender.get());
    }
  }

  @Test
  @DisplayName("drainTo at the end takes nothing; a collection that throws loses one element only")
  void drainToThrowing() throws Exception {
    fill();
    Task<Boolean> sender = blockedSender(capacity);
    List<Integer> refusing =
        new AbstractList<>() {
          @Override
          public boolean add(Integer element) {
            throw new IllegalStateException("full");
          }

          @Override
          public Integer get(int index) {
            throw new IndexOutOfBoundsException(index);
          }

          @Override
          public int size() {
            return 0;
          }
        };
    assertThrows(IllegalStateException.class, () -> channel.drainTo(refusing, 10));
    channel.checkInvariants();
    assertTrue(sender.get());
    assertEquals(upTo(capacity + 1).subList(1, capacity + 1), takeAll());
    channel.close();
    assertEquals(List.of(), takeAll());
  }
}
