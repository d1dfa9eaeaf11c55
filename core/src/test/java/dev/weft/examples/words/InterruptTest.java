package dev.weft.examples.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("fork")
class InterruptTest {

  @Test
  @DisplayName("Ctrl-C stops the program, which prints that its table is partial; exit code 130")
  void interrupt(@TempDir Path root) throws Exception {
    writeEndless(root.resolve("endless.txt"));
    List<String> command = new ArrayList<>(defaultInterrupt());
    command.addAll(
        JavaCommand.of(
            List.of(WordCount.class),
            WordCount.class.getName(),
            "--dir",
            root.toString(),
            "--check"));
    Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader output = program.inputReader()) {
      String first = output.readLine(); // printed when it counts already
      assertNotNull(first);
      interrupt(program);
      String rest = output.lines().collect(Collectors.joining("\n"));
      assertEquals(130, JavaCommand.exitCode(program), rest);
      assertTrue(first.startsWith("counting words in "), first);
      assertTrue(rest.contains("       count  word\n"), rest);
      assertTrue(rest.contains("\nPARTIAL: stopped after 0 of the "), rest);
      assertTrue(rest.contains("\nscheduler: "), rest);
      assertFalse(rest.contains("check:"), rest);
    } finally {
      program.destroyForcibly();
    }
  }

  /// Writes a text file that takes next to no room but ages to read: the rest of it is a hole.
  private static void writeEndless(Path file) throws IOException {
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      channel.write(StandardCharsets.UTF_8.encode("word ".repeat(50_000)));
      channel.write(StandardCharsets.UTF_8.encode("end"), 1L << 36);
    }
  }

  private static void interrupt(Process program) throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("sh", "-c", "kill -INT " + program.pid()).start();
    assertEquals(0, kill.waitFor());
  }

  /// A JVM that was started with SIGINT ignored, as in the background of a script, goes on ignoring
  /// it; and so do the programs that it starts, unless `env` of GNU puts that right.
  private static List<String> defaultInterrupt() throws IOException, InterruptedException {
    List<String> env = List.of("env", "--default-signal=INT");
    List<String> attempt = new ArrayList<>(env);
    attempt.add("true");
    Process process =
        new ProcessBuilder(attempt)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor() == 0 ? env : List.of();
  }
}
