package dev.weft.benchmarks.time;

import dev.weft.benchmarks.Sequential;
import dev.weft.time.Ticker;
import java.time.Duration;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;

/// To receive a tick that is due: each nanosecond is.
public class TickerReceive extends Sequential {
  static final int OPERATIONS = 100_000;

  private final Ticker ticker = Ticker.make(Duration.ofNanos(1));

  @Param("weft")
  String backend;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public int receive() throws InterruptedException {
    int ticks = 0;
    for (int i = 0; i < OPERATIONS; i++) {
      ticks += ticker.channel().receiveOk().ok() ? 1 : 0;
    }
    return checked(ticks, OPERATIONS);
  }
}
