package dev.weft.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.benchmarks.report.Reading.Runner;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RivalTableTest {

  static List<Row> rows() {
    return Rows.all();
  }

  @ParameterizedTest
  @MethodSource("rows")
  void showsEveryRivalOfARow(Row row) {
    Runner ours = row.isSequential() ? Runner.WEFT : Runner.GPM;
    Readings readings = new Readings().with(row, ours, 1);
    row.rivals().forEach(rival -> readings.with(row, rival, 10 + rival.ordinal()));

    String table = RivalTable.of(readings.list());

    assertEquals(row.rivals().isEmpty(), table.isEmpty());
    for (Runner rival : row.rivals().stream().filter(rival -> !rival.isOurs()).toList()) {
      String time = Summary.digits(10 + rival.ordinal()) + " ns";
      assertTrue(
          table.contains("| " + ours.title() + "/" + rival.title()), () -> rival + " in\n" + table);
      assertTrue(table.contains("| " + time), () -> rival + " in\n" + table);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void showsARowOnce(Row row) {
    Readings readings = new Readings();
    row.rivals().forEach(rival -> readings.with(row, rival, 10));

    String table = RivalTable.of(readings.list());

    assertEquals(
        row.rivals().isEmpty() ? 0 : 1,
        table.lines().filter(line -> line.startsWith("| " + row.title() + " |")).count());
  }

  @Test
  void noTwoRowsHaveOneName() {
    assertEquals(rows().size(), new HashSet<>(rows().stream().map(Row::key).toList()).size());
    assertEquals(rows().size(), new HashSet<>(rows().stream().map(Row::title).toList()).size());
  }
}
