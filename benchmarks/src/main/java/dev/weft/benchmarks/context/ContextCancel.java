package dev.weft.benchmarks.context;

import dev.weft.benchmarks.Sequential;
import dev.weft.context.CancelContext;
import dev.weft.context.Context;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/// To derive a context from one that can be cancelled, and to cancel it.
public class ContextCancel extends Sequential {
  static final int OPERATIONS = 100_000;

  private final CancelContext parent = Context.withCancel(Context.background());

  @Param("weft")
  String backend;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public int deriveAndCancel() {
    int done = 0;
    for (int i = 0; i < OPERATIONS; i++) {
      CancelContext context = Context.withCancel(parent);
      context.close();
      done += context.isDone() ? 1 : 0;
    }
    return checked(done, OPERATIONS);
  }
}
