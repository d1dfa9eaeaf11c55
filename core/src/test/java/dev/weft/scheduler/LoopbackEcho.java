package dev.weft.scheduler;

import dev.weft.testkit.Await;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;

/// A server on the loopback interface that sends back what it gets, one thread a connection, and
/// clients that check that they get back what they sent.
///
/// All connections are open at the same time: a client keeps its own until all have theirs, and
/// then uses it again.
final class LoopbackEcho {

  private final Executor threads;
  private final int connections;
  private final CountDownLatch connected;
  private final CountDownLatch goOn = new CountDownLatch(1);
  private final CountDownLatch clientsEnded;
  private final CountDownLatch serversEnded;
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  /// @param threads runs each server and each client on a thread of its own
  /// @param connections how many
  LoopbackEcho(Executor threads, int connections) {
    this.threads = threads;
    this.connections = connections;
    this.connected = new CountDownLatch(connections);
    this.clientsEnded = new CountDownLatch(connections);
    this.serversEnded = new CountDownLatch(connections);
  }

  /// Opens all connections, uses them, closes them, and fails if anything went wrong.
  ///
  /// @param whileOpen called by this thread when all are open, and each has been used once
  void run(Runnable whileOpen) throws IOException, InterruptedException {
    try (ServerSocket server = new ServerSocket(0, connections, InetAddress.getLoopbackAddress())) {
      threads.execute(() -> accept(server));
      for (int i = 0; i < connections; i++) {
        int number = i;
        threads.execute(() -> client(server.getLocalPort(), number));
      }
      await(connected, "clients are not connected");
      whileOpen.run();
      goOn.countDown();
      await(clientsEnded, "clients have not ended");
      await(serversEnded, "servers have not ended");
    } finally {
      goOn.countDown();
    }
  }

  private void await(CountDownLatch latch, String missing) throws InterruptedException {
    Await.until(
        () -> latch.getCount() == 0 || !failures.isEmpty(),
        () -> latch.getCount() + " of " + connections + " " + missing);
    if (!failures.isEmpty()) {
      AssertionError error = new AssertionError(failures.size() + " threads failed");
      failures.stream().limit(10).forEach(error::addSuppressed);
      throw error;
    }
  }

  private void accept(ServerSocket server) {
    try {
      for (int i = 0; i < connections; i++) {
        Socket socket = server.accept();
        threads.execute(() -> serve(socket));
      }
    } catch (SocketException e) {
      if (!server.isClosed()) {
        failures.add(e);
      }
    } catch (Throwable e) {
      failures.add(e);
    }
  }

  private void serve(Socket accepted) {
    try (Socket socket = accepted) {
      DataInputStream in = new DataInputStream(socket.getInputStream());
      DataOutputStream out = new DataOutputStream(socket.getOutputStream());
      for (; ; ) {
        out.writeLong(in.readLong());
      }
    } catch (EOFException end) {
      serversEnded.countDown();
    } catch (Throwable e) {
      failures.add(e);
    }
  }

  private void client(int port, int number) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      checkEcho(socket, number);
      connected.countDown();
      goOn.await();
      checkEcho(socket, ~number);
    } catch (Throwable e) {
      failures.add(e);
    } finally {
      clientsEnded.countDown();
    }
  }

  private static void checkEcho(Socket socket, long sent) throws IOException {
    new DataOutputStream(socket.getOutputStream()).writeLong(sent);
    long got = new DataInputStream(socket.getInputStream()).readLong();
    if (got != sent) {
      throw new AssertionError("sent " + sent + ", got " + got);
    }
  }
}
