package dev.weft.collections;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// All that Go's `unicode/utf8` answers for every sequence of up to three bytes, for many of four,
/// for texts, and for every rune and some that are none, as hashes that Go has computed.
class RunesGoldenTest {

  // The bytes at which something changes; those of core/src/test/go/golden.
  private static final int[] BORDERS = {
    0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec,
    0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff
  };

  private static String golden(String what) throws IOException {
    return GoldenFile.lines("runes.txt").stream()
        .filter(line -> line.startsWith(what + " "))
        .map(line -> line.substring(what.length() + 1))
        .findFirst()
        .orElseThrow();
  }

  private static void addSequence(GoldenFile.Hash hash, byte... p) {
    Rune first = Runes.decode(p);
    hash.add((long) first.value() << 3 | first.width());
    Rune last = Runes.decodeLast(p);
    hash.add((long) last.value() << 3 | last.width());
    hash.add(Runes.count(p));
    hash.add(Runes.isValid(p));
    hash.add(Runes.isFull(p));
  }

  @Test
  @DisplayName("RUNE-2 to 8, 10, 14 to 16: every sequence of up to three bytes")
  void upToThree() throws IOException {
    for (int length = 0; length <= 3; length++) {
      GoldenFile.Hash hash = new GoldenFile.Hash();
      byte[] p = new byte[length];
      for (int i = 0; i < 1 << (8 * length); i++) {
        for (int b = 0; b < length; b++) {
          p[b] = (byte) (i >> (8 * b));
        }
        addSequence(hash, p);
      }
      assertEquals(golden("sequences " + length), hash.toString());
    }
  }

  @Test
  @DisplayName("RUNE-2 to 8, 10, 14 to 16: four bytes, each at a border")
  void borders() throws IOException {
    GoldenFile.Hash hash = new GoldenFile.Hash();
    for (int a : BORDERS) {
      for (int b : BORDERS) {
        for (int c : BORDERS) {
          for (int d : BORDERS) {
            addSequence(hash, (byte) a, (byte) b, (byte) c, (byte) d);
          }
        }
      }
    }
    assertEquals(golden("borders 4"), hash.toString());
  }

  @Test
  @DisplayName("RUNE-2 to 8, 10, 14 to 16: two million sequences of four bytes")
  void fours() throws IOException {
    GoldenFile.Hash hash = new GoldenFile.Hash();
    GoldenFile.Random random = new GoldenFile.Random(4);
    for (int i = 0; i < 2_000_000; i++) {
      byte first = (byte) (0xef + random.next(7));
      byte second = (byte) random.next(256);
      byte third = (byte) (0x80 + random.next(64));
      addSequence(hash, first, second, third, (byte) (0x7e + random.next(66)));
    }
    assertEquals(golden("random 4"), hash.toString());
  }

  @Test
  @DisplayName("RUNE-9 to 11, 16: random texts")
  void texts() throws IOException {
    GoldenFile.Hash hash = new GoldenFile.Hash();
    GoldenFile.Random random = new GoldenFile.Random(7);
    for (int i = 0; i < 20_000; i++) {
      addText(hash, text(random));
    }
    assertEquals(golden("texts 0"), hash.toString());
  }

  private static ByteSlice text(GoldenFile.Random random) {
    ByteSlice p = ByteSlice.nil();
    for (int part = random.next(12); part > 0; part--) {
      p =
          switch (random.next(5)) {
            case 0 -> p.append((byte) random.next(256));
            case 1 -> Runes.append(p, random.next(0x800));
            case 2 -> Runes.append(p, random.next(0x120000));
            case 3 -> p.append((byte) BORDERS[random.next(BORDERS.length)]);
            default -> Runes.append(p, "x".repeat(random.next(40)));
          };
    }
    return p;
  }

  private static void addText(GoldenFile.Hash hash, ByteSlice p) {
    hash.add(p.len());
    hash.add(Runes.count(p));
    hash.add(Runes.isValid(p));
    RuneCursor cursor = Runes.range(p);
    while (cursor.next()) {
      hash.add(cursor.offset());
      hash.add(cursor.rune());
    }
    for (int rune : Runes.runes(p)) {
      hash.add(rune);
    }
    for (byte b : Runes.bytes(Runes.string(p))) {
      hash.add(b & 0xFF);
    }
    for (byte b : Runes.toValid(p, Runes.bytes("<>"))) {
      hash.add(b & 0xFF);
    }
  }

  @Test
  @DisplayName("RUNE-12, RUNE-13: every rune, and what is none")
  void encoding() throws IOException {
    GoldenFile.Hash hash = new GoldenFile.Hash();
    for (int rune = -2; rune <= 0x110002; rune++) {
      hash.add(Runes.len(rune));
      hash.add(Runes.isValid(rune));
      for (byte b : Runes.append(ByteSlice.nil(), rune)) {
        hash.add(b & 0xFF);
      }
    }
    assertEquals(golden("encode 0"), hash.toString());
  }
}
