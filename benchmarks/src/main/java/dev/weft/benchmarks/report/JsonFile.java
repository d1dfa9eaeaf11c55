package dev.weft.benchmarks.report;

import dev.weft.benchmarks.report.Reading.Runner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A run for other programs, and for later: where the readings come from, and all of them, one a
/// line.
final class JsonFile {
  private static final String TEXT = "\"((?:[^\"\\\\]|\\\\.)*)\"";
  private static final String NUMBER = "(-?[\\d.]+)";

  private static final Pattern ABOUT = Pattern.compile(" *" + TEXT + ": " + TEXT + ",?");
  private static final Pattern READING =
      Pattern.compile(
          String.format(
              " *\\{\"row\": %1$s, \"runner\": %1$s, \"procs\": %2$s, \"round\": %2$s,"
                  + " \"nanosPerOp\": %2$s, \"bytesPerOp\": %2$s},?",
              TEXT, NUMBER));
  private static final Pattern BRACKETS = Pattern.compile("\\{|  \"readings\": \\[|  ]|}|");
  private static final Pattern ESCAPE = Pattern.compile("\\\\(?:u([0-9a-f]{4})|(.))");
  private static final int HEX = 16;

  private JsonFile() {}

  /// Writes it.
  static void write(Path file, Run run) throws IOException {
    String head =
        run.about().entrySet().stream()
            .map(entry -> "  " + quoted(entry.getKey()) + ": " + quoted(entry.getValue()) + ",\n")
            .collect(Collectors.joining());
    String body = run.readings().stream().map(JsonFile::line).collect(Collectors.joining(",\n"));
    Files.writeString(file, "{\n" + head + "  \"readings\": [\n" + body + "\n  ]\n}\n");
  }

  /// Reads what [#write] has written, not any JSON. Rows that do not exist any more are left out.
  ///
  /// @throws IOException if there is no such file, or something else in it
  static Run read(Path file) throws IOException {
    Map<String, String> about = new LinkedHashMap<>();
    List<Reading> readings = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      Matcher entry = ABOUT.matcher(line);
      Matcher reading = READING.matcher(line);
      if (entry.matches()) {
        about.put(unquoted(entry.group(1)), unquoted(entry.group(2)));
      } else if (reading.matches()) {
        Rows.of(unquoted(reading.group(1))).ifPresent(row -> readings.add(reading(row, reading)));
      } else if (!BRACKETS.matcher(line).matches()) {
        throw new IOException(
            file + " is no file that the report has written; this is in it: " + line);
      }
    }
    return new Run(about, readings);
  }

  private static Reading reading(Row row, Matcher line) {
    int group = 2;
    return new Reading(
        row,
        Runner.valueOf(line.group(group++).toUpperCase(Locale.ROOT)),
        Integer.parseInt(line.group(group++)),
        Integer.parseInt(line.group(group++)),
        Double.parseDouble(line.group(group++)),
        Double.parseDouble(line.group(group)));
  }

  private static String line(Reading reading) {
    return String.format(
        Locale.ROOT,
        "    {\"row\": %s, \"runner\": %s, \"procs\": %d, \"round\": %d, \"nanosPerOp\": %.3f,"
            + " \"bytesPerOp\": %.3f}",
        quoted(reading.row().key()),
        quoted(reading.runner().backend()),
        reading.procs(),
        reading.round(),
        reading.nanos(),
        reading.bytes());
  }

  private static String quoted(String text) {
    StringBuilder json = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') {
        json.append('\\').append(c);
      } else {
        json.append(c < ' ' ? String.format("\\u%04x", (int) c) : String.valueOf(c));
      }
    }
    return json.append('"').toString();
  }

  private static String unquoted(String json) {
    return ESCAPE
        .matcher(json)
        .replaceAll(
            escape ->
                Matcher.quoteReplacement(
                    escape.group(1) == null
                        ? escape.group(2)
                        : Character.toString(Integer.parseInt(escape.group(1), HEX))));
  }
}
