package dev.weft.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.PreInterruptCallback;
import org.junit.jupiter.api.extension.PreInterruptContext;

/// Prints the stacks of all threads, virtual ones included, when a test runs into its timeout.
///
/// JUnit's own dump has platform threads only. On the class path this extension is found by itself;
/// on the module path a service file is not read, so a class that wants the dump there too says
/// `@ExtendWith(DumpOnTimeout.class)`.
public final class DumpOnTimeout implements PreInterruptCallback {
  @Override
  public void beforeThreadInterrupt(PreInterruptContext context, ExtensionContext test)
      throws IOException, InterruptedException {
    System.out.println("all threads when " + test.getUniqueId() + " timed out:\n" + threadDump());
  }

  /// The stacks of all threads of this JVM.
  ///
  /// JDK 25.0.3 crashes in it now and then while virtual threads mount and unmount (JDK-8364343): a
  /// test that asks for it keeps them still, and one that has timed out has failed anyhow.
  public static String threadDump() throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory("weft-threads");
    Path dump = directory.resolve("threads.txt");
    try {
      Process jcmd =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  Long.toString(ProcessHandle.current().pid()),
                  "Thread.dump_to_file",
                  dump.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!jcmd.waitFor(30, TimeUnit.SECONDS)) {
        jcmd.destroyForcibly();
        return "jcmd did not answer within 30 s";
      }
      return Files.exists(dump) ? Files.readString(dump) : "jcmd failed: " + jcmd.exitValue();
    } finally {
      Files.deleteIfExists(dump);
      Files.delete(directory);
    }
  }
}
