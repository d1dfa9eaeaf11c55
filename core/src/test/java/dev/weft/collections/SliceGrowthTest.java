package dev.weft.collections;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SliceGrowthTest {

  private static List<Integer> capacitiesOf(SliceKind kind, int enough) {
    List<Integer> seen = new ArrayList<>();
    AnySlice s = kind.nil();
    while (s.cap() < enough) {
      s = s.slice(0, s.cap()).append(1);
      seen.add(s.cap());
    }
    return seen;
  }

  @ParameterizedTest
  @EnumSource(SliceKind.class)
  @DisplayName("SL-5, SL-6, SL-9, SL-11: capacities when appending one by one are Go's")
  void oneByOne(SliceKind kind) throws Exception {
    String sequence =
        GoldenFile.lines("growth.txt").stream()
            .filter(line -> line.startsWith("one-by-one " + kind.bytes + " "))
            .findFirst()
            .orElseThrow();
    List<Integer> expected =
        Stream.of(sequence.split(" ", -1)).skip(2).map(Integer::valueOf).toList();
    assertEquals(expected, capacitiesOf(kind, expected.getLast()));
  }

  @ParameterizedTest
  @CsvSource({
    "BYTE, '8 16 32 64 128 256 512 896 1408 2048 3072 4096 5376'",
    "SHORT, '4 8 16 32 64 128 256 512 896 1344 2048 3072 4096 5440'",
    "INT, '2 4 8 16 32 64 128 256 512 864 1344 2048 3072 4096 5440'",
    "REFERENCE, '1 2 4 8 16 32 64 128 256 512 848 1280 1792 2560 3408 5120'",
  })
  @DisplayName("SL-11: the sequences of the rule, and references as pointer-free elements")
  void ruleBook(SliceKind kind, String sequence) {
    assertEquals(sequence.replace(' ', ','), join(capacitiesOf(kind, 5000)));
  }

  private static String join(List<Integer> numbers) {
    return String.join(",", numbers.stream().map(String::valueOf).toList());
  }

  @ParameterizedTest
  @CsvSource({
    "8, 2, 5, 6",
    "8, 0, 5, 6",
    "8, 4, 9, 10",
    "1, 32, 33, 64",
    "4, 3, 7, 8",
    "8, 512, 513, 848",
    "8, 256, 257, 512",
    "8, 512, 1024, 1280",
    "8, 512, 1025, 1184",
    "8, 1000, 2000, 2720",
    "1, 512, 1024, 1280"
  })
  @DisplayName("SL-5, SL-13: single steps, some to just twice the capacity, which Go took alike")
  void singleSteps(int bytes, int cap, int needed, int expected) {
    assertEquals(expected, SliceGrowth.grown(cap, needed, bytes));
  }

  @ParameterizedTest
  @EnumSource(SliceKind.class)
  @DisplayName("SL-5, SL-26: random steps of append, Grow, Clone and Insert have Go's capacities")
  void steps(SliceKind kind) throws Exception {
    assertAll(
        GoldenFile.lines("growth.txt").stream()
            .map(line -> line.split(" ", -1))
            .filter(words -> words.length == 6 && words[1].equals(String.valueOf(kind.bytes)))
            .map(words -> () -> check(kind, words)));
  }

  private static void check(SliceKind kind, String... words) {
    int len = Integer.parseInt(words[2]);
    int more = Integer.parseInt(words[4]);
    AnySlice s = kind.make(len, Integer.parseInt(words[3]));
    AnySlice t = kind.make(more, more);
    AnySlice grown =
        switch (words[0]) {
          case "append" -> s.appendAll(t);
          case "grow" -> s.grow(more);
          case "clone" -> s.copyOut();
          case "insert" -> s.insert(len / 2, t);
          default -> throw new AssertionError(words[0]);
        };
    assertEquals(Integer.parseInt(words[5]), grown.cap(), String.join(" ", words));
  }

  @Test
  @DisplayName("RUNE-17: the capacity of converted runes and bytes")
  void conversions() throws Exception {
    for (String line : GoldenFile.lines("growth.txt")) {
      String[] words = line.split(" ", -1);
      if (words[0].equals("runes") || words[0].equals("bytes")) {
        String text = "a".repeat(Integer.parseInt(words[2]));
        int expected = Integer.parseInt(words[3]);
        if (words[0].equals("runes")) {
          assertEquals(expected, Runes.runes(text).cap(), line);
        } else {
          assertEquals(expected, Runes.bytes(text).cap(), line);
          assertEquals(expected, Runes.bytes(Runes.runes(text)).cap(), line);
        }
      }
    }
  }

  @Test
  @DisplayName("There is always room for what is needed, and a capacity fills a block of Go's")
  void property() {
    Random random = new Random(5);
    for (int round = 0; round < 200_000; round++) {
      int cap = random.nextInt(1 << random.nextInt(1, 29));
      int needed = cap + 1 + random.nextInt(1 << random.nextInt(1, 29));
      int bytes = 1 << random.nextInt(4);
      int grown = SliceGrowth.grown(cap, needed, bytes);
      String step = cap + " -> " + needed + " of " + bytes + " became " + grown;
      assertTrue(grown >= needed, step);
      long block = (long) grown * bytes;
      assertEquals(block, SizeClasses.roundUp(block), step);
    }
  }

  @Test
  @DisplayName("SL-10: every request gets the smallest class that holds it")
  void sizeClasses() {
    long before = -1;
    int classes = 0;
    for (int bytes = 0; bytes <= 32768; bytes++) {
      long rounded = SizeClasses.roundUp(bytes);
      assertTrue(rounded >= bytes);
      if (rounded != before) {
        assertEquals(before + 1, bytes, "a class begins behind the one before");
        classes++;
        before = rounded;
      }
    }
    assertEquals(68, classes);
    assertEquals(40960, SizeClasses.roundUp(32769));
    assertEquals(40960, SizeClasses.roundUp(40960));
  }

  @Test
  @DisplayName("SL-8, SL-15: more than an array holds is refused; near that the capacity stops")
  void limits() {
    int most = SliceGrowth.MOST;
    assertEquals(most, SliceGrowth.grown(most - 1, most, Byte.BYTES));
    assertEquals(most, SliceGrowth.grown(1_900_000_000, 1_900_000_001, Long.BYTES));
    assertEquals(most, SliceGrowth.sum(most - 1, 1));
    IllegalStateException e =
        assertThrows(IllegalStateException.class, () -> SliceGrowth.sum(most, 1));
    assertEquals(
        "growslice: len out of range: 2147483639 + 1 elements; an array holds at most 2147483639",
        e.getMessage());
    assertThrows(IllegalStateException.class, () -> SliceGrowth.sum(most, Integer.MAX_VALUE));
    assertThrows(IllegalStateException.class, () -> LongSlice.of(1, 2).grow(Integer.MAX_VALUE));
    assertEquals(
        "makeslice: cap out of range: 2147483647 is not within len 0 and 2147483639",
        refused(() -> LongSlice.make(0, Integer.MAX_VALUE)));
    assertEquals(
        "makeslice: len out of range: 2147483647 is not within 0 and 2147483639",
        refused(() -> LongSlice.make(Integer.MAX_VALUE)));
  }

  private static @Nullable String refused(Executable body) {
    return assertThrows(IllegalArgumentException.class, body).getMessage();
  }
}
