package dev.weft.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;

/// A table in Markdown whose columns stand below each other in the source, too.
final class Markdown {
  private final List<List<String>> lines = new ArrayList<>();

  Markdown(List<String> head) {
    lines.add(head);
  }

  void add(List<String> line) {
    lines.add(line);
  }

  boolean isEmpty() {
    return lines.size() == 1;
  }

  String render() {
    List<Integer> widths = new ArrayList<>(Collections.nCopies(lines.getFirst().size(), 3));
    for (List<String> line : lines) {
      for (int i = 0; i < line.size(); i++) {
        widths.set(i, Math.max(widths.get(i), line.get(i).length()));
      }
    }
    StringBuilder text = new StringBuilder();
    append(text, lines.getFirst(), widths);
    append(text, widths.stream().map("-"::repeat).toList(), widths);
    lines.stream().skip(1).forEach(line -> append(text, line, widths));
    return text.toString();
  }

  private static void append(StringBuilder text, List<String> line, List<Integer> widths) {
    for (int i = 0; i < widths.size(); i++) {
      String cell = line.get(i);
      text.append("| ").append(cell).repeat(" ", widths.get(i) - cell.length() + 1);
    }
    text.append('|').append(System.lineSeparator());
  }

  /// A cell that compares.
  static String ratio(OptionalDouble ours, OptionalDouble theirs) {
    return ours.isEmpty() || theirs.isEmpty()
        ? ""
        : Summary.digits(ours.getAsDouble() / theirs.getAsDouble());
  }
}
