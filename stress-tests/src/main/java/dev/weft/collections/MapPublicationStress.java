package dev.weft.collections;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.weft.base.FatalError;
import dev.weft.channel.Channel;
import dev.weft.sync.Mutex;
import java.util.function.Supplier;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;

/// Hypothesis: a map that is handed over by what orders memory is whole for whoever gets it, also
/// in the middle of a growth, and reading it changes nothing.
///
/// The result is how many of the entries the reader finds, or -1 if it has no map yet.
public final class MapPublicationStress {

  /// With so many the table of four buckets is being doubled.
  private static final int ENTRIES = 29;

  private static final int LOOKS = 1_000;

  private MapPublicationStress() {}

  private static void fill(IncrementalHashMap<Integer, Integer> map) {
    for (int i = 0; i < ENTRIES; i++) {
      map.put(i, i);
    }
  }

  private static IncrementalHashMap<Integer, Integer> filled() {
    IncrementalHashMap<Integer, Integer> map = new IncrementalHashMap<>();
    fill(map);
    return map;
  }

  /// Looks for a map for a while.
  private static IncrementalHashMap<Integer, Integer> awaited(
      Supplier<IncrementalHashMap<Integer, Integer>> source) {
    IncrementalHashMap<Integer, Integer> map = null;
    for (int i = 0; i < LOOKS && map == null; i++) {
      map = source.get();
    }
    return map;
  }

  private static int found(IncrementalHashMap<Integer, Integer> map) {
    int found = 0;
    for (int i = 0; i < ENTRIES; i++) {
      Integer value = map.get(i);
      found += value != null && value == i ? 1 : 0;
    }
    return found;
  }

  /// By a volatile field.
  @JCStressTest
  @Outcome(
      id = {"-1", "29"},
      expect = ACCEPTABLE,
      desc = "Nothing yet, or all of it.")
  @Outcome(expect = FORBIDDEN, desc = "Entries are missing.")
  @State
  public static class ByVolatile {
    private volatile IncrementalHashMap<Integer, Integer> shared;

    @Actor
    public void writer() {
      shared = filled();
    }

    @Actor
    public void reader(I_Result r) {
      IncrementalHashMap<Integer, Integer> map = awaited(() -> shared);
      r.r1 = map == null ? -1 : found(map);
    }
  }

  /// By a channel.
  @JCStressTest
  @Outcome(
      id = {"-1", "29"},
      expect = ACCEPTABLE,
      desc = "Nothing yet, or all of it.")
  @Outcome(expect = FORBIDDEN, desc = "Entries are missing.")
  @State
  public static class ByChannel {
    private final Channel<IncrementalHashMap<Integer, Integer>> channel = Channel.make(1);

    @Actor
    public void writer() {
      channel.trySend(filled());
    }

    @Actor
    public void reader(I_Result r) {
      IncrementalHashMap<Integer, Integer> map = awaited(() -> channel.tryReceive().value());
      r.r1 = map == null ? -1 : found(map);
    }
  }

  /// The same map, written and read under a mutex.
  @JCStressTest
  @Outcome(
      id = {"0", "29"},
      expect = ACCEPTABLE,
      desc = "Nothing yet, or all of it.")
  @Outcome(expect = FORBIDDEN, desc = "Entries are missing.")
  @State
  public static class UnderMutex {
    private final Mutex mutex = new Mutex();
    private final IncrementalHashMap<Integer, Integer> map = new IncrementalHashMap<>();

    @Actor
    public void writer() {
      mutex.lock();
      try {
        fill(map);
      } finally {
        mutex.unlock();
      }
    }

    @Actor
    public void reader(I_Result r) {
      mutex.lock();
      try {
        r.r1 = found(map);
      } finally {
        mutex.unlock();
      }
    }
  }

  /// Handed over first, and filled afterwards.
  @JCStressTest
  @Outcome(
      id = {"-1", "29"},
      expect = ACCEPTABLE,
      desc = "Nothing yet, or all of it.")
  @Outcome(
      id = "-2|[0-9]|1[0-9]|2[0-8]",
      expect = ACCEPTABLE_INTERESTING,
      desc = "Entries are missing, or it says that it is used by two.")
  @Outcome(expect = FORBIDDEN, desc = "An exception comes from inside.")
  @State
  public static class BrokenFilledAfterwards {
    private volatile IncrementalHashMap<Integer, Integer> shared;

    @Actor
    public void writer() {
      IncrementalHashMap<Integer, Integer> map = new IncrementalHashMap<>();
      shared = map;
      fill(map);
    }

    @Actor
    public void reader(I_Result r) {
      IncrementalHashMap<Integer, Integer> map = awaited(() -> shared);
      try {
        r.r1 = map == null ? -1 : found(map);
      } catch (FatalError told) {
        r.r1 = -2;
      }
    }
  }
}
