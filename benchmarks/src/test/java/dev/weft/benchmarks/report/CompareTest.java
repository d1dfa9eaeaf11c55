package dev.weft.benchmarks.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.weft.benchmarks.report.Reading.Runner;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompareTest {
  private static final Row HOGS = Rows.named("BehindTwoHogs");
  private static final Row ONCE = Rows.named("OnceDone");
  private static final Row SPSC_0 = Rows.named("Spsc/0");

  private static final int RATIO = 5;
  private static final int MACHINE = 6;
  private static final int CORRECTED = 7;
  private static final int VERDICT = 8;

  @Test
  void takesOutWhatTheMachineDid() {
    Readings before = new Readings().with(SPSC_0, Runner.GPM, 100).with(SPSC_0, Runner.GO, 50);
    Readings after = new Readings().with(SPSC_0, Runner.GPM, 200).with(SPSC_0, Runner.GO, 100);

    List<String> line = onlyLine(before, after);

    assertEquals("2.00", line.get(RATIO));
    assertEquals("2.00", line.get(MACHINE));
    assertEquals("1.00", line.get(CORRECTED));
    assertEquals("", line.get(VERDICT));
  }

  @Test
  void callsNothingChangedByWhatOthersTookAlone() {
    Readings before = new Readings().with(SPSC_0, Runner.GPM, 100).with(SPSC_0, Runner.GO, 100);
    Readings after = new Readings().with(SPSC_0, Runner.GPM, 100).with(SPSC_0, Runner.GO, 50);

    List<String> line = onlyLine(before, after);

    assertEquals("2.00", line.get(CORRECTED));
    assertEquals("", line.get(VERDICT));
  }

  @Test
  void callsItSlowerIfTheMachineIsNoExcuse() {
    Readings before = new Readings().with(SPSC_0, Runner.GPM, 100).with(SPSC_0, Runner.GO, 100);
    Readings after = new Readings().with(SPSC_0, Runner.GPM, 180).with(SPSC_0, Runner.GO, 150);
    Readings excused = new Readings().with(SPSC_0, Runner.GPM, 160).with(SPSC_0, Runner.GO, 150);

    assertEquals("slower", onlyLine(before, after).get(VERDICT));
    assertEquals("", onlyLine(before, excused).get(VERDICT));
  }

  @Test
  void callsItFasterOnlyIfTheRoundsAreApart() {
    Readings before = new Readings().with(SPSC_0, Runner.GPM, 90, 100, 110);
    Readings apart = new Readings().with(SPSC_0, Runner.GPM, 70, 80, 85);
    Readings overlapping = new Readings().with(SPSC_0, Runner.GPM, 70, 80, 95);

    assertEquals("faster", onlyLine(before, apart).get(VERDICT));
    assertEquals("", onlyLine(before, overlapping).get(VERDICT));
  }

  @Test
  void takesTheMeanOfAllRowsWhereNobodyElseRan() {
    Readings before =
        new Readings()
            .with(ONCE, Runner.GPM, 10)
            .with(SPSC_0, Runner.GO, 100)
            .with(Rows.CONTINUATION, Runner.FLOOR, 100);
    Readings after =
        new Readings()
            .with(ONCE, Runner.GPM, 20)
            .with(SPSC_0, Runner.GO, 100)
            .with(Rows.CONTINUATION, Runner.FLOOR, 400);

    List<String> line = onlyLine(before, after);

    assertEquals("2.00", line.get(MACHINE));
    assertEquals("1.00", line.get(CORRECTED));
  }

  @Test
  void leavesOutWhatIsInOneRunOnly() {
    Readings before = new Readings().with(SPSC_0, Runner.GPM, 1).with(ONCE, Runner.GPM, 1);
    Readings after = new Readings().with(SPSC_0, Runner.GPM, 1).with(HOGS, Runner.GPM, 1);

    assertEquals(SPSC_0.title(), onlyLine(before, after).getFirst());
  }

  @Test
  void wantsTwoFiles() {
    assertThrows(IllegalArgumentException.class, () -> Compare.main(new String[] {"before.json"}));
  }

  /// The cells of a table with one line below its head.
  private static List<String> onlyLine(Readings before, Readings after) {
    List<String> lines = new Compare(before.list(), after.list()).table().lines().toList();
    assertEquals(3, lines.size(), () -> String.join("\n", lines));
    String[] cells = lines.getLast().split("\\|");
    return Arrays.stream(cells).skip(1).map(String::strip).toList();
  }
}
