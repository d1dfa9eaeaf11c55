package dev.weft.examples.guide;

import dev.weft.base.FatalError;
import dev.weft.collections.IncrementalHashMap;
import dev.weft.collections.LongSlice;
import dev.weft.collections.MapStats;
import dev.weft.sync.WaitGroup;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Chapter "Maps": growth, nil and empty, keys, changes while going through, misuse, memory.
public final class Maps {

  private Maps() {}

  /// Shows each.
  ///
  /// @param args none
  public static void main(String[] args) throws Exception {
    growth();
    nil();
    keys();
    lostKey();
    changing();
    misuse();
    memory();
  }

  private static void growth() {
    // snippet: growth
    IncrementalHashMap<Integer, String> map = new IncrementalHashMap<>();
    map.put(1, "value");
    StringJoiner begins = new StringJoiner(" ");
    int most = 0;
    for (int i = 2; i <= 2_000; i++) {
      MapStats before = map.stats();
      map.put(i, "value");
      MapStats after = map.stats();
      if (after.bucketsAfterGrowth() > before.bucketsAfterGrowth()) {
        begins.add(String.valueOf(i));
      }
      most = Math.max(most, after.buckets() - before.buckets());
    }
    System.out.println("growth begins at " + begins);
    System.out.println("buckets that one insert adds: " + most + " at most");
    // end
    Claim.that("one at a time", most == 1);
  }

  private static void nil() {
    // snippet: nil
    Map<String, Integer> nil = IncrementalHashMap.nil(); // var m map[string]int
    System.out.println(nil.get("a") + ", " + nil.size() + ", " + nil.remove("a"));
    Claim.thrown(UnsupportedOperationException.class, () -> nil.put("a", 1));
    Map<String, Integer> empty = new IncrementalHashMap<>(); // make(map[string]int)
    empty.put("a", 1);
    System.out.println(empty);
    // end
  }

  private static void keys() {
    // snippet: keys
    Map<Object, String> map = new IncrementalHashMap<>();
    map.put(Double.NaN, "not a number");
    map.put(0.0, "zero");
    map.put(-0.0, "minus zero");
    System.out.println(map.get(Double.NaN) + ", " + map.size() + " entries");
    Claim.thrown(IllegalArgumentException.class, () -> map.put(new int[1], "array"));
    Claim.thrown(IllegalArgumentException.class, () -> map.get(LongSlice.of(1)));
    // end
  }

  private static void lostKey() {
    // snippet: mutable
    Map<List<String>, Integer> ages = new IncrementalHashMap<>();
    List<String> name = new ArrayList<>(List.of("ann"));
    ages.put(name, 7);
    name.set(0, "bob"); // never change a key that is in a map
    System.out.println(ages.get(List.of("ann")) + ", but " + ages.size() + " entry");
    // end
  }

  private static void changing() {
    // snippet: changing
    Map<Integer, Integer> map = new IncrementalHashMap<>();
    for (int i = 0; i < 1_000; i++) {
      map.put(i, i);
    }
    AtomicInteger seen = new AtomicInteger();
    map.forEach( // for k, v := range m
        (key, value) -> {
          seen.incrementAndGet();
          map.remove(key);
          map.remove(key ^ 1); // its neighbour: if it has not been reached yet, it will not be
        });
    System.out.println("seen " + seen + ", left " + map.size());
    // end
    Claim.that("one of each pair", seen.get() == 500);
  }

  /// A key whose comparison takes long enough for something else.
  private record Slow(Runnable meanwhile) {
    @Override
    public boolean equals(@Nullable Object other) {
      meanwhile.run();
      return other instanceof Slow;
    }

    @Override
    public int hashCode() {
      return 1;
    }
  }

  private static void misuse() {
    // snippet: misuse
    Map<Object, String> map = new IncrementalHashMap<>();
    Runnable otherWriter =
        () -> {
          WaitGroup other = new WaitGroup();
          other.go(() -> map.put("other", "by another goroutine"));
          other.awaitUninterruptibly();
        };
    map.put(new Slow(() -> {}), "first");
    Slow second = new Slow(otherWriter); // its equals() runs that: in the middle of a put
    var thrown = Claim.thrown(FatalError.class, () -> map.put(second, "second"));
    String message = String.valueOf(thrown.getMessage());
    System.out.println(message.substring(0, message.indexOf(" on ")));
    // end
  }

  private static void memory() {
    // snippet: memory
    IncrementalHashMap<Integer, Object> map = new IncrementalHashMap<>();
    for (int i = 0; i < 10_000; i++) {
      map.put(i, new Object());
    }
    WeakReference<Object> value = new WeakReference<>(map.getOrDefault(5, "none"));
    int full = map.stats().buckets();
    map.clear();
    System.gc();
    System.out.println("the value is collected: " + (value.get() == null));
    System.out.println("buckets kept: " + (map.stats().buckets() == full));
    map.trim();
    System.out.println("buckets after trim: " + map.stats().buckets());
    // end
  }
}
