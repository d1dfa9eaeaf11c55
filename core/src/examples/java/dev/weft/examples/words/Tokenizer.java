package dev.weft.examples.words;

/// Splits a text, which comes in parts of any size, into words.
///
/// A word is a letter and the letters and combining marks that follow, in lower case. For use by
/// one thread at a time.
final class Tokenizer {

  /// A longer run of letters, such as encoded data, is counted but no word: so a word takes little
  /// memory whatever the text is.
  static final int MOST_LETTERS = 100;

  private final int minLength;

  /// The word under way, which the next part may continue: its letters and marks, up to the limit.
  private final StringBuilder word = new StringBuilder();

  private int length;

  /// @param minLength how many letters and marks a word has at least
  Tokenizer(int minLength) {
    this.minLength = minLength;
  }

  /// Reads the next part of the text.
  ///
  /// @param text the part, which must not end between two surrogates
  /// @param tally gets the words that end in it
  void read(CharSequence text, Tally tally) {
    int character;
    for (int i = 0; i < text.length(); i += Character.charCount(character)) {
      character = Character.codePointAt(text, i);
      if (Character.isLetter(character) || (length > 0 && isMark(character))) {
        if (++length <= MOST_LETTERS) {
          word.appendCodePoint(Character.toLowerCase(character));
        }
      } else if (length > 0) {
        endWord(tally);
      }
    }
  }

  /// Ends the word under way, if there is one: something that is no text follows, or nothing.
  void endWord(Tally tally) {
    if (length > MOST_LETTERS) {
      tally.addTooLong();
    } else if (length > 0 && length >= minLength) {
      tally.addWord(word.toString());
    }
    word.setLength(0);
    length = 0;
  }

  private static boolean isMark(int character) {
    return switch (Character.getType(character)) {
      case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
          true;
      default -> false;
    };
  }
}
