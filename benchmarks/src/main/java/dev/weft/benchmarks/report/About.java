package dev.weft.benchmarks.report;

import java.io.IOException;
import java.io.InputStream;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.options.Options;

/// What to know about a run before one looks at its figures.
final class About {
  private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

  private About() {}

  /// By name, in the order to print.
  ///
  /// @param options complete
  static Map<String, String> of(Options options, int rounds) throws IOException {
    Map<String, String> about = new LinkedHashMap<>();
    about.put("time", Instant.now().toString());
    about.put("machine", machine());
    about.put("cpu", cpu());
    about.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    about.put("gc", collector(options));
    about.putAll(rivals());
    about.put("method", method(options, rounds));
    return about;
  }

  private static String machine() {
    return Runtime.getRuntime().availableProcessors()
        + " processors, "
        + System.getProperty("os.name")
        + " "
        + System.getProperty("os.version")
        + " "
        + System.getProperty("os.arch");
  }

  /// Only Linux says it in a file.
  private static String cpu() throws IOException {
    if (!Files.isReadable(CPU_INFO)) {
      return "unknown";
    }
    try (Stream<String> lines = Files.lines(CPU_INFO)) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    }
  }

  /// What the forks are told to use; if nothing, they choose as this JVM did.
  private static String collector(Options options) {
    return Stream.of(options.getJvmArgsPrepend(), options.getJvmArgs(), options.getJvmArgsAppend())
        .map(arguments -> arguments.orElse(List.of()))
        .flatMap(Collection::stream)
        .filter(argument -> argument.matches("-XX:\\+Use\\w+GC"))
        .reduce((first, last) -> last)
        .orElseGet(
            () ->
                ManagementFactory.getGarbageCollectorMXBeans().stream()
                    .map(GarbageCollectorMXBean::getName)
                    .collect(Collectors.joining(", ")));
  }

  /// The versions of other libraries, which the build writes down.
  private static Map<String, String> rivals() throws IOException {
    Properties versions = new Properties();
    try (InputStream file = About.class.getResourceAsStream("rivals.properties")) {
      versions.load(file);
    }
    Map<String, String> rivals = new TreeMap<>();
    versions.stringPropertyNames().forEach(name -> rivals.put(name, versions.getProperty(name)));
    return rivals;
  }

  private static String method(Options options, int rounds) {
    return rounds
        + " rounds, in each one fork of "
        + options.getWarmupIterations().get()
        + " x "
        + options.getWarmupTime().get()
        + " warm-up and "
        + options.getMeasurementIterations().get()
        + " x "
        + options.getMeasurementTime().get()
        + " measurement; medians over the rounds";
  }
}
