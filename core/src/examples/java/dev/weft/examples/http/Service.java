package dev.weft.examples.http;

import static dev.weft.Go.select;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.weft.channel.Channel;
import dev.weft.context.CancelContext;
import dev.weft.context.CanceledException;
import dev.weft.context.Context;
import dev.weft.context.DeadlineExceededException;
import dev.weft.pool.PoolClosedException;
import dev.weft.pool.PoolOverloadException;
import dev.weft.pool.WorkerPool;
import dev.weft.scheduler.Scheduler;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/// Answers `GET /words?text` by asking a [Backend].
///
/// Each request is a goroutine and has a context, which ends after the timeout, or when the service
/// does. At most so many questions are asked at a time, and a few wait: who comes then is told at
/// once to come again, since a queue that grows helps nobody.
///
/// | answer | when |
/// | --- | --- |
/// | 200 | there is one |
/// | 500 | the backend failed |
/// | 503 | too many are being asked, or the service ends |
/// | 504 | there was none in time |
final class Service implements AutoCloseable {
  private static final int OK = 200;
  private static final int FAILED = 500;
  private static final int UNAVAILABLE = 503;
  private static final int TOO_LATE = 504;

  private final Backend backend;
  private final Duration timeout;
  private final WorkerPool pool;
  private final HttpServer server;
  private final ExecutorService requests = Scheduler.current().asExecutorService();
  private final CancelContext life = Context.withCancel(Context.background());

  /// A service that listens on a port of its own choice, on loopback only.
  ///
  /// @param atOnce how many questions are asked at a time
  /// @param waiting how many wait
  Service(Backend backend, int atOnce, int waiting, Duration timeout) throws IOException {
    this.backend = backend;
    this.timeout = timeout;
    pool = WorkerPool.builder(atOnce).maxWaiting(waiting).name("backend").build();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/words", this::handle);
    server.setExecutor(requests);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  WorkerPool pool() {
    return pool;
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange;
        CancelContext request = Context.withTimeout(life, timeout)) {
      respond(exchange, request);
    }
  }

  private void respond(HttpExchange exchange, Context request) throws IOException {
    try {
      String query = Optional.ofNullable(exchange.getRequestURI().getRawQuery()).orElse("");
      send(exchange, OK, answer(request, URLDecoder.decode(query, StandardCharsets.UTF_8)));
    } catch (DeadlineExceededException e) {
      send(exchange, TOO_LATE, "no answer in " + timeout);
    } catch (PoolOverloadException e) {
      send(exchange, UNAVAILABLE, "busy");
    } catch (CanceledException | PoolClosedException | InterruptedException e) {
      send(exchange, UNAVAILABLE, "the service ends");
    } catch (Exception e) {
      send(exchange, FAILED, "the backend failed");
    }
  }

  /// What came of a question.
  private record Answer(String text, @Nullable Exception failure) {}

  /// The answer is sent on a channel with room for it, so the worker never waits for a request that
  /// has gone.
  private String answer(Context request, String question) throws Exception {
    Channel<Answer> answers = Channel.make(1);
    if (!pool.submit(() -> answers.send(ask(request, question)), timeout)) {
      throw DeadlineExceededException.INSTANCE;
    }
    var answered = answers.onReceive();
    if (select(answered, request.done().onReceive()) == 1) {
      request.check();
    }
    Answer answer = Objects.requireNonNull(answered.value());
    if (answer.failure() != null) {
      throw answer.failure();
    }
    return answer.text();
  }

  /// A task that failed would end its worker, and nobody would be told.
  private Answer ask(Context request, String question) {
    try {
      return new Answer(backend.ask(request, question), null);
    } catch (Exception failure) {
      return new Answer("", failure);
    }
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  /// Ends the service: takes no more requests, and lets those that are there finish, for as long as
  /// a request may take. Whatever is left then is told that it is over.
  @Override
  public void close() {
    server.stop(Math.toIntExact(timeout.toSeconds()) + 1);
    life.cancel(null);
    pool.release();
    requests.close(); // waits for the last ones to have answered
  }
}
