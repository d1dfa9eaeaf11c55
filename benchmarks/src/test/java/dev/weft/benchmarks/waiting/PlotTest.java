package dev.weft.benchmarks.waiting;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlotTest {
  private static final int LARGEST = 400_000;

  @TempDir Path folder;

  private final Map<Variant, Histogram> waits = new EnumMap<>(Variant.class);

  PlotTest() {
    for (Variant variant : Variant.values()) {
      Histogram some = new Histogram(1_000_000_000, 3);
      for (long nanos = 1; nanos < 1_000_000_000; nanos *= 2) {
        some.recordValueWithCount(nanos, 1_000_000_000 / nanos);
      }
      waits.put(variant, some);
    }
  }

  @Test
  void hasACurveForEachVariant() {
    var series = Plot.chart(Scenario.RUDE, waits).getSeriesMap();

    assertEquals(
        Arrays.stream(Variant.values()).map(Variant::title).toList(),
        series.keySet().stream().toList());
    series
        .values()
        .forEach(
            curve -> {
              double[] micros = curve.getYData();
              assertTrue(curve.getXData()[0] == 1, curve::getName);
              assertTrue(micros[micros.length - 1] > 100_000, curve::getName);
            });
  }

  @Test
  void isAFileFitForAPage() throws IOException {
    Path file = folder.resolve("plot.svg");

    Plot.write(Scenario.SHORT, waits, file);

    String svg = Files.readString(file);
    assertTrue(svg.contains("<svg") && svg.strip().endsWith("</svg>"), svg);
    assertTrue(svg.length() < LARGEST, () -> svg.length() + " characters");
    assertTrue(
        Pattern.compile("rect height=\"520\" style=\"fill:rgb\\(255,255,255\\)")
            .matcher(svg)
            .find());
  }
}
