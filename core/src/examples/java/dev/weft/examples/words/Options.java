package dev.weft.examples.words;

import dev.weft.Go;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What the command line asks for.
///
/// @param directory the tree to count, a directory
/// @param top how many words the table has
/// @param parsers how many goroutines parse files
/// @param minLength how many letters a word has at least
/// @param extensions which files to count, in lower case and without dots
/// @param check whether to count a second time, sequentially, and compare
/// @param help whether to print the options and do nothing
record Options(
    Path directory,
    int top,
    int parsers,
    int minLength,
    Set<String> extensions,
    boolean check,
    boolean help) {

  static final String HELP =
      """
      Counts the words of a directory tree with goroutines.

        --dir DIRECTORY   the tree; without it Weft's own sources and documents
        --top N           show the N most frequent words (default 10)
        --parsers N       parse with N goroutines (default: one a processor)
        --min-length N    leave out words of less than N letters (default 1)
        --ext A,B,...     count files that end in .A, .B, ... (default java,md,txt)
        --check           count again, sequentially, and compare
        --help            print this

      A word is a run of Unicode letters, in lower case. Hidden directories, directories named
      target and symbolic links are not followed; what is left out is counted and reported.
      Ctrl-C stops and prints what has been counted so far.

      Exit codes: 0 done, 1 failed, 2 wrong options, 130 stopped by Ctrl-C.
      """;

  private static final int MOST_PARSERS = 10_000;

  Options {
    extensions = Set.copyOf(extensions);
  }

  /// Reads a command line.
  ///
  /// @throws UsageException if it is wrong
  static Options parse(String... arguments) throws UsageException {
    Parse parse = new Parse(arguments);
    while (parse.hasNext()) {
      parse.option();
    }
    return parse.options();
  }

  /// The state of reading one command line: defaults, replaced one by one.
  private static final class Parse {
    private final String[] arguments;
    private int next;

    private @Nullable Path directory;
    private int top = 10;
    private @Nullable Integer parsers;
    private int minLength = 1;
    private Set<String> extensions = Set.of("java", "md", "txt");
    private boolean check;
    private boolean help;

    Parse(String[] arguments) {
      this.arguments = arguments;
    }

    boolean hasNext() {
      return next < arguments.length;
    }

    /// Reads one option with its value, which is the next argument.
    void option() throws UsageException {
      String option = arguments[next++];
      switch (option) {
        case "--dir" -> directory = directory(option, value(option));
        case "--top" -> top = number(option, value(option), Integer.MAX_VALUE);
        case "--parsers" -> parsers = number(option, value(option), MOST_PARSERS);
        case "--min-length" -> minLength = number(option, value(option), Tokenizer.MOST_LETTERS);
        case "--ext" -> extensions = extensions(option, value(option));
        case "--check" -> check = true;
        case "--help" -> help = true;
        default -> throw new UsageException("there is no option '" + option + "'");
      }
    }

    Options options() throws UsageException {
      Path tree = directory;
      if (tree == null) {
        tree = help ? Path.of("") : ProjectDirectory.find(Path.of("")); // help works everywhere
      }
      return new Options(
          tree, top, parsers != null ? parsers : Go.procs(), minLength, extensions, check, help);
    }

    private String value(String option) throws UsageException {
      if (!hasNext()) {
        throw new UsageException("a value is missing after " + option);
      }
      return arguments[next++];
    }

    private static int number(String option, String value, int most) throws UsageException {
      try {
        int number = Integer.parseInt(value);
        if (number >= 1 && number <= most) {
          return number;
        }
      } catch (NumberFormatException notANumber) {
        // the same message as for one that is out of range
      }
      throw new UsageException(
          String.format(
              Locale.ROOT, "%s takes a number from 1 to %,d, not '%s'", option, most, value));
    }

    private static Path directory(String option, String value) throws UsageException {
      try {
        Path directory = Path.of(value);
        if (Files.isDirectory(directory)) {
          return directory;
        }
      } catch (InvalidPathException notAPath) {
        // the same message as for one that does not exist
      }
      throw new UsageException(option + " takes a directory, and '" + value + "' is none");
    }

    private static Set<String> extensions(String option, String value) throws UsageException {
      Set<String> extensions = new TreeSet<>();
      for (String part : value.split(",", -1)) {
        String extension = part.strip().toLowerCase(Locale.ROOT);
        extensions.add(extension.startsWith(".") ? extension.substring(1) : extension);
      }
      if (extensions.contains("")) {
        throw new UsageException(
            option + " takes file extensions such as java,md,txt, not '" + value + "'");
      }
      return extensions;
    }
  }
}
