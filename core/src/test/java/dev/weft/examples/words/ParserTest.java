package dev.weft.examples.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ParserTest {

  @TempDir private Path directory;

  @Test
  @DisplayName("An empty file is one piece without words")
  void empty() throws Exception {
    Tally tally = tally(parse(write("")));
    assertEquals(Map.of(), tally.counts());
    assertEquals(0, tally.bytes());
  }

  @Test
  @DisplayName("Characters and words across the borders of the buffer are kept whole")
  void buffers() throws Exception {
    for (int shift = 0; shift < 8; shift++) {
      // 7 bytes a word, 65,536 is no multiple of 7 or 8: every cut comes up
      String text = "-".repeat(shift) + "𝒲词 ".repeat(30_000);
      Tally tally = tally(parse(write(text)));
      assertEquals(Map.of("𝒲词", 30_000L), tally.counts(), "shifted by " + shift);
      assertEquals(text.getBytes(StandardCharsets.UTF_8).length, tally.bytes());
      assertEquals(0, tally.malformed());
    }
  }

  @Test
  @DisplayName("A large file comes in pieces of about a megabyte, and nothing is lost between them")
  void pieces() throws Exception {
    String text = "word another ".repeat(400_000);
    List<Parsed> parsed = parse(write(text));
    assertTrue(parsed.size() > 4, parsed.size() + " pieces");
    Merger merger = new Merger((files, bytes, words) -> {});
    for (Parsed piece : parsed) {
      Tally tally = assertInstanceOf(Parsed.Piece.class, piece).tally();
      assertTrue(tally.bytes() <= Parser.PIECE_BYTES + (1 << 16), tally.bytes() + " bytes");
      merger.merge(piece);
    }
    assertEquals(Map.of("word", 400_000L, "another", 400_000L), merger.tally().counts());
    assertEquals(text.length(), merger.tally().bytes());
    assertEquals(1, merger.files());
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "a lone continuation byte,      61 80 62,       1",
    "a byte that is never used,     61 ff 62,       1",
    "a truncated character inside,  61 e4 bd 62,    1",
    "a truncated character at last, 61 20 62 e4 bd, 1",
    "an overlong form,              61 c0 af 62,    2",
    "a surrogate,                   61 ed a0 80 62, 3",
    "Latin-1,                       61 e4 20 fc 62, 2",
  })
  @DisplayName("Bytes that are not UTF-8 end a word and are counted")
  void malformed(String what, String hex, int atMost) throws Exception {
    byte[] bytes = HexFormat.ofDelimiter(" ").parseHex(hex);
    Tally tally = tally(parse(new TreeBuilder(directory).write("a.txt", bytes)));
    assertEquals(Map.of("a", 1L, "b", 1L), tally.counts());
    assertTrue(tally.malformed() >= 1 && tally.malformed() <= atMost, what);
    assertEquals(bytes.length, tally.bytes());
  }

  @Test
  @DisplayName("A file with a zero byte near its beginning is binary, and so is left out")
  void binary() throws Exception {
    Path file = write("text then a zero \0 byte");
    assertEquals(List.of(new Parsed.Binary(file)), parse(file));
  }

  @Test
  @DisplayName("A file that is gone is reported as unreadable")
  void missing() throws Exception {
    Path file = directory.resolve("gone.txt");
    List<Parsed> parsed = parse(file);
    assertEquals(1, parsed.size());
    Parsed.Unreadable unreadable = assertInstanceOf(Parsed.Unreadable.class, parsed.getFirst());
    assertEquals(file, unreadable.file());
    assertInstanceOf(NoSuchFileException.class, unreadable.problem());
  }

  @Test
  @DisplayName("A directory in the place of a file is reported as unreadable")
  void directory() throws Exception {
    List<Parsed> parsed = parse(directory);
    assertEquals(1, parsed.size());
    assertInstanceOf(Parsed.Unreadable.class, parsed.getFirst());
  }

  @Test
  @DisplayName("Interrupted, it stops reading and says so by the exception alone")
  void interrupted() throws Exception {
    Path file = write("word ");
    List<Parsed> parsed = new ArrayList<>();
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, () -> new Parser(1).parse(file, parsed::add));
    assertFalse(Thread.interrupted());
    assertEquals(List.of(), parsed);
  }

  private Path write(String text) throws Exception {
    return new TreeBuilder(directory).write("a.txt", text);
  }

  private static List<Parsed> parse(Path file) throws InterruptedException {
    List<Parsed> parsed = new ArrayList<>();
    new Parser(1).parse(file, parsed::add);
    return parsed;
  }

  private static Tally tally(List<Parsed> parsed) {
    assertEquals(1, parsed.size(), parsed::toString);
    Parsed.Piece piece = assertInstanceOf(Parsed.Piece.class, parsed.getFirst());
    assertTrue(piece.last());
    return piece.tally();
  }
}
