package dev.weft.collections;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What Go does, as `core/src/test/go/golden` has written it into a file, and that program's random
/// numbers and hashes.
final class GoldenFile {

  private GoldenFile() {}

  /// The lines of a file, without the comment.
  static List<String> lines(String name) throws IOException {
    try (@Nullable InputStream file = GoldenFile.class.getResourceAsStream(name)) {
      if (file == null) {
        throw new IOException("no resource " + name);
      }
      String content = new String(file.readAllBytes(), StandardCharsets.UTF_8);
      List<String> lines = content.lines().filter(line -> !line.startsWith("#")).toList();
      if (lines.isEmpty()) {
        throw new IOException("nothing in " + name);
      }
      return lines;
    }
  }

  static final class Random {
    private long state;

    Random(int seed) {
      state = seed;
    }

    int next(int bound) {
      state = state * 6364136223846793005L + 1442695040888963407L;
      return (int) ((state >>> 33) % bound);
    }
  }

  static final class Hash {
    private long hash = 0xcbf29ce484222325L;

    void add(long value) {
      hash = (hash ^ value) * 0x100000001b3L;
    }

    void add(boolean value) {
      add(value ? 1 : 0);
    }

    @Override
    public String toString() {
      return Long.toUnsignedString(hash);
    }
  }
}
