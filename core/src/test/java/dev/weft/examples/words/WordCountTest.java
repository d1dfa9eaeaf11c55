package dev.weft.examples.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.TestMode;
import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordCountTest {

  @TempDir private Path root;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

  @Test
  @DisplayName("It prints the most frequent words, with those of equal frequency in order")
  void table() throws Exception {
    new TreeBuilder(root).write("a.txt", "c b a b c d c");
    assertEquals(0, run("--dir", root.toString(), "--top", "3"));
    assertEquals(
        """
               count  word
                   3  c
                   2  b
                   1  a
        """,
        paragraph(1));
    assertEquals("", errors());
  }

  @Test
  @DisplayName("It says what it counts, on which backend and why, how fast, and what was left out")
  void report() throws Exception {
    TreeBuilder tree = new TreeBuilder(root);
    tree.write("a.txt", "one two one " + "x".repeat(101));
    tree.write("b.txt", "\0");
    tree.write("c.html", "");
    assertEquals(0, run("--dir", root.toString(), "--parsers", "3"));
    String backend = TestMode.current().backend();
    assertTrue(
        paragraph(0)
            .matches(
                "(?s)counting words in \\Q"
                    + root
                    + "\\E \\(java, md, txt\\) with 3 parsers\nbackend "
                    + backend
                    + ": .{10,}"),
        paragraph(0));
    String[] end = paragraph(2).split("\n", -1);
    assertTrue(
        end[0].matches(
            "1 files, 0\\.0 MB, 3 words \\(2 different\\) in [0-9.]+ s:"
                + " [0-9.,]+ MB/s, [0-9,]+ words/s"),
        end[0]);
    assertEquals(
        "left out: 1 other files, 1 binary files, 1 runs of more than 100 letters", end[1]);
    assertTrue(end[2].matches("scheduler: \\d+ procs[,;] .+"), end[2]);
  }

  @Test
  @DisplayName("--min-length and --ext choose what is counted")
  void selection() throws Exception {
    TreeBuilder tree = new TreeBuilder(root);
    tree.write("a.txt", "no");
    tree.write("b.c", "if while");
    assertEquals(0, run("--dir", root.toString(), "--ext", "c", "--min-length", "3"));
    assertEquals("       count  word\n           1  while\n", paragraph(1));
  }

  @Test
  @DisplayName("--check compares with a sequential count")
  void check() throws Exception {
    new TreeBuilder(root).writeRandom(8, 50);
    assertEquals(0, run("--dir", root.toString(), "--check"));
    assertTrue(out().endsWith("\ncheck: a sequential count gives the same result\n"), out());
  }

  @Test
  @DisplayName("--check fails if the sequential count differs, exit code 1")
  void checkFails() throws Exception {
    TreeBuilder tree = new TreeBuilder(root);
    tree.write("a.txt", "one two");
    // changes the tree after the result was printed, before the check
    OutputStream changing =
        new FilterOutputStream(out) {
          @Override
          public void write(byte[] bytes, int from, int length) throws IOException {
            super.write(bytes, from, length);
            if (out().contains("scheduler: ")) {
              tree.write("a.txt", "one");
            }
          }
        };
    int status =
        new WordCount(
                new PrintStream(changing, true, StandardCharsets.UTF_8), stream(errors), false)
            .run("--dir", root.toString(), "--check");
    assertEquals(1, status, out());
    assertTrue(
        out()
            .endsWith(
                "\ncheck: FAILED, another result than sequentially:"
                    + " 'two' was counted 1 against 0 times\n"),
        out());
  }

  @Test
  @DisplayName("--help prints the options and counts nothing")
  void help() throws Exception {
    assertEquals(0, run("--help"));
    assertEquals(Options.HELP, out());
  }

  @Test
  @DisplayName("A wrong command line is explained on the error stream, exit code 2")
  void usage() throws Exception {
    assertEquals(2, run("--top", "0"));
    assertEquals("", out());
    assertEquals(
        "words: --top takes a number from 1 to 2,147,483,647, not '0'; --help lists the options\n",
        errors());
  }

  @Test
  @DisplayName("Without a terminal there is no progress line, with one it is erased in the end")
  void progress() throws Exception {
    new TreeBuilder(root).writeRandom(9, 50);
    assertEquals(0, run("--dir", root.toString()));
    assertFalse(out().contains("\r"), out());
    out.reset();
    WordCount program = new WordCount(stream(out), stream(errors), true);
    assertEquals(0, program.run("--dir", root.toString()));
    String erase = "\r\033[K";
    String shown = out().substring(0, out().lastIndexOf(erase));
    String line = shown.substring(shown.lastIndexOf(erase) + erase.length());
    assertTrue(line.matches("[\\d,]+ files, [\\d,]+\\.\\d MB, [\\d,]+ words"), shown);
    assertFalse(shown.contains("count  word"), shown);
  }

  private int run(String... arguments) throws InterruptedException {
    return new WordCount(stream(out), stream(errors), false).run(arguments);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  private String errors() {
    return errors.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  /// A part of the output; empty lines are between them.
  private String paragraph(int number) {
    String text = out().split("\n\n", -1)[number];
    return number == 1 ? text + "\n" : text;
  }
}
