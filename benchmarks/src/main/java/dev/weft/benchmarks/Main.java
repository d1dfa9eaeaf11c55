package dev.weft.benchmarks;

import dev.weft.benchmarks.report.Report;
import java.util.Arrays;

/// The main class of `benchmarks.jar`: JMH itself, or the report if the first argument says so.
public final class Main {

  private Main() {}

  public static void main(String[] args) throws Exception {
    if (args.length > 0 && args[0].equals("report")) {
      Report.main(Arrays.copyOfRange(args, 1, args.length));
    } else {
      org.openjdk.jmh.Main.main(args);
    }
  }
}
