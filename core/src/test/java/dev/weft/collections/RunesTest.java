package dev.weft.collections;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What `RunesGoldenTest` does not compare with Go: Strings, parts of arrays, and the examples of
/// the rules.
class RunesTest {

  private static final String MIXED = "aé€\uD83D\uDE00z";

  private static ByteSlice hex(String bytes) {
    return ByteSlice.wrap(HexFormat.ofDelimiter(" ").parseHex(bytes));
  }

  private static List<String> steps(RuneCursor cursor) {
    List<String> steps = new ArrayList<>();
    while (cursor.next()) {
      steps.add(cursor.offset() + ":" + Integer.toHexString(cursor.rune()) + "/" + cursor.width());
    }
    return steps;
  }

  @ParameterizedTest
  @CsvSource({
    "E4 B8, 2",
    "F0 9F 98, 3",
    "C0 80, 2",
    "E0 80 80, 3",
    "F0 80 80 80, 4",
    "ED A0 80, 3",
    "ED A0 BD ED B8 80, 6",
    "F4 90 80 80, 4",
    "80, 1",
    "E4 B8 41, 3"
  })
  @DisplayName("RUNE-2, 4, 5, 6, 7: each bad byte is one U+FFFD")
  void badBytes(String bytes, int runes) {
    ByteSlice p = hex(bytes);
    assertEquals(runes, Runes.count(p));
    assertFalse(Runes.isValid(p));
    String text = Runes.string(p);
    assertEquals(runes, text.length());
    assertEquals(bytes.endsWith("41") ? 2 : runes, text.chars().filter(c -> c == 0xFFFD).count());
    assertTrue(Runes.decode(p).isBad());
  }

  @Test
  @DisplayName("RUNE-3: nothing, a bad byte, and a real U+FFFD")
  void error() {
    assertEquals(new Rune(Runes.ERROR, 0), Runes.decode(ByteSlice.nil()));
    assertEquals(new Rune(Runes.ERROR, 0), Runes.decodeLast(ByteSlice.nil()));
    assertEquals(new Rune(Runes.ERROR, 1), Runes.decode(hex("FF")));
    assertEquals(new Rune(Runes.ERROR, 3), Runes.decode(hex("EF BF BD")));
    assertEquals(new Rune(Runes.ERROR, 3), Runes.decodeLast(hex("EF BF BD")));
    assertFalse(Runes.decode(hex("EF BF BD")).isBad());
    assertFalse(Runes.decode(ByteSlice.nil()).isBad());
    assertTrue(Runes.isValid(hex("EF BF BD")));
  }

  @Test
  @DisplayName("RUNE-9: offsets count bytes, in a String chars")
  void offsets() {
    List<String> inBytes = List.of("0:61/1", "1:e9/2", "3:20ac/3", "6:1f600/4", "10:7a/1");
    assertEquals(inBytes, steps(Runes.range(Runes.bytes(MIXED))));
    assertEquals(inBytes, steps(Runes.range(MIXED.getBytes(StandardCharsets.UTF_8))));
    assertEquals(
        List.of("0:61/1", "1:e9/1", "2:20ac/1", "3:1f600/2", "5:7a/1"), steps(Runes.range(MIXED)));
    assertEquals(List.of("0:fffd/1", "1:41/1"), steps(Runes.range(hex("E4 41"))));
  }

  @Test
  @DisplayName("Parts of an array are read within their bounds")
  void parts() {
    ByteSlice whole = Runes.bytes("é" + MIXED + "é");
    ByteSlice part = whole.slice(2, 2 + 11);
    assertEquals(5, Runes.count(part));
    assertEquals(MIXED, Runes.string(part));
    assertTrue(Runes.isValid(part));
    // The bytes behind the end would make a whole rune of it.
    assertEquals(3, Runes.count(whole.slice(6, 9)) + Runes.count(whole.slice(5, 7)) - 2);
    assertTrue(Runes.decode(whole.slice(5, 7)).isBad());
    assertFalse(Runes.isFull(whole.slice(5, 7)));
    // So would those before the beginning.
    assertTrue(Runes.decodeLast(whole.slice(6, 8)).isBad());
    assertEquals(new Rune('z', 1), Runes.decodeLast(part));
    assertEquals(0, steps(Runes.range(whole.slice(3, 3))).size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"é", "€", "\uD83D\uDE00"})
  @DisplayName("RUNE-7: a rune that the slice cuts off is bad, though its bytes are in the array")
  void cutOff(String text) {
    ByteSlice rune = Runes.bytes(text);
    for (int len = 1; len < rune.len(); len++) {
      ByteSlice part = rune.slice(0, len);
      assertTrue(Runes.decode(part).isBad());
      assertEquals(len, Runes.count(part));
      assertFalse(Runes.isValid(part));
      assertFalse(Runes.isFull(part));
      assertEquals("\uFFFD".repeat(len), Runes.string(part));
    }
  }

  @Test
  @DisplayName("Every byte but those that follow a first one can be the first: utf8.RuneStart")
  void starts() {
    for (int b = 0; b <= 0xFF; b++) {
      assertEquals(b < 0x80 || b > 0xBF, Runes.isStart((byte) b), Integer.toHexString(b));
    }
  }

  @Test
  @DisplayName("RUNE-10, RUNE-11: Strings, also with lone surrogates")
  void strings() {
    String lone = "a\uD83Db\uDE00\uD83D\uDE00\uD83D";
    assertEquals(6, Runes.count(lone));
    assertEquals(
        List.of("0:61/1", "1:fffd/1", "2:62/1", "3:fffd/1", "4:1f600/2", "6:fffd/1"),
        steps(Runes.range(lone)));
    assertFalse(Runes.isValid(lone));
    assertTrue(Runes.isValid(MIXED));
    String repaired = "a\uFFFDb\uFFFD\uD83D\uDE00\uFFFD";
    assertEquals(repaired, Runes.string(Runes.runes(lone)));
    assertEquals(repaired, Runes.string(Runes.bytes(lone)));
    assertEquals(repaired, Runes.string(Runes.append(ByteSlice.nil(), lone)));
    assertEquals("a?b?\uD83D\uDE00?", Runes.toValid(lone, "?"));
    assertEquals("?x", Runes.toValid("\uDE00\uDE00\uD83Dx", "?"));
    assertEquals(MIXED, Runes.toValid(MIXED, "?"));
  }

  @Test
  @DisplayName("RUNE-11, RUNE-12: runes become text, and what is none U+FFFD")
  void ofRunes() {
    IntSlice runes = IntSlice.of('a', 0x1F600, 0xD800, -1, 0x110000, 0xE9);
    String text = "a\uD83D\uDE00\uFFFD\uFFFD\uFFFDé";
    assertEquals(text, Runes.string(runes));
    assertEquals(text, Runes.string(Runes.bytes(runes)));
    assertEquals("\uD83D\uDE00", Runes.string(0x1F600));
    assertEquals("\uFFFD", Runes.string(0xDFFF));
    assertEquals("\uFFFD", Runes.string(-5));
  }

  @Test
  @DisplayName("Encoding in place writes all of a rune or nothing")
  void encodeInPlace() {
    ByteSlice target = ByteSlice.make(5);
    assertEquals(3, Runes.encode(target.slice(1), 0x20AC));
    assertTrue(target.contentEquals(hex("00 E2 82 AC 00")));
    ByteSlice two = target.slice(3);
    IndexOutOfBoundsException e =
        assertThrows(IndexOutOfBoundsException.class, () -> Runes.encode(two, 0x20AC));
    assertEquals("index out of range [2] with length 2", e.getMessage());
    assertTrue(target.contentEquals(hex("00 E2 82 AC 00")));
    ByteSlice roomy = target.slice(0, 2);
    assertThrows(IndexOutOfBoundsException.class, () -> Runes.encode(roomy, 0x20AC));
    assertTrue(target.contentEquals(hex("00 E2 82 AC 00")), "what lies behind is not its own");
    assertThrows(IndexOutOfBoundsException.class, () -> Runes.encode(ByteSlice.nil(), 'a'));
  }

  @Test
  @DisplayName("RUNE-17: conversions copy")
  void copies() {
    ByteSlice bytes = Runes.bytes("abc");
    String text = Runes.string(bytes);
    bytes.set(0, (byte) 'x');
    assertEquals("abc", text);
    assertEquals("xbc", Runes.string(bytes));
  }

  @Test
  @DisplayName("RUNE-19: the order of bytes is that of code points, not of chars")
  void order() {
    String high = "\uD83D\uDE00";
    assertTrue("\uE000".compareTo(high) > 0);
    assertTrue(Runes.compare("\uE000", high) < 0);
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      String s = randomText(random);
      String t = randomText(random);
      int expected = Integer.signum(Runes.compare(Runes.bytes(s), Runes.bytes(t)));
      assertEquals(expected, Integer.signum(Runes.compare(s, t)), s + " and " + t);
    }
    assertTrue(Runes.compare(hex("7F"), hex("80")) < 0);
  }

  private static String randomText(Random random) {
    int[] points = {'a', 0xD7FF, 0xE000, 0xFFFF, 0x10000, 0x10FFFF};
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      text.appendCodePoint(points[random.nextInt(points.length)]);
    }
    return text.toString();
  }

  @Test
  @DisplayName("A byte that is not ASCII is found at every place, whatever surrounds it")
  void wideWords() {
    for (int length = 1; length <= 80; length++) {
      for (int place = 0; place < length; place++) {
        byte[] p = new byte[length];
        p[place] = (byte) 0x80;
        assertEquals(place, Utf8.skipAscii(p, 0, length));
        assertEquals(place, Utf8.skipAscii(p, Math.min(place, 3), length));
        assertEquals(length, Runes.count(p));
        assertFalse(Runes.isValid(p));
        p[place] = 0x7F;
        assertTrue(Runes.isValid(p));
        assertEquals(place, Utf8.skipAscii(p, 0, place));
      }
    }
  }

  @Test
  @DisplayName("For valid text Java's decoder and this one agree")
  void againstJava() {
    Random random = new Random(9);
    for (int i = 0; i < 20_000; i++) {
      String text = randomText(random) + "ascii ascii" + randomText(random);
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      assertEquals(text, Runes.string(utf8));
      assertTrue(Runes.bytes(text).contentEquals(ByteSlice.wrap(utf8)));
      assertEquals(text.codePointCount(0, text.length()), Runes.count(utf8));
      assertEquals(text, Runes.string(Runes.runes(text)));
    }
  }
}
