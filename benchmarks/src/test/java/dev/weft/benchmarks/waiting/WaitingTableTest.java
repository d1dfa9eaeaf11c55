package dev.weft.benchmarks.waiting;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class WaitingTableTest {
  private static final long LONGEST = 1_000_000_000;
  private static final int DIGITS = 3;

  @Test
  void givesPercentilesOfAllAndOfThoseThatWaited() {
    Histogram waits = new Histogram(LONGEST, DIGITS);
    waits.recordValueWithCount(100, 99_000);
    waits.recordValueWithCount(1_500, 990);
    waits.recordValueWithCount(2_000, 10);

    List<String> cells = cells(waits);

    assertEquals(
        List.of(
            "Weft", "50000", "0.10", "0.10", "0.10", "1.50", "1.50", "2.00", "500", "1.50", "2.00"),
        cells);
  }

  @Test
  void leavesOutPercentilesOfNothing() {
    Histogram waits = new Histogram(LONGEST, DIGITS);
    waits.recordValueWithCount(1_000, 4);

    List<String> cells = cells(waits);

    assertEquals(List.of("0", "", ""), cells.subList(cells.size() - 3, cells.size()));
  }

  /// The only line, with two seconds measured.
  private static List<String> cells(Histogram waits) {
    String line = WaitingTable.of(Map.of(Variant.WEFT, waits), 2).lines().toList().getLast();
    return Arrays.stream(line.split("\\|", -1)).map(String::strip).toList().subList(1, 12);
  }
}
