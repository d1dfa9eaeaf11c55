package dev.weft.benchmarks.scaling;

import dev.weft.benchmarks.GoroutineBenchmark;
import dev.weft.channel.Channel;
import dev.weft.channel.ReceiveCase;
import dev.weft.channel.SelectSet;
import dev.weft.scheduler.SchedulerStats;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/// What a select costs with many cases, one of which is ready.
///
/// One goroutine sends to the channels of capacity 1 in turn, and selects from all of them, by a
/// `SelectSet`. One operation is one send and one select.
public class Cases extends GoroutineBenchmark {
  static final int OPERATIONS = 200_000;

  private static final Object ELEMENT = Integer.valueOf(1_000_000);

  @Param({"1", "2", "4", "8", "16", "32", "64"})
  int cases;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long sendAndSelect() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  protected long run(int operations) throws InterruptedException {
    List<Channel<Object>> channels = new ArrayList<>();
    List<ReceiveCase<Object>> receives = new ArrayList<>();
    for (int i = 0; i < cases; i++) {
      channels.add(Channel.make(1));
      receives.add(channels.get(i).onReceive());
    }
    SelectSet set = SelectSet.of(receives.toArray(ReceiveCase[]::new));
    long received = 0;
    for (int i = 0; i < operations; i++) {
      int ready = i % cases;
      channels.get(ready).send(ELEMENT);
      if (set.select() == ready && receives.get(ready).value() == ELEMENT) {
        received++;
      }
    }
    return received;
  }

  @Override
  protected void check(SchedulerStats stats, long operations) {}
}
