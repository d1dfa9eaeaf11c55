package dev.weft.collections;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Every index and every combination of bounds from -2 to 6, on a slice of length 3 and capacity 5
/// and on nil, against what Go said.
@ParameterizedClass(name = "{0}")
@EnumSource(SliceKind.class)
class SliceBoundsTest {

  private final SliceKind kind;

  SliceBoundsTest(SliceKind kind) {
    this.kind = kind;
  }

  @Test
  @DisplayName("SL-15, SL-16, SL-17, SL-18, SL-19, SL-24: bounds, and the words of the errors")
  void bounds() throws Exception {
    assertAll(GoldenFile.lines("bounds.txt").stream().map(line -> () -> check(line)));
  }

  private void check(String line) {
    int colon = line.indexOf(": ");
    String[] what = line.substring(0, colon).split(" ", -1);
    String expected = line.substring(colon + 2);
    String done = outcome(() -> run(what));
    if (what[0].equals("make") && !expected.startsWith("len")) {
      // Here there is more to read.
      assertTrue(done.startsWith(expected + ": "), line + ", but was: " + done);
    } else {
      assertEquals(expected, done, line);
    }
  }

  private AnySlice run(String... what) {
    int[] numbers = Stream.of(what).filter(this::isNumber).mapToInt(Integer::parseInt).toArray();
    if (what[0].equals("make")) {
      return kind.make(numbers[0], numbers[1]);
    }
    AnySlice s = what[0].equals("nil") ? kind.nil() : kind.make(3, 5);
    return switch (what[1]) {
      case "get" -> {
        s.get(numbers[0]);
        yield s;
      }
      case "from" -> s.slice(numbers[0]);
      case "two" -> s.slice(numbers[0], numbers[1]);
      case "three" -> s.slice(numbers[0], numbers[1], numbers[2]);
      case "array" -> s.ofArray(numbers[0]);
      default -> throw new AssertionError(Arrays.toString(what));
    };
  }

  private boolean isNumber(String word) {
    return word.matches("-?\\d+");
  }

  private static String outcome(Supplier<AnySlice> body) {
    try {
      AnySlice s = body.get();
      return "len " + s.len() + " cap " + s.cap() + " nil " + s.isNil();
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  @DisplayName("SL-18: setting checks like getting")
  void set() {
    AnySlice s = kind.make(3, 5);
    for (int i = -1; i < 6; i++) {
      int index = i;
      String got = outcome(() -> read(s, index));
      assertEquals(got, outcome(() -> write(s, index)));
    }
  }

  private static AnySlice read(AnySlice s, int index) {
    s.get(index);
    return s;
  }

  private static AnySlice write(AnySlice s, int index) {
    s.set(index, 1);
    return s;
  }

  @Test
  @DisplayName("Inserting, deleting and replacing name the bounds in the same words")
  void edits() {
    AnySlice s = kind.make(3, 5);
    String length = "slice bounds out of range [:4] with length 3";
    assertEquals(length, outcome(() -> s.delete(1, 4)));
    assertEquals(length, outcome(() -> s.replace(1, 4, s)));
    assertEquals("slice bounds out of range [2:1]", outcome(() -> s.delete(2, 1)));
    assertEquals("slice bounds out of range [-1:]", outcome(() -> s.delete(-1, 1)));
    assertEquals("slice bounds out of range [:-1]", outcome(() -> s.delete(0, -1)));
    assertEquals("slice bounds out of range [4:3]", outcome(() -> s.insert(4, s)));
    assertEquals("slice bounds out of range [-1:]", outcome(() -> s.insert(-1, s)));
    assertEquals("cannot grow a slice by -1, less than nothing", outcome(() -> s.grow(-1)));
  }
}
