package dev.weft.examples.words;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ReportTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  @Test
  @DisplayName("A partial result says so, and files that could not be read are named")
  void partial() {
    Merger merger = new Merger((files, bytes, words) -> {});
    Tally tally = new Tally();
    tally.addBytes(3_000_000);
    for (int i = 0; i < 1500; i++) {
      tally.addWord("the");
    }
    merger.merge(new Parsed.Piece(tally, true));
    merger.merge(new Parsed.Unreadable(Path.of("a.txt"), new IOException("read error")));
    Result result = Result.of(new Walker(Path.of(""), Set.of()), merger, 2_000_000_000);
    report().result(result);
    assertEquals(
        """

               count  word
               1,500  the

        PARTIAL: stopped after 1 of the 0 files found so far; the table is what was counted until then
        1 files, 3.0 MB, 1,500 words (1 different) in 2.00 s: 1.5 MB/s, 750 words/s
        left out: 1 unreadable files or directories
          cannot read a.txt: IOException (read error)
        """,
        out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n"));
  }

  private Report report() {
    Options options = new Options(Path.of(""), 10, 1, 1, Set.of("txt"), false, false);
    return new Report(options, new PrintStream(out, true, StandardCharsets.UTF_8));
  }
}
