package dev.weft.examples.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ResultTest {

  @Test
  @DisplayName("A difference in one word is found and named")
  void word() {
    assertEquals(
        Optional.of("'b' was counted 1 against 2 times"),
        result("a", "b").differenceTo(result("a", "b", "b")));
    assertEquals(
        Optional.of("'c' was counted 0 against 1 times"),
        result("a").differenceTo(result("a", "c")));
    assertEquals(Optional.empty(), result("a", "b").differenceTo(result("b", "a")));
  }

  @Test
  @DisplayName("A difference in what was left out is found")
  void leftOut() {
    Merger merger = new Merger((files, bytes, words) -> {});
    merger.merge(new Parsed.Binary(Path.of("b")));
    Result other = Result.of(new Walker(Path.of(""), Set.of()), merger, 1);
    assertTrue(result().differenceTo(other).orElse("").contains("binaries=1"));
  }

  @Test
  @DisplayName("All problems are counted, and the first ones named, without control characters")
  void problems() {
    Problems problems = new Problems();
    for (int i = 0; i < 4; i++) {
      problems.add(Path.of("a\u001b[2J" + i), new AccessDeniedException("a", null, "no"));
    }
    Problems more = new Problems();
    more.add(Path.of("b"), new IOException("read error"));
    more.add(Path.of("c"), new IOException());
    problems.addAll(more);
    assertEquals(6, problems.count());
    assertEquals(
        List.of(
            "a?[2J0: AccessDeniedException (no)",
            "a?[2J1: AccessDeniedException (no)",
            "a?[2J2: AccessDeniedException (no)",
            "a?[2J3: AccessDeniedException (no)",
            "b: IOException (read error)"),
        problems.examples());
  }

  private static Result result(String... words) {
    Tally tally = new Tally();
    for (String word : words) {
      tally.addWord(word);
    }
    Merger merger = new Merger((files, bytes, total) -> {});
    merger.merge(new Parsed.Piece(tally, true));
    return Result.of(new Walker(Path.of(""), Set.of()), merger, 1);
  }
}
