package dev.weft.examples.guide;

import static dev.weft.Go.go;

import com.sun.management.ThreadMXBean;
import dev.weft.channel.Channel;
import dev.weft.collections.LongAppender;
import dev.weft.collections.LongSlice;
import dev.weft.scheduler.Goroutine;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/// Chapter "Stack, heap and escape analysis": which objects are made, counted by the JVM itself.
public final class Escape {

  private static final int ROUNDS = 100_000;

  private Escape() {}

  // snippet: types
  record Point(int x, int y) {
    int sum() {
      return x + y;
    }
  }

  // end

  private static @Nullable Point last;

  /// Shows each.
  ///
  /// @param args none
  public static void main(String[] args) throws Exception {
    none("stays in its method", Escape::stays);
    none("passed to methods that are inlined", Escape::inlined);
    some("kept in a field", Escape::escapes);
    none("passed to one of two", Escape::two);
    some("passed to one of four", Escape::four);
    some("s = s.append(x)", Escape::headers);
    none("an appender", Escape::appender);
    stacks();
  }

  private static void none(String what, IntToLongFunction body) {
    Claim.that(what + " allocates nothing", show(what, Duration.ofSeconds(30), body) == 0);
  }

  private static void some(String what, IntToLongFunction body) {
    Claim.that(what + " allocates", show(what, Duration.ofMillis(500), body) >= 16);
  }

  // snippet: count
  private static long show(String what, Duration patience, IntToLongFunction body) {
    ThreadMXBean counter = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long begin = System.nanoTime();
    long least = Long.MAX_VALUE;
    do { // at first it is interpreted, and nothing is taken apart
      long before = counter.getCurrentThreadAllocatedBytes();
      var _ = body.applyAsLong(ROUNDS);
      least = Math.min(least, counter.getCurrentThreadAllocatedBytes() - before);
    } while (least >= ROUNDS && System.nanoTime() - begin < patience.toNanos());
    long each = least / ROUNDS;
    System.out.println(what + ": " + each + " bytes");
    return each;
  }

  // end

  // snippet: stays
  private static long stays(int rounds) {
    long sum = 0;
    for (int i = 0; i < rounds; i++) {
      Point p = new Point(i, i + 1);
      sum += p.sum();
    }
    return sum;
  }

  private static long inlined(int rounds) {
    long sum = 0;
    for (int i = 0; i < rounds; i++) {
      sum += mirrored(new Point(i, i + 1)).sum();
    }
    return sum;
  }

  private static Point mirrored(Point p) {
    return new Point(p.y(), p.x());
  }

  private static long escapes(int rounds) {
    for (int i = 0; i < rounds; i++) {
      last = new Point(i, i + 1); // others may look at it
    }
    return last == null ? 0 : last.sum();
  }

  // end

  // snippet: unknown
  private interface Use {
    long of(Point p);
  }

  private static final List<Use> TWO = List.of(Point::x, Point::y);

  private static long two(int rounds) {
    long sum = 0;
    for (int i = 0; i < rounds; i++) {
      sum += TWO.get(i & 1).of(new Point(i, i + 1)); // two kinds: both are inlined
    }
    return sum;
  }

  private static final List<Use> FOUR =
      List.of(Point::x, Point::y, p -> p.x() - p.y(), p -> p.x() + 2L * p.y());

  private static long four(int rounds) {
    long sum = 0;
    for (int i = 0; i < rounds; i++) {
      sum += FOUR.get(i & 3).of(new Point(i, i + 1)); // four kinds: the call cannot be inlined
    }
    return sum;
  }

  // end

  // snippet: append
  private static final LongSlice ROOM = LongSlice.make(0, 1_000);

  private static long headers(int rounds) {
    LongSlice s = ROOM;
    for (int i = 0; i < rounds; i++) {
      s = s.len() == 1_000 ? ROOM : s.append(i); // each round hands a new header to the next
    }
    return s.len();
  }

  private static long appender(int rounds) {
    LongAppender a = new LongAppender(ROOM);
    for (int i = 0; i < rounds; i++) {
      if (a.len() == 1_000) {
        a = new LongAppender(ROOM);
      }
      a.append(i);
    }
    return a.len();
  }

  // end

  private static void stacks() throws Exception {
    // snippet: stacks
    long shallow = bytesOfAStack(1);
    long deep = bytesOfAStack(200);
    System.out.println("waiting 1 call deep: " + shallow + " bytes, 200 deep: " + deep);
    // end
    Claim.that("a stack is as large as it has to be", deep > 2 * shallow);
  }

  private static long bytesOfAStack(int depth) throws InterruptedException {
    int many = 2_000;
    Channel<Boolean> end = Channel.make();
    List<Goroutine> waiting = new ArrayList<>();
    long before = used();
    for (int i = 0; i < many; i++) {
      waiting.add(go(() -> call(depth, end)));
    }
    for (Goroutine goroutine : waiting) {
      Claim.becomes("it waits", () -> goroutine.waitReason() != null);
    }
    long bytes = (used() - before) / many;
    end.close();
    for (Goroutine goroutine : waiting) {
      goroutine.join();
    }
    return bytes;
  }

  private static int call(int depth, Channel<Boolean> end) throws InterruptedException {
    if (depth == 1) {
      end.receive();
      return 0;
    }
    return call(depth - 1, end) + 1;
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
