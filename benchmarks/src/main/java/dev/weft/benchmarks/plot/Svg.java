package dev.weft.benchmarks.plot;

import java.awt.BasicStroke;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/// What all plots have in common: size, grid, both axes logarithmic, and a white ground of their
/// own, so that they can be read on any page.
public final class Svg {
  private static final int WIDTH = 900;
  private static final int HEIGHT = 520;
  private static final float GRID_WIDTH = 0.5f;
  private static final Pattern MORE_DIGITS = Pattern.compile("(\\.\\d\\d)\\d+");

  private Svg() {}

  /// A chart with nothing in it.
  ///
  /// @param title what stands above it
  /// @param x what the horizontal axis is
  /// @param y what the vertical axis is
  public static XYChart chart(String title, String x, String y) {
    System.setProperty("java.awt.headless", "true");
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title(title)
            .xAxisTitle(x)
            .yAxisTitle(y)
            .build();
    chart.getStyler().setChartBackgroundColor(Color.WHITE);
    // Each dash would be a path of its own.
    chart.getStyler().setPlotGridLinesStroke(new BasicStroke(GRID_WIDTH));
    chart.getStyler().setLegendPosition(LegendPosition.OutsideS);
    chart.getStyler().setLegendLayout(LegendLayout.Horizontal);
    chart.getStyler().setXAxisLogarithmic(true);
    chart.getStyler().setYAxisLogarithmic(true);
    chart.getStyler().setXAxisMin(1.0);
    chart.getStyler().setXAxisDecimalPattern("#,##0");
    chart.getStyler().setYAxisDecimalPattern("#,##0.##");
    return chart;
  }

  /// The chart as the text of an SVG file. A hundredth of a pixel is enough; letters are outlines,
  /// of many points.
  public static String of(XYChart chart) throws IOException {
    ByteArrayOutputStream svg = new ByteArrayOutputStream();
    VectorGraphicsEncoder.saveVectorGraphic(chart, svg, VectorGraphicsFormat.SVG);
    return MORE_DIGITS.matcher(svg.toString(StandardCharsets.UTF_8)).replaceAll("$1");
  }

  /// The same to stand within another document: the element alone.
  public static String element(XYChart chart) throws IOException {
    String file = of(chart);
    return file.substring(file.indexOf("<svg"));
  }
}
