package dev.weft.testkit;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/// How many live objects there are of each class, as `jcmd GC.class_histogram` tells.
public final class Histogram {
  private static final Pattern LINE = Pattern.compile(" *\\d+: +(\\d+) +\\d+ +(\\S+).*");

  private final Map<String, Long> instances = new HashMap<>();

  private Histogram(String text) {
    Matcher lines = LINE.matcher(text);
    text.lines()
        .filter(line -> lines.reset(line).matches())
        .forEach(line -> instances.put(lines.group(2), Long.parseLong(lines.group(1))));
    if (instances.isEmpty()) {
      throw new AssertionError("this is no histogram: " + text);
    }
  }

  /// Collects garbage, and counts what is left.
  public static Histogram ofNow() {
    try {
      Object text =
          ManagementFactory.getPlatformMBeanServer()
              .invoke(
                  new ObjectName("com.sun.management:type=DiagnosticCommand"),
                  "gcClassHistogram",
                  new Object[] {new String[0]},
                  new String[] {String[].class.getName()});
      return new Histogram((String) text);
    } catch (JMException e) {
      throw new AssertionError(e);
    }
  }

  /// The number of instances of a class, without those of its subclasses.
  public long of(Class<?> type) {
    return instances.getOrDefault(type.getName(), 0L);
  }
}
