package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.channel.ChannelModel.Case;
import dev.weft.channel.ChannelModel.Chan;
import dev.weft.channel.ChannelModel.End;
import dev.weft.channel.ChannelModel.Op;
import dev.weft.channel.ChannelModel.Result;
import dev.weft.channel.SelectThreads.Kind;
import dev.weft.channel.SelectThreads.Task;
import dev.weft.testkit.Await;
import dev.weft.testkit.Scale;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Random operations on several channels, each step compared with [ChannelModel]. One operation
/// begins at a time, but those that block stay: each has a thread of its own, which the model knows
/// to be waiting, and in which place.
///
/// A failure names the seed; `-Dweft.test.seed=N` runs it again. The run is the same as long as the
/// selects draw the same cases, which the seed does not determine.
@ParameterizedClass(name = "{0}")
@EnumSource(Kind.class)
@DisplayName("Channels against a sequential model")
class ChannelModelTest extends SelectTesting {

  private static final int STEPS = Scale.times(3_000);
  private static final int MOST_BLOCKED = 8;
  private static final List<SelectForm> FORMS = List.of(SelectForm.values());

  private final long seed = Long.getLong("weft.test.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private final ChannelModel model = new ChannelModel();
  private final Map<Chan, Channel<Integer>> channels = new LinkedHashMap<>();
  private final Map<Op, Running> blocked = new LinkedHashMap<>();
  private int element;

  /// An operation that waits, on its thread.
  private static final class Running {
    private volatile @Nullable Result result;
    private @Nullable Task task;
  }

  ChannelModelTest(Kind kind) {
    super(kind);
  }

  @Test
  @DisplayName("CH-1..8, CH-11..20, SEL-3..17: every step does what the model says")
  void randomSteps() throws Exception {
    for (int capacity = 0; capacity <= 3; capacity++) {
      add(capacity);
    }
    int step = 0;
    try {
      for (; step < STEPS; step++) {
        step();
        compare();
      }
      for (Chan ch : channels.keySet()) {
        closeIt(ch);
        compare();
      }
      interruptAll();
      compare();
    } catch (Throwable thrown) {
      throw new AssertionError("seed " + seed + ", step " + step + ": " + thrown, thrown);
    }
  }

  private void add(int capacity) {
    channels.put(new Chan(capacity), make(capacity));
  }

  private void step() throws Exception {
    int dice = random.nextInt(100);
    if (dice < 60) {
      operate(cases(random.nextInt(4) == 0 ? 1 : 2 + random.nextInt(3)));
    } else if (dice < 75) {
      plain();
    } else if (dice < 80) {
      drain(anyChannel());
    } else if (dice < 98) {
      interruptOne();
    } else {
      Chan closed = anyChannel();
      closeIt(closed);
      if (random.nextBoolean()) { // else it stays for a while, to be met closed
        leaveOut(closed);
      }
    }
  }

  private Chan anyChannel() {
    return List.copyOf(channels.keySet()).get(random.nextInt(channels.size()));
  }

  private List<Case> cases(int n) {
    List<Case> cases = new ArrayList<>();
    int value = element++; // the same in all sends: which of several comes first is drawn
    for (int i = 0; i < n; i++) {
      cases.add(new Case(anyChannel(), random.nextBoolean() ? Integer.valueOf(value) : null));
    }
    return cases;
  }

  /// A select with or without waiting, in a form that is drawn.
  private void operate(List<Case> cases) throws Exception {
    SelectForm form = FORMS.get(random.nextInt(FORMS.size()));
    List<Case> ready = ChannelModel.ready(cases);
    if (ready.isEmpty() && form.waits()) {
      if (blocked.size() < MOST_BLOCKED) {
        block(form, cases);
      }
      return;
    }
    Result real = select(form, cases);
    if (ready.isEmpty()) {
      assertEquals(End.NOTHING, real.end(), () -> form + " of " + cases);
      return;
    }
    Case chosen = Objects.requireNonNull(real.chosen(), () -> "nothing by " + form);
    assertTrue(ready.contains(chosen), () -> chosen + " was not ready");
    if (form.isOrdered()) {
      assertEquals(ready.getFirst(), chosen);
    }
    assertEquals(model.perform(chosen), real);
  }

  /// Starts a select that the model says must wait, and waits until it does.
  private void block(SelectForm form, List<Case> cases) throws InterruptedException {
    Op op = new Op(cases);
    Running running = new Running();
    running.task = go(() -> running.result = select(form, cases));
    ChannelModel.block(op);
    blocked.put(op, running);
    Await.until(this::queuesAgree, () -> form + " waits in " + cases);
  }

  private boolean queuesAgree() {
    return channels.entrySet().stream()
        .allMatch(
            entry ->
                entry.getKey().receivers.size() == entry.getValue().receivers.size()
                    && entry.getKey().senders.size() == entry.getValue().senders.size());
  }

  private Result select(SelectForm form, List<Case> cases) {
    SelectCase[] handles = new SelectCase[cases.size()];
    Map<String, Case> sends = new LinkedHashMap<>();
    for (int i = 0; i < handles.length; i++) {
      Channel<Integer> channel = real(cases.get(i).channel());
      if (cases.get(i).sends()) {
        sends.put("#" + channel.id + " ", cases.get(i));
      }
      Integer value = cases.get(i).element();
      handles[i] = value == null ? channel.onReceive() : channel.onSend(value);
    }
    try {
      int chosen = form.of(handles);
      if (chosen < 0) {
        return new Result(null, null, End.NOTHING);
      }
      Case its = cases.get(chosen);
      return handles[chosen] instanceof ReceiveCase<?> receive
          ? new Result(its, (Integer) receive.value(), receive.ok() ? End.DONE : End.CLOSED)
          : new Result(its, null, End.DONE);
    } catch (ChannelClosedException e) {
      return new Result(byText(sends, String.valueOf(e.getMessage())), null, End.CLOSED);
    } catch (InterruptedException e) {
      return new Result(null, null, End.INTERRUPTED);
    }
  }

  /// The exception does not say which case it was, but its text names the channel.
  private static Case byText(Map<String, Case> sends, String text) {
    for (Map.Entry<String, Case> entry : sends.entrySet()) {
      if (text.contains(entry.getKey())) {
        return entry.getValue();
      }
    }
    throw new AssertionError(text + " is about none of " + sends);
  }

  private Channel<Integer> real(Chan ch) {
    return Objects.requireNonNull(channels.get(ch));
  }

  /// A send or receive outside of a select that does not have to wait, or only tries.
  private void plain() throws Exception {
    Case its = cases(1).getFirst();
    boolean ready = !ChannelModel.ready(List.of(its)).isEmpty();
    Channel<Integer> channel = real(its.channel());
    Integer value = its.element();
    int way = random.nextInt(ready ? 3 : 2);
    Result result;
    if (value == null) {
      Received<Integer> received =
          switch (way) {
            case 0 -> channel.tryReceive();
            case 1 -> channel.receive(Duration.ZERO);
            default -> channel.receiveOk();
          };
      result =
          received.isEmpty()
              ? new Result(null, null, End.NOTHING)
              : new Result(its, received.value(), received.ok() ? End.DONE : End.CLOSED);
    } else {
      result = send(channel, value, its, way);
    }
    assertEquals(
        ready ? model.perform(its) : new Result(null, null, End.NOTHING), result, its::toString);
  }

  private static Result send(Channel<Integer> channel, Integer value, Case its, int way)
      throws InterruptedException {
    try {
      boolean sent =
          switch (way) {
            case 0 -> channel.trySend(value);
            case 1 -> channel.send(value, Duration.ZERO);
            default -> {
              channel.send(value);
              yield true;
            }
          };
      return sent ? new Result(its, null, End.DONE) : new Result(null, null, End.NOTHING);
    } catch (ChannelClosedException e) {
      return new Result(its, null, End.CLOSED);
    }
  }

  private void drain(Chan ch) {
    int max = random.nextInt(4);
    List<Integer> real = new ArrayList<>();
    int moved = real(ch).drainTo(real, max);
    Case receive = new Case(ch, null);
    List<Integer> expected = new ArrayList<>();
    while (expected.size() < max && !(ch.senders.isEmpty() && ch.buffer.isEmpty())) {
      expected.add(Objects.requireNonNull(model.perform(receive).element()));
    }
    assertEquals(expected, real);
    assertEquals(expected.size(), moved);
  }

  private void interruptOne() {
    if (!blocked.isEmpty()) {
      Op op = List.copyOf(blocked.keySet()).get(random.nextInt(blocked.size()));
      Objects.requireNonNull(Objects.requireNonNull(blocked.get(op)).task).interrupt();
      model.interrupt(op);
    }
  }

  private void interruptAll() throws InterruptedException {
    while (!blocked.isEmpty()) {
      interruptOne();
      compare();
    }
  }

  private void closeIt(Chan ch) {
    assertEquals(model.close(ch), real(ch).tryClose());
  }

  /// Puts a new channel in the place of a closed one.
  private void leaveOut(Chan ch) {
    compareState(ch);
    channels.remove(ch);
    add(ch.capacity);
  }

  /// Waits for all that the step has brought to its end, and compares everything.
  private void compare() throws InterruptedException {
    for (Op op : model.takeEnded()) {
      Running running = Objects.requireNonNull(blocked.remove(op));
      Objects.requireNonNull(running.task).join();
      Result expected = Objects.requireNonNull(op.result);
      Result real = Objects.requireNonNull(running.result);
      assertEquals(expected.end(), real.end(), () -> expected + " and " + real);
      assertEquals(expected.element(), real.element(), () -> expected + " and " + real);
      assertSameKind(expected.chosen(), real.chosen());
    }
    channels.keySet().forEach(this::compareState);
    for (Running running : blocked.values()) {
      assertNull(running.result, () -> "should wait, but ended with " + running.result);
    }
  }

  /// Of several waiting cases with one channel and one direction either may be chosen.
  private static void assertSameKind(@Nullable Case expected, @Nullable Case real) {
    if (expected == null || real == null) {
      assertNull(expected);
      assertNull(real);
    } else {
      assertEquals(expected.channel(), real.channel());
      assertEquals(expected.sends(), real.sends());
    }
  }

  private void compareState(Chan ch) {
    Channel<Integer> channel = real(ch);
    channel.checkInvariants();
    assertEquals(ch.closed, channel.isClosed());
    assertEquals(ch.buffer.size(), channel.len());
    assertEquals(ch.receivers.size(), channel.receivers.size(), channel::toString);
    assertEquals(ch.senders.size(), channel.senders.size(), channel::toString);
  }
}
