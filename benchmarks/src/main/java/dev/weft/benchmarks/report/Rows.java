package dev.weft.benchmarks.report;

import static dev.weft.benchmarks.report.Reading.Runner.AGRONA;
import static dev.weft.benchmarks.report.Reading.Runner.APPENDER;
import static dev.weft.benchmarks.report.Reading.Runner.ARRAY;
import static dev.weft.benchmarks.report.Reading.Runner.ECLIPSE;
import static dev.weft.benchmarks.report.Reading.Runner.FAIR;
import static dev.weft.benchmarks.report.Reading.Runner.FASTUTIL;
import static dev.weft.benchmarks.report.Reading.Runner.HASHMAP;
import static dev.weft.benchmarks.report.Reading.Runner.JOX;
import static dev.weft.benchmarks.report.Reading.Runner.JUC;
import static dev.weft.benchmarks.report.Reading.Runner.KOTLINX;
import static dev.weft.benchmarks.report.Reading.Runner.LIST;
import static dev.weft.benchmarks.report.Reading.Runner.PHASER;
import static dev.weft.benchmarks.report.Reading.Runner.PLAIN;
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
import dev.weft.benchmarks.context.ContextCancel;
import dev.weft.benchmarks.context.ContextTimeout;
import dev.weft.benchmarks.context.ContextTree;
import dev.weft.benchmarks.floor.ContinuationSwitch;
import dev.weft.benchmarks.floor.SpinHandOver;
import dev.weft.benchmarks.floor.VirtualThreadHandOver;
import dev.weft.benchmarks.floor.VirtualThreadStart;
import dev.weft.benchmarks.floor.VirtualThreadYield;
import dev.weft.benchmarks.latency.BehindTwoHogs;
import dev.weft.benchmarks.map.MapFill;
import dev.weft.benchmarks.map.MapGet;
import dev.weft.benchmarks.map.MapGetMissing;
import dev.weft.benchmarks.map.MapIterate;
import dev.weft.benchmarks.map.MapPut;
import dev.weft.benchmarks.map.MapRemovePut;
import dev.weft.benchmarks.pool.PoolShort;
import dev.weft.benchmarks.pool.PoolSleeping;
import dev.weft.benchmarks.report.Reading.Runner;
import dev.weft.benchmarks.scaling.Cases;
import dev.weft.benchmarks.scaling.Channels;
import dev.weft.benchmarks.scaling.Pairs;
import dev.weft.benchmarks.scaling.Waiters;
import dev.weft.benchmarks.scaling.Yields;
import dev.weft.benchmarks.slice.LongAppend;
import dev.weft.benchmarks.slice.LongSum;
import dev.weft.benchmarks.slice.ReferenceAppend;
import dev.weft.benchmarks.slice.RuneCount;
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
import dev.weft.benchmarks.time.AfterFuncStop;
import dev.weft.benchmarks.time.DeadlineCancel;
import dev.weft.benchmarks.time.DeadlineFire;
import dev.weft.benchmarks.time.TickerReceive;
import dev.weft.benchmarks.time.TimerStop;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.Stream;

/// All rows of the report, in its order.
final class Rows {
  private static final List<Runner> ON_CHANNELS = List.of(JOX, KOTLINX, JUC);
  private static final List<Runner> WITH_LOCKS = List.of(REENTRANT, FAIR, STAMPED, KOTLINX);
  private static final List<Runner> WITH_RW_LOCKS = List.of(REENTRANT, FAIR, STAMPED);
  private static final List<Runner> WITH_PLAIN = List.of(PLAIN);
  private static final List<Runner> WITH_MAPS = List.of(HASHMAP, AGRONA, FASTUTIL, ECLIPSE);

  private static final String CAPACITY = "capacity";
  private static final String CONTENDERS = "contenders";

  private static final int MANY = 100_000;
  private static final int MOST_CASES = 64;
  private static final int MOST_ENTRIES = 1_000_000;

  /// The bare continuation switch, of which floors are multiples.
  static final Row CONTINUATION = new Row("continuation yield + run", ContinuationSwitch.class);

  private static final List<Row> ALL =
      Stream.of(
              scheduler(),
              channels(),
              selects(),
              locks(),
              tools(),
              timers(),
              contexts(),
              workers(),
              many(),
              maps(),
              slices())
          .flatMap(List::stream)
          .toList();

  private Rows() {}

  static List<Row> all() {
    return ALL;
  }

  /// The row with that key, if there is one.
  static Optional<Row> of(String key) {
    return ALL.stream().filter(row -> row.key().equals(key)).findFirst();
  }

  /// The row with that key.
  ///
  /// @throws NoSuchElementException if there is none
  static Row named(String key) {
    return of(key).orElseThrow(() -> new NoSuchElementException("no row is called " + key));
  }

  private static List<Row> scheduler() {
    return List.of(
        CONTINUATION,
        new Row("virtual thread: yield + run", VirtualThreadYield.class),
        new Row("virtual thread: unpark + park + run", VirtualThreadHandOver.class),
        new Row("virtual thread: start + end", VirtualThreadStart.class),
        new Row("hand-over by spinning", SpinHandOver.class),
        new Row("gosched, alone", GoschedAlone.class).switching(1),
        new Row("gosched, two goroutines", GoschedPair.class).switching(1),
        new Row("park/unpark round trip", ParkPair.class).switching(2),
        new Row("waiter round trip", WaiterPair.class).switching(2).extra(),
        new Row("timed waiter round trip", TimedWaiterPair.class).switching(2),
        new Row("spawn + finish", SpawnChain.class),
        new Row("spawn 1,000 and wait, each", SpawnThousand.class),
        new Row("fan-out by stealing, each", SpawnTree.class),
        new Row("start behind two hogs", BehindTwoHogs.class));
  }

  private static List<Row> channels() {
    return Stream.of(
            new Row("send + receive, uncontended", Uncontended.class),
            new Row("one to one, unbuffered", Spsc.class).switching(1).at(CAPACITY, 0),
            new Row("one to one, capacity 1", Spsc.class)
                .switching(2.0 / 3)
                .at(CAPACITY, 1)
                .extra(),
            new Row("one to one, capacity 8", Spsc.class).at(CAPACITY, 8).extra(),
            new Row("one to one, capacity 128", Spsc.class).at(CAPACITY, 128),
            new Row("4 to 4, unbuffered", Mpmc.class).switching(1).at(CAPACITY, 0),
            new Row("4 to 4, capacity 128", Mpmc.class).at(CAPACITY, 128).extra(),
            new Row("channel round trip", PingPong.class).switching(2),
            new Row("spawn + receive", SpawnReceive.class).switching(2),
            new Row("chain of 10,000, each", Chain.class).switching(2),
            new Row("sieve, first 500 primes", PrimeSieve.class).at("primes", 500),
            new Row("sieve, first 2,000 primes", PrimeSieve.class).at("primes", 2000).extra())
        .map(row -> row.against(ON_CHANNELS))
        .toList();
  }

  private static List<Row> selects() {
    List<Runner> rivals = List.of(JOX, KOTLINX);
    return List.of(
        new Row("select, 1 of 2 ready", SelectReady.class).against(rivals).at("cases", 2),
        new Row("select, 1 of 4 ready", SelectReady.class).against(rivals).at("cases", 4).extra(),
        new Row("select, 1 of 8 ready", SelectReady.class).against(rivals).at("cases", 8).extra(),
        new Row("select, default", SelectDefault.class).against(rivals),
        new Row("select round trip", SelectBlocking.class).switching(2).against(rivals),
        // This version of Jox has no timed select.
        new Row("timed select round trip", SelectTimeout.class)
            .switching(2)
            .against(List.of(KOTLINX)));
  }

  private static List<Row> locks() {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("mutex, uncontended", MutexUncontended.class).against(WITH_LOCKS));
    for (int n : List.of(2, 4, 8)) {
      Row row = new Row("mutex, " + n + " contenders", MutexContended.class);
      rows.add(extraUnless(n == 8, row.against(WITH_LOCKS).at(CONTENDERS, n)));
    }
    rows.add(
        new Row("mutex, 4 with work", MutexWork.class)
            .against(WITH_LOCKS)
            .at(CONTENDERS, 4)
            .extra());
    rows.add(new Row("rlock, uncontended", RWMutexRead.class).against(WITH_RW_LOCKS));
    rows.add(
        new Row("RWMutex lock, uncontended", RWMutexWrite.class).against(WITH_RW_LOCKS).extra());
    for (int n : List.of(2, 4, 8)) {
      Row row = new Row("90 % rlock, " + n + " contenders", RWMutexMixed.class);
      rows.add(extraUnless(n == 4, row.against(WITH_RW_LOCKS).at(CONTENDERS, n)));
    }
    return rows;
  }

  private static List<Row> tools() {
    List<Runner> withGroups = List.of(PLAIN, PHASER);
    return List.of(
        new Row("wait group: add, done, await", WaitGroupAddDone.class).against(withGroups),
        new Row("wait group: go 1,000, each", WaitGroupFanOut.class).against(withGroups),
        new Row("once, done", OnceDone.class).against(WITH_PLAIN),
        new Row("pool: get + put", PoolGetPut.class).against(WITH_PLAIN).at("users", 1).extra(),
        new Row("pool: get + put, 4 users", PoolGetPut.class).against(WITH_PLAIN).at("users", 4),
        new Row("pool: get + put, 8 users", PoolGetPut.class)
            .against(WITH_PLAIN)
            .at("users", 8)
            .extra());
  }

  private static List<Row> timers() {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("timer: make + stop", TimerStop.class).against(WITH_PLAIN));
    rows.add(new Row("ticker: receive what is due", TickerReceive.class));
    for (int n : List.of(1_000, 1_000_000)) {
      String among = String.format(Locale.ROOT, ", %,d pending", n);
      rows.add(
          new Row("afterFunc + stop" + among, AfterFuncStop.class)
              .against(WITH_PLAIN)
              .at("pending", n)
              .extra());
      rows.add(
          new Row("deadline: add + cancel" + among, DeadlineCancel.class)
              .against(List.of(AGRONA))
              .at("pending", n)
              .extra());
      rows.add(
          new Row("deadline: fire + add" + among, DeadlineFire.class)
              .against(List.of(AGRONA))
              .at("pending", n)
              .extra());
    }
    return rows;
  }

  private static List<Row> contexts() {
    return List.of(
        new Row("context: derive + cancel", ContextCancel.class),
        new Row("context: with timeout + cancel", ContextTimeout.class),
        new Row("context: cancel 10,000 children, each", ContextTree.class));
  }

  private static List<Row> workers() {
    return List.of(
        new Row("worker pool: a short task", PoolShort.class).against(List.of(PLAIN, JUC)),
        new Row("worker pool: a task of 10 ms", PoolSleeping.class).against(WITH_PLAIN));
  }

  private static List<Row> many() {
    List<Row> rows = new ArrayList<>();
    for (int n = 10; n <= MANY; n *= 10) {
      rows.add(many(Yields.class, "gosched, %,d ready", "goroutines", n).switching(1));
    }
    for (int n = 1; n <= MANY; n *= 10) {
      rows.add(many(Pairs.class, "round trip, %,d pairs", "pairs", n).switching(2));
    }
    for (int n = 1; n <= MANY; n *= 10) {
      rows.add(many(Channels.class, "send + receive, %,d channels", "channels", n));
    }
    for (int n = 1; n <= MANY; n *= 10) {
      rows.add(many(Waiters.class, "hand-over, %,d wait", "waiters", n).switching(1));
    }
    for (int n = 1; n <= MOST_CASES; n *= 2) {
      rows.add(many(Cases.class, "select, 1 of %d ready, by set", "cases", n));
    }
    return rows;
  }

  private static Row many(Class<?> benchmark, String title, String parameter, int n) {
    return new Row(String.format(Locale.ROOT, title, n), benchmark).at(parameter, n).extra();
  }

  private static List<Row> maps() {
    List<String> all = List.of("INTEGER", "LONG", "STRING", "MIXED");
    List<String> two = List.of("INTEGER", "STRING");
    List<Row> rows = new ArrayList<>();
    addMaps(rows, "get", MapGet.class, all);
    addMaps(rows, "get, not there", MapGetMissing.class, all);
    addMaps(rows, "put, there", MapPut.class, all);
    addMaps(rows, "remove + put", MapRemovePut.class, two);
    addMaps(rows, "iterate, each", MapIterate.class, two);
    addMaps(rows, "fill, each put", MapFill.class, two);
    return rows;
  }

  private static void addMaps(
      List<Row> rows, String what, Class<?> benchmark, List<String> keyKinds) {
    for (String keys : keyKinds) {
      for (int size : List.of(1_000, 100_000, MOST_ENTRIES)) {
        String kind = keys.toLowerCase(Locale.ROOT);
        String title = String.format(Locale.ROOT, "map: %s, %,d %s", what, size, kind);
        rows.add(
            new Row(title, benchmark).against(WITH_MAPS).withKeys(keys).at("size", size).extra());
      }
    }
  }

  private static List<Row> slices() {
    List<Runner> withLongs = List.of(LIST, FASTUTIL, ARRAY);
    List<Runner> withAppender = List.of(APPENDER, LIST, FASTUTIL);
    return List.of(
        new Row("slice: append a long, each", LongAppend.class)
            .against(List.of(APPENDER, LIST, FASTUTIL, ARRAY)),
        new Row("slice: append a reference, each", ReferenceAppend.class).against(withAppender),
        new Row("slice: sum by index, each", LongSum.class).against(withLongs),
        new Row("runes: count ASCII, a byte", RuneCount.class).against(WITH_PLAIN).at("every", 0),
        new Row("runes: count, 1 in 16 is not ASCII, a byte", RuneCount.class)
            .against(WITH_PLAIN)
            .at("every", 16));
  }

  private static Row extraUnless(boolean quick, Row row) {
    return quick ? row : row.extra();
  }
}
