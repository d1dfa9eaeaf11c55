package dev.weft.benchmarks.waiting;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/// Distributions as a table in Markdown, in microseconds.
///
/// Where one goroutine locks again and again without being disturbed, nearly all locks are had at
/// once, and percentiles of all locks show little of those who wait. So there are also percentiles
/// of the waits that deserve the name.
final class WaitingTable {
  /// What is no longer than that is no wait.
  private static final long AT_ONCE_NANOS = 1_000;

  private static final List<String> HEAD =
      List.of(
          "lock",
          "locks a second",
          "p50",
          "p90",
          "p99",
          "p99.9",
          "p99.99",
          "longest",
          "waits over 1 us a second",
          "their p50",
          "their p99.9");

  private WaitingTable() {}

  /// Renders it.
  ///
  /// @param seconds how long was measured
  static String of(Map<Variant, Histogram> waits, double seconds) {
    StringBuilder table = new StringBuilder();
    line(table, HEAD);
    line(table, HEAD.stream().map(name -> name.equals("lock") ? "---" : "---:").toList());
    waits.forEach((variant, all) -> line(table, cells(variant, all, seconds)));
    return table.toString();
  }

  private static void line(StringBuilder table, List<String> cells) {
    table.append("| ").append(String.join(" | ", cells)).append(" |").append('\n');
  }

  private static List<String> cells(Variant variant, Histogram all, double seconds) {
    Histogram real = realWaits(all);
    return List.of(
        variant.title(),
        rate(all, seconds),
        micros(all, 50),
        micros(all, 90),
        micros(all, 99),
        micros(all, 99.9),
        micros(all, 99.99),
        micros(all, 100),
        rate(real, seconds),
        micros(real, 50),
        micros(real, 99.9));
  }

  private static Histogram realWaits(Histogram all) {
    Histogram real = new Histogram(all);
    for (HistogramIterationValue value : all.recordedValues()) {
      if (value.getValueIteratedTo() > AT_ONCE_NANOS) {
        real.recordValueWithCount(
            value.getValueIteratedTo(), value.getCountAddedInThisIterationStep());
      }
    }
    return real;
  }

  private static String rate(Histogram waits, double seconds) {
    return String.format(Locale.ROOT, "%.0f", waits.getTotalCount() / seconds);
  }

  private static String micros(Histogram waits, double percentile) {
    if (waits.getTotalCount() == 0) {
      return "";
    }
    double micros = waits.getValueAtPercentile(percentile) / 1e3;
    return String.format(Locale.ROOT, micros < 10 ? "%.2f" : "%.0f", micros);
  }
}
