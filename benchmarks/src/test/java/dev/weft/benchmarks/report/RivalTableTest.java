package dev.weft.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.benchmarks.report.Reading.Runner;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RivalTableTest {

  @ParameterizedTest
  @EnumSource(Row.class)
  void showsEveryRivalOfARow(Row row) {
    Readings readings = new Readings().with(row, Runner.GPM, 1);
    row.rivals().forEach(rival -> readings.with(row, rival, 10 + rival.ordinal()));

    String table = RivalTable.of(readings.list());

    assertEquals(row.rivals().isEmpty(), table.isEmpty());
    for (Runner rival : row.rivals()) {
      String time = Summary.digits(10 + rival.ordinal()) + " ns";
      assertTrue(table.contains("| gpm/" + rival.title()), () -> rival + " in\n" + table);
      assertTrue(table.contains("| " + time), () -> rival + " in\n" + table);
    }
  }
}
