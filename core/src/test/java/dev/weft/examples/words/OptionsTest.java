package dev.weft.examples.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.Go;
import dev.weft.testkit.ProjectFiles;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptionsTest {

  @Test
  @DisplayName("Without options: Weft's own sources and documents, one parser a processor")
  void defaults() throws Exception {
    Options options = Options.parse();
    assertEquals(ProjectFiles.root().toRealPath(), options.directory().toRealPath());
    assertEquals(
        new Options(
            options.directory(), 10, Go.procs(), 1, Set.of("java", "md", "txt"), false, false),
        options);
  }

  @Test
  @DisplayName("Each option sets what it is for, in any order")
  void each(@TempDir Path tree) throws Exception {
    Options options =
        Options.parse(
            "--check",
            "--ext",
            ".HTML, c,h",
            "--min-length",
            "4",
            "--parsers",
            "7",
            "--top",
            "20",
            "--dir",
            tree.toString(),
            "--help");
    assertEquals(new Options(tree, 20, 7, 4, Set.of("html", "c", "h"), true, true), options);
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "--tpo 3           | there is no option '--tpo'",
        "core              | there is no option 'core'",
        "--top=3           | there is no option '--top=3'",
        "--top             | a value is missing after --top",
        "--check --dir     | a value is missing after --dir",
        "--top ten         | --top takes a number from 1 to 2,147,483,647, not 'ten'",
        "--top 0           | --top takes a number from 1 to 2,147,483,647, not '0'",
        "--top 99999999999 | --top takes a number from 1 to 2,147,483,647, not '99999999999'",
        "--parsers 0       | --parsers takes a number from 1 to 10,000, not '0'",
        "--parsers -1      | --parsers takes a number from 1 to 10,000, not '-1'",
        "--parsers 10001   | --parsers takes a number from 1 to 10,000, not '10001'",
        "--min-length 101  | --min-length takes a number from 1 to 100, not '101'",
        "--ext java,,md    | --ext takes file extensions such as java,md,txt, not 'java,,md'",
        "--ext .           | --ext takes file extensions such as java,md,txt, not '.'",
        "--dir /no/such    | --dir takes a directory, and '/no/such' is none",
      })
  @DisplayName("What is wrong is named, with what would be right")
  void wrong(String line, String message) {
    UsageException e =
        assertThrows(UsageException.class, () -> Options.parse(line.strip().split(" ")));
    assertEquals(message, e.getMessage());
  }

  @Test
  @DisplayName("What cannot be a path is no directory either")
  void noPath() {
    UsageException e = assertThrows(UsageException.class, () -> Options.parse("--dir", "\0"));
    assertEquals("--dir takes a directory, and '\0' is none", e.getMessage());
  }

  @Test
  @DisplayName("A file is no directory to count")
  void file(@TempDir Path tree) throws Exception {
    Path file = new TreeBuilder(tree).write("a.txt", "a");
    UsageException e =
        assertThrows(UsageException.class, () -> Options.parse("--dir", file.toString()));
    assertEquals("--dir takes a directory, and '" + file + "' is none", e.getMessage());
  }

  @Test
  @DisplayName("The project is found from any directory in it, and outside --dir is asked for")
  void project(@TempDir Path elsewhere) throws Exception {
    assertEquals(
        ProjectFiles.root().toRealPath(),
        ProjectDirectory.find(ProjectFiles.root().resolve("core/src/main")).toRealPath());
    UsageException e =
        assertThrows(UsageException.class, () -> ProjectDirectory.find(elsewhere.toRealPath()));
    assertEquals(
        "Weft's project is not in or above " + elsewhere.toRealPath() + ": name a tree with --dir",
        e.getMessage());
  }

  @Test
  @DisplayName("The help names every option and every exit code")
  void help() {
    for (String option :
        new String[] {
          "--dir", "--top", "--parsers", "--min-length", "--ext", "--check", "--help"
        }) {
      assertTrue(Options.HELP.lines().anyMatch(line -> line.startsWith("  " + option)), option);
    }
    assertTrue(Options.HELP.contains("0 done, 1 failed, 2 wrong options, 130 stopped by Ctrl-C"));
  }
}
