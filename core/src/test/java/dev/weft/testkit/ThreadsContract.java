package dev.weft.testkit;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.Parameter;

/// What the tests of a primitive share: threads of one kind, which must all have ended by
/// themselves after each test, and a look at the primitive then.
///
/// A subclass is a `@ParameterizedClass` with `@MethodSource("dev.weft.testkit.Kind#ofThisRun")`,
/// or with a source of its own whose first argument is the kind.
@SuppressWarnings("NullAway.Init") // the parameter is set by JUnit
public abstract class ThreadsContract {

  @Parameter(0)
  protected Kind kind;

  protected Threads threads;

  @RegisterExtension
  final AfterEachCallback ending = context -> end(context.getExecutionException().isPresent());

  /// For subclasses.
  protected ThreadsContract() {}

  @BeforeEach
  final void begin() {
    threads = new Threads(kind);
  }

  private void end(boolean failed) throws InterruptedException {
    try {
      if (failed) {
        letGo();
      } else {
        threads.join();
        assertSettled();
      }
    } finally {
      threads.close();
    }
  }

  /// Fails unless nobody waits and all is as it should be. Called when all threads have ended,
  /// after a test that has not failed.
  protected void assertSettled() {}

  /// Releases those who wait for something that interrupts cannot end, after a test that has
  /// failed.
  protected void letGo() {}
}
