package dev.weft.benchmarks.waiting;

import dev.weft.benchmarks.plot.Svg;
import java.awt.BasicStroke;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// Draws distributions: the waiting time over how rare a longer one is.
final class Plot {
  private static final int STEPS_PER_HALF = 8;

  /// Colours that differ in brightness as well, for those who see no difference in hue.
  private static final Map<Variant, Color> COLORS =
      Map.of(
          Variant.WEFT, new Color(0x00, 0x5a, 0xb5),
          Variant.WEFT_UNFAIR, new Color(0x66, 0xa8, 0xe0),
          Variant.REENTRANT, new Color(0xc2, 0x1e, 0x1e),
          Variant.REENTRANT_FAIR, new Color(0xe8, 0xa0, 0x30),
          Variant.GO, new Color(0x30, 0x30, 0x30));

  private Plot() {}

  /// Writes an SVG file.
  static void write(Scenario scenario, Map<Variant, Histogram> waits, Path file)
      throws IOException {
    Files.writeString(file, Svg.of(chart(scenario, waits)));
  }

  static XYChart chart(Scenario scenario, Map<Variant, Histogram> waits) {
    XYChart chart =
        Svg.chart(
            "Waiting for a mutex: " + scenario.title(),
            "one wait in so many is longer: 10 is the 90th percentile, 1,000 the 99.9th",
            "waiting time, us");
    waits.forEach((variant, histogram) -> add(chart, variant, histogram));
    return chart;
  }

  private static void add(XYChart chart, Variant variant, Histogram histogram) {
    List<Double> rarity = new ArrayList<>();
    List<Double> micros = new ArrayList<>();
    for (var value : histogram.percentiles(STEPS_PER_HALF)) {
      double percentile = value.getPercentileLevelIteratedTo();
      if (percentile < 100) {
        rarity.add(1 / (1 - percentile / 100));
        micros.add(Math.max(0.01, value.getValueIteratedTo() / 1e3));
      }
    }
    XYSeries series = chart.addSeries(variant.title(), rarity, micros);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(COLORS.get(variant));
    series.setLineStyle(new BasicStroke(variant == Variant.WEFT ? 3f : 2f));
  }
}
