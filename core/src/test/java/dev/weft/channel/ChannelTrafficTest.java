package dev.weft.channel;

import dev.weft.channel.SelectThreads.Kind;
import dev.weft.channel.SelectThreads.Task;
import dev.weft.testkit.Scale;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Many threads do whatever can be done with several channels, while somebody interrupts them and
/// closes channels. Afterwards every element is accounted for ([TrafficLog]).
///
/// A failure names the seed; `-Dweft.test.seed=N` draws the same operations again, though the
/// schedule is another one.
@ParameterizedClass(name = "{0}")
@EnumSource(Kind.class)
@DisplayName("Random traffic on channels")
class ChannelTrafficTest extends SelectTesting {

  private static final int WORKERS = 8;
  private static final int OPERATIONS = Scale.times(2_000);
  private static final Duration BRIEF = Duration.ofNanos(20_000);

  private final long seed = Long.getLong("weft.test.seed", System.nanoTime());
  private final List<Channel<TrafficLog.Element>> channels = new ArrayList<>();
  private final AtomicInteger working = new AtomicInteger(WORKERS);

  ChannelTrafficTest(Kind kind) {
    super(kind);
  }

  @RepeatedTest(2)
  @DisplayName("CH-9, SEL-11..13: what was sent was received once and in order, or is in a buffer")
  void traffic() {
    for (int i = 0; i < 6; i++) {
      channels.add(make(i % 4));
    }
    List<TrafficLog> logs = new ArrayList<>();
    List<Task> workers = new ArrayList<>();
    try {
      for (int i = 0; i < WORKERS; i++) {
        TrafficLog log = new TrafficLog(i, channels.size());
        SplittableRandom random = new SplittableRandom(seed + i);
        logs.add(log);
        workers.add(go(() -> work(log, random)));
      }
      run(() -> disturb(workers, new SplittableRandom(seed - 1)));
      joinAll();
      TrafficLog rest = new TrafficLog(-1, channels.size());
      channels.forEach(channel -> drain(channel, rest));
      channels.forEach(SelectTesting::assertNobodyWaits);
      TrafficLog.check(logs, rest);
    } catch (Throwable thrown) {
      throw new AssertionError("seed " + seed + ": " + thrown, thrown);
    }
  }

  private static void drain(Channel<TrafficLog.Element> channel, TrafficLog rest) {
    List<TrafficLog.Element> left = new ArrayList<>();
    channel.drainTo(left, Integer.MAX_VALUE);
    left.forEach(rest::received);
  }

  /// Interrupts now this one and now that one, until all have done their work; who waits for what
  /// never comes gets on like this. Now and then, towards the end, closes a channel.
  private void disturb(List<Task> workers, SplittableRandom random) {
    int interrupts = 0;
    while (working.get() > 0) {
      workers.get(random.nextInt(WORKERS)).interrupt();
      for (int i = random.nextInt(200); i > 0; i--) {
        Thread.onSpinWait();
      }
      Thread.yield();
      if (++interrupts % 64 == 0 && working.get() < WORKERS) {
        channels.get(random.nextInt(channels.size())).tryClose();
      }
    }
  }

  private void work(TrafficLog log, SplittableRandom random) {
    List<ReceiveCase<TrafficLog.Element>> receives =
        channels.stream().map(Channel::onReceive).toList();
    List<SendCase<TrafficLog.Element>> sends = channels.stream().map(Channel::onSend).toList();
    for (int i = 0; i < OPERATIONS; i++) {
      int to = random.nextInt(channels.size());
      Channel<TrafficLog.Element> channel = channels.get(to);
      try {
        switch (random.nextInt(12)) {
          case 0, 1 -> send(log, to, -1);
          case 2 -> send(log, to, 0);
          case 3 -> send(log, to, 1);
          case 4, 5 -> log.received(channel.receive());
          case 6 -> log.received(channel.tryReceive().value());
          case 7 -> log.received(channel.receive(BRIEF).value());
          case 8 -> select(log, random, SelectForm.SELECT, receives, sends);
          case 9 -> select(log, random, SelectForm.TRY, receives, sends);
          case 10 -> select(log, random, SelectForm.SET, receives, sends);
          default -> select(log, random, null, receives, sends);
        }
      } catch (InterruptedException e) {
        log.interrupted();
      } catch (ChannelClosedException e) {
        log.closed();
      }
    }
    working.getAndDecrement();
  }

  /// Sends, tries to, or does it for a while: -1, 0, 1.
  private void send(TrafficLog log, int to, int way) throws InterruptedException {
    TrafficLog.Element element = log.next(to);
    Channel<TrafficLog.Element> channel = channels.get(to);
    if (way < 0) {
      channel.send(element);
      log.sent(element);
    } else if (way == 0 ? channel.trySend(element) : channel.send(element, BRIEF)) {
      log.sent(element);
    }
  }

  /// A select of up to six cases, each channel at most once in each direction.
  private static void select(
      TrafficLog log,
      SplittableRandom random,
      @Nullable SelectForm form,
      List<ReceiveCase<TrafficLog.Element>> receives,
      List<SendCase<TrafficLog.Element>> sends)
      throws InterruptedException {
    List<SelectCase> cases = new ArrayList<>();
    List<TrafficLog.Element> elements = new ArrayList<>();
    int n = receives.size();
    int first = random.nextInt(2 * n);
    for (int k = 1 + random.nextInt(6); k > 0; k--) {
      int place = (first + 5 * k) % (2 * n);
      TrafficLog.Element element = log.next(place % n);
      cases.add(place < n ? receives.get(place) : sends.get(place - n).value(element));
      elements.add(element);
    }
    SelectCase[] array = cases.toArray(SelectCase[]::new);
    int chosen = form == null ? Select.selectWithin(BRIEF, array) : form.of(array);
    if (chosen < 0) {
      return;
    }
    if (array[chosen] instanceof ReceiveCase<?> receive) {
      log.received((TrafficLog.Element) receive.value());
    } else {
      log.sent(elements.get(chosen));
    }
  }
}
