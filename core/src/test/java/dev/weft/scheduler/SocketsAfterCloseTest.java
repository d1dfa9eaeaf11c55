package dev.weft.scheduler;

import dev.weft.testkit.Await;
import dev.weft.testkit.ChildJvm;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fork")
class SocketsAfterCloseTest {

  private static final int CONNECTIONS = 50;
  private static final String NAME = "first-with-sockets";

  @Test
  @DisplayName("Sockets of virtual threads outlive the scheduler whose goroutines used them first")
  void socketsGoOn() throws Exception {
    try (ChildJvm child = ChildJvm.start(SocketsAfterCloseTest.class, List.of())) {
      child.awaitLine("closed");
      child.awaitSuccess(60);
    }
  }

  /// Uses sockets, first on a scheduler and, when that is gone, on plain virtual threads.
  public static void main(String[] args) throws Exception {
    Scheduler scheduler = Scheduler.builder().name(NAME).build();
    new LoopbackEcho(task -> scheduler.go(task::run), CONNECTIONS).run(() -> {});
    List<Goroutine> survivors = scheduler.close(Duration.ofSeconds(30));
    if (!survivors.isEmpty()) {
      throw new AssertionError("survivors: " + survivors);
    }
    // Nothing of the JDK's lives on its machines, or else they would stay.
    Await.until(() -> carriers() == 0, () -> carriers() + " machines are left");
    System.out.println("closed");
    new LoopbackEcho(Thread::startVirtualThread, CONNECTIONS).run(() -> {});
  }

  private static long carriers() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith(NAME))
        .count();
  }
}
