package dev.weft.benchmarks.report;

import dev.weft.benchmarks.report.Reading.Runner;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;

/// The readings of one row by one runner with one number of processors: one for each round.
record Summary(List<Reading> readings) {

  static Summary of(List<Reading> all, Row row, Runner runner, int procs) {
    return new Summary(
        all.stream()
            .filter(r -> r.row() == row && r.runner() == runner && r.procs() == procs)
            .toList());
  }

  /// The median of the nanoseconds, if there are any.
  OptionalDouble nanos() {
    return median(Reading::nanos);
  }

  /// `153 ns (140-180)`: the median, and the least and most if there are several rounds.
  String time() {
    if (readings.isEmpty()) {
      return "";
    }
    double median = nanos().getAsDouble();
    double unit = median < 10_000 ? 1 : median < 10_000_000 ? 1e3 : 1e6;
    String name = unit == 1 ? "ns" : unit == 1e3 ? "us" : "ms";
    String text = digits(median / unit) + " " + name;
    if (readings.size() > 1) {
      text += " (" + digits(least() / unit) + "-" + digits(most() / unit) + ")";
    }
    return text;
  }

  /// The least of the nanoseconds. There must be some.
  double least() {
    return values(Reading::nanos).min().getAsDouble();
  }

  /// The most of the nanoseconds. There must be some.
  double most() {
    return values(Reading::nanos).max().getAsDouble();
  }

  /// The median of the bytes allocated.
  String bytes() {
    OptionalDouble median = median(Reading::bytes);
    return median.isEmpty() ? "" : digits(median.getAsDouble());
  }

  private OptionalDouble median(ToDoubleFunction<Reading> value) {
    double[] sorted = values(value).sorted().toArray();
    if (sorted.length == 0) {
      return OptionalDouble.empty();
    }
    int middle = sorted.length / 2;
    return OptionalDouble.of(
        sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
  }

  private DoubleStream values(ToDoubleFunction<Reading> value) {
    return readings.stream().mapToDouble(value);
  }

  /// Three digits, about.
  static String digits(double value) {
    String format = value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.2f";
    return String.format(Locale.ROOT, format, value);
  }
}
