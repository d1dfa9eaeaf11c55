package dev.weft.scheduler;

import static dev.weft.scheduler.SchedulerTesting.core;
import static dev.weft.scheduler.SchedulerTesting.join;
import static dev.weft.scheduler.SchedulerTesting.joinAll;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.testkit.Scale;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files block the machine, not only the goroutine: there is no other way to read them.
class FilesTest {

  @Test
  @DisplayName("Goroutines write and read files: every byte is there")
  void writeAndRead(@TempDir Path directory) throws Exception {
    try (Scheduler scheduler = Scheduler.builder().procs(2).build()) {
      List<Goroutine> all = new ArrayList<>();
      for (int i = 0; i < Scale.times(50); i++) {
        String text = "goroutine ".repeat(1_000) + i;
        Path file = directory.resolve("file-" + i);
        all.add(
            scheduler.go(
                () -> {
                  Files.writeString(file, text);
                  assertEquals(text, Files.readString(file));
                  Files.delete(file);
                }));
      }
      joinAll(all);
    }
  }

  @Test
  @Tag("gpm")
  @DisplayName("A blocking read from a pipe, on one processor: the others go on meanwhile")
  void pipeDoesNotStopOthers(@TempDir Path directory) throws Exception {
    Path fifo = directory.resolve("fifo");
    Process mkfifo = new ProcessBuilder("mkfifo", fifo.toString()).start();
    assertEquals(0, mkfifo.waitFor());
    try (Scheduler scheduler = Scheduler.builder().procs(1).build()) {
      CountDownLatch opening = new CountDownLatch(1);
      AtomicInteger others = new AtomicInteger();
      Goroutine reader =
          scheduler.go(
              () -> {
                opening.countDown();
                try (InputStream in = Files.newInputStream(fifo)) { // blocks until it is written to
                  assertEquals("written", new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
              });
      Goroutine readied =
          scheduler.go(
              () -> {
                opening.await();
                for (int i = 0; i < 1_000; i++) {
                  others.getAndIncrement();
                  Scheduler.yieldCurrent();
                }
              });
      join(readied);
      assertEquals(Goroutine.State.RUNNABLE, reader.state());
      try (OutputStream out = Files.newOutputStream(fifo)) {
        join(scheduler.go(others::getAndIncrement)); // the pipe is open now, and empty
        out.write("written".getBytes(StandardCharsets.UTF_8));
      }
      join(reader);
      assertEquals(1_001, others.get());
      SchedulerTesting.awaitPermissions(core(scheduler)); // the reader's machine came back
    }
  }

  @Test
  @DisplayName("A goroutine that waits for a process and reads its output does not stop others")
  void processOutput() throws Exception {
    try (Scheduler scheduler = Scheduler.builder().procs(1).build()) {
      Process process = new ProcessBuilder("cat").start();
      Goroutine reader =
          scheduler.go(
              () -> {
                assertEquals(
                    "through",
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
                assertEquals(0, process.waitFor());
              });
      List<Goroutine> others = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        others.add(scheduler.go(() -> TimeUnit.MILLISECONDS.sleep(1)));
      }
      joinAll(others);
      process.getOutputStream().write("through".getBytes(StandardCharsets.UTF_8));
      process.getOutputStream().close();
      join(reader);
    }
  }
}
