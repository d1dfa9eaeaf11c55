package dev.weft.benchmarks.slice;

import dev.weft.benchmarks.Sequential;
import dev.weft.collections.Runes;
import java.nio.charset.StandardCharsets;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Setup;

/// Counting the code points of UTF-8; one operation is one byte. One byte in `every` begins a rune
/// that is not ASCII, none if it is 0.
///
/// `plain` is what a program does without Weft: decode it into a String, and count there.
public class RuneCount extends Sequential {
  static final int BYTES = 65_536;

  private static final int WIDTH = 3; // of the euro sign

  @Param("weft")
  String backend;

  @Param({"0", "16"})
  int every;

  private byte[] text;
  private int runes;

  @Setup
  public void setUp() {
    StringBuilder made = new StringBuilder();
    int bytes = 0;
    while (bytes < BYTES - WIDTH) {
      boolean ascii = every == 0 || made.length() % every != 0;
      made.append(ascii ? 'x' : '\u20ac');
      bytes += ascii ? 1 : WIDTH;
    }
    made.repeat('x', BYTES - bytes);
    text = made.toString().getBytes(StandardCharsets.UTF_8);
    runes = made.length();
  }

  @Benchmark
  @OperationsPerInvocation(BYTES)
  public int run() {
    return checked(
        switch (backend) {
          case "weft" -> Runes.count(text);
          case "plain" -> plain();
          default -> throw unknown(backend);
        },
        runes);
  }

  private int plain() {
    String decoded = new String(text, StandardCharsets.UTF_8);
    return decoded.codePointCount(0, decoded.length());
  }
}
