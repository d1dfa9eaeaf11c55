package dev.weft.examples.words;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/// Decodes the bytes of a text, which come in parts of any size, and gives them to a tokenizer.
///
/// Bytes that are not UTF-8 end a word, and are counted. For use by one thread at a time.
final class TextDecoder {

  private static final int CHARS = 1 << 14;

  // It reports what is malformed: replacing would be silent.
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final CharBuffer chars = CharBuffer.allocate(CHARS);
  private final Tokenizer tokenizer;

  TextDecoder(Tokenizer tokenizer) {
    this.tokenizer = tokenizer;
  }

  /// Reads the next part of the text. A character whose bytes are not all there is left in it.
  ///
  /// @param bytes the part; before it, what was left of the part before
  /// @param tally gets the words that end in it
  void read(ByteBuffer bytes, Tally tally) {
    decode(bytes, tally, false);
  }

  /// Reads the last part of the text.
  ///
  /// @param bytes what was left of the part before
  /// @param tally gets the words that end in it
  void readLast(ByteBuffer bytes, Tally tally) {
    decode(bytes, tally, true);
    tokenizer.endWord(tally);
  }

  private void decode(ByteBuffer bytes, Tally tally, boolean last) {
    CoderResult result;
    do {
      result = decoder.decode(bytes, chars, last);
      tokenizer.read(chars.flip(), tally);
      chars.clear();
      if (result.isError()) {
        tokenizer.endWord(tally);
        tally.addMalformed();
        bytes.position(bytes.position() + result.length());
      }
    } while (!result.isUnderflow());
  }
}
