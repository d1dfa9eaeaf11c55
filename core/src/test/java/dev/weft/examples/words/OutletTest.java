package dev.weft.examples.words;

import static dev.weft.Go.go;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.weft.channel.Channel;
import dev.weft.scheduler.Goroutine;
import dev.weft.testkit.Await;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class OutletTest {

  private final Channel<Integer> out = Channel.make(2);
  private final Channel<Void> done = Channel.make();

  @Test
  @DisplayName("What is sent arrives, in order")
  void sends() throws Exception {
    Outlet<Integer> outlet = Outlet.to(out, done);
    outlet.send(1);
    outlet.checkWanted();
    outlet.send(2);
    assertEquals(List.of(1, 2), received());
  }

  @Test
  @DisplayName("Once it is told to stop nothing is sent any more, even if there is room")
  void stopped() throws Exception {
    Outlet<Integer> outlet = Outlet.to(out, done);
    outlet.send(1);
    done.close();
    for (int i = 0; i < 100; i++) {
      assertThrows(InterruptedException.class, () -> outlet.send(2));
    }
    assertThrows(InterruptedException.class, outlet::checkWanted);
    assertEquals(List.of(1), received());
  }

  @Test
  @DisplayName("Who waits for room can be told to stop, and can be interrupted")
  void stoppedWhileItWaits() throws Exception {
    out.send(1);
    out.send(2);
    AtomicInteger ended = new AtomicInteger();
    Goroutine sender = go(() -> sendInVain(ended));
    Goroutine interrupted = go(() -> sendInVain(ended));
    Await.until(() -> out.toString().contains("2 senders wait"), out::toString);
    interrupted.interrupt();
    interrupted.join();
    assertEquals(1, ended.get());
    done.close();
    sender.join();
    assertEquals(2, ended.get());
    assertEquals(List.of(1, 2), received());
  }

  @Test
  @DisplayName("Who sends nothing for long notices an interrupt, and by the exception alone")
  void interrupted() {
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, Outlet.to(out, done)::checkWanted);
    assertFalse(Thread.interrupted());
  }

  private void sendInVain(AtomicInteger ended) {
    Outlet<Integer> outlet = Outlet.to(out, done);
    assertThrows(InterruptedException.class, () -> outlet.send(3));
    ended.incrementAndGet();
  }

  private List<Integer> received() {
    List<Integer> received = new ArrayList<>();
    out.drainTo(received, 10);
    return received;
  }
}
