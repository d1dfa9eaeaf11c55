package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.weft.testkit.ChildJvm;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fork")
class ManyConnectionsTest {

  /// More would only take longer.
  private static final int MOST = 10_000;

  /// Descriptors for jars, pollers and the rest of the JVM.
  private static final int RESERVE = 200;

  @Test
  @DisplayName("Goroutines keep as many connections open as the system permits")
  void asManyAsPermitted() throws Exception {
    long expected = Math.min(MOST, (system().getMaxFileDescriptorCount() - RESERVE) / 2);
    assertTrue(expected > 0, () -> "no descriptors: " + system().getMaxFileDescriptorCount());
    try (ChildJvm child = ChildJvm.start(ManyConnectionsTest.class, List.of())) {
      child.awaitLine(expected + " connections are open");
      child.awaitSuccess(100);
    }
  }

  /// Opens as many as it can, and says how many of them are open at the same time.
  public static void main(String[] args) throws Exception {
    int connections = (int) Math.min(MOST, (system().getMaxFileDescriptorCount() - RESERVE) / 2);
    long before = system().getOpenFileDescriptorCount();
    try (Scheduler scheduler = Scheduler.builder().name("connections").build()) {
      new LoopbackEcho(task -> scheduler.go(task::run), connections)
          .run(
              () -> {
                long opened = system().getOpenFileDescriptorCount() - before;
                System.out.println(Math.min(connections, opened / 2) + " connections are open");
              });
    }
  }

  private static UnixOperatingSystemMXBean system() {
    return ManagementFactory.getPlatformMXBean(UnixOperatingSystemMXBean.class);
  }
}
