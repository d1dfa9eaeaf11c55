package dev.weft.time;

import static dev.weft.channel.Select.select;
import static dev.weft.channel.Select.selectOrdered;
import static dev.weft.channel.Select.selectWithin;
import static dev.weft.channel.Select.trySelect;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.channel.Channel;
import dev.weft.channel.ReceiveCase;
import dev.weft.channel.SelectSet;
import dev.weft.testkit.Await;
import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Timers in selects.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class TimerSelectTest extends TimerContract {
  private final Timer timer = Timer.make(clock, seconds(10));
  private final Channel<String> jobs = Channel.make();

  /// Selects between the jobs and the timer, and says what came.
  private Object next() throws InterruptedException {
    ReceiveCase<String> job = jobs.onReceive();
    ReceiveCase<Instant> timeout = timer.channel().onReceive();
    Object got = select(job, timeout) == 0 ? job.value() : timeout.value();
    return Objects.requireNonNull(got);
  }

  @Test
  @DisplayName("SEL-23: a timer that is due is ready in every form of select")
  void broughtUpToDate() throws Exception {
    ReceiveCase<Instant> timeout = timer.channel().onReceive();
    SelectSet set = SelectSet.of(timeout, jobs.onReceive());
    assertEquals(-1, trySelect(timeout));
    clock.advance(seconds(10));
    assertEquals(0, trySelect(timeout));
    assertEquals(at(10), timeout.value());
    assertEquals(-1, trySelect(timeout));

    timer.reset(seconds(1));
    clock.advance(seconds(1));
    assertEquals(1, selectOrdered(jobs.onReceive(), timeout));
    timer.reset(seconds(1));
    clock.advance(seconds(1));
    assertEquals(0, selectWithin(Duration.ZERO, timeout));
    timer.reset(seconds(1));
    clock.advance(seconds(1));
    assertEquals(0, select(timeout));
    timer.reset(seconds(1));
    clock.advance(seconds(1));
    assertEquals(0, set.select());
    assertEquals(at(14), timeout.value());
    assertEquals(-1, set.trySelect());
  }

  @Test
  @DisplayName("SEL-23: a case that is off does not look at its timer")
  void off() {
    ReceiveCase<Instant> timeout = timer.channel().onReceive();
    timeout.enabled(false);
    clock.advance(seconds(10));
    assertEquals(-1, trySelect(timeout));
    assertTick(10, timer.channel());
  }

  @Test
  @DisplayName("A select that waits ends when the timer is due")
  void timeout() throws Exception {
    Task<Object> task = threads.call(this::next);
    awaitPending(1);
    clock.advance(seconds(10));
    assertEquals(at(10), task.get());
    assertNobodyWaits(timer.channel());
  }

  @Test
  @DisplayName(
      "SEL-12: a select that ends otherwise watches the timer no more, and leaves the value")
  void otherwise() throws Exception {
    Task<Object> task = threads.call(this::next);
    awaitPending(1);
    jobs.send("job");
    assertEquals("job", task.get());
    assertEquals(0, clock.pending());
    assertNobodyWaits(timer.channel());
    clock.advance(seconds(10));
    assertTick(10, timer.channel());
  }

  @Test
  @DisplayName("SEL-12: the same when it is interrupted, or its own time passes")
  void interruptedOrTimedOut() throws Exception {
    Task<Object> interrupted = threads.call(this::next);
    awaitPending(1);
    interrupted.interrupt();
    interrupted.fails(InterruptedException.class);
    Task<Integer> late =
        threads.call(
            () ->
                selectWithin(Duration.ofMillis(1), jobs.onReceive(), timer.channel().onReceive()));
    assertEquals(-1, late.get());
    assertEquals(0, clock.pending());
    assertNobodyWaits(timer.channel());
  }

  @Test
  @DisplayName("A reset while several selects wait: exactly one gets the value")
  void several() throws Exception {
    List<Task<Object>> tasks = new ArrayList<>();
    for (int i = 1; i <= 3; i++) {
      tasks.add(threads.call(this::next));
      awaitReceivers(i, timer.channel());
    }
    timer.reset(seconds(1));
    awaitPending(1);
    clock.advance(seconds(1));
    assertEquals(at(1), tasks.get(0).get());
    jobs.send("first");
    jobs.send("second");
    assertEquals("first", tasks.get(1).get());
    assertEquals("second", tasks.get(2).get());
  }

  @Test
  @DisplayName("TMR-8: selects on a stopped timer get nothing from it")
  void stopped() throws Exception {
    timer.stop();
    Task<Object> first = threads.call(this::next);
    Task<Object> second = threads.call(this::next);
    awaitReceivers(2, timer.channel());
    clock.advance(FAR);
    assertFalse(first.isDone() || second.isDone());
    jobs.send("job");
    jobs.send("job");
    assertEquals("job", first.get());
    assertEquals("job", second.get());
  }

  @Test
  @DisplayName("A select on several timers takes the one that is due first, whichever it is")
  void severalTimers() throws Exception {
    Timer earlier = Timer.make(clock, seconds(4));
    Ticker later = Ticker.make(clock, seconds(20));
    Task<Integer> task =
        threads.call(
            () ->
                select(
                    timer.channel().onReceive(),
                    earlier.channel().onReceive(),
                    later.channel().onReceive()));
    awaitPending(3);
    clock.advance(seconds(4));
    assertEquals(1, task.get());
    assertEquals(0, clock.pending());
    clock.advance(seconds(16));
    assertTick(10, timer.channel());
    assertTick(20, later.channel());
  }

  @Test
  @DisplayName(
      "Of timers that come due before anybody looks, the one that was due first comes first")
  void dueFirst() throws Exception {
    for (int round = 0; round < Scale.times(200); round++) {
      Timer third = Timer.make(clock, seconds(3));
      Timer second = Timer.make(clock, seconds(2));
      Timer first = Timer.make(clock, seconds(1));
      Task<Integer> task =
          threads.call(
              () ->
                  select(
                      second.channel().onReceive(),
                      first.channel().onReceive(),
                      third.channel().onReceive()));
      awaitPending(3);
      clock.advance(seconds(3));
      assertEquals(1, task.get());
      assertTrue(second.stop() && third.stop());
    }
  }

  @Test
  @DisplayName("SEL-15: one timer in two cases of a select is received by one of them")
  void twice() throws Exception {
    ReceiveCase<Instant> one = timer.channel().onReceive();
    ReceiveCase<Instant> two = timer.channel().onReceive();
    Task<Integer> task = threads.call(() -> select(one, two));
    awaitReceivers(2, timer.channel());
    awaitPending(1);
    clock.advance(seconds(10));
    assertTrue(task.get() >= 0);
    assertNobodyWaits(timer.channel());
    assertNothing(timer.channel());
  }

  @Test
  @DisplayName("CH-9: who is woken to watch a timer keeps its place in the other queues")
  void keepsItsPlace() throws Exception {
    Task<Instant> watching = threads.call(() -> receive(timer.channel()));
    awaitReceivers(1, timer.channel());
    Task<Object> select = threads.call(this::next);
    awaitReceivers(2, timer.channel());
    Task<String> behind = threads.call(() -> Objects.requireNonNull(jobs.receive()));
    Await.until(() -> jobs.toString().contains("2 receivers"), "both wait for jobs");
    watching.interrupt();
    watching.fails(InterruptedException.class);
    awaitPending(1); // now the select watches
    jobs.send("first");
    assertEquals("first", select.get());
    jobs.send("second");
    assertEquals("second", behind.get());
  }
}
