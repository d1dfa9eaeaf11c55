package dev.weft.benchmarks.report;

import dev.weft.benchmarks.plot.Svg;
import dev.weft.benchmarks.report.Reading.Runner;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// The rows of one JMH class over its parameter: what an operation costs when there is more of
/// something. A bar at each point goes from the least to the most of the rounds, or as far to
/// either side as the farther of them.
final class Curves {

  /// With fewer points it is no curve.
  private static final int ENOUGH = 4;

  /// A bar that reached down to 0 would have no end on a logarithmic axis.
  private static final double MOST_SPREAD = 0.95;

  private static final float[] DASHES = {6f, 4f};

  private static final Map<Runner, Color> COLORS =
      Map.of(
          Runner.GPM, new Color(0x00, 0x5a, 0xb5),
          Runner.JDK, new Color(0xc2, 0x1e, 0x1e),
          Runner.GO, new Color(0x30, 0x30, 0x30));

  private Curves() {}

  /// A picture for each class that was read at enough values of its parameter, in the order of the
  /// rows.
  static List<String> of(List<Reading> readings) throws IOException {
    Set<Row> read = readings.stream().map(Reading::row).collect(Collectors.toSet());
    List<String> pictures = new ArrayList<>();
    for (Class<?> benchmark : Rows.all().stream().map(Row::benchmark).distinct().toList()) {
      List<Row> rows =
          Rows.all().stream()
              .filter(row -> row.benchmark() == benchmark && read.contains(row))
              .toList();
      if (rows.size() >= ENOUGH && !rows.getFirst().isSequential()) {
        pictures.add(Svg.element(chart(rows, readings)));
      }
    }
    return pictures;
  }

  private static XYChart chart(List<Row> rows, List<Reading> readings) {
    Row first = rows.getFirst();
    XYChart chart =
        Svg.chart(
            first.benchmark().getSimpleName(), first.parameter(), "time of one operation, ns");
    for (Runner runner : List.of(Runner.GPM, Runner.JDK, Runner.GO)) {
      int[] procs =
          readings.stream()
              .filter(r -> r.runner() == runner && rows.contains(r.row()))
              .mapToInt(Reading::procs)
              .distinct()
              .sorted()
              .toArray();
      Arrays.stream(procs).forEach(p -> add(chart, rows, readings, runner, p));
    }
    return chart;
  }

  /// Dashed on one processor.
  private static void add(
      XYChart chart, List<Row> rows, List<Reading> readings, Runner runner, int procs) {
    List<Integer> amounts = new ArrayList<>();
    List<Double> nanos = new ArrayList<>();
    List<Double> spread = new ArrayList<>();
    for (Row row : rows) {
      Summary summary = Summary.of(readings, row, runner, procs);
      summary
          .nanos()
          .ifPresent(
              median -> {
                amounts.add(row.value());
                nanos.add(median);
                double farther = Math.max(summary.most() - median, median - summary.least());
                spread.add(Math.min(farther, MOST_SPREAD * median));
              });
    }
    XYSeries series = chart.addSeries(runner.title() + " on " + procs, amounts, nanos, spread);
    series.setMarker(SeriesMarkers.CIRCLE);
    series.setMarkerColor(COLORS.get(runner));
    series.setLineColor(COLORS.get(runner));
    series.setLineStyle(
        procs == 1
            ? new BasicStroke(2f, BasicStroke.CAP_BUTT, BasicStroke.JOIN_ROUND, 1f, DASHES, 0f)
            : new BasicStroke(2f));
  }
}
