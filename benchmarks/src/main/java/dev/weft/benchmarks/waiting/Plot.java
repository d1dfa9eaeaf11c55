package dev.weft.benchmarks.waiting;

import dev.weft.benchmarks.plot.Curve;
import dev.weft.benchmarks.plot.Svg;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.knowm.xchart.XYChart;

/// Draws the waiting times of all variants.
final class Plot {
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
    List<Curve> curves =
        waits.entrySet().stream().map(entry -> curve(entry.getKey(), entry.getValue())).toList();
    return Curve.chart("Waiting for a mutex: " + scenario.title(), "waiting time", curves);
  }

  private static Curve curve(Variant variant, Histogram waits) {
    float width = variant == Variant.WEFT ? 3f : 2f;
    return new Curve(variant.title(), COLORS.get(variant), width, waits);
  }
}
