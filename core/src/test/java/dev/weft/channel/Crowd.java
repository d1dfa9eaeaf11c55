package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Task;
import dev.weft.testkit.Threads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/// Many producers and consumers on one channel: every element is counted in and out, and those of
/// one producer must arrive in order.
final class Crowd {
  private static final int PER_PRODUCER_LIMIT = 1 << 20;

  private final Threads threads;
  private final Channel<Integer> channel;
  private final SplittableRandom random;
  private final List<Task<?>> everybody = new ArrayList<>();
  private boolean patient = true;
  private volatile boolean finished;

  Crowd(Threads threads, Channel<Integer> channel, long seed) {
    this.threads = threads;
    this.channel = channel;
    this.random = new SplittableRandom(seed);
  }

  /// Lets them use short timeouts and try-forms besides, and be interrupted now and then.
  Crowd impatient() {
    patient = false;
    return this;
  }

  /// Runs it to the end: all have sent, the channel is closed, all is received.
  void run(int producers, int consumers, int perProducer) throws InterruptedException {
    assertTrue(perProducer < PER_PRODUCER_LIMIT);
    List<Task<Integer>> sending = new ArrayList<>();
    List<Task<int[]>> receiving = new ArrayList<>();
    for (int i = 0; i < Math.max(producers, consumers); i++) {
      if (i < producers) {
        int id = i;
        SplittableRandom own = random.split();
        sending.add(threads.call(() -> produce(id, perProducer, own)));
      }
      if (i < consumers) {
        SplittableRandom own = random.split();
        receiving.add(threads.call(() -> consume(producers, own)));
      }
    }
    everybody.addAll(sending);
    everybody.addAll(receiving);
    Task<Boolean> disturber = patient ? threads.call(() -> true) : threads.start(this::disturb);
    for (Task<Integer> producer : sending) {
      assertEquals(perProducer, producer.get());
    }
    channel.close();
    int[] counts = new int[producers];
    for (Task<int[]> consumer : receiving) {
      int[] seen = consumer.get();
      for (int i = 0; i < producers; i++) {
        counts[i] += seen[i];
      }
    }
    finished = true;
    disturber.get();
    int[] expected = new int[producers];
    Arrays.fill(expected, perProducer);
    assertEquals(Arrays.toString(expected), Arrays.toString(counts), "received, by producer");
  }

  private int produce(int id, int n, SplittableRandom own) {
    int sent = 0;
    while (sent < n) {
      try {
        if (send(id * PER_PRODUCER_LIMIT + sent, own)) {
          sent++;
        }
      } catch (InterruptedException notSent) {
        // once more
      }
    }
    return sent;
  }

  private boolean send(int element, SplittableRandom own) throws InterruptedException {
    switch (patient ? 0 : own.nextInt(4)) {
      case 0 -> channel.send(element);
      case 1 -> {
        return channel.send(element, Duration.ofNanos(own.nextInt(100_000)));
      }
      case 2 -> {
        return channel.trySend(element);
      }
      default -> {
        return channel.send(element, Duration.ofHours(1));
      }
    }
    return true;
  }

  /// How many elements of each producer it has received.
  private int[] consume(int producers, SplittableRandom own) {
    int[] seen = new int[producers];
    int[] last = new int[producers];
    Arrays.fill(last, -1);
    while (true) {
      Received<Integer> received;
      try {
        received = receive(own);
      } catch (InterruptedException nothing) {
        continue;
      }
      if (received.isClosed()) {
        return seen;
      }
      Integer element = received.value();
      if (element != null) {
        int producer = element / PER_PRODUCER_LIMIT;
        int number = element % PER_PRODUCER_LIMIT;
        assertTrue(number > last[producer], () -> "of " + producer + " came late: " + number);
        last[producer] = number;
        seen[producer]++;
      }
    }
  }

  private Received<Integer> receive(SplittableRandom own) throws InterruptedException {
    return switch (patient ? 0 : own.nextInt(4)) {
      case 0 -> channel.receiveOk();
      case 1 -> channel.receive(Duration.ofNanos(own.nextInt(100_000)));
      case 2 -> channel.tryReceive();
      default -> channel.receive(Duration.ofHours(1));
    };
  }

  private void disturb() throws InterruptedException {
    SplittableRandom own = random.split();
    while (!finished) {
      everybody.get(own.nextInt(everybody.size())).interrupt();
      Thread.sleep(0, 50_000); // lets them get on; nothing depends on it
    }
  }
}
