package dev.weft.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class PingPongTest {

  @Test
  @DisplayName("The ball is hit twice in each exchange")
  void hits() throws Exception {
    assertEquals(2, PingPong.play(1).hits);
    assertEquals(20_000, PingPong.play(10_000).hits);
  }

  @Test
  @Tag("fork")
  @DisplayName("Ping-pong, compiled by the build, runs")
  void program() throws Exception {
    List<String> lines = ExampleProgram.run(PingPong.class, "1000");
    assertTrue(
        lines.getFirst().startsWith("1000 exchanges, 2000 hits, on Scheduler[weft, "),
        lines::toString);
    assertTrue(lines.get(1).matches("\\d+ ns an exchange, warm-up included"), lines.get(1));
  }
}
