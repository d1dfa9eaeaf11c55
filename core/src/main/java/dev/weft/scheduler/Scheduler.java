package dev.weft.scheduler;

import dev.weft.base.Body;
import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.StackProbe;
import java.lang.Thread.UncaughtExceptionHandler;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Starts goroutines and runs them, on one of two backends (see [Backend]).
///
/// Most programs use the default scheduler through the facade `dev.weft.Go` and never see this
/// class. A scheduler of its own gives a part of a program its own number of processors, its own
/// handler for uncaught exceptions, and an end:
///
/// ```java
/// try (Scheduler scheduler = Scheduler.builder().name("ingest").procs(4).build()) {
///   scheduler.go(() -> serve(connection));
/// } // waits for its goroutines
/// ```
///
/// Several schedulers, of both backends, can live in one JVM. The platform threads that run the
/// goroutines, their carrier threads, are daemons. All methods may be called by any thread, and no
/// parameter may be null.
public final class Scheduler implements AutoCloseable {

  /// How long [#close()] lets goroutines finish.
  public static final Duration CLOSE_GRACE = Duration.ofSeconds(30);

  private final String name;
  private final boolean closeable;
  private final @Nullable UncaughtExceptionHandler uncaughtHandler;
  private final BackendChoice choice;
  private final SchedulerBackend backend;
  private final Closing closing;

  private Scheduler(Builder builder, boolean closeable) {
    FirstUse.prepare();
    this.name = builder.name;
    this.closeable = closeable;
    this.uncaughtHandler = builder.uncaughtHandler;
    this.choice = BackendSelection.choose(builder.backend);
    Settings settings = builder.settings();
    if (choice.backend() == Backend.GPM) {
      FirstUse.prepareSockets();
      GpmBackend gpm = new GpmBackend(settings);
      this.backend = gpm;
      if (closeable) {
        gpm.endWith(this);
      }
    } else {
      this.backend = new JdkBackend(settings);
    }
    this.closing = new Closing(this, backend);
  }

  /// {@return a builder with the settings of the default scheduler}
  public static Builder builder() {
    return new Builder();
  }

  /// {@return the scheduler that everything outside of a goroutine uses; made when first asked for}
  /// It cannot be closed.
  ///
  /// @throws UnsupportedOperationException if the system property `weft.scheduler` asks for the gpm
  ///   backend and this JVM does not permit it; the message says which flag is missing
  /// @throws IllegalArgumentException if a system property of Weft's has a value that makes no
  ///   sense
  public static Scheduler defaultScheduler() {
    Scheduler made = Default.instance;
    return made != null ? made : Default.make();
  }

  /// {@return the scheduler of the calling goroutine; on any other thread the default one}
  public static Scheduler current() {
    Goroutine goroutine = Goroutine.current();
    return goroutine == null ? defaultScheduler() : goroutine.scheduler();
  }

  // ---- Starting ----

  /// Starts a goroutine: Go's `go f()`.
  ///
  /// It is a new virtual thread, which inherits neither inheritable thread locals nor the context
  /// class loader unless the builder said so. What happens before this call *happens-before* the
  /// first action of the body.
  ///
  /// @param body what it runs; may throw anything, which then reaches the uncaught exception
  ///   handler
  /// @return its handle
  /// @throws RejectedExecutionException if this scheduler is closed
  public Goroutine go(Body body) {
    return start(null, body);
  }

  /// Starts a goroutine with a name, which thread dumps show.
  ///
  /// @param name its name
  /// @param body what it runs
  /// @return its handle
  /// @throws RejectedExecutionException if this scheduler is closed
  public Goroutine go(String name, Body body) {
    return start(Objects.requireNonNull(name, "name"), body);
  }

  Goroutine start(@Nullable String goroutineName, Body body) {
    Objects.requireNonNull(body, "go of a null body"); // SCH-37
    closing.checkOpen();
    Goroutine goroutine = backend.newGoroutine(this, goroutineName, Runtime.carry(body));
    StackProbe.ensureMany(goroutine.id()); // from here on it is all or nothing
    // First counted, then looked again whether it is open: a closer, which does it the other way
    // round, either sees this goroutine or is seen.
    backend.live().add(goroutine);
    try {
      closing.checkOpen();
      goroutine.accepted();
      goroutine.thread().start();
    } catch (Throwable refused) {
      goroutine.refused();
      backend.ended(goroutine);
      throw refused;
    }
    return goroutine;
  }

  void checkOpen() {
    closing.checkOpen();
  }

  /// {@return a factory of threads that are goroutines of this scheduler, for libraries that start
  /// threads by themselves}
  ///
  /// Making a thread throws a [RejectedExecutionException] once this scheduler is closed. A thread
  /// that was made before counts as a goroutine from its start on. On the gpm backend its
  /// [Thread#start()] throws the same exception when this scheduler is closed by then; after that
  /// it has ended without having run. On the jdk backend the start cannot be refused: the thread
  /// counts from when it begins to run, and it does run, though a [#close()] before or at the same
  /// time has not waited for it.
  public ThreadFactory threadFactory() {
    return task -> {
      Objects.requireNonNull(task, "task");
      closing.checkOpen();
      return backend.newGoroutine(this, null, Runtime.carry(task::run)).thread();
    };
  }

  /// {@return a view that starts a goroutine for each task, with the JDK's rules for closing:
  /// `close` waits for the tasks that were submitted through this view} Each call makes a new view;
  /// closing one never closes the scheduler. What a task throws goes to its future.
  public ExecutorService asExecutorService() {
    return Executors.newThreadPerTaskExecutor(threadFactory());
  }

  /// Lets others run: what `Go.gosched()` does.
  ///
  /// A goroutine of the gpm backend goes to the tail of the global queue; on any other thread this
  /// is [Thread#yield()].
  public static void yieldCurrent() {
    FirstUse.prepare();
    GpmGoroutine goroutine = GpmGoroutine.currentGpm();
    if (goroutine != null) {
      goroutine.yieldToAll();
    } else {
      Thread.yield();
    }
  }

  // ---- Looking and tuning ----

  /// {@return the name that its carrier threads begin with}
  public String name() {
    return name;
  }

  /// {@return the backend it has, and why: what `auto` came to}
  public BackendChoice backend() {
    return choice;
  }

  /// {@return how many goroutines may run at the same time: Go's `runtime.GOMAXPROCS(0)`}
  public int procs() {
    return backend.procs();
  }

  /// Changes how many goroutines may run at the same time: Go's `runtime.GOMAXPROCS(n)`.
  ///
  /// Returns at once; carrier threads that are one too many stop when their goroutine next blocks
  /// or yields. No goroutine is lost.
  ///
  /// @param n the new number; less than 1 changes nothing
  /// @return the number before
  /// @throws UnsupportedOperationException on the jdk backend, if n is 1 or more
  /// @throws IllegalArgumentException if n is more than the builder's `maxThreads`
  public int procs(int n) {
    return n < 1 ? procs() : backend.setProcs(n);
  }

  /// {@return how many goroutines are alive, blocked ones included: Go's `runtime.NumGoroutine`,
  /// except that only Weft's goroutines count, so that it may be 0}
  public int numGoroutine() {
    return backend.live().count();
  }

  /// {@return the goroutines that are alive: those that were so at some time during the call}
  public List<Goroutine> goroutines() {
    return backend.live().list().stream()
        .filter(goroutine -> !goroutine.isUndecided() && !goroutine.isRefused())
        .filter(goroutine -> goroutine.thread().getState() != Thread.State.NEW)
        .toList();
  }

  /// {@return counters, for people and for metrics}
  public SchedulerStats stats() {
    return backend.stats();
  }

  /// Gets what goroutines throw, or null for what the JDK does.
  @Nullable UncaughtExceptionHandler uncaughtHandler() {
    return uncaughtHandler;
  }

  SchedulerBackend backendForTests() {
    return backend;
  }

  // ---- The end ----

  /// {@return whether it has been closed, so that it starts no more goroutines}
  public boolean isClosed() {
    return closing.isClosed();
  }

  /// Closes it with [#CLOSE_GRACE], and complains about goroutines that do not end. Blocks for
  /// twice that time at most, see [#close(Duration)].
  ///
  /// @throws IllegalStateException if some were still alive at the end: the message names them, and
  ///   [#close(Duration)] would have returned them. Also as there.
  @Override
  public void close() {
    List<Goroutine> survivors = close(CLOSE_GRACE);
    if (!survivors.isEmpty()) {
      throw new IllegalStateException(
          survivors.size()
              + " goroutines of "
              + this
              + " ignored their interruption and go on running: "
              + survivors.stream().limit(10).toList()
              + "; make them end when interrupted, or close with a longer grace");
    }
  }

  /// Stops taking goroutines, lets those that run finish, interrupts those that have not, and
  /// reports who is left.
  ///
  /// An interrupted goroutine is given the same time again to end. Whoever is left goes on running
  /// and blocking as before. If the calling thread is interrupted while it waits, the goroutines
  /// are interrupted at once, and the flag is set on return. Closing twice waits again.
  ///
  /// An interrupt closes the `java.nio` channel that a goroutine is blocked in. If that is a class
  /// that throws when it is closed, the goroutine's uncaught handler gets what it throws, here.
  ///
  /// A goroutine has ended when its body has, and the handler for what it threw. Its thread takes a
  /// moment longer: for that, join it.
  ///
  /// @param grace how long to let them finish; zero or less interrupts at once
  /// @return the goroutines that are still alive
  /// @throws IllegalStateException if a goroutine of this scheduler calls, since it would wait for
  ///   itself; or if this is the default scheduler
  public List<Goroutine> close(Duration grace) {
    Objects.requireNonNull(grace, "grace");
    if (!closeable) {
      throw new IllegalStateException(
          "the default scheduler cannot be closed: others in this JVM use it; build one of your own");
    }
    return closing.close(grace);
  }

  /// `Scheduler[name, gpm, procs=2, goroutines=17]`, with `closed` if it is.
  @Override
  public String toString() {
    return "Scheduler["
        + name
        + ", "
        + choice.backend().name().toLowerCase(java.util.Locale.ROOT)
        + ", procs="
        + procs()
        + ", goroutines="
        + numGoroutine()
        + (isClosed() ? ", closed]" : "]");
  }

  /// Not made by a class initializer: when that fails, it says why to the first caller only.
  private static final class Default {
    private static final ReentrantLock MAKING = new ReentrantLock();
    private static volatile @Nullable Scheduler instance;

    static Scheduler make() {
      MAKING.lock();
      try {
        Scheduler made = instance;
        if (made == null) {
          made = new Scheduler(builder().name("weft"), false);
          instance = made;
        }
        return made;
      } finally {
        MAKING.unlock();
      }
    }
  }

  /// Settings for a new scheduler. Not for use by several threads at once.
  public static final class Builder {

    private static final int DEFAULT_MAX_THREADS = 256;

    private String name = "weft";
    private Backend backend = Backend.AUTO;
    private int procs = 0;
    private int maxThreads = 0;
    private long carrierStackSize;
    private boolean inheritThreadLocals;
    private @Nullable UncaughtExceptionHandler uncaughtHandler;
    private @Nullable Supplier<? extends IdlePolicy> idlePolicies;
    private long spareIdleNanos = Duration.ofSeconds(30).toNanos();
    private boolean monitored = true;

    private Builder() {}

    /// Sets what the names of its carrier threads begin with.
    ///
    /// @param value the beginning; `weft` if not set
    /// @return this builder
    public Builder name(String value) {
      name = Objects.requireNonNull(value, "name");
      return this;
    }

    /// Sets what runs the goroutines.
    ///
    /// @param value the backend; [Backend#AUTO] if not set, which the system property
    ///   `weft.scheduler` (`auto`, `gpm` or `jdk`) can change
    /// @return this builder
    public Builder backend(Backend value) {
      backend = Objects.requireNonNull(value, "backend");
      return this;
    }

    /// Sets how many goroutines may run at the same time. The jdk backend ignores it.
    ///
    /// @param value 1 to 65,534; if not set the system property `weft.procs`, else the number of
    ///   processors the JVM has
    /// @return this builder
    /// @throws IllegalArgumentException if it is out of range
    public Builder procs(int value) {
      procs = checkRange("procs", value);
      return this;
    }

    /// Sets how many carrier threads there may be. There are as many as `procs`, and more while
    /// goroutines block theirs or keep it busy for long. The jdk backend ignores it.
    ///
    /// @param value 1 to 65,534, and `procs` at least; if not set the system property
    ///   `weft.maxThreads`, else the larger of 256 and `procs`
    /// @return this builder
    /// @throws IllegalArgumentException if it is out of range
    public Builder maxThreads(int value) {
      maxThreads = checkRange("maxThreads", value);
      return this;
    }

    /// Sets the stack size of the carrier threads, which bounds how deep a goroutine can call. The
    /// jdk backend ignores it.
    ///
    /// @param bytes as for [Thread#Thread(ThreadGroup, Runnable, String, long)]; 0 is the JVM's
    ///   default
    /// @return this builder
    /// @throws IllegalArgumentException if negative
    public Builder carrierStackSize(long bytes) {
      if (bytes < 0) {
        throw new IllegalArgumentException("a stack of " + bytes + " bytes; use 0 for the default");
      }
      carrierStackSize = bytes;
      return this;
    }

    /// Sets who gets what goroutines throw. If not set that is what the JDK does with an uncaught
    /// exception of a virtual thread: the default uncaught exception handler, else a stack trace on
    /// the standard error stream.
    ///
    /// @param handler called on the goroutine's thread, exactly once for each goroutine that fails,
    ///   which counts as alive until the call has ended; what the handler throws goes to the
    ///   default uncaught exception handler
    /// @return this builder
    public Builder uncaughtExceptionHandler(UncaughtExceptionHandler handler) {
      uncaughtHandler = Objects.requireNonNull(handler, "handler");
      return this;
    }

    /// Sets whether goroutines inherit the values of inheritable thread locals and the context
    /// class loader of whoever starts them. If not set they do not.
    ///
    /// @param value whether they do
    /// @return this builder
    public Builder inheritThreadLocals(boolean value) {
      inheritThreadLocals = value;
      return this;
    }

    /// Sets how carrier threads wait for work. If not set they park. The jdk backend ignores it.
    ///
    /// @param policies makes one policy for each carrier thread; called by the thread that builds
    ///   the scheduler and by threads of the scheduler, which it must not block
    /// @return this builder
    public Builder idlePolicy(Supplier<? extends IdlePolicy> policies) {
      idlePolicies = Objects.requireNonNull(policies, "policies");
      return this;
    }

    /// For tests of order: nobody interferes when a goroutine computes for long.
    Builder withoutMonitor() {
      monitored = false;
      return this;
    }

    /// For tests: how long carrier threads that are not needed wait before they end.
    Builder spareIdle(Duration value) {
      spareIdleNanos = value.toNanos();
      return this;
    }

    /// Makes the scheduler and starts its carrier threads.
    ///
    /// @return a scheduler of one's own, to be closed
    /// @throws UnsupportedOperationException if the gpm backend was asked for and this JVM does not
    ///   permit it; the message says which flag is missing
    /// @throws IllegalArgumentException if `maxThreads` is less than `procs`, or a system property
    ///   of Weft's has a value that makes no sense
    public Scheduler build() {
      return new Scheduler(this, true);
    }

    /// What the backend is told. Also for tests that make a core by themselves.
    Settings settings() {
      int p = procs != 0 ? procs : fromProperty("weft.procs", availableProcessors());
      int m =
          maxThreads != 0
              ? maxThreads
              : fromProperty("weft.maxThreads", Math.max(DEFAULT_MAX_THREADS, p));
      if (m < p) {
        throw new IllegalArgumentException(
            "maxThreads of "
                + m
                + " is less than procs of "
                + p
                + "; each processor needs a thread");
      }
      return new Settings(
          name,
          p,
          m,
          carrierStackSize,
          inheritThreadLocals,
          idlePolicies,
          spareIdleNanos,
          monitored);
    }

    private static int availableProcessors() {
      return java.lang.Runtime.getRuntime().availableProcessors();
    }

    private static int fromProperty(String property, int otherwise) {
      String value = System.getProperty(property);
      if (value == null) {
        return otherwise;
      }
      try {
        return checkRange("-D" + property, Integer.parseInt(value));
      } catch (NumberFormatException noNumber) {
        throw new IllegalArgumentException(
            "-D"
                + property
                + "="
                + value
                + " is no number; use 1 to "
                + MachineControl.MAX_MACHINES,
            noNumber);
      }
    }

    private static int checkRange(String what, int value) {
      if (value < 1 || value > MachineControl.MAX_MACHINES) {
        throw new IllegalArgumentException(
            what + " of " + value + " is out of range: 1 to " + MachineControl.MAX_MACHINES);
      }
      return value;
    }
  }
}
