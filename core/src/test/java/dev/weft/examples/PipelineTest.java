package dev.weft.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineTest {

  @ParameterizedTest(name = "{0} below {1} with {2} workers")
  @CsvSource({
    "1, 2, 1",
    "9, 10, 2",
    "97, 100, 1",
    "871, 1000, 3",
    "871, 1001, 3",
    "77031, 100000, 20",
  })
  @DisplayName("The pipeline finds the known result, whatever the number of workers is")
  void longest(int start, int limit, int workers) throws Exception {
    assertEquals(start, Pipeline.longest(limit, workers).start());
  }

  @Test
  @Tag("fork")
  @DisplayName("The pipeline, compiled by the build, runs")
  void program() throws Exception {
    List<String> lines = ExampleProgram.run(Pipeline.class);
    assertEquals("Climb[start=837799, steps=524] is the longest below 1000000", lines.getFirst());
    assertTrue(lines.get(1).matches("by \\d+ workers on Scheduler\\[weft, .*"), lines.get(1));
  }
}
