package dev.weft.benchmarks;

import dev.weft.benchmarks.growth.Growth;
import dev.weft.benchmarks.memory.MapMemory;
import dev.weft.benchmarks.memory.MemoryTable;
import dev.weft.benchmarks.report.Compare;
import dev.weft.benchmarks.report.Report;
import dev.weft.benchmarks.soak.Soak;
import dev.weft.benchmarks.waiting.Waiting;
import java.util.Arrays;

/// The main class of `benchmarks.jar`: JMH itself, unless the first argument names another program.
public final class Main {

  private Main() {}

  public static void main(String[] args) throws Exception {
    String program = args.length == 0 ? "" : args[0];
    String[] rest = Arrays.copyOfRange(args, Math.min(1, args.length), args.length);
    switch (program) {
      case "report" -> Report.main(rest);
      case "memory" -> MemoryTable.main(rest);
      case "map-memory" -> MapMemory.main(rest);
      case "soak" -> Soak.main(rest);
      case "compare" -> Compare.main(rest);
      case "waiting" -> Waiting.main(rest);
      case "growth" -> Growth.main(rest);
      default -> org.openjdk.jmh.Main.main(args);
    }
  }
}
