package dev.weft.benchmarks.spawn;

import static dev.weft.Go.go;

import dev.weft.benchmarks.GoroutineBenchmark;
import dev.weft.scheduler.SchedulerStats;
import java.util.concurrent.CountDownLatch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// What it costs to start goroutines everywhere at once: a fan-out that lives from stealing.
///
/// A goroutine starts two others, each of them two more, and so on, until the tree has 1,023, and
/// whoever planted it waits for all before it plants the next. One operation is one goroutine of a
/// tree. Each tree begins on one processor, and the others have work only by stealing it. The trees
/// are small, because a thief of a large one is busy for long. On more than one processor the row
/// fails if there were fewer steals than one for ten trees.
public class SpawnTree extends GoroutineBenchmark {
  private static final int NODES = 1_023;
  static final int OPERATIONS = 64 * NODES;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long spawnTree() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  protected long run(int operations) throws InterruptedException {
    long grown = 0;
    for (int i = 0; i < operations / NODES; i++) {
      Tree tree = new Tree(NODES);
      go(() -> tree.grow(1));
      tree.growing.await();
      grown += tree.nodes;
    }
    return grown;
  }

  @Override
  protected void check(SchedulerStats stats, long operations) {
    atLeast("switches", stats.switches(), operations);
    if (procs() > 1) {
      atLeast("steals", stats.steals(), operations / NODES / 10);
    }
  }

  /// Its nodes are numbered as those of a heap: the children of n are 2n and 2n + 1.
  private record Tree(int nodes, CountDownLatch growing) {
    Tree(int nodes) {
      this(nodes, new CountDownLatch(nodes));
    }

    void grow(int node) {
      for (int child = 2 * node; child <= 2 * node + 1 && child <= nodes; child++) {
        int number = child;
        go(() -> grow(number));
      }
      growing.countDown();
    }
  }
}
