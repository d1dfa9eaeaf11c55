package dev.weft.examples.words;

import static dev.weft.Go.go;

import dev.weft.scheduler.Goroutine;
import dev.weft.scheduler.Scheduler;
import java.io.Console;
import java.io.PrintStream;
import java.util.Optional;

/// The program: counts the words of a directory tree and prints the most frequent ones.
///
/// ```
/// java -cp ... dev.weft.examples.words.WordCount --dir docs --top 20
/// ```
public final class WordCount {

  static final int OK = 0;
  static final int FAILED = 1;
  static final int BAD_USAGE = 2;
  static final int INTERRUPTED = 130; // what shells call the end of a program by Ctrl-C

  private final PrintStream out;
  private final PrintStream errors;
  private final boolean terminal;

  WordCount(PrintStream out, PrintStream errors, boolean terminal) {
    this.out = out;
    this.errors = errors;
    this.terminal = terminal;
  }

  public static void main(String[] args) throws InterruptedException {
    int status = new WordCount(System.out, System.err, isTerminal()).run(args);
    if (status != OK) {
      System.exit(status);
    }
  }

  @SuppressWarnings("SystemConsoleNull") // JDK 25 does give null when input is redirected
  private static boolean isTerminal() {
    Console console = System.console();
    return console != null && console.isTerminal();
  }

  /// Runs the program.
  ///
  /// @return its exit code
  int run(String... args) throws InterruptedException {
    Options options;
    try {
      options = Options.parse(args);
    } catch (UsageException wrong) {
      errors.println("words: " + wrong.getMessage() + "; --help lists the options");
      return BAD_USAGE;
    }
    if (options.help()) {
      out.print(Options.HELP);
      return OK;
    }
    Result result;
    try {
      result = countAndReport(options);
    } catch (PipelineException failure) {
      errors.println("words: " + failure.getMessage());
      return FAILED;
    }
    if (!result.complete()) {
      return INTERRUPTED;
    }
    return !options.check() || check(options, result) ? OK : FAILED;
  }

  private Result countAndReport(Options options) throws InterruptedException {
    ProgressLine progress = new ProgressLine(out);
    Pipeline pipeline = Pipeline.start(options, progress);
    // Open until the report is printed, so that Ctrl-C prints what has been counted by then.
    try (StopOnSignal _ = StopOnSignal.install(pipeline::stop, errors)) {
      Report report = new Report(options, out);
      report.start(Scheduler.current());
      Result result = await(pipeline, progress);
      report.result(result);
      report.scheduler(Scheduler.current().stats());
      return result;
    }
  }

  private Result await(Pipeline pipeline, ProgressLine progress) throws InterruptedException {
    if (!terminal) {
      return pipeline.await();
    }
    Goroutine display = go("progress", progress::display);
    try {
      return pipeline.await();
    } finally {
      display.interrupt();
      display.join();
    }
  }

  private boolean check(Options options, Result result) throws InterruptedException {
    Optional<String> difference = result.differenceTo(SequentialCount.of(options));
    out.println(
        difference
            .map(text -> "check: FAILED, another result than sequentially: " + text)
            .orElse("check: a sequential count gives the same result"));
    return difference.isEmpty();
  }
}
