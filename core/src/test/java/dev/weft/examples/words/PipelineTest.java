package dev.weft.examples.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.scheduler.Goroutine;
import dev.weft.scheduler.Scheduler;
import dev.weft.testkit.ProjectFiles;
import dev.weft.testkit.TestMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineTest {

  private static final Watcher NOBODY = (files, bytes, words) -> {};

  private final Scheduler scheduler =
      Scheduler.builder().name("words").uncaughtExceptionHandler((thread, failure) -> {}).build();

  @TempDir private Path root;

  @AfterEach
  void close() {
    scheduler.close();
  }

  @ParameterizedTest(name = "{0} parsers")
  @ValueSource(ints = {1, 2, 100})
  @DisplayName("On the project's own text it counts what the sequential and another count give")
  void project(int parsers) throws Exception {
    Options options =
        new Options(
            ProjectFiles.root(), 10, parsers, 1, Set.of("java", "md", "txt", "xml"), false, false);
    Result result = count(options);
    assertTrue(result.complete());
    assertTrue(result.tally().words() > 1000, result.tally().words() + " words");
    assertEquals(Optional.empty(), result.differenceTo(SequentialCount.of(options)));
    assertEquals(
        Reference.countTree(options.directory(), options.extensions()), result.tally().counts());
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  @DisplayName("On generated trees it counts what the sequential and another count give")
  void generated(long seed) throws Exception {
    new TreeBuilder(root).writeRandom(seed, 400);
    Options options = options(3);
    Result result = count(options);
    assertTrue(result.complete());
    assertEquals(400, result.files());
    assertEquals(Optional.empty(), result.differenceTo(SequentialCount.of(options)));
    assertEquals(Reference.countTree(root, Set.of("txt")), result.tally().counts());
  }

  @Test
  @DisplayName("An empty tree has a complete result without words")
  void empty() throws Exception {
    Result result = count(options(4));
    assertTrue(result.complete());
    assertEquals(0, result.tally().words());
    assertEquals(0, result.found());
  }

  @Test
  @DisplayName("What cannot be counted is accounted for, and the result is complete")
  void leftOut() throws Exception {
    TreeBuilder tree = new TreeBuilder(root);
    tree.write("good.txt", "good");
    tree.write("binary.txt", "a\0b");
    tree.write("latin.txt", new byte[] {'a', (byte) 0xe4, 'b'});
    tree.write("encoded.txt", "x".repeat(200));
    tree.write("page.html", "a");
    tree.write(".git/a.txt", "a");
    Files.createSymbolicLink(root.resolve("loop"), root);
    Options options = options(2);
    Result result = count(options);
    assertEquals(new LeftOut(1, 1, 1, 1, 0, 1, 1), result.leftOut());
    assertEquals(4, result.found());
    assertEquals(3, result.files());
    assertTrue(result.complete());
    assertEquals(Optional.empty(), result.differenceTo(SequentialCount.of(options)));
  }

  @Test
  @DisplayName(
      "Stopped, it gives what was counted, says that it is partial and leaves no goroutine")
  void stopped() throws Exception {
    int files = 600; // more than all pipes hold, so that everybody waits for the merger
    for (int i = 0; i < files; i++) {
      new TreeBuilder(root).write("f" + i + ".txt", "word");
    }
    CountDownLatch merging = new CountDownLatch(1);
    CountDownLatch stopped = new CountDownLatch(1);
    Watcher watcher =
        (counted, bytes, words) -> {
          merging.countDown();
          awaitUninterrupted(stopped);
        };
    Result result =
        inGoroutine(
            () -> {
              Pipeline pipeline = Pipeline.start(options(3), watcher);
              merging.await();
              pipeline.stop();
              stopped.countDown();
              return pipeline.await();
            });
    assertFalse(result.complete());
    // the piece that the merger had, and what was in the pipe; the parsers send no more
    assertTrue(
        result.files() >= 1 && result.files() <= 1 + Pipeline.PIECES_IN_FLIGHT,
        result.files() + " files");
    assertEquals(result.files(), result.tally().counts().get("word"));
    assertEquals(0, scheduler.numGoroutine());
  }

  @Test
  @DisplayName("Stopped before it began it has a partial result, too")
  void stoppedAtOnce() throws Exception {
    new TreeBuilder(root).writeRandom(4, 200);
    Result result =
        inGoroutine(
            () -> {
              Pipeline pipeline = Pipeline.start(options(3), NOBODY);
              pipeline.stop();
              return pipeline.await();
            });
    assertEquals(
        result.complete(), Optional.empty().equals(result.differenceTo(count(options(3)))));
    assertEquals(0, scheduler.numGoroutine());
  }

  @Test
  @DisplayName("Stopping what has ended changes nothing")
  void stoppedAfterwards() throws Exception {
    new TreeBuilder(root).writeRandom(5, 20);
    Result result =
        inGoroutine(
            () -> {
              Pipeline pipeline = Pipeline.start(options(3), NOBODY);
              Result first = pipeline.await();
              pipeline.stop();
              return first;
            });
    assertTrue(result.complete());
    assertEquals(20, result.files());
  }

  @Test
  @DisplayName("A goroutine that fails makes the count fail, and leaves none of the others")
  void failure() throws Exception {
    new TreeBuilder(root).writeRandom(6, 600);
    IllegalStateException broken = new IllegalStateException("the watcher is broken");
    Watcher watcher =
        (files, bytes, words) -> {
          throw broken;
        };
    PipelineException failure =
        assertThrows(
            PipelineException.class,
            () -> inGoroutine(() -> Pipeline.start(options(3), watcher).await()));
    assertSame(broken, failure.getCause());
    assertEquals(
        "the goroutine merger failed: java.lang.IllegalStateException: the watcher is broken",
        failure.getMessage());
    assertEquals(0, scheduler.numGoroutine());
  }

  @Test
  @DisplayName("If who waits for the result is interrupted, the goroutines stop")
  void waiterInterrupted() throws Exception {
    new TreeBuilder(root).writeRandom(7, 100);
    CountDownLatch merging = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    Watcher watcher =
        (files, bytes, words) -> {
          merging.countDown();
          awaitUninterrupted(release);
        };
    FutureTask<Result> waiting =
        new FutureTask<>(() -> Pipeline.start(options(3), watcher).await());
    Goroutine waiter = scheduler.go(waiting::run);
    merging.await();
    waiter.interrupt();
    waiter.join();
    release.countDown();
    assertInstanceOf(InterruptedException.class, waiting.exceptionNow());
    for (Goroutine goroutine : scheduler.goroutines()) {
      goroutine.join();
    }
    assertEquals(0, scheduler.numGoroutine());
  }

  @Test
  @DisplayName("It runs on the scheduler of whoever starts it, on the backend under test")
  void backend() throws Exception {
    assertEquals(
        TestMode.current().backend(),
        scheduler.backend().backend().name().toLowerCase(Locale.ROOT));
    new TreeBuilder(root).write("a.txt", "word");
    Scheduler[] merger = new Scheduler[1];
    Watcher watcher = (files, bytes, words) -> merger[0] = Scheduler.current();
    inGoroutine(() -> Pipeline.start(options(1), watcher).await());
    assertSame(scheduler, merger[0]);
  }

  private Options options(int parsers) {
    return new Options(root, 10, parsers, 1, Set.of("txt"), false, false);
  }

  private Result count(Options options) throws Exception {
    return inGoroutine(() -> Pipeline.start(options, NOBODY).await());
  }

  /// Does something in a goroutine of this test's own scheduler, where nobody else's are counted.
  private <T> T inGoroutine(Callable<T> action) throws Exception {
    FutureTask<T> task = new FutureTask<>(action);
    scheduler.go(task::run).join();
    if (task.state() == Future.State.FAILED) {
      throw (Exception) task.exceptionNow();
    }
    return task.resultNow();
  }

  private static void awaitUninterrupted(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException("the merger must not be interrupted", e);
    }
  }
}
