package dev.weft.internal.park;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class StackProbeTest {

  @Test
  @DisplayName("After a probe the next few calls do not overflow the stack, whatever the depth")
  void roomAfterProbe() throws InterruptedException {
    DeepStacks stacks = new DeepStacks();
    stacks.visit();
    assertEquals(0, stacks.brokenOff(), "overflows after the probe");
  }

  @Test
  @Tag("fork")
  @DisplayName("The same where the probe is compiled and what follows is not, as soon after start")
  void roomForInterpretedFrames() throws Exception {
    String deep = DeepStacks.class.getName();
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xbatch",
                    "-XX:CompileCommand=quiet",
                    "-XX:CompileCommand=exclude," + deep + "::guarded",
                    "-XX:CompileCommand=exclude," + deep + "::follow",
                    "-cp",
                    folderOf(StackProbe.class) + File.pathSeparator + folderOf(DeepStacks.class),
                    deep))
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS), output);
    assertEquals(0, process.exitValue(), output);
  }

  private static String folderOf(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }
}
