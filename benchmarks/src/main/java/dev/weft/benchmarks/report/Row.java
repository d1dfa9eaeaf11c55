package dev.weft.benchmarks.report;

import static dev.weft.benchmarks.report.Reading.Runner.FAIR;
import static dev.weft.benchmarks.report.Reading.Runner.JOX;
import static dev.weft.benchmarks.report.Reading.Runner.JUC;
import static dev.weft.benchmarks.report.Reading.Runner.KOTLINX;
import static dev.weft.benchmarks.report.Reading.Runner.REENTRANT;
import static dev.weft.benchmarks.report.Reading.Runner.STAMPED;

import dev.weft.benchmarks.channel.Chain;
import dev.weft.benchmarks.channel.Mpmc;
import dev.weft.benchmarks.channel.PingPong;
import dev.weft.benchmarks.channel.PrimeSieve;
import dev.weft.benchmarks.channel.SelectBlocking;
import dev.weft.benchmarks.channel.SelectDefault;
import dev.weft.benchmarks.channel.SelectReady;
import dev.weft.benchmarks.channel.SelectTimeout;
import dev.weft.benchmarks.channel.SpawnReceive;
import dev.weft.benchmarks.channel.Spsc;
import dev.weft.benchmarks.channel.Uncontended;
import dev.weft.benchmarks.floor.ContinuationSwitch;
import dev.weft.benchmarks.floor.SpinHandOver;
import dev.weft.benchmarks.latency.BehindTwoHogs;
import dev.weft.benchmarks.report.Reading.Runner;
import dev.weft.benchmarks.scaling.Cases;
import dev.weft.benchmarks.scaling.Channels;
import dev.weft.benchmarks.scaling.Pairs;
import dev.weft.benchmarks.scaling.Waiters;
import dev.weft.benchmarks.scaling.Yields;
import dev.weft.benchmarks.spawn.SpawnChain;
import dev.weft.benchmarks.spawn.SpawnThousand;
import dev.weft.benchmarks.spawn.SpawnTree;
import dev.weft.benchmarks.switching.GoschedAlone;
import dev.weft.benchmarks.switching.GoschedPair;
import dev.weft.benchmarks.switching.ParkPair;
import dev.weft.benchmarks.switching.TimedWaiterPair;
import dev.weft.benchmarks.switching.WaiterPair;
import dev.weft.benchmarks.sync.MutexContended;
import dev.weft.benchmarks.sync.MutexUncontended;
import dev.weft.benchmarks.sync.MutexWork;
import dev.weft.benchmarks.sync.OnceDone;
import dev.weft.benchmarks.sync.PoolGetPut;
import dev.weft.benchmarks.sync.RWMutexMixed;
import dev.weft.benchmarks.sync.RWMutexRead;
import dev.weft.benchmarks.sync.RWMutexWrite;
import dev.weft.benchmarks.sync.WaitGroupAddDone;
import dev.weft.benchmarks.sync.WaitGroupFanOut;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

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
  HOGS("start behind two hogs", BehindTwoHogs.class, 0),
  UNCONTENDED("send + receive, uncontended", Uncontended.class, 0, Rivals.CHANNELS),
  SPSC_0("one to one, unbuffered", Spsc.class, 1, Rivals.CHANNELS, "capacity", 0),
  SPSC_1("one to one, capacity 1", Spsc.class, 2.0 / 3, Rivals.CHANNELS, "capacity", 1),
  SPSC_8("one to one, capacity 8", Spsc.class, 0, Rivals.CHANNELS, "capacity", 8),
  SPSC_128("one to one, capacity 128", Spsc.class, 0, Rivals.CHANNELS, "capacity", 128),
  MPMC_0("4 to 4, unbuffered", Mpmc.class, 1, Rivals.CHANNELS, "capacity", 0),
  MPMC_128("4 to 4, capacity 128", Mpmc.class, 0, Rivals.CHANNELS, "capacity", 128),
  PING_PONG("channel round trip", PingPong.class, 2, Rivals.CHANNELS),
  SPAWN_RECEIVE("spawn + receive", SpawnReceive.class, 2, Rivals.CHANNELS),
  CHAIN("chain of 10,000, each", Chain.class, 2, Rivals.CHANNELS),
  SELECT_2("select, 1 of 2 ready", SelectReady.class, 0, Rivals.SELECTS, "cases", 2),
  SELECT_4("select, 1 of 4 ready", SelectReady.class, 0, Rivals.SELECTS, "cases", 4),
  SELECT_8("select, 1 of 8 ready", SelectReady.class, 0, Rivals.SELECTS, "cases", 8),
  SELECT_DEFAULT("select, default", SelectDefault.class, 0, Rivals.SELECTS),
  SELECT_BLOCKING("select round trip", SelectBlocking.class, 2, Rivals.SELECTS),
  SELECT_TIMEOUT("timed select round trip", SelectTimeout.class, 2, Rivals.TIMED_SELECTS),
  SIEVE_500("sieve, first 500 primes", PrimeSieve.class, 0, Rivals.CHANNELS, "primes", 500),
  SIEVE_2000("sieve, first 2,000 primes", PrimeSieve.class, 0, Rivals.CHANNELS, "primes", 2000),
  MUTEX("mutex, uncontended", MutexUncontended.class, 0, Rivals.LOCKS),
  MUTEX_2("mutex, 2 contenders", MutexContended.class, 0, Rivals.LOCKS, "contenders", 2),
  MUTEX_4("mutex, 4 contenders", MutexContended.class, 0, Rivals.LOCKS, "contenders", 4),
  MUTEX_8("mutex, 8 contenders", MutexContended.class, 0, Rivals.LOCKS, "contenders", 8),
  MUTEX_WORK_4("mutex, 4 with work", MutexWork.class, 0, Rivals.LOCKS, "contenders", 4),
  RW_READ("rlock, uncontended", RWMutexRead.class, 0, Rivals.RW_LOCKS),
  RW_WRITE("RWMutex lock, uncontended", RWMutexWrite.class, 0, Rivals.RW_LOCKS),
  RW_2("90 % rlock, 2 contenders", RWMutexMixed.class, 0, Rivals.RW_LOCKS, "contenders", 2),
  RW_4("90 % rlock, 4 contenders", RWMutexMixed.class, 0, Rivals.RW_LOCKS, "contenders", 4),
  RW_8("90 % rlock, 8 contenders", RWMutexMixed.class, 0, Rivals.RW_LOCKS, "contenders", 8),
  WAIT_GROUP("wait group: add, done, await", WaitGroupAddDone.class, 0, Rivals.GROUPS),
  WAIT_GROUP_1000("wait group: go 1,000, each", WaitGroupFanOut.class, 0, Rivals.GROUPS),
  ONCE("once, done", OnceDone.class, 0, Rivals.PLAIN),
  POOL_1("pool: get + put", PoolGetPut.class, 0, Rivals.PLAIN, "users", 1),
  POOL_4("pool: get + put, 4 users", PoolGetPut.class, 0, Rivals.PLAIN, "users", 4),
  POOL_8("pool: get + put, 8 users", PoolGetPut.class, 0, Rivals.PLAIN, "users", 8),
  YIELDS_10("gosched, 10 ready", Yields.class, 1, List.of(), "goroutines", 10),
  YIELDS_100("gosched, 100 ready", Yields.class, 1, List.of(), "goroutines", 100),
  YIELDS_1000("gosched, 1,000 ready", Yields.class, 1, List.of(), "goroutines", 1000),
  YIELDS_10000("gosched, 10,000 ready", Yields.class, 1, List.of(), "goroutines", 10000),
  YIELDS_100000("gosched, 100,000 ready", Yields.class, 1, List.of(), "goroutines", 100000),
  PAIRS_1("round trip, 1 pairs", Pairs.class, 2, List.of(), "pairs", 1),
  PAIRS_10("round trip, 10 pairs", Pairs.class, 2, List.of(), "pairs", 10),
  PAIRS_100("round trip, 100 pairs", Pairs.class, 2, List.of(), "pairs", 100),
  PAIRS_1000("round trip, 1,000 pairs", Pairs.class, 2, List.of(), "pairs", 1000),
  PAIRS_10000("round trip, 10,000 pairs", Pairs.class, 2, List.of(), "pairs", 10000),
  PAIRS_100000("round trip, 100,000 pairs", Pairs.class, 2, List.of(), "pairs", 100000),
  CHANNELS_1("send + receive, 1 channels", Channels.class, 0, List.of(), "channels", 1),
  CHANNELS_10("send + receive, 10 channels", Channels.class, 0, List.of(), "channels", 10),
  CHANNELS_100("send + receive, 100 channels", Channels.class, 0, List.of(), "channels", 100),
  CHANNELS_1000("send + receive, 1,000 channels", Channels.class, 0, List.of(), "channels", 1000),
  CHANNELS_10000(
      "send + receive, 10,000 channels", Channels.class, 0, List.of(), "channels", 10000),
  CHANNELS_100000(
      "send + receive, 100,000 channels", Channels.class, 0, List.of(), "channels", 100000),
  WAITERS_1("hand-over, 1 wait", Waiters.class, 1, List.of(), "waiters", 1),
  WAITERS_10("hand-over, 10 wait", Waiters.class, 1, List.of(), "waiters", 10),
  WAITERS_100("hand-over, 100 wait", Waiters.class, 1, List.of(), "waiters", 100),
  WAITERS_1000("hand-over, 1,000 wait", Waiters.class, 1, List.of(), "waiters", 1000),
  WAITERS_10000("hand-over, 10,000 wait", Waiters.class, 1, List.of(), "waiters", 10000),
  WAITERS_100000("hand-over, 100,000 wait", Waiters.class, 1, List.of(), "waiters", 100000),
  CASES_1("select, 1 of 1 ready, by set", Cases.class, 0, List.of(), "cases", 1),
  CASES_2("select, 1 of 2 ready, by set", Cases.class, 0, List.of(), "cases", 2),
  CASES_4("select, 1 of 4 ready, by set", Cases.class, 0, List.of(), "cases", 4),
  CASES_8("select, 1 of 8 ready, by set", Cases.class, 0, List.of(), "cases", 8),
  CASES_16("select, 1 of 16 ready, by set", Cases.class, 0, List.of(), "cases", 16),
  CASES_32("select, 1 of 32 ready, by set", Cases.class, 0, List.of(), "cases", 32),
  CASES_64("select, 1 of 64 ready, by set", Cases.class, 0, List.of(), "cases", 64);

  private final String title;
  private final Class<?> benchmark;
  private final double switches;
  private final List<Runner> rivals;
  private final String parameter;
  private final int value;

  Row(String title, Class<?> benchmark, double switches) {
    this(title, benchmark, switches, List.of());
  }

  Row(String title, Class<?> benchmark, double switches, List<Runner> rivals) {
    this(title, benchmark, switches, rivals, "", 0);
  }

  Row(
      String title,
      Class<?> benchmark,
      double switches,
      List<Runner> rivals,
      String parameter,
      int value) {
    this.title = title;
    this.benchmark = benchmark;
    this.switches = switches;
    this.rivals = rivals;
    this.parameter = parameter;
    this.value = value;
  }

  /// What people read.
  String title() {
    return title;
  }

  /// The JMH class.
  Class<?> benchmark() {
    return benchmark;
  }

  /// What programs read, and its name in Go if it exists there: `PingPong`, `Spsc/8`.
  String key() {
    return benchmark.getSimpleName() + (parameter.isEmpty() ? "" : "/" + value);
  }

  /// The row with that key, if there is one.
  static Optional<Row> of(String key) {
    return Arrays.stream(values()).filter(row -> row.key().equals(key)).findFirst();
  }

  /// The parameter of the JMH class that is special for this row, or nothing.
  String parameter() {
    return parameter;
  }

  /// The value of that parameter.
  int value() {
    return value;
  }

  /// How many switches one operation cannot do without on one processor, 0 if other things bound
  /// it: that many times the bare continuation switch is its floor.
  double switches() {
    return switches;
  }

  /// Who else runs it under JMH.
  List<Runner> rivals() {
    return rivals;
  }

  /// Whether it is about what many cost.
  boolean isAboutMany() {
    return benchmark.getPackageName().endsWith(".scaling");
  }

  /// How many operations one invocation does.
  int operationsAtOnce() {
    return Arrays.stream(benchmark.getMethods())
        .map(method -> method.getAnnotation(OperationsPerInvocation.class))
        .filter(Objects::nonNull)
        .mapToInt(OperationsPerInvocation::value)
        .findFirst()
        .orElse(1);
  }

  /// Whether a quick report goes without it, unless it is asked for.
  boolean isExtra() {
    if (isAboutMany()) {
      return true;
    }
    return switch (this) {
      case WAITER_PAIR, SPSC_1, SPSC_8, MPMC_128, SELECT_4, SELECT_8, SIEVE_2000 -> true;
      case MUTEX_2, MUTEX_4, MUTEX_WORK_4, RW_WRITE, RW_2, RW_8, POOL_1, POOL_8 -> true;
      default -> false;
    };
  }

  private static final class Rivals {
    static final List<Runner> CHANNELS = List.of(JOX, KOTLINX, JUC);
    static final List<Runner> SELECTS = List.of(JOX, KOTLINX);

    static final List<Runner> LOCKS = List.of(REENTRANT, FAIR, STAMPED, KOTLINX);
    static final List<Runner> RW_LOCKS = List.of(REENTRANT, FAIR, STAMPED);
    static final List<Runner> GROUPS = List.of(Runner.PLAIN, Runner.PHASER);
    static final List<Runner> PLAIN = List.of(Runner.PLAIN);

    /// This version of Jox has none.
    static final List<Runner> TIMED_SELECTS = List.of(KOTLINX);
  }
}
