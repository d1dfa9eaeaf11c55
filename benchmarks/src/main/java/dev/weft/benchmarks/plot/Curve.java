package dev.weft.benchmarks.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.markers.SeriesMarkers;

/// A distribution of times as a curve: the time over how rare a longer one is.
///
/// @param title what it is
/// @param color its colour; those of one plot should differ in brightness as well, for those who
///   see no difference in hue
/// @param width of the line, in pixels
/// @param nanos the times
public record Curve(String title, Color color, float width, Histogram nanos) {

  /// The axis that all distributions have in common.
  private static final String RARITY =
      "one in so many is longer: 10 is the 90th percentile, 1,000 the 99.9th";

  private static final int STEPS_PER_HALF = 8;

  /// A chart with some of them.
  ///
  /// @param title what stands above it
  /// @param times what the times are; in microseconds
  /// @param curves the curves
  public static XYChart chart(String title, String times, List<Curve> curves) {
    XYChart chart = Svg.chart(title, RARITY, times + ", us");
    curves.forEach(curve -> curve.addTo(chart));
    return chart;
  }

  private void addTo(XYChart chart) {
    List<Double> rarity = new ArrayList<>();
    List<Double> micros = new ArrayList<>();
    for (var value : nanos.percentiles(STEPS_PER_HALF)) {
      double percentile = value.getPercentileLevelIteratedTo();
      if (percentile < 100) {
        rarity.add(1 / (1 - percentile / 100));
        micros.add(Math.max(0.01, value.getValueIteratedTo() / 1e3));
      }
    }
    XYSeries series = chart.addSeries(title, rarity, micros);
    series.setMarker(SeriesMarkers.NONE);
    series.setLineColor(color);
    series.setLineStyle(new BasicStroke(width));
  }
}
