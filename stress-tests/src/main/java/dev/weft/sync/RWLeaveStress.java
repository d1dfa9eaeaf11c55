package dev.weft.sync;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.II_Result;

/// Hypothesis: a writer that gives up while the last reader leaves either writes, or has taken its
/// announcement back; and so with a reader that gives up while the writer unlocks.
public final class RWLeaveStress {
  private RWLeaveStress() {}

  /// One reads, and a writer is announced, which waits for it.
  static RWMutex readWith(Seat writer) {
    RWMutex mutex = new RWMutex();
    mutex.queue();
    mutex.rlock();
    RWContention.announce(mutex, writer.node);
    return mutex;
  }

  /// Results: how the writer's wait has ended (1 timed out, 3 it writes), whether the mutex is in a
  /// writers' phase, and the readers.
  @JCStressTest
  @Outcome(id = "1, 0, 0", expect = ACCEPTABLE, desc = "It has given up; the phase is over.")
  @Outcome(id = "3, 1, 0", expect = ACCEPTABLE, desc = "It writes.")
  @Outcome(expect = FORBIDDEN, desc = "It is neither.")
  @State
  public static class Writer {
    private final Seat writer = new Seat();
    private final RWMutex mutex = readWith(writer);

    @Actor
    public void reader() {
      mutex.runlock();
    }

    @Actor
    public void writer() {
      if (writer.timesOut()) {
        RWContention.withdraw(mutex);
      }
    }

    @Arbiter
    public void result(III_Result r) {
      r.r1 = writer.outcome();
      r.r2 = RWState.hasWriter(mutex.state()) ? 1 : 0;
      r.r3 = RWState.readers(mutex.state());
    }
  }

  /// The writer finds that nobody has decided, and takes its announcement back without deciding.
  @JCStressTest
  @Outcome(id = "0, 0, 0", expect = ACCEPTABLE, desc = "It has given up; the phase is over.")
  @Outcome(id = "3, 1, 0", expect = ACCEPTABLE, desc = "It writes.")
  @Outcome(id = "3, 0, 0", expect = ACCEPTABLE_INTERESTING, desc = "It writes, unannounced.")
  @State
  public static class BrokenWriterLeavesUndecided {
    private final Seat writer = new Seat();
    private final RWMutex mutex = readWith(writer);

    @Actor
    public void reader() {
      mutex.runlock();
    }

    @Actor
    public void writer() {
      if (writer.isPending()) {
        RWContention.withdraw(mutex);
      }
    }

    @Arbiter
    public void result(III_Result r) {
      r.r1 = writer.outcome();
      r.r2 = RWState.hasWriter(mutex.state()) ? 1 : 0;
      r.r3 = RWState.readers(mutex.state());
    }
  }

  /// A reader that waits for a writer gives up while that one unlocks. Results: how the reader's
  /// wait has ended (1 timed out, 3 it reads), and the readers.
  @JCStressTest
  @Outcome(id = "1, 0", expect = ACCEPTABLE, desc = "It has given up; nobody reads.")
  @Outcome(id = "3, 1", expect = ACCEPTABLE, desc = "It reads.")
  @Outcome(expect = FORBIDDEN, desc = "It is neither.")
  @State
  public static class Reader {
    private final Seat reader = new Seat();
    private final RWMutex mutex = writtenWith(reader);

    private static RWMutex writtenWith(Seat reader) {
      RWMutex mutex = new RWMutex();
      mutex.lock();
      int phase = RWState.phase(mutex.add(1));
      RWContention.queueUnlessOver(mutex, mutex.queue(), reader.node, phase);
      return mutex;
    }

    @Actor
    public void writer() {
      mutex.unlock();
    }

    @Actor
    public void reader() {
      if (reader.timesOut()) {
        RWContention.dequeue(mutex.queue(), reader.node);
        RWContention.leaveReaders(mutex, 1);
      }
    }

    @Arbiter
    public void result(II_Result r) {
      r.r1 = reader.outcome();
      r.r2 = RWState.readers(mutex.state());
      if (!RWState.hasWriter(mutex.state())) {
        mutex.queue().checkInvariants();
      }
    }
  }

  /// A reader comes in the phase of a writer that unlocks (race R1). Results: whether it has queued
  /// up, and whether it reads then (1) or waits (0).
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "It has queued up, and was let in.")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The phase was over: it reads.")
  @Outcome(expect = FORBIDDEN, desc = "It waits for a phase that is over.")
  @State
  public static class QueueAgainstUnlock {
    private final Seat reader = new Seat();
    private final RWMutex mutex = new RWMutex();
    private final int phase;

    public QueueAgainstUnlock() {
      mutex.lock();
      phase = RWState.phase(mutex.add(1));
    }

    @Actor
    public void writer() {
      mutex.unlock();
    }

    @Actor
    public void reader(II_Result r) {
      boolean waits = RWContention.queueUnlessOver(mutex, mutex.queue(), reader.node, phase);
      r.r1 = waits ? 1 : 0;
    }

    @Arbiter
    public void result(II_Result r) {
      r.r2 = r.r1 == 0 || !reader.isPending() ? 1 : 0;
    }
  }

  /// The reader looks at the phase before it takes the lock of the queue, and not again.
  @JCStressTest
  @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "It has queued up, and was let in.")
  @Outcome(id = "0, 1", expect = ACCEPTABLE, desc = "The phase was over: it reads.")
  @Outcome(id = "1, 0", expect = ACCEPTABLE_INTERESTING, desc = "It waits for ever.")
  @State
  public static class BrokenLooksOnce {
    private final Seat reader = new Seat();
    private final RWMutex mutex = new RWMutex();
    private final int phase;

    public BrokenLooksOnce() {
      mutex.lock();
      phase = RWState.phase(mutex.add(1));
    }

    @Actor
    public void writer() {
      mutex.unlock();
    }

    @Actor
    public void reader(II_Result r) {
      boolean waits = RWState.phase(mutex.state()) == phase;
      if (waits) {
        mutex.queue().lock();
        mutex.queue().add(reader.node);
        mutex.queue().unlock();
      }
      r.r1 = waits ? 1 : 0;
    }

    @Arbiter
    public void result(II_Result r) {
      r.r2 = r.r1 == 0 || !reader.isPending() ? 1 : 0;
    }
  }
}
