package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.weft.base.Body;
import dev.weft.channel.SelectThreads.Kind;
import dev.weft.channel.SelectThreads.Task;
import dev.weft.testkit.Await;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Go's select3: which statements block for ever, which never do, which panic.
@ParameterizedClass(name = "{0}")
@EnumSource(Kind.class)
@DisplayName("Go's select matrix")
class GoSelectMatrixTest extends SelectTesting {

  private final Channel<Integer> nil = Channel.nil();
  private final Channel<Integer> closed = make(0);

  GoSelectMatrixTest(Kind kind) {
    super(kind);
    closed.close();
  }

  private void blocks(String what, Body statement) throws InterruptedException {
    Task task = go(() -> assertThrows(InterruptedException.class, statement::run));
    Await.until(() -> SelectRulesTest.isBlocked(task) || task.isDone(), what + " blocks");
    task.interrupt();
    task.join(); // fails if it has not thrown
  }

  private void proceeds(Body statement) {
    run(statement);
  }

  private void panics(Body statement) {
    run(() -> assertThrows(ChannelClosedException.class, statement::run));
  }

  private Channel<Integer> empty(int capacity) {
    return make(capacity);
  }

  private Channel<Integer> full(int capacity) {
    Channel<Integer> ch = make(capacity);
    fill(ch);
    return ch;
  }

  @Test
  @DisplayName("CH-10, SEL-6, SEL-7: the nil channel blocks, alone and in a select")
  void nilChannel() throws Exception {
    blocks("send to nil", () -> nil.send(7));
    blocks("receive from nil", nil::receive);
    blocks("select of nil send", () -> Select.select(nil.onSend(7)));
    blocks("select of nil receive", () -> Select.select(nil.onReceive()));
    blocks("select of nil", () -> Select.select(nil.onSend(7), nil.onReceive()));
    proceeds(() -> expect(-1, Select.trySelect(nil.onSend(7))));
    proceeds(() -> expect(-1, Select.trySelect(nil.onReceive())));
    proceeds(() -> expect(-1, Select.trySelect(nil.onSend(7), nil.onReceive())));
  }

  @Test
  @DisplayName("CH-2, CH-5: plain operations on open channels")
  void plain() throws Exception {
    proceeds(() -> empty(10).send(7));
    proceeds(() -> full(10).receive());
    blocks("receive from empty", () -> empty(10).receive());
    blocks("receive, unbuffered", () -> empty(0).receive());
    blocks("send to full", () -> full(10).send(7));
    blocks("send, unbuffered", () -> empty(0).send(7));
  }

  @Test
  @DisplayName("SEL-7: the empty select blocks, unless it has a default")
  void emptySelect() throws Exception {
    blocks("empty select", () -> Select.select());
    blocks("empty set", () -> SelectSet.of().select());
    proceeds(() -> expect(-1, Select.trySelect()));
    proceeds(() -> Select.<Integer>selectValue(Select.otherwise(() -> 0)));
  }

  @Test
  @DisplayName("SEL-3, SEL-5: with a default nothing blocks")
  void withDefault() {
    proceeds(() -> expect(0, Select.trySelect(full(10).onReceive())));
    proceeds(() -> expect(-1, Select.trySelect(empty(10).onReceive())));
    proceeds(() -> expect(0, Select.trySelect(empty(10).onSend(7))));
    proceeds(() -> expect(-1, Select.trySelect(full(10).onSend(7))));
    proceeds(() -> expect(-1, Select.trySelect(empty(0).onSend(7), nil.onReceive())));
  }

  @Test
  @DisplayName("SEL-3, SEL-6: a ready case is taken, whatever the others are")
  void readyBesideOthers() {
    proceeds(() -> expect(0, Select.select(full(10).onReceive())));
    proceeds(() -> expect(0, Select.select(empty(10).onSend(7))));
    proceeds(() -> expect(1, Select.select(nil.onSend(7), full(10).onReceive())));
    proceeds(() -> expect(1, Select.select(nil.onReceive(), empty(10).onSend(7))));
    proceeds(
        () -> expect(2, Select.select(nil.onReceive(), full(1).onSend(1), closed.onReceive())));
  }

  @Test
  @DisplayName("SEL-8, SEL-10: nothing ready and no default blocks")
  void nothingReady() throws Exception {
    blocks("empty", () -> Select.select(empty(10).onReceive()));
    blocks("full", () -> Select.select(full(10).onSend(7)));
    blocks("both", () -> Select.select(empty(10).onReceive(), full(10).onSend(7)));
    blocks("unbuffered", () -> Select.select(empty(0).onReceive(), empty(0).onSend(7)));
    blocks("beside nil", () -> Select.select(empty(0).onReceive(), nil.onSend(7)));
  }

  @Test
  @DisplayName("SEL-3, SEL-4: closed channels are always ready; to send to them panics")
  void closedChannel() {
    proceeds(closed::receive);
    proceeds(() -> expect(0, Select.select(closed.onReceive())));
    proceeds(() -> expect(0, Select.trySelect(closed.onReceive())));
    proceeds(() -> expect(1, Select.select(empty(0).onReceive(), closed.onReceive())));
    panics(() -> closed.send(7));
    panics(() -> Select.select(closed.onSend(7)));
    panics(() -> Select.trySelect(closed.onSend(7)));
    panics(() -> Select.select(empty(0).onReceive(), closed.onSend(7)));
    panics(closed::close);
  }

  @Test
  @DisplayName("SEL-16: a select that sends and receives on one channel blocks")
  void itself() throws Exception {
    Channel<Integer> ch = make(0);
    blocks("itself", () -> Select.select(ch.onReceive(), ch.onSend(7)));
    blocks("itself twice", () -> Select.select(ch.onSend(1), ch.onReceive(), ch.onSend(7)));
  }

  private static void expect(int index, int chosen) {
    if (index != chosen) {
      throw new AssertionError("expected " + index + ", chosen " + chosen);
    }
  }
}
