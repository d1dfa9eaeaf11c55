package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Await;
import dev.weft.testkit.ChildJvm;
import dev.weft.testkit.JavaCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fork")
class ThreadDumpTest {

  private static final int COUNT = 1_000;
  private static final Pattern NAME = Pattern.compile("\"(parked-\\d+)\"");

  @Test
  @DisplayName("A thread dump shows all waiting goroutines, and they go on as if nothing had been")
  void dump(@TempDir Path directory) throws Exception {
    Set<String> expected = new TreeSet<>();
    for (int i = 0; i < COUNT; i++) {
      expected.add(name(i));
    }
    try (ChildJvm child = ChildJvm.start(ThreadDumpTest.class, List.of())) {
      child.awaitLine("waiting");
      for (int i = 0; i < 2; i++) {
        String dump = dump(child.pid(), directory.resolve(i + ".json"));
        Set<String> shown =
            NAME.matcher(dump)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(expected, shown);
        assertTrue(dump.contains("ThreadDumpTest.member"), "no stacks");
      }
      child.send("go on");
      child.awaitLine("all went on");
      child.awaitSuccess(60);
    }
  }

  private static String dump(long pid, Path file) throws IOException, InterruptedException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "Thread.dump_to_file",
                "-format=json",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String output = jcmd.inputReader().lines().collect(Collectors.joining("\n"));
    assertEquals(0, JavaCommand.exitCode(jcmd), output);
    return Files.readString(file);
  }

  private static String name(int number) {
    return "parked-" + number;
  }

  // ---- The child ----

  private static volatile boolean released;

  /// Has goroutines wait until a line comes in. Nothing else goes on meanwhile: JDK 25.0.3 crashes
  /// now and then in a dump while virtual threads switch, whoever schedules them (JDK-8364343).
  public static void main(String[] args) throws Exception {
    CountDownLatch wentOn = new CountDownLatch(COUNT);
    try (Scheduler scheduler = Scheduler.builder().name("dumped").build()) {
      List<Goroutine> goroutines = new ArrayList<>();
      for (int i = 0; i < COUNT; i++) {
        goroutines.add(scheduler.go(name(i), () -> member(wentOn)));
      }
      for (Goroutine goroutine : goroutines) {
        Await.until(() -> goroutine.state() == Goroutine.State.WAITING, goroutine::toString);
      }
      System.out.println("waiting");
      if (System.in.read() < 0) {
        throw new IOException("the parent is gone");
      }
      released = true;
      goroutines.forEach(goroutine -> LockSupport.unpark(goroutine.thread()));
      Await.zero(wentOn, "goroutines that go on");
    }
    System.out.println("all went on");
  }

  private static void member(CountDownLatch wentOn) {
    while (!released) {
      LockSupport.park();
    }
    wentOn.countDown();
  }
}
