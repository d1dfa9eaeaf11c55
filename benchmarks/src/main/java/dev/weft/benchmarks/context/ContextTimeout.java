package dev.weft.benchmarks.context;

import dev.weft.benchmarks.Sequential;
import dev.weft.context.CancelContext;
import dev.weft.context.Context;
import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/// To derive a context with a timeout, and to cancel it before that: what a request does.
public class ContextTimeout extends Sequential {
  static final int OPERATIONS = 100_000;

  private static final Duration HOUR = Duration.ofHours(1);

  private final CancelContext parent = Context.withCancel(Context.background());

  @Param("weft")
  String backend;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public int deriveAndCancel() {
    int done = 0;
    for (int i = 0; i < OPERATIONS; i++) {
      CancelContext context = Context.withTimeout(parent, HOUR);
      context.close();
      done += context.isDone() ? 1 : 0;
    }
    return checked(done, OPERATIONS);
  }
}
