package dev.weft.scheduler;

import dev.weft.testkit.ChildJvm;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The trap: the JDK's poller for sockets is made of virtual threads, which would inherit the
/// scheduler of whoever first uses a socket. A JVM of its own, so that it is the first.
@Tag("fork")
class FirstSocketsTest {

  @Test
  @DisplayName(
      "Plain virtual threads' sockets go on after the scheduler that used them first closed")
  void socketsOutliveTheFirstScheduler() throws Exception {
    try (ChildJvm child = ChildJvm.start(Main.class, List.of("-Xmx64m"))) {
      child.awaitSuccess(60);
    }
  }

  static final class Main {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Main() {}

    public static void main(String[] arguments) throws Exception {
      try (Scheduler scheduler = Scheduler.builder().name("first").procs(2).build()) {
        talk(5, starter(scheduler));
      }
      // The machines end, so nothing of the JDK lives on them; else they would have to stay.
      for (Thread thread : Thread.getAllStackTraces().keySet()) {
        if (thread.getName().startsWith("first-m") && !thread.join(LIMIT)) {
          throw new AssertionError(thread + " goes on: something of the JDK runs on it");
        }
      }
      talk(20, Thread::startVirtualThread);
      try (Scheduler second = Scheduler.builder().procs(1).build()) {
        talk(5, starter(second));
      }
    }

    private static Function<Runnable, Thread> starter(Scheduler scheduler) {
      return task -> scheduler.go(task::run).thread();
    }

    /// A server and so many clients, on threads that block in reads.
    private static void talk(int clients, Function<Runnable, Thread> start) throws Exception {
      try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
        List<Thread> threads = new ArrayList<>();
        AtomicInteger answers = new AtomicInteger();
        for (int i = 0; i < clients; i++) {
          threads.add(start.apply(() -> accept(server)));
          threads.add(start.apply(() -> ask(server, answers)));
        }
        for (Thread thread : threads) {
          if (!thread.join(LIMIT)) {
            throw new AssertionError(thread + " stands still");
          }
        }
        if (answers.get() != 2 * clients) {
          throw new AssertionError(answers + " for " + clients + " clients");
        }
      }
    }

    private static void ask(ServerSocket server, AtomicInteger answers) {
      try (Socket socket = new Socket(server.getInetAddress(), server.getLocalPort())) {
        Thread.sleep(5); // so that the other side waits in its read
        socket.getOutputStream().write(1);
        answers.getAndAdd(socket.getInputStream().read());
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }

    private static void accept(ServerSocket server) {
      try (Socket socket = server.accept()) {
        socket.getOutputStream().write(socket.getInputStream().read() + 1);
      } catch (Exception e) {
        throw new AssertionError(e);
      }
    }
  }
}
