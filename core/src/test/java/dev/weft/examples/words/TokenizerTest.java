package dev.weft.examples.words;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class TokenizerTest {

  private final Tally tally = new Tally();

  @Test
  @DisplayName("A word is a run of letters and their marks, in lower case, of any script")
  void words() {
    read(1, "The cat's 2nd naïve e\u0301te, ΟΔΟΣ хлеб\n词 𝒲𝓮 \u0301x the_THE");
    assertEquals(
        Map.ofEntries(
            Map.entry("the", 3L),
            Map.entry("cat", 1L),
            Map.entry("s", 1L),
            Map.entry("nd", 1L),
            Map.entry("naïve", 1L),
            Map.entry("e\u0301te", 1L),
            Map.entry("οδοσ", 1L),
            Map.entry("хлеб", 1L),
            Map.entry("词", 1L),
            Map.entry("𝒲𝓮", 1L),
            Map.entry("x", 1L)),
        tally.counts());
    assertEquals(13, tally.words());
  }

  @Test
  @DisplayName("A word goes on in the next part of the text, wherever the parts are cut")
  void parts() {
    String text = "one two, three\nfour e\u0301te";
    for (int cut = 0; cut <= text.length(); cut++) {
      Tally cutTally = new Tally();
      Tokenizer tokenizer = new Tokenizer(1);
      tokenizer.read(text.substring(0, cut), cutTally);
      tokenizer.read(text.substring(cut), cutTally);
      tokenizer.endWord(cutTally);
      assertEquals(Reference.countText(text), cutTally.counts(), "cut at " + cut);
    }
  }

  @Test
  @DisplayName("Words shorter than the least length are left out")
  void minLength() {
    read(3, "a of the from 词词词 𝒲𝓮");
    assertEquals(Map.of("the", 1L, "from", 1L, "词词词", 1L), tally.counts());
    assertEquals(3, tally.words());
  }

  @Test
  @DisplayName("100 letters are a word; 101 are counted apart, and take no memory for their length")
  void tooLong() {
    String longest = "x".repeat(100);
    read(1, longest + " " + longest + "y z " + "y".repeat(1_000_000));
    assertEquals(Map.of(longest, 1L, "z", 1L), tally.counts());
    assertEquals(2, tally.tooLong());
  }

  private void read(int minLength, String text) {
    Tokenizer tokenizer = new Tokenizer(minLength);
    tokenizer.read(text, tally);
    tokenizer.endWord(tally);
  }
}
