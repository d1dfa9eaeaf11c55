package dev.weft.examples.http;

import dev.weft.channel.Channel;
import dev.weft.group.ErrGroup;
import dev.weft.scheduler.Scheduler;
import dev.weft.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// A program that puts load on the [Service], in the same JVM, and says what it has found.
///
/// By itself, since the test's JVM need not have the modules of the JDK's server and client.
final class ServiceLoad {
  private static final int REQUESTS = 2_000;
  private static final int CLIENTS = 64;
  private static final Duration LONG = Duration.ofSeconds(60);

  private final HttpClient client;
  private final ConcurrentHashMap<String, AtomicInteger> answers = new ConcurrentHashMap<>();

  private ServiceLoad(HttpClient client) {
    this.client = client;
  }

  public static void main(String[] args) throws Exception {
    System.out.println("on " + Scheduler.current().backend().backend());
    try (HttpClient client =
        HttpClient.newBuilder().executor(Scheduler.current().asExecutorService()).build()) {
      new ServiceLoad(client).all();
    }
  }

  private void all() throws Exception {
    words();
    late();
    failing();
    busy();
    ending();
  }

  private String get(Service service, String query) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + service.port() + "/words?" + query);
    HttpResponse<String> response =
        client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }

  private void count(String answer) {
    answers.computeIfAbsent(answer, _ -> new AtomicInteger()).incrementAndGet();
  }

  private void report(String what) {
    System.out.println(what + ": " + new TreeMap<>(answers));
    answers.clear();
  }

  /// Many clients, each question of another length, and room for all.
  private void words() throws Exception {
    Backend backend = Backend.countingWords(Duration.ofMillis(1));
    try (Service service = new Service(backend, 16, CLIENTS, LONG)) {
      ErrGroup clients = new ErrGroup();
      clients.setLimit(CLIENTS);
      for (int i = 0; i < REQUESTS; i++) {
        String text = "word+".repeat(i % 4);
        clients.go(() -> count(get(service, text)));
      }
      clients.await();
    }
    report("words");
  }

  /// A backend that never answers.
  private void late() throws Exception {
    Backend never = Backend.behind(Channel.make());
    try (Service service = new Service(never, 2, 2, Duration.ofMillis(100))) {
      count(get(service, "late"));
      count("workers ended: " + service.pool().release(LONG)); // they have been told, too
    }
    report("late");
  }

  private void failing() throws Exception {
    Backend failing =
        (context, question) -> {
          throw new IllegalStateException("no connection");
        };
    try (Service service = new Service(failing, 1, 1, LONG)) {
      count(get(service, "failing"));
    }
    report("failing");
  }

  /// As many as may be, and one more.
  private void busy() throws Exception {
    Channel<Object> gate = Channel.make();
    try (Service service = new Service(Backend.behind(gate), 3, 2, LONG)) {
      ErrGroup clients = new ErrGroup();
      for (int i = 0; i < 5; i++) {
        clients.go(() -> count(get(service, "busy")));
      }
      Await.until(() -> service.pool().waiting() == 2, "all are there");
      count(get(service, "one+more"));
      gate.close();
      clients.await();
    }
    report("busy");
  }

  /// Requests that are there when the service ends are answered.
  private void ending() throws Exception {
    Channel<Object> gate = Channel.make();
    ErrGroup all = new ErrGroup();
    try (Service service = new Service(Backend.behind(gate), 4, 4, LONG)) {
      for (int i = 0; i < 6; i++) {
        all.go(() -> count(get(service, "ending")));
      }
      Await.until(() -> service.pool().waiting() == 2, "all are there");
      all.go(
          () -> {
            Await.until(() -> isRefused(service), "the service takes no more");
            gate.close();
          });
    } // waits for them
    all.await();
    report("ending");
  }

  private boolean isRefused(Service service) {
    try (var _ = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      return false;
    } catch (IOException e) {
      return true;
    }
  }
}
