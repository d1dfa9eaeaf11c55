package dev.weft.benchmarks.report;

import java.util.List;
import java.util.Locale;

/// One figure: what one fork, or one run of the Go binary, said.
///
/// @param row which row
/// @param runner who ran it
/// @param procs on how many processors; 0 in the rows that set a floor
/// @param round in which round, from 1
/// @param nanos nanoseconds per operation
/// @param bytes bytes allocated per operation
record Reading(Row row, Runner runner, int procs, int round, double nanos, double bytes) {

  /// Who runs a row.
  enum Runner {
    FLOOR("floor"),
    GPM("gpm"),
    JDK("jdk"),

    /// Go; for pools of workers ants.
    GO("Go"),

    /// Weft's collections, which need no backend.
    WEFT("Weft"),

    /// `LongAppender` and `SliceAppender`, which are Weft's, too.
    APPENDER("appender"),
    JOX("Jox"),
    KOTLINX("kotlinx"),

    /// `SynchronousQueue` and `ArrayBlockingQueue`; `ThreadPoolExecutor` for a pool.
    JUC("j.u.c."),

    /// `ReentrantLock` and `ReentrantReadWriteLock`, as they are by default.
    REENTRANT("Reentrant"),

    /// The same, fair ones.
    FAIR("fair"),

    /// `StampedLock`.
    STAMPED("Stamped"),

    /// What people write who have the JDK alone: a `CountDownLatch` for a wait group, a flag that
    /// is looked at twice for a `Once`, a `ConcurrentLinkedQueue` for a `Pool`, a `Semaphore` and a
    /// virtual thread for each task for a pool of workers.
    PLAIN("plain Java"),

    /// `Phaser`, for a wait group.
    PHASER("Phaser"),

    HASHMAP("HashMap"),
    AGRONA("Agrona"),
    FASTUTIL("fastutil"),

    /// Eclipse Collections.
    ECLIPSE("Eclipse"),

    /// `ArrayList`, of boxes where elements are primitive.
    LIST("ArrayList"),

    /// A plain array.
    ARRAY("array");

    private final String title;

    Runner(String title) {
      this.title = title;
    }

    /// The backends of Weft, and what needs none.
    static final List<Runner> OURS = List.of(GPM, JDK, WEFT, APPENDER);

    /// Whether it is one of them.
    boolean isOurs() {
      return OURS.contains(this);
    }

    /// The head of its column.
    String title() {
      return title;
    }

    /// What the rows call it in their parameter `backend`, if JMH runs it.
    String backend() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
