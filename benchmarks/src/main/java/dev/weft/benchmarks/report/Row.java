package dev.weft.benchmarks.report;

import dev.weft.benchmarks.Sequential;
import dev.weft.benchmarks.report.Reading.Runner;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// A row of the report: a JMH class, with one value of its parameter if it has one.
///
/// @param title what people read
/// @param benchmark the JMH class
/// @param switches how many switches one operation cannot do without on one processor, 0 if other
///   things bound it: that many times the bare continuation switch is its floor
/// @param rivals who else runs it under JMH
/// @param keys what kind of keys a map has, for rows about maps; else nothing
/// @param parameter the parameter of the JMH class that is special for this row, or nothing
/// @param value the value of that parameter
/// @param isExtra whether a quick report goes without it, unless it is asked for
record Row(
    String title,
    Class<?> benchmark,
    double switches,
    List<Runner> rivals,
    String keys,
    String parameter,
    int value,
    boolean isExtra) {

  Row(String title, Class<?> benchmark) {
    this(title, benchmark, 0, List.of(), "", "", 0, false);
  }

  Row switching(double times) {
    return new Row(title, benchmark, times, rivals, keys, parameter, value, isExtra);
  }

  Row against(List<Runner> others) {
    return new Row(title, benchmark, switches, others, keys, parameter, value, isExtra);
  }

  Row at(String name, int itsValue) {
    return new Row(title, benchmark, switches, rivals, keys, name, itsValue, isExtra);
  }

  Row withKeys(String kind) {
    return new Row(title, benchmark, switches, rivals, kind, parameter, value, isExtra);
  }

  Row extra() {
    return new Row(title, benchmark, switches, rivals, keys, parameter, value, true);
  }

  /// What programs read, and its name in Go if it exists there: `PingPong`, `Spsc/8`,
  /// `MapGet/STRING/1000`.
  String key() {
    return benchmark.getSimpleName()
        + (keys.isEmpty() ? "" : "/" + keys)
        + (parameter.isEmpty() ? "" : "/" + value);
  }

  /// Whether one thread does it, with no scheduler.
  boolean isSequential() {
    return Sequential.class.isAssignableFrom(benchmark);
  }

  /// Whether it is about what many cost.
  boolean isAboutMany() {
    return benchmark.getPackageName().endsWith(".scaling");
  }

  /// Whether it is about pools of workers, of which each run makes one.
  boolean isAboutPools() {
    return benchmark.getPackageName().endsWith(".pool");
  }

  /// How many operations one invocation does.
  int operationsAtOnce() {
    return Arrays.stream(benchmark.getMethods())
        .map(method -> method.getAnnotation(OperationsPerInvocation.class))
        .filter(Objects::nonNull)
        .mapToInt(OperationsPerInvocation::value)
        .findFirst()
        .orElse(1);
  }

  @Override
  public String toString() {
    return key();
  }
}
