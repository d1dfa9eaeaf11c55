package dev.weft.sync;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: a reader that comes while a writer announces itself either is counted among those
/// whom the writer waits for, or does not get in (RW-3, RW-4).
///
/// Results: whether the reader got in, and whether the writer was let in while it was still there.
public final class RWPreferenceStress {
  private RWPreferenceStress() {}

  /// One reads; another one tries to while a writer announces itself.
  @JCStressTest
  @Outcome(
      id = {"0, 0", "1, 0"},
      expect = ACCEPTABLE,
      desc = "The writer waits for all.")
  @Outcome(expect = FORBIDDEN, desc = "The writer was let in beside a reader.")
  @State
  public static class AnnounceAgainstRead {
    private final Seat writer = new Seat();
    private final RWMutex mutex = new RWMutex();

    public AnnounceAgainstRead() {
      mutex.queue();
      mutex.rlock();
    }

    @Actor
    public void writer() {
      RWContention.announce(mutex, writer.node);
    }

    @Actor
    public void reader(II_Result r) {
      r.r1 = mutex.tryRlock() ? 1 : 0;
    }

    @Arbiter
    public void result(II_Result r) {
      if (r.r1 == 1) {
        mutex.runlock(); // the one that was there first
        r.r2 = writer.isPending() ? 0 : 1;
      }
      mutex.runlock();
      if (writer.isPending()) {
        throw new AssertionError("the writer waits for nobody: " + mutex);
      }
    }
  }

  /// The writer counts the readers first, and announces itself afterwards.
  @JCStressTest
  @Outcome(
      id = {"0, 0", "1, 0"},
      expect = ACCEPTABLE,
      desc = "The writer waits for all.")
  @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "It was let in beside a reader.")
  @State
  public static class BrokenCountsThenAnnounces {
    private final Seat writer = new Seat();
    private final RWMutex mutex = new RWMutex();

    public BrokenCountsThenAnnounces() {
      mutex.queue();
      mutex.rlock();
    }

    @Actor
    public void writer() {
      RWState.Drain queue = mutex.queue();
      int readers = RWState.readers(mutex.state());
      long before = mutex.add(RWState.ONE_PHASE);
      queue.lock();
      queue.turnTo(RWState.phase(before) + 1);
      queue.owed += readers;
      queue.writer = writer.node;
      queue.unlock();
    }

    @Actor
    public void reader(II_Result r) {
      r.r1 = mutex.tryRlock() ? 1 : 0;
    }

    @Arbiter
    public void result(II_Result r) {
      if (r.r1 == 1) {
        mutex.runlock();
        r.r2 = writer.isPending() ? 0 : 1;
      }
    }
  }
}
