package dev.weft.benchmarks.report;

import dev.weft.benchmarks.floor.ContinuationSwitch;
import dev.weft.benchmarks.floor.SpinHandOver;
import dev.weft.benchmarks.latency.BehindTwoHogs;
import dev.weft.benchmarks.spawn.SpawnChain;
import dev.weft.benchmarks.spawn.SpawnThousand;
import dev.weft.benchmarks.spawn.SpawnTree;
import dev.weft.benchmarks.switching.GoschedAlone;
import dev.weft.benchmarks.switching.GoschedPair;
import dev.weft.benchmarks.switching.ParkPair;
import dev.weft.benchmarks.switching.TimedWaiterPair;
import dev.weft.benchmarks.switching.WaiterPair;

/// The rows of the report, in its order.
enum Row {
  CONTINUATION("continuation yield + run", ContinuationSwitch.class, 0),
  SPIN("hand-over by spinning", SpinHandOver.class, 0),
  GOSCHED_ALONE("gosched, alone", GoschedAlone.class, 1),
  GOSCHED_PAIR("gosched, two goroutines", GoschedPair.class, 1),
  PARK_PAIR("park/unpark round trip", ParkPair.class, 2),
  WAITER_PAIR("waiter round trip", WaiterPair.class, 2),
  TIMED_PAIR("timed waiter round trip", TimedWaiterPair.class, 2),
  SPAWN_CHAIN("spawn + finish", SpawnChain.class, 0),
  SPAWN_THOUSAND("spawn 1,000 and wait, each", SpawnThousand.class, 0),
  SPAWN_TREE("fan-out by stealing, each", SpawnTree.class, 0),
  HOGS("start behind two hogs", BehindTwoHogs.class, 0);

  private final String title;
  private final Class<?> benchmark;
  private final int switches;

  Row(String title, Class<?> benchmark, int switches) {
    this.title = title;
    this.benchmark = benchmark;
    this.switches = switches;
  }

  /// What people read.
  String title() {
    return title;
  }

  /// The JMH class.
  Class<?> benchmark() {
    return benchmark;
  }

  /// Its name in Go, if it exists there.
  String goName() {
    return benchmark.getSimpleName();
  }

  /// How many switches one operation cannot do without, 0 if other things bound it: that many times
  /// the bare continuation switch is its floor.
  int switches() {
    return switches;
  }
}
