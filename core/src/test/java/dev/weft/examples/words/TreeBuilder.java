package dev.weft.examples.words;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/// Makes directory trees with text in them.
final class TreeBuilder {

  private static final String[] WORDS = {
    "go",
    "Go",
    "chan",
    "select",
    "goroutine",
    "straße",
    "ÄRGER",
    "naïve",
    "слово",
    "词",
    "𝒲eft",
    "e\u0301te"
  };
  private static final String[] GAPS = {" ", "\n", ", ", "42", "_", "'", "…", "\t(", "→"};

  private final Path root;

  TreeBuilder(Path root) {
    this.root = root;
  }

  Path write(String name, byte[] content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.write(file, content);
  }

  Path write(String name, String content) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, content);
  }

  /// Writes text files of random size into nested directories; the same seed gives the same.
  void writeRandom(long seed, int files) throws IOException {
    Random random = new Random(seed);
    for (int i = 0; i < files; i++) {
      StringBuilder name = new StringBuilder();
      for (int depth = random.nextInt(5); depth > 0; depth--) {
        name.append("d").append(random.nextInt(3)).append("/");
      }
      write(name.append("f").append(i).append(".txt").toString(), text(random));
    }
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int words = random.nextInt(300); words > 0; words--) {
      text.append(WORDS[random.nextInt(WORDS.length)]);
      text.append(GAPS[random.nextInt(GAPS.length)]);
    }
    return text.toString();
  }
}
