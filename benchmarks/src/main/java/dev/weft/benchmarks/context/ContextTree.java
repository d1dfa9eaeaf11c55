package dev.weft.benchmarks.context;

import dev.weft.benchmarks.Sequential;
import dev.weft.context.CancelContext;
import dev.weft.context.Context;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/// To derive 10,000 contexts from one, and to cancel that. One operation is one of them.
public class ContextTree extends Sequential {
  static final int OPERATIONS = 100_000;

  private static final int CHILDREN = 10_000;

  @Param("weft")
  String backend;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public int cancelAll() {
    int done = 0;
    CancelContext[] children = new CancelContext[CHILDREN];
    for (int left = OPERATIONS; left > 0; left -= CHILDREN) {
      CancelContext parent = Context.withCancel(Context.background());
      for (int i = 0; i < CHILDREN; i++) {
        children[i] = Context.withCancel(parent);
      }
      parent.close();
      for (CancelContext child : children) {
        done += child.isDone() ? 1 : 0;
      }
    }
    return checked(done, OPERATIONS);
  }
}
