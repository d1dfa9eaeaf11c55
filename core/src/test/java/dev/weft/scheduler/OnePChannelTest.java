package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.base.Body;
import dev.weft.channel.Channel;
import dev.weft.channel.ChannelClosedException;
import dev.weft.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// In which order those run whom a channel operation has made ready, when there is one processor
/// and nobody interferes.
@Tag("gpm")
class OnePChannelTest {
  @RegisterExtension final TestSchedulers schedulers = new TestSchedulers();

  // Written by goroutines that run on one thread, one after the other.
  private final List<String> order = new ArrayList<>();

  private Scheduler scheduler;

  @BeforeEach
  void start() {
    scheduler = schedulers.startSingle();
  }

  /// Runs the body as a goroutine, and waits until no goroutine is left.
  private void run(Body main) throws InterruptedException {
    Goroutine goroutine = scheduler.go(main);
    goroutine.join();
    Await.until(() -> scheduler.numGoroutine() == 0, "all goroutines have ended");
    assertEquals(null, goroutine.failure());
  }

  /// Starts a goroutine, which runs until it blocks.
  private void goUntilBlocked(Body body) {
    Goroutine goroutine = scheduler.go(body);
    while (goroutine.waitReason() == null) {
      Scheduler.yieldCurrent();
    }
  }

  @Test
  @DisplayName("CH-34: ping-pong alternates strictly, before goroutines that were ready earlier")
  void pingPong() throws InterruptedException {
    Channel<Integer> ping = Channel.make();
    Channel<Integer> pong = Channel.make();
    run(
        () -> {
          goUntilBlocked(
              () -> {
                for (int ball : ping) {
                  order.add("b" + ball);
                  pong.send(ball);
                }
              });
          scheduler.go(() -> order.add("older"));
          for (int i = 0; i < 4; i++) {
            ping.send(i);
            order.add("a" + i);
            pong.receive();
          }
          ping.close();
        });
    assertEquals(List.of("a0", "b0", "a1", "b1", "a2", "b2", "a3", "b3", "older"), order);
  }

  @Test
  @DisplayName("CH-34, CH-35: a sender that a receive has made ready runs next, with nothing to do")
  void readiedSender() throws InterruptedException {
    Channel<Integer> channel = Channel.make();
    run(
        () -> {
          goUntilBlocked(
              () -> {
                channel.send(1);
                order.add("sent");
              });
          scheduler.go(() -> order.add("older"));
          order.add("received " + channel.receive());
        });
    assertEquals(List.of("received 1", "sent", "older"), order);
  }

  private List<String> expectedAfterClose(int n) {
    List<String> expected = new ArrayList<>(List.of("closed", "1"));
    for (int i = n; i > 1; i--) {
      expected.add(Integer.toString(i));
    }
    return expected;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 100})
  @DisplayName("CH-17: after a close the receivers run in the order r1, rn, rn-1, ..., r2")
  void closeReceivers(int n) throws InterruptedException {
    Channel<Integer> channel = Channel.make();
    run(
        () -> {
          for (int i = 1; i <= n; i++) {
            String name = Integer.toString(i);
            goUntilBlocked(
                () -> {
                  channel.receive();
                  order.add(name);
                });
          }
          channel.close();
          order.add("closed");
        });
    assertEquals(expectedAfterClose(n), order);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10, 100})
  @DisplayName("CH-17: after a close the senders run in the order s1, sn, sn-1, ..., s2")
  void closeSenders(int n) throws InterruptedException {
    Channel<Integer> channel = Channel.make();
    run(
        () -> {
          for (int i = 1; i <= n; i++) {
            String name = Integer.toString(i);
            goUntilBlocked(
                () -> {
                  try {
                    channel.send(0);
                  } catch (ChannelClosedException expected) {
                    order.add(name);
                  }
                });
          }
          channel.close();
          order.add("closed");
        });
    assertEquals(expectedAfterClose(n), order);
  }

  @Test
  @DisplayName(
      "CH-8: the receiver served last runs first, the others in the order they were served in")
  void servedLastRunsFirst() throws InterruptedException {
    Channel<Integer> channel = Channel.make();
    run(
        () -> {
          for (int i = 1; i <= 3; i++) {
            String name = "r" + i + " got ";
            goUntilBlocked(() -> order.add(name + channel.receive()));
          }
          for (int i = 1; i <= 3; i++) {
            channel.send(i); // its receiver kicks the one before out of runnext
          }
        });
    assertEquals(List.of("r3 got 3", "r1 got 1", "r2 got 2"), order);
  }
}
