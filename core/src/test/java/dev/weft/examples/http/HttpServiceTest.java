package dev.weft.examples.http;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.testkit.JavaCommand;
import dev.weft.testkit.TestMode;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class HttpServiceTest {

  @Test
  @Tag("fork")
  @DisplayName("Under load each request is answered: with words, too late, busy, or before the end")
  void load() throws Exception {
    List<String> command =
        JavaCommand.of(List.of(HttpService.class, ServiceLoad.class), ServiceLoad.class.getName());
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try {
      String output = process.inputReader().readAllAsString();
      assertEquals(0, JavaCommand.exitCode(process), output);
      assertEquals(
          List.of(
              "on " + TestMode.current().backend().toUpperCase(Locale.ROOT),
              "words: {200 0=500, 200 1=500, 200 2=500, 200 3=500}",
              "late: {504 no answer in PT0.1S=1, workers ended: true=1}",
              "failing: {500 the backend failed=1}",
              "busy: {200 open=5, 503 busy=1}",
              "ending: {200 open=6}"),
          output.lines().toList());
    } finally {
      process.destroyForcibly();
    }
  }
}
