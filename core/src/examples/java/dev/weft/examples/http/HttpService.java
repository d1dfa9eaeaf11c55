package dev.weft.examples.http;

import dev.weft.channel.Channel;
import dev.weft.scheduler.Scheduler;
import java.time.Duration;

/// Runs the [Service] until it is told to end: by `kill`, or Ctrl-C.
///
/// ```
/// mvn -q -f core -Pdemo -Dexample=http/HttpService
/// curl 'http://127.0.0.1:PORT/words?how+many+are+these'
/// ```
public final class HttpService {

  private HttpService() {}

  /// Takes no arguments.
  public static void main(String[] args) throws Exception {
    Channel<Object> stop = Channel.make();
    Channel<Object> ended = Channel.make();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> endBy(stop, ended)));
    Backend backend = Backend.countingWords(Duration.ofMillis(50));
    try (Service service = new Service(backend, 16, 64, Duration.ofSeconds(2))) {
      System.out.println(
          "http://127.0.0.1:" + service.port() + "/words?some+text on " + Scheduler.current());
      stop.receive();
    }
    System.out.println("all requests have been answered");
    ended.close();
  }

  /// The JVM halts when the hook has returned.
  private static void endBy(Channel<Object> stop, Channel<Object> ended) {
    stop.tryClose();
    try {
      ended.receive(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
