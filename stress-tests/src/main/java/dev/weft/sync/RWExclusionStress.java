package dev.weft.sync;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/// Hypothesis: a reader and a writer are never in together, and each sees what the others before it
/// have done (RW-1, RW-14).
public final class RWExclusionStress {
  private RWExclusionStress() {}

  /// The reader sees both changes of the writer, or none.
  @JCStressTest
  @Outcome(
      id = {"0, 0", "1, 1"},
      expect = ACCEPTABLE,
      desc = "Before it or after it.")
  @Outcome(expect = FORBIDDEN, desc = "In the middle.")
  @State
  public static class ReaderAndWriter {
    private final RWMutex mutex = new RWMutex();
    private int first;
    private int second;

    @Actor
    public void writer() {
      mutex.lock();
      try {
        first = 1;
        second = 1;
      } finally {
        mutex.unlock();
      }
    }

    @Actor
    public void reader(II_Result r) {
      mutex.rlock();
      try {
        r.r1 = first;
        r.r2 = second;
      } finally {
        mutex.runlock();
      }
    }
  }

  /// Two writers.
  @JCStressTest
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "One after the other.")
  @Outcome(expect = FORBIDDEN, desc = "At the same time.")
  @State
  public static class Writers {
    private final RWMutex mutex = new RWMutex();
    private int counter;

    private void count() {
      mutex.lock();
      try {
        counter++;
      } finally {
        mutex.unlock();
      }
    }

    @Actor
    public void first() {
      count();
    }

    @Actor
    public void second() {
      count();
    }

    @Arbiter
    public void result(I_Result r) {
      r.r1 = counter;
    }
  }

  /// Both try, and nobody unlocks.
  @JCStressTest
  @Outcome(
      id = {"1, 0", "0, 1"},
      expect = ACCEPTABLE,
      desc = "One is in.")
  @Outcome(expect = FORBIDDEN, desc = "Both are in, or nobody.")
  @State
  public static class Tries {
    private final RWMutex mutex = new RWMutex();

    @Actor
    public void writer(II_Result r) {
      r.r1 = mutex.tryLock() ? 1 : 0;
    }

    @Actor
    public void reader(II_Result r) {
      r.r2 = mutex.tryRlock() ? 1 : 0;
    }
  }

  /// Readers and writers in two words in place of one, and no fence between writing the own word
  /// and reading the other one.
  @JCStressTest
  @Outcome(
      id = {"1, 0", "0, 1", "0, 0"},
      expect = ACCEPTABLE,
      desc = "One is in, or both have given way.")
  @Outcome(id = "1, 1", expect = ACCEPTABLE_INTERESTING, desc = "Both are in.")
  @State
  public static class BrokenTwoWords {
    private static final VarHandle READERS = handle("readers");
    private static final VarHandle WRITERS = handle("writers");

    private int readers;
    private int writers;

    private static VarHandle handle(String field) {
      try {
        return MethodHandles.lookup().findVarHandle(BrokenTwoWords.class, field, int.class);
      } catch (ReflectiveOperationException e) {
        throw new ExceptionInInitializerError(e);
      }
    }

    @Actor
    public void writer(II_Result r) {
      WRITERS.setRelease(this, 1);
      r.r1 = (int) READERS.getAcquire(this) == 0 ? 1 : 0;
    }

    @Actor
    public void reader(II_Result r) {
      READERS.setRelease(this, 1);
      r.r2 = (int) WRITERS.getAcquire(this) == 0 ? 1 : 0;
    }
  }
}
