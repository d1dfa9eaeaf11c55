package dev.weft.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.benchmarks.report.Reading.Runner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonFileTest {
  private static final Row HOGS = Rows.named("BehindTwoHogs");
  private static final Row SPSC_0 = Rows.named("Spsc/0");

  @TempDir Path folder;

  @Test
  void readsWhatItHasWritten() throws IOException {
    Run run =
        new Run(
            Map.of("cpu", "a \"quick\" one\\\n, $1"),
            List.of(
                new Reading(SPSC_0, Runner.GPM, 2, 1, 191.5, 0.125),
                new Reading(HOGS, Runner.GO, 1, 2, 20_000_000, 512),
                new Reading(Rows.CONTINUATION, Runner.FLOOR, 0, 3, 149.25, 0)));
    Path file = folder.resolve("run.json");

    JsonFile.write(file, run);

    assertEquals(run, JsonFile.read(file));
  }

  @Test
  void readsRunWithoutReadings() throws IOException {
    Run run = new Run(Map.of("java", "25"), List.of());
    Path file = folder.resolve("run.json");

    JsonFile.write(file, run);

    assertEquals(run, JsonFile.read(file));
  }

  @Test
  void leavesOutRowsThatAreNoMore() throws IOException {
    Path file = folder.resolve("run.json");
    JsonFile.write(
        file, new Run(Map.of("java", "25"), new Readings().with(SPSC_0, Runner.GPM, 1, 2).list()));
    Files.writeString(file, Files.readString(file).replaceFirst("Spsc/0", "Spsc/77"));

    assertEquals(
        List.of(new Reading(SPSC_0, Runner.GPM, 2, 2, 2, 0)), JsonFile.read(file).readings());
  }

  @Test
  void saysWhatItCannotRead() throws IOException {
    Path file = Files.writeString(folder.resolve("other.json"), "{\n\"list\": []\n}\n");

    IOException failure = assertThrows(IOException.class, () -> JsonFile.read(file));

    assertTrue(failure.getMessage().contains("\"list\": []"), failure.getMessage());
  }
}
