package dev.weft.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.benchmarks.report.Reading.Runner;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CurvesTest {
  private static final Row MUTEX = Rows.named("MutexUncontended");
  private static final Row MUTEX_2 = Rows.named("MutexContended/2");
  private static final Row MUTEX_4 = Rows.named("MutexContended/4");
  private static final Row MUTEX_8 = Rows.named("MutexContended/8");

  @Test
  void needsFourValuesOfOneParameter() throws IOException {
    Readings three =
        new Readings()
            .with(MUTEX_2, Runner.GPM, 10)
            .with(MUTEX_4, Runner.GPM, 20)
            .with(MUTEX_8, Runner.GPM, 30)
            .with(MUTEX, Runner.GPM, 10);

    assertEquals(List.of(), Curves.of(three.list()));
  }

  @Test
  void drawsOneForEachClassThatHas() throws IOException {
    Readings some = new Readings();
    for (Row row : Rows.all()) {
      if (row.key().startsWith("Pairs/") || row.key().startsWith("Cases/")) {
        some.with(row, Runner.GPM, 100, 1_000_000, 120).with(row, Runner.GO, 90);
      }
    }

    List<String> pictures = Curves.of(some.list());

    assertEquals(2, pictures.size());
    assertTrue(pictures.getFirst().startsWith("<svg"), pictures.getFirst());
  }
}
