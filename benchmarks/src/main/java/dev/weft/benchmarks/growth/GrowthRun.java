package dev.weft.benchmarks.growth;

import com.sun.management.GarbageCollectionNotificationInfo;
import com.sun.management.GcInfo;
import dev.weft.benchmarks.map.Keys;
import dev.weft.benchmarks.map.Maps;
import dev.weft.benchmarks.plot.Children;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.management.NotificationEmitter;
import javax.management.openmbean.CompositeData;
import org.HdrHistogram.Histogram;

/// One JVM's share: fills one map, and times each put.
///
/// A put during which the collector stopped the JVM says nothing about the map, so such puts are
/// counted apart. Which those are is known to the millisecond: slow puts are kept with their times,
/// and compared with the collector's at the end.
final class GrowthRun {

  /// Puts that no collection came between.
  static final String ALONE = "alone";

  /// Puts beside a collection.
  static final String COLLECTED = "collected";

  /// The collector's pauses.
  static final String PAUSES = "pauses";

  private static final long SLOW_NANOS = 50_000;
  private static final long UNSURE_NANOS = TimeUnit.MILLISECONDS.toNanos(2);
  private static final int WARM_UPS = 5;
  private static final int WARM_UP_ENTRIES = 500_000;

  private record Interval(long from, long to) {
    boolean overlaps(Interval other) {
      return from <= other.to + UNSURE_NANOS && other.from <= to + UNSURE_NANOS;
    }
  }

  private final BlockingQueue<GarbageCollectionNotificationInfo> collections =
      new LinkedBlockingQueue<>();
  private final List<GcInfo> before = new ArrayList<>();
  private long collectorsZero;
  private final List<Interval> slow = new ArrayList<>();
  private final Histogram alone = Children.histogram();

  private GrowthRun() {}

  public static void main(String[] args) throws InterruptedException {
    Maps maps = Maps.valueOf(args[0]);
    int entries = Integer.parseInt(args[1]);
    Object[] keys = Keys.INTEGER.make(1, entries);
    for (int i = 0; i < WARM_UPS; i++) {
      new GrowthRun().fill(maps.make(), keys, Math.min(entries, WARM_UP_ENTRIES));
    }
    System.gc();
    GrowthRun run = new GrowthRun();
    run.listen();
    Map<Object, Object> map = maps.make();
    run.fill(map, keys, entries);
    if (map.size() != entries) {
      throw new IllegalStateException(map.size() + " entries instead of " + entries);
    }
    run.endCollections();
    run.print();
  }

  private void fill(Map<Object, Object> map, Object[] keys, int entries) {
    long before = System.nanoTime();
    for (int i = 0; i < entries; i++) {
      map.put(keys[i], keys[i]);
      long now = System.nanoTime();
      if (now - before < SLOW_NANOS) {
        alone.recordValue(now - before);
      } else {
        slow.add(new Interval(before, now));
        now = System.nanoTime(); // not the time that this has taken
      }
      before = now;
    }
  }

  private void listen() {
    for (var bean : ManagementFactory.getGarbageCollectorMXBeans()) {
      ((NotificationEmitter) bean)
          .addNotificationListener(
              (notification, unused) ->
                  collections.add(
                      GarbageCollectionNotificationInfo.from(
                          (CompositeData) notification.getUserData())),
              null,
              null);
    }
  }

  /// Asks for one more collection, and waits until it has been told of, as all before then have
  /// been. Its beginning is known by both clocks, the collector's and ours.
  private void endCollections() throws InterruptedException {
    long asked = System.nanoTime();
    System.gc();
    GarbageCollectionNotificationInfo told = collections.take();
    while (!told.getGcCause().equals("System.gc()")) {
      before.add(told.getGcInfo());
      told = collections.take();
    }
    collectorsZero = asked - TimeUnit.MILLISECONDS.toNanos(told.getGcInfo().getStartTime());
  }

  private Interval interval(GcInfo collection) {
    return new Interval(
        collectorsZero + TimeUnit.MILLISECONDS.toNanos(collection.getStartTime()),
        collectorsZero + TimeUnit.MILLISECONDS.toNanos(collection.getEndTime()));
  }

  private void print() {
    Histogram collected = Children.histogram();
    Histogram pauses = Children.histogram();
    List<Interval> all = before.stream().map(this::interval).toList();
    all.forEach(pause -> pauses.recordValue(pause.to - pause.from));
    for (Interval put : slow) {
      boolean beside = false;
      for (Interval collection : all) {
        beside |= put.overlaps(collection);
      }
      (beside ? collected : alone).recordValue(put.to - put.from);
    }
    Children.print(ALONE, alone);
    Children.print(COLLECTED, collected);
    Children.print(PAUSES, pauses);
  }
}
