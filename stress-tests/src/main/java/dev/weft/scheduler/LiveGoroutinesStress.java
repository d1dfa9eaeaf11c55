package dev.weft.scheduler;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: the list of live goroutines stays whole when one starts while another one ends, even
/// on the same stripe.
///
/// Results: how many are counted; and 1 if the list is exactly the goroutine that started.
public class LiveGoroutinesStress {
  private LiveGoroutinesStress() {}

  /// Goroutines that are never started, all of one stripe of a list for one processor.
  static final class Source {
    private static final Scheduler SCHEDULER = Scheduler.builder().backend(Backend.JDK).build();
    private static final int STRIPES = 8;

    private Source() {}

    static Goroutine next() {
      for (; ; ) {
        Goroutine goroutine = SCHEDULER.backendForTests().newGoroutine(SCHEDULER, null, () -> {});
        if (goroutine.id() % STRIPES == 0) {
          return goroutine;
        }
      }
    }
  }

  /// The real list.
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The one that started is there.")
  @Outcome(expect = FORBIDDEN, desc = "A goroutine is lost, or one that has ended is still there.")
  @State
  public static class StartVsEnd {
    private final LiveGoroutines live = new LiveGoroutines(1, Thread::onSpinWait);
    private final Goroutine ends = Source.next();
    private final Goroutine starts = Source.next();

    public StartVsEnd() {
      live.add(ends);
    }

    @Actor
    public void starter() {
      live.add(starts);
    }

    @Actor
    public void ender() {
      live.remove(ends);
    }

    @Arbiter
    public void arbiter(II_Result r) {
      r.r1 = live.count();
      r.r2 = live.list().equals(List.of(starts)) ? 1 : 0;
    }
  }

  /// Looked through while one starts: whoever was there all the time is found.
  ///
  /// Results: whether the goroutine that was there all the time is listed, and whether the other.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "Listed before the other one started.")
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "Listed after it started.")
  @Outcome(expect = FORBIDDEN, desc = "The list forgets one that lives.")
  @State
  public static class StartVsList {
    private final LiveGoroutines live = new LiveGoroutines(1, Thread::onSpinWait);
    private final Goroutine lives = Source.next();
    private final Goroutine starts = Source.next();

    public StartVsList() {
      live.add(lives);
    }

    @Actor
    public void starter() {
      live.add(starts);
    }

    @Actor
    public void lister(II_Result r) {
      List<Goroutine> all = live.list();
      r.r1 = all.contains(lives) ? 1 : 0;
      r.r2 = all.contains(starts) ? 1 : 0;
    }
  }

  /// The same links without the lock.
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "The one that started is there.")
  @Outcome(
      id = {"0, 0", "0, 1", "1, 0"},
      expect = ACCEPTABLE_INTERESTING,
      desc = "A goroutine is lost, or one that has ended is still there.")
  @Outcome(expect = ACCEPTABLE_INTERESTING, desc = "Or miscounted.")
  @State
  public static class BrokenNoLock {
    private static final class Node {
      @Nullable Node previous;
      @Nullable Node next;
    }

    private final Node ends = new Node();
    private final Node starts = new Node();
    private @Nullable Node head = ends;
    private int size = 1;

    @Actor
    public void starter() {
      Node second = head;
      starts.next = second;
      if (second != null) {
        second.previous = starts;
      }
      head = starts;
      size++;
    }

    @Actor
    public void ender() {
      Node before = ends.previous;
      Node after = ends.next;
      if (before != null) {
        before.next = after;
      } else {
        head = after;
      }
      if (after != null) {
        after.previous = before;
      }
      size--;
    }

    @Arbiter
    public void arbiter(II_Result r) {
      Node first = head;
      r.r1 = size;
      r.r2 = first == starts && first.next == null ? 1 : 0;
    }
  }
}
