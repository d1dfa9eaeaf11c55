package dev.weft.benchmarks.memory;

import dev.weft.benchmarks.map.Keys;
import dev.weft.benchmarks.map.Maps;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How many bytes of the heap a map takes for an entry, beside the key and the value.
///
/// Each figure is a new JVM with the serial collector, which counts to the byte: the heap with the
/// map and without it, after collections. Small maps are made many times. JOL is not used: on JDK
/// 25 it needs flags and warns, and what it would add, the sum over a graph of objects, is the same
/// number.
///
/// Run by `java -jar benchmarks.jar map-memory`.
public final class MapMemory {

  /// 851,968 is 6.5 entries for each of 2^17 buckets: there a growth begins, and with 983,040 it
  /// has ended. The JDK's doubles at 786,432.
  private static final List<Integer> SIZES =
      List.of(100, 1_000, 100_000, 780_000, 800_000, 850_000, 985_000, 1_700_000, 10_000_000);

  private static final int AT_LEAST = 1_000_000;
  private static final int COLLECTIONS = 3;

  private MapMemory() {}

  /// Prints the table or, if given a map and a size, the figure.
  public static void main(String[] args) throws IOException, InterruptedException {
    if (args.length == 0) {
      table();
    } else {
      measure(Maps.valueOf(args[0]), Integer.parseInt(args[1]));
    }
  }

  private static void table() throws IOException, InterruptedException {
    System.out.println(Runtime.version() + ", bytes for an entry beside key and value");
    System.out.println();
    StringBuilder head = new StringBuilder("| entries |");
    StringBuilder rule = new StringBuilder("| ---: |");
    for (Maps maps : Maps.values()) {
      head.append(' ').append(maps).append(" |");
      rule.append(" ---: |");
    }
    System.out.println(head);
    System.out.println(rule);
    for (int size : SIZES) {
      StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "| %,d |", size));
      for (Maps maps : Maps.values()) {
        line.append(' ').append(inNewJvm(maps, size)).append(" |");
      }
      System.out.println(line);
    }
  }

  private static String inNewJvm(Maps maps, int size) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx3g"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(MapMemory.class.getName(), maps.name(), Integer.toString(size)));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output;
    try (var reader = process.inputReader()) {
      output = reader.readAllAsString().strip();
    }
    if (process.waitFor() != 0) {
      throw new IOException(maps + " with " + size + " failed: " + output);
    }
    return output;
  }

  private static void measure(Maps maps, int size) {
    Object[] keys = Keys.INTEGER.make(1, size);
    List<Map<Object, Object>> kept = new ArrayList<>();
    fill(maps, keys).clear(); // what exists once
    int number = Math.max(1, AT_LEAST / size);
    long before = usedHeap();
    for (int i = 0; i < number; i++) {
      kept.add(fill(maps, keys));
    }
    long bytes = usedHeap() - before;
    System.out.printf(Locale.ROOT, "%.1f%n", (double) bytes / number / size);
    if (kept.getLast().size() != keys.length) { // also keeps them alive until here
      throw new IllegalStateException("entries are missing");
    }
  }

  private static Map<Object, Object> fill(Maps maps, Object[] keys) {
    Map<Object, Object> map = maps.make();
    for (Object key : keys) {
      map.put(key, key);
    }
    return map;
  }

  private static long usedHeap() {
    for (int i = 0; i < COLLECTIONS; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
