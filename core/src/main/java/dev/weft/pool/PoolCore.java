package dev.weft.pool;

import dev.weft.base.ThrowingConsumer;
import dev.weft.channel.Channel;
import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.StackProbe;
import dev.weft.internal.park.WaitNode;
import dev.weft.internal.park.WaitReason;
import dev.weft.internal.park.Waiter;
import dev.weft.internal.timer.TimeSource;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// What all pools of workers do: give tasks to workers, end them, and let the others wait. Their
/// state and how it works is in [PoolState].
final class PoolCore<T> extends PoolState<T> {

  /// A deadline that has always passed.
  static final long NOW = 0;

  /// A deadline that never passes.
  static final long NEVER = Long.MAX_VALUE;

  /// After so many tasks the submitter lets workers run. Else it would wake or start one for each
  /// task, up to the capacity, before the first has ended: with short tasks a few, whose stacks are
  /// in the caches, do all the work. For tasks that block it is next to nothing.
  private static final int MANY = 64;

  /// What a worker does with a task.
  final ThrowingConsumer<? super T, ?> handler;

  private final Purge<T> purge;

  /// @param shown what messages show as the pool
  PoolCore(PoolOptions options, ThrowingConsumer<? super T, ?> handler, Object shown) {
    super(options, shown);
    this.handler = handler;
    this.purge = new Purge<>(this, options.clock(), options.expiry());
  }

  /// So that no class is initialized deep in a stack.
  static void link() {
    Objects.requireNonNull(Step.FULL);
    new IdleWorkers<>().checkInvariants();
  }

  // ---- Submitting ----

  /// Gives a task to a worker. Waits until the deadline at most; [#NOW] does not wait.
  ///
  /// @return false if the time has passed, or there was none
  boolean submit(T task, long deadline) throws InterruptedException {
    StackProbe.ensureMany(probes);
    if (probes % MANY == 0 && deadline != NOW) {
      Runtime.get().yieldToReadied();
    }
    queue.lock();
    probes++;
    Waiter worker = giveToIdle(task);
    Step step = worker != null ? Step.GIVEN : room();
    queue.unlock();
    if (worker != null) {
      worker.wake();
      return true;
    }
    if (step != Step.FULL || (options.nonblocking() && deadline != NOW)) {
      return startOrRefuse(step, task);
    }
    return deadline != NOW && submitOrWait(task, deadline);
  }

  /// A deadline on the clock that waits go by.
  static long deadlineAfter(long nanos) {
    return TimeSource.deadlineAfter(Runtime.get().nanoTime(), nanos);
  }

  private boolean submitOrWait(T task, long deadline) throws InterruptedException {
    Waiter waiter = Runtime.get().waiter();
    WaitNode node = waiter.node();
    for (boolean again = false; ; again = true) {
      long ticket = arm(waiter, deadline, again);
      node.prepare(waiter, ticket, TAKEN, task);
      queue.lock();
      Waiter worker = giveToIdle(task);
      Step step = worker != null ? Step.GIVEN : room();
      boolean waits = step == Step.FULL && enqueue(node, again);
      queue.unlock();
      if (!waits) {
        node.clear();
        waiter.cancelTimeOut();
        if (worker != null) {
          worker.wake();
          return true;
        }
        return startOrRefuse(step, task);
      }
      switch (await(waiter, ticket, node)) {
        case TAKEN -> {
          return true;
        }
        case Waiter.TIMED_OUT -> {
          return false;
        }
        case Waiter.INTERRUPTED ->
            throw new InterruptedException("waiting to submit to " + shown + " was interrupted");
        default -> {
          // There may be room now.
        }
      }
    }
  }

  /// Somebody who was told that there is room, and has no memory to look, tells the next one.
  private long arm(Waiter waiter, long deadline, boolean toldOfRoom) {
    boolean armed = false;
    try {
      long ticket = waiter.arm();
      waiter.timeOutAt(ticket, deadline);
      armed = true;
      return ticket;
    } finally {
      if (!armed && toldOfRoom) {
        passOn();
      }
    }
  }

  /// Tells the first of those who wait, if there is room.
  ///
  /// @return whether there was, and somebody waited
  private boolean passOn() {
    queue.lock();
    Waiter heir = running < capacity ? pollToRetry() : null;
    queue.unlock();
    return wasWoken(heir);
  }

  private int await(Waiter waiter, long ticket, WaitNode node) {
    int outcome = Waiter.INTERRUPTED;
    try {
      outcome = waiter.await(ticket, WaitReason.POOL_SUBMIT, shown);
    } finally {
      if (outcome == Waiter.INTERRUPTED || outcome == Waiter.TIMED_OUT) {
        queue.lock();
        queue.remove(node);
        queue.unlock();
      }
      node.clear();
    }
    return outcome;
  }

  private boolean startOrRefuse(Step step, T task) {
    // No switch, whose table would be a class that is initialized here, deep in a stack.
    if (step == Step.CLOSED) {
      throw new PoolClosedException(shown);
    }
    if (step == Step.FULL) {
      throw new PoolOverloadException(shown);
    }
    start(task);
    return true;
  }

  private void start(@Nullable T task) {
    boolean started = false;
    try {
      StackProbe.ensureNested(System.nanoTime()); // there must be room to take it back
      options.start(new PoolWorker<>(this, task));
      started = true;
    } finally {
      if (!started) {
        workerEnded();
      }
    }
  }

  /// Starts as many idle workers as there may be.
  void startAll() {
    for (int i = 0; i < options.capacity(); i++) {
      queue.lock();
      Step step = room();
      queue.unlock();
      if (step != Step.START) {
        return;
      }
      start(null);
    }
  }

  // ---- For the workers ----

  /// The next task of a worker that has none; null: it is to end, and has been counted out.
  @Nullable T next(PoolWorker<T> worker) {
    Waiter own;
    for (; ; ) {
      own = worker.arm();
      queue.lock();
      if (closed || running > capacity || options.isSchedulerClosed()) {
        countOutAndUnlock();
        return null;
      }
      WaitNode first;
      while ((first = queue.poll()) != null) {
        Waiter submitter = first.waiter();
        T task = taskOf(first);
        if (first.decide(0)) {
          queue.unlock();
          wakeOrReport(submitter);
          return task;
        }
      }
      if (isPurgeMissing()) {
        purgeSet = true;
        queue.unlock();
        setFirstPurge();
        continue;
      }
      worker.idleSince = purges;
      idle.add(worker);
      queue.unlock();
      return worker.await(own);
    }
  }

  /// The task has been taken over, so it is run whatever happens here.
  private static void wakeOrReport(Waiter submitter) {
    try {
      submitter.wake();
    } catch (Throwable failure) {
      Thread thread = Thread.currentThread();
      thread.getUncaughtExceptionHandler().uncaughtException(thread, failure);
    }
  }

  /// A worker that was idle ends by itself.
  void leave(PoolWorker<T> worker) {
    queue.lock();
    idle.remove(worker); // unless it was taken off, and could not be told anything
    countOutAndUnlock();
  }

  /// A worker has ended, or was not started.
  void workerEnded() {
    queue.lock();
    countOutAndUnlock();
  }

  @SuppressWarnings("NonAtomicVolatileUpdate") // under the lock
  private void countOutAndUnlock() {
    running--;
    Waiter heir = running < capacity ? pollToRetry() : null;
    Channel<Object> toClose = endedNow();
    queue.unlock();
    try {
      if (heir != null) {
        heir.wake();
      }
    } finally {
      if (toClose != null) {
        toClose.close();
      }
    }
  }

  /// An interrupt of a task is none of the next one's; but one that ends all goroutines is.
  void clearInterrupt() {
    if (!options.isSchedulerClosed()) {
      Thread.interrupted();
    }
  }

  /// What a task has thrown; its worker has been counted out.
  void panicked(Throwable thrown) throws Throwable {
    Consumer<? super Throwable> told = options.panicHandler();
    if (told == null) {
      throw thrown; // to the handler of the scheduler
    }
    told.accept(thrown);
  }

  // ---- Idleness ----

  private void setFirstPurge() {
    boolean set = false;
    try {
      purge.set();
      set = true;
    } finally {
      if (!set) {
        purgeNotSet();
        workerEnded();
      }
    }
  }

  void purgeNotSet() {
    queue.lock();
    purgeSet = false;
    queue.unlock();
  }

  /// Ends the workers that have been idle since the purge before this one.
  ///
  /// @return whether there is to be another one
  boolean purge() {
    Waiter worker;
    do {
      queue.lock();
      PoolWorker<T> oldest = idle.oldest();
      worker = oldest != null && oldest.idleSince < purges ? pollToEnd() : null;
      queue.unlock();
    } while (wasWoken(worker));
    queue.lock();
    purges++;
    boolean again = !idle.isEmpty();
    purgeSet = again;
    queue.unlock();
    return again;
  }

  private static boolean wasWoken(@Nullable Waiter waiter) {
    if (waiter != null) {
      waiter.wake();
    }
    return waiter != null;
  }

  // ---- Size and life ----

  /// Whether it has become another one.
  boolean tune(int workers) {
    if (options.isUnlimited() || options.oldestFirst() || workers <= 0) {
      return false;
    }
    StackProbe.ensureNested(System.nanoTime()); // all of it, or nothing
    queue.lock();
    int before = capacity;
    capacity = workers;
    queue.unlock();
    int room = workers - before;
    while (room > 0 && passOn()) {
      room--;
    }
    Waiter surplus;
    do {
      queue.lock();
      surplus = running > capacity ? pollToEnd() : null;
      queue.unlock();
    } while (wasWoken(surplus));
    return workers != before;
  }

  /// Ends the idle workers now, and the others after their tasks.
  ///
  /// @return what is closed when all have ended; null if it was closed before
  @Nullable Channel<Object> release() {
    StackProbe.ensureNested(System.nanoTime()); // all of it, or nothing
    queue.lock();
    Channel<Object> closing = closed ? null : terminated;
    closed = true;
    queue.unlock();
    Waiter told;
    do {
      queue.lock();
      told = closed ? pollToEnd() : null; // reboot() may come between
      if (closed && told == null) {
        told = pollToRetry();
      }
      queue.unlock();
    } while (wasWoken(told));
    queue.lock();
    Channel<Object> toClose = endedNow();
    queue.unlock();
    if (toClose != null) {
      toClose.close();
    }
    return closing;
  }

  /// Opens it again.
  ///
  /// @return false if it was open
  boolean reboot() {
    Channel<Object> fresh = Channel.make();
    StackProbe.ensureMany(System.nanoTime());
    queue.lock();
    boolean was = closed;
    closed = false;
    if (ended) {
      ended = false;
      terminated = fresh;
    }
    queue.unlock();
    return was;
  }
}
