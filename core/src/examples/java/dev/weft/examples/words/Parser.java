package dev.weft.examples.words;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Counts the words of files, in pieces, so that a file may be larger than memory.
///
/// It has no state: any number of goroutines can use the same one.
final class Parser {

  private static final int BUFFER_BYTES = 1 << 16;

  /// How much text a piece is made of, give or take a buffer.
  static final int PIECE_BYTES = 1 << 20;

  private final int minLength;

  /// @param minLength how many letters a word has at least
  Parser(int minLength) {
    this.minLength = minLength;
  }

  /// Counts one file.
  ///
  /// @param file the file, a regular one
  /// @param out is sent the pieces
  /// @throws InterruptedException if this thread was stopped; the rest of the file is not sent
  void parse(Path file, Sink<? super Parsed> out) throws InterruptedException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
      parse(file, channel, out);
    } catch (ClosedByInterruptException stop) {
      Thread.interrupted(); // the exception says it from here on
      throw new InterruptedException("stopped while reading " + file);
    } catch (IOException problem) {
      out.send(new Parsed.Unreadable(file, problem));
    }
  }

  private void parse(Path file, FileChannel channel, Sink<? super Parsed> out)
      throws IOException, InterruptedException {
    ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES);
    TextDecoder text = new TextDecoder(new Tokenizer(minLength));
    Tally tally = new Tally();
    boolean first = true;
    for (int read = channel.read(bytes); read >= 0; read = channel.read(bytes)) {
      bytes.flip();
      if (first && isBinary(bytes)) {
        out.send(new Parsed.Binary(file));
        return;
      }
      first = false;
      tally.addBytes(read);
      text.read(bytes, tally);
      bytes.compact();
      if (tally.bytes() >= PIECE_BYTES) {
        out.send(new Parsed.Piece(tally, false));
        tally = new Tally();
      }
    }
    text.readLast(bytes.flip(), tally);
    out.send(new Parsed.Piece(tally, true));
  }

  /// Text has no zero bytes; what git calls binary, too, has one near its beginning.
  private static boolean isBinary(ByteBuffer beginning) {
    for (int i = 0; i < beginning.limit(); i++) {
      if (beginning.get(i) == 0) {
        return true;
      }
    }
    return false;
  }
}
