package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Await;
import dev.weft.testkit.Task;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// What a channel, and those who wait, keep alive.
@ParameterizedClass
@MethodSource("dev.weft.channel.Setting#few")
class ReferencesTest extends ChannelContract {
  private Channel<Object> objects = Channel.make();

  private static void awaitCollected(List<WeakReference<Object>> references, String what)
      throws InterruptedException {
    Await.until(
        () -> {
          System.gc();
          return references.stream().allMatch(reference -> reference.get() == null);
        },
        what);
  }

  /// In a method of its own, so that no frame keeps the element.
  private WeakReference<Object> sendNew() throws InterruptedException {
    Object element = new Object();
    objects.send(element);
    return new WeakReference<>(element);
  }

  private WeakReference<Object> receive() throws InterruptedException {
    return new WeakReference<>(Objects.requireNonNull(objects.receive()));
  }

  @Test
  @DisplayName("CH-27: the buffer keeps no reference to what was received")
  void received() throws Exception {
    objects = Channel.make(capacity);
    List<WeakReference<Object>> references = new ArrayList<>();
    for (int i = 0; i < capacity; i++) {
      references.add(sendNew());
    }
    int sender = 3;
    for (int i = 0; i < sender; i++) {
      threads.start(this::sendNew);
      awaitSenders(objects, i + 1);
    }
    for (int i = 0; i < capacity + sender; i++) {
      references.add(receive());
    }
    assertEquals(0, objects.len());
    threads.join();
    awaitCollected(references, "the received elements are collected");
    objects.checkInvariants();
  }

  @Test
  @DisplayName("CH-27: a thread that waits again does not keep what it sent or received before")
  void waitingAgain() throws Exception {
    objects = Channel.make(capacity);
    Task<Boolean> receiver =
        threads.start(
            () -> {
              receive();
              assertTrue(objects.receive(Duration.ofHours(1)).ok());
              objects.receive();
            });
    awaitReceivers(objects, 1);
    List<WeakReference<Object>> references = new ArrayList<>();
    references.add(sendNew());
    awaitReceivers(objects, 1);
    references.add(sendNew());
    awaitReceivers(objects, 1);
    awaitCollected(references, "what the receiver got before it waited again is collected");
    objects.send("last");
    receiver.get();
  }

  @Test
  @DisplayName("CH-27: a send that was interrupted, timed out or failed is not kept by the channel")
  void notSent() throws Exception {
    objects = Channel.make(capacity);
    for (int i = 0; i < capacity; i++) {
      objects.send("kept");
    }
    List<WeakReference<Object>> references = new ArrayList<>();
    Task<WeakReference<Object>> timedOut = threads.call(this::sendNewTimed);
    references.add(timedOut.get());
    Task<Boolean> interrupted = threads.start(() -> sendNewTo(references));
    awaitSenders(objects, 1);
    interrupted.interrupt();
    interrupted.fails(InterruptedException.class);
    Task<Boolean> closed = threads.start(() -> sendNewTo(references));
    awaitSenders(objects, 1);
    objects.close();
    closed.fails(ChannelClosedException.class);
    assertEquals(3, references.size());
    awaitCollected(references, "the elements that were not sent are collected");
    assertEquals(capacity, objects.len());
  }

  private WeakReference<Object> sendNewTimed() throws InterruptedException {
    Object element = new Object();
    objects.send(element, Duration.ofMillis(1));
    return new WeakReference<>(element);
  }

  private void sendNewTo(List<WeakReference<Object>> references) throws InterruptedException {
    Object element = new Object();
    references.add(new WeakReference<>(element));
    objects.send(element);
  }

  @Test
  @DisplayName("CH-29: who is blocked on a channel that nobody else knows stays, and is counted")
  void unreachableChannel() throws Exception {
    Task<Boolean> forgotten = threads.start(() -> Channel.<Integer>make(capacity).receive());
    Await.until(() -> LockSupport.getBlocker(forgotten.thread()) != null, "it is blocked");
    System.gc();
    assertTrue(forgotten.thread().isAlive());
    if (threads.scheduler() != null) {
      assertEquals(1, threads.scheduler().numGoroutine());
    }
    forgotten.interrupt();
    forgotten.fails(InterruptedException.class);
  }
}
