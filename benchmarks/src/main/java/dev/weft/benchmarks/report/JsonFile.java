package dev.weft.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The readings for other programs: all of them, one a line, and where they come from.
final class JsonFile {

  private JsonFile() {}

  /// Writes it.
  ///
  /// @param about what to know about the run, by name
  static void write(Path file, Map<String, String> about, List<Reading> readings)
      throws IOException {
    String head =
        about.entrySet().stream()
            .map(entry -> "  " + quoted(entry.getKey()) + ": " + quoted(entry.getValue()))
            .collect(Collectors.joining(",\n"));
    String body = readings.stream().map(JsonFile::line).collect(Collectors.joining(",\n"));
    Files.writeString(file, "{\n" + head + ",\n  \"readings\": [\n" + body + "\n  ]\n}\n");
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
}
