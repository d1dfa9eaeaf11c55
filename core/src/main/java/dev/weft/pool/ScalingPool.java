package dev.weft.pool;

import dev.weft.base.Body;
import dev.weft.base.Goexit;
import dev.weft.channel.Channel;
import dev.weft.internal.park.Detached;
import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.StackProbe;
import dev.weft.internal.park.SureLock;
import dev.weft.scheduler.Scheduler;
import dev.weft.sync.Mutex;
import dev.weft.time.Clock;
import dev.weft.time.Timer;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A queue of tasks, and between a minimum and a maximum of goroutines that work it off.
///
/// ```java
/// try (ScalingPool pool = ScalingPool.of(2, 16, 100)) {
///   for (Path file : files) {
///     pool.submit(() -> index(file));   // waits while a hundred are queued
///   }
/// } // no more of them; what is queued is run
/// ```
///
/// A worker is added when a task comes and all are busy, up to the maximum, before tasks pile up in
/// the queue. Workers that were not needed during a whole period end, down to the minimum: so many
/// stay once there have been so many. None is started before it is needed.
///
/// What is often shown as such a pool in Go leaves things open that are closed here (ART-13): to
/// shrink really ends goroutines; a task that fails ends neither the process nor its worker, and is
/// counted as done; to close drains the queue and ends the workers; and whether `submit` waits does
/// not depend on how many tasks have been sent.
///
/// A [WorkerPool] has no queue: there tasks wait in the hands of those who submit them. Take this
/// one if bursts are to be taken off their hands. Any kind of thread may use it. Memory: what a
/// thread does before it submits is visible to the task. Equality is identity.
public final class ScalingPool implements AutoCloseable {

  /*
   * ScalingPool: a queue, a few counters and two conditions under a mutex; plain, since what is fast
   * is WorkerPool.
   *
   * Invariants, whenever the mutex is free
   *   I1  workers <= max; 0 <= idle <= workers
   *   I2  a task is queued only if there are workers, and one of them has been signalled or is busy:
   *       it looks at the queue before it is idle or ends
   *   I3  a worker is idle only if the queue is empty, or it has been signalled
   *   I4  who waits for room has been signalled since there has been some: as a task leaves the
   *       queue, a worker is idle, or one ends
   *   I5  there are more workers than the minimum: the timer is set
   *
   * `spare` is the smallest number of idle workers since the last period ended: so many were not
   * needed. They end at the end of the period: `toEnd` of them, whoever sees it first.
   */
  private final int min;
  private final int max;
  private final int room;
  private final Scheduler scheduler;
  private final Clock clock;
  private final Duration period;
  private final @Nullable Consumer<? super Throwable> panicHandler;

  private final Mutex mutex = new Mutex();
  private final Condition tasksCame = mutex.newCondition();
  private final Condition roomCame = mutex.newCondition();
  private final Channel<Object> terminated = Channel.make();

  // Under the mutex.
  private final TaskQueue queue = new TaskQueue();
  private int workers;
  private int idle;
  private int spare;
  private int toEnd;
  private boolean closed;
  private boolean timerSet;
  private int periods;

  // By whoever has set `timerSet`.
  private volatile @Nullable Timer timer;

  private ScalingPool(
      int min,
      int max,
      int room,
      Duration period,
      Clock clock,
      @Nullable Consumer<? super Throwable> panicHandler) {
    if (min < 0 || max < 1 || min > max) {
      throw new IllegalArgumentException(
          "from " + min + " to " + max + " workers: let it be from 0 or more to 1 or more");
    }
    if (room < 0) {
      throw new IllegalArgumentException("a queue for " + room + " tasks, less than none");
    }
    if (!period.isPositive()) {
      throw new IllegalArgumentException("a period of " + period + ", which is no time");
    }
    this.min = min;
    this.max = max;
    this.room = room;
    this.period = period;
    this.clock = Objects.requireNonNull(clock, "clock");
    this.panicHandler = panicHandler;
    this.scheduler = Scheduler.current();
  }

  /// A pool whose workers end after a second in which they were not needed.
  ///
  /// @param min how many workers stay, once they have been needed
  /// @param max how many workers there may be
  /// @param queue how many tasks may be queued; with 0 who submits waits until a worker is free
  /// @return the pool; its workers run on the scheduler of the calling goroutine or the default one
  /// @throws IllegalArgumentException if a number is negative, max is 0, or min is more than max
  public static ScalingPool of(int min, int max, int queue) {
    return new ScalingPool(min, max, queue, Duration.ofSeconds(1), Clock.system(), null);
  }

  /// The same with all there is to choose.
  ///
  /// @param min how many workers stay
  /// @param max how many workers there may be
  /// @param queue how many tasks may be queued
  /// @param period in which a worker must have been idle to end
  /// @param clock which measures that
  /// @param panicHandler who is told what tasks throw; null: the uncaught exception handler of the
  ///   worker's thread. What it throws itself goes there, too
  /// @return the pool
  /// @throws IllegalArgumentException as [#of(int, int, int)], or if the period is zero or less
  public static ScalingPool of(
      int min,
      int max,
      int queue,
      Duration period,
      Clock clock,
      @Nullable Consumer<? super Throwable> panicHandler) {
    return new ScalingPool(min, max, queue, period, clock, panicHandler);
  }

  // ---- Submitting ----

  /// Puts a task into the queue; waits while that is full and as many workers as may be are busy.
  ///
  /// @param task what to run; may throw anything
  /// @throws PoolClosedException if the pool is closed, or has been while this waited
  /// @throws InterruptedException if the flag is set on entry, or an interrupt comes while it
  ///   waits; then the task is not run
  public void submit(Body task) throws InterruptedException {
    Body carried = Runtime.carry(Objects.requireNonNull(task, "task"));
    StackProbe.ensureNested(System.nanoTime()); // there must be room to take it back
    boolean starts;
    mutex.lockInterruptibly();
    try {
      while (isFull()) {
        roomCame.await();
      }
      starts = add(carried);
    } finally {
      mutex.unlock();
    }
    startIf(starts, carried);
  }

  /// Puts a task into the queue if that is possible now. Does not wait.
  ///
  /// @param task what to run; may throw anything
  /// @return whether it will be run
  /// @throws PoolClosedException if the pool is closed
  public boolean trySubmit(Body task) {
    Body carried = Runtime.carry(Objects.requireNonNull(task, "task"));
    StackProbe.ensureNested(System.nanoTime()); // as in submit()
    boolean starts;
    mutex.lock();
    try {
      if (isFull()) {
        return false;
      }
      starts = add(carried);
    } finally {
      mutex.unlock();
    }
    startIf(starts, carried);
    return true;
  }

  /// Under the mutex. An idle worker, or one to come, has room for a task beside the queue.
  private boolean isFull() {
    return !closed && queue.size() >= (long) room + idle + (workers < max ? 1 : 0);
  }

  /// Under the mutex. Whether a worker is to be started for it.
  private boolean add(Body task) {
    if (closed) {
      throw new PoolClosedException(describe());
    }
    boolean starts = queue.size() >= idle && workers < max;
    queue.add(task);
    if (starts) {
      workers++;
    } else {
      tasksCame.signal();
    }
    return starts;
  }

  private void startIf(boolean wanted, Body task) {
    if (!wanted) {
      return;
    }
    try {
      scheduler.go(new Worker());
    } catch (Throwable notStarted) {
      boolean refused = takeBack(task);
      try {
        startForTheRest();
      } catch (Throwable again) {
        report(again);
      }
      if (refused) {
        throw notStarted;
      }
      report(notStarted); // the task has a worker all the same
    }
  }

  /// Others may have queued tasks for the worker that could not be started. If the next one cannot
  /// be started either, they wait for the next submit, or for the close.
  private void startForTheRest() {
    boolean starts;
    SureLock.lock(mutex);
    try {
      starts = countForTheRest();
    } finally {
      mutex.unlock();
    }
    if (starts) {
      startInPlace();
    }
  }

  /// Under the mutex. Whether there are tasks and nobody to run them; then a worker is counted.
  private boolean countForTheRest() {
    boolean starts = workers == 0 && !queue.isEmpty() && !terminated.isClosed();
    if (starts) {
      workers++;
    }
    return starts;
  }

  /// No worker could be started for it. False: another one has taken the task.
  private boolean takeBack(Body task) {
    SureLock.lock(mutex);
    try {
      boolean removed = queue.remove(task); // before ended(), which looks whether any are left
      ended();
      return removed;
    } finally {
      mutex.unlock();
    }
  }

  // ---- Working ----

  /// Takes tasks until it is not needed.
  private final class Worker implements Detached {

    @Override
    public void run() {
      boolean countedOut = false;
      try {
        boolean more;
        do {
          more = handleNext();
        } while (more);
        countedOut = true;
      } finally {
        if (!countedOut) { // by goexit(), or what a handler has thrown
          leave();
        }
      }
    }
  }

  /// In a frame of its own, so that an idle worker does not hold on to its last task.
  private boolean handleNext() {
    Body task = next();
    if (task == null) {
      return false;
    }
    handle(task);
    return true;
  }

  /// A worker ends by no will of the pool's. Another one takes its place if there are tasks.
  private void leave() {
    boolean replaced;
    SureLock.lock(mutex);
    try {
      replaced = !queue.isEmpty();
      if (!replaced) {
        ended();
      }
    } finally {
      mutex.unlock();
    }
    if (replaced) {
      startInPlace();
    }
  }

  private void startInPlace() {
    boolean started = false;
    try {
      scheduler.go(new Worker());
      started = true;
    } finally {
      if (!started) {
        SureLock.lock(mutex);
        try {
          ended();
          if (closed && workers == 0 && !terminated.isClosed()) {
            terminated.close(); // nobody comes who could run what is queued
          }
        } finally {
          mutex.unlock();
        }
      }
    }
  }

  /// The next task; null: the caller is to end, and has been counted out.
  private @Nullable Body next() {
    while (true) {
      if (setsTimer()) {
        setTimer();
      }
      mutex.lock();
      try {
        while (queue.isEmpty() && !mayEnd() && (workers <= min || timerSet)) {
          if (!awaitTask()) {
            ended();
            return null;
          }
        }
        Body task = queue.poll();
        if (task != null) {
          roomCame.signal();
          return task;
        }
        if (mayEnd()) {
          toEnd = Math.max(0, toEnd - 1);
          ended();
          return null;
        }
      } finally {
        mutex.unlock();
      }
    }
  }

  /// Under the mutex. False: the worker was interrupted, so somebody wants it to end, and there is
  /// nothing that keeps it.
  @SuppressWarnings("WaitNotInLoop") // the caller looks again
  private boolean awaitTask() {
    idle++;
    roomCame.signal();
    try {
      tasksCame.await();
      return true;
    } catch (InterruptedException e) {
      return !queue.isEmpty() && !scheduler.isClosed();
    } finally {
      idle--;
      spare = Math.min(spare, idle);
    }
  }

  /// Under the mutex.
  private boolean mayEnd() {
    return closed || (toEnd > 0 && workers > min);
  }

  /// Under the mutex: a worker is not there any more.
  private void ended() {
    workers--;
    roomCame.signal();
    closeIfEnded();
  }

  /// Under the mutex. What is queued is still run, unless the scheduler is closed.
  private void closeIfEnded() {
    if (closed
        && workers == 0
        && (queue.isEmpty() || scheduler.isClosed())
        && !terminated.isClosed()) {
      terminated.close();
    }
  }

  private void handle(Body task) {
    try {
      task.run();
    } catch (Goexit end) {
      throw end;
    } catch (Throwable thrown) {
      tell(thrown);
    } finally {
      if (!scheduler.isClosed()) {
        Thread.interrupted(); // it was for the task
      }
    }
  }

  private void tell(Throwable thrown) {
    if (panicHandler != null) {
      panicHandler.accept(thrown);
    } else {
      report(thrown);
    }
  }

  private static void report(Throwable thrown) {
    Thread thread = Thread.currentThread();
    thread.getUncaughtExceptionHandler().uncaughtException(thread, thrown);
  }

  // ---- Shrinking ----

  private boolean setsTimer() {
    mutex.lock();
    try {
      boolean sets = workers > min && !timerSet && !closed;
      timerSet |= sets;
      return sets;
    } finally {
      mutex.unlock();
    }
  }

  private void setTimer() {
    boolean set = false;
    try {
      Timer made = timer;
      if (made == null) {
        timer = Timer.afterFunc(clock, period, new Shrinking());
      } else {
        made.reset(period);
      }
      set = true;
    } finally {
      if (!set) {
        timerNotSet();
      }
    }
  }

  private void timerNotSet() {
    SureLock.lock(mutex);
    try {
      timerSet = false;
    } finally {
      mutex.unlock();
    }
  }

  /// At the end of a period.
  private final class Shrinking implements Detached {

    @Override
    public void run() {
      boolean again;
      SureLock.lock(mutex); // or nobody would set the timer any more
      try {
        periods++;
        toEnd = Math.min(spare, workers - min);
        spare = idle;
        again = workers > min && !closed;
        timerSet = again;
        for (int i = 0; i < toEnd; i++) {
          tasksCame.signal();
        }
      } finally {
        mutex.unlock();
      }
      if (again) {
        setTimer();
      }
    }
  }

  // ---- Size and end ----

  /// {@return how many workers there are} A snapshot.
  public int workers() {
    mutex.lock();
    try {
      return workers;
    } finally {
      mutex.unlock();
    }
  }

  /// {@return how many tasks are queued} A snapshot.
  public int queued() {
    mutex.lock();
    try {
      return queue.size();
    } finally {
      mutex.unlock();
    }
  }

  /// How many workers are idle. For tests.
  int idle() {
    mutex.lock();
    try {
      return idle;
    } finally {
      mutex.unlock();
    }
  }

  /// How many periods have ended. For tests.
  int periods() {
    mutex.lock();
    try {
      return periods;
    } finally {
      mutex.unlock();
    }
  }

  /// Closes the pool. Does not wait. Nothing can be submitted any more; what is queued is run, and
  /// then the workers end. Closing again does nothing.
  @Override
  public void close() {
    StackProbe.ensureNested(System.nanoTime()); // or somebody would not be told
    boolean starts;
    mutex.lock();
    try {
      closed = true;
      closeIfEnded();
      starts = countForTheRest();
      tasksCame.signalAll();
      roomCame.signalAll();
    } finally {
      mutex.unlock();
    }
    if (starts) {
      startInPlace();
    }
  }

  /// Waits until the pool has been closed and all its tasks have ended.
  ///
  /// @param timeout how long to wait at most; zero or less only looks
  /// @return whether they have
  /// @throws InterruptedException if the flag is set on entry, or an interrupt comes while it waits
  public boolean awaitTermination(Duration timeout) throws InterruptedException {
    return terminated.receive(timeout).isClosed();
  }

  /// Under the mutex.
  private String describe() {
    return "ScalingPool@"
        + Integer.toHexString(hashCode())
        + "["
        + workers
        + " of "
        + min
        + " to "
        + max
        + " workers, "
        + queue.size()
        + " queued"
        + (closed ? ", closed]" : "]");
  }

  /// `ScalingPool@1a2b[3 of 2 to 16 workers, 5 queued]`: a snapshot.
  @Override
  public String toString() {
    mutex.lock();
    try {
      return describe();
    } finally {
      mutex.unlock();
    }
  }
}
