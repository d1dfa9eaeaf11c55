package dev.weft.examples.guide;

import dev.weft.collections.ByteSlice;
import dev.weft.collections.IntSlice;
import dev.weft.collections.RuneCursor;
import dev.weft.collections.Runes;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;

/// Chapter "Runes": bytes, chars, code points, and what people call a character.
public final class TextAsRunes {

  private TextAsRunes() {}

  /// Shows each.
  ///
  /// @param args none
  public static void main(String[] args) {
    lengths();
    walk();
    bad();
    order();
    characters();
  }

  private static void lengths() {
    // snippet: lengths
    String text = "h\u00e9llo \ud83d\ude00"; // an e with an accent, and a face above U+FFFF
    ByteSlice bytes = Runes.bytes(text);
    System.out.println(
        bytes.len() + " bytes, " + text.length() + " chars, " + Runes.count(text) + " runes");
    // end
    Claim.that("the same for bytes", Runes.count(bytes) == Runes.count(text));
  }

  private static void walk() {
    // snippet: walk
    StringJoiner seen = new StringJoiner(" ");
    RuneCursor cursor = Runes.range(Runes.bytes("a\u00e9\ud83d\ude00z")); // for i, r := range s
    while (cursor.next()) {
      seen.add(cursor.offset() + ":U+%04X".formatted(cursor.rune()));
    }
    System.out.println(seen);
    // end
  }

  private static void bad() {
    // snippet: bad
    ByteSlice cut = ByteSlice.of((byte) 0xE4, (byte) 0xB8); // two bytes of three
    String java = new String(cut.toArray(), StandardCharsets.UTF_8);
    System.out.println("runes " + Runes.count(cut) + ", Java's decoder " + java.length());
    System.out.println("valid: " + Runes.isValid(cut) + ", full: " + Runes.isFull(cut));
    // end
    Claim.that("each bad byte is U+FFFD", Runes.runes(cut).contentEquals(replacements(2)));
    Claim.that("to the string and back is another text", Runes.bytes(java).len() == 3);
  }

  private static IntSlice replacements(int count) {
    IntSlice all = IntSlice.nil();
    for (int i = 0; i < count; i++) {
      all = all.append(Runes.ERROR);
    }
    return all;
  }

  private static void order() {
    // snippet: order
    String high = "\uff01"; // U+FF01
    String higher = "\ud83d\ude00"; // U+1F600, whose first char is only D83D
    System.out.println("Java: " + (high.compareTo(higher) < 0 ? "U+FF01" : "U+1F600") + " first");
    System.out.println(
        "runes: " + (Runes.compare(high, higher) < 0 ? "U+FF01" : "U+1F600") + " first");
    // end
    Claim.that("as their bytes do", Runes.compare(Runes.bytes(high), Runes.bytes(higher)) < 0);
  }

  private static void characters() {
    // snippet: characters
    String composed = "\u00e9";
    String combined = "e\u0301"; // the same to the eye
    System.out.println(
        "one to the eye: " + Runes.count(composed) + " and " + Runes.count(combined));
    // end
    Claim.that("not equal", !composed.equals(combined));
  }
}
