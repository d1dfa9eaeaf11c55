package dev.weft.sync;

import static dev.weft.sync.MutexState.LOCKED;
import static dev.weft.sync.MutexState.ONE_WAITER;
import static dev.weft.sync.MutexState.STARVING;
import static dev.weft.sync.MutexState.WOKEN;
import static dev.weft.sync.MutexState.waiters;

import dev.weft.base.FatalError;
import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.StackProbe;
import dev.weft.internal.park.WaitNode;
import dev.weft.internal.park.WaitQueue;
import dev.weft.internal.park.WaitReason;
import dev.weft.internal.park.Waiter;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// What happens to a mutex when several want it: the slow paths of [Mutex], Go's `lockSlow` and
/// `unlockSlow`. [MutexState] explains the protocol.
final class Contention {

  /// Codes of a decision by whoever unlocks: try for it, or have it.
  static final int AWAKENED = Waiter.FIRST_PEER_CODE;

  static final int HANDED_OVER = AWAKENED + 1;

  /// The deadline that never comes.
  static final long NEVER = Long.MAX_VALUE;

  /// Another threshold than MU-8 says, for experiments: what happens without the rule, say.
  static final String STARVATION_PROPERTY = "weft.sync.starvationNanos";

  /// Whoever has waited for longer makes the mutex fair (MU-8). Only looked at by who has waited.
  static final long STARVATION_NANOS = starvationNanos(System.getProperty(STARVATION_PROPERTY));

  private static final int MAX_SPINS = 4;
  private static final int PAUSES_PER_SPIN = 30;

  private Contention() {}

  /// The threshold: a millisecond unless the property says something else.
  static long starvationNanos(@Nullable String property) {
    if (property == null) {
      return TimeUnit.MILLISECONDS.toNanos(1);
    }
    if (property.matches("\\d{1,18}")) {
      return Long.parseLong(property);
    }
    throw new IllegalArgumentException(
        "-D"
            + STARVATION_PROPERTY
            + "="
            + property
            + " is no number of nanoseconds from 0 to 10^18-1; leave it out for the rule as it is");
  }

  /// The moment so many nanoseconds from now, more than none, on the clock of the runtime.
  static long deadline(long nanos) {
    long deadline = Runtime.get().nanoTime() + nanos;
    return deadline < 0 ? NEVER : deadline;
  }

  // ---- Locking ----

  /// Locks, before the deadline.
  ///
  /// What may fail for want of memory or stack comes before the queue's lock is taken.
  ///
  /// @param interruptible whether an interrupt ends the wait; false only with [#NEVER]
  /// @param deadline on the clock of the runtime
  /// @return false when the deadline passed first
  static boolean lock(MutexState mutex, boolean interruptible, long deadline)
      throws InterruptedException {
    StackProbe.ensureMany(mutex.anyNumber());
    Runtime runtime = Runtime.get();
    Waiter waiter = runtime.waiter();
    WaitQueue queue = mutex.queue();
    boolean woken = false; // holds WOKEN
    long since = 0; // when it queued up for the first time
    int spins = 0;
    try {
      for (; ; ) {
        int seen = mutex.state();
        if ((seen & LOCKED) == 0) {
          if (mutex.cas(seen, (woken ? seen & ~WOKEN : seen) | LOCKED)) {
            return true;
          }
          continue;
        }
        if (spins < MAX_SPINS && (seen & STARVING) == 0 && runtime.maySpin()) {
          spins++;
          woken = woken || claimWoken(mutex, seen);
          pause();
          continue;
        }
        long now = runtime.nanoTime();
        boolean starving = since != 0 && now - since > STARVATION_NANOS;
        long ticket = waiter.arm();
        waiter.timeOutAt(ticket, deadline);
        waiter.node().prepare(waiter, ticket, AWAKENED, null);
        boolean locked = lockOrQueue(mutex, queue, waiter.node(), woken, since != 0, starving);
        woken = false;
        if (locked) {
          waiter.node().clear();
          waiter.cancelTimeOut();
          return true;
        }
        since = since == 0 ? now : since;
        int outcome = await(mutex, queue, waiter, ticket, interruptible);
        if (outcome == HANDED_OVER) {
          accept(mutex, runtime.nanoTime() - since);
          return true;
        }
        if (outcome != AWAKENED) {
          return timedOut(outcome, mutex);
        }
        woken = true;
        spins = 0;
      }
    } catch (Throwable failure) {
      if (woken) {
        passOn(mutex);
      }
      throw failure;
    }
  }

  /// A spinner that finds others waiting tells the holder to wake none of them (MU-13).
  static boolean claimWoken(MutexState mutex, int seen) {
    return (seen & WOKEN) == 0 && waiters(seen) != 0 && mutex.cas(seen, seen | WOKEN);
  }

  private static void pause() {
    for (int i = 0; i < PAUSES_PER_SPIN; i++) {
      Thread.onSpinWait();
    }
  }

  /// Locks if it is free, else queues up: at the back, or at the front if it has waited before
  /// (MU-6, MU-7). Gives WOKEN back in the same step.
  ///
  /// @return true when the caller has the lock and is in no queue
  static boolean lockOrQueue(
      MutexState mutex,
      WaitQueue queue,
      WaitNode node,
      boolean woken,
      boolean again,
      boolean starving) {
    queue.lock();
    int seen;
    int next;
    do {
      seen = mutex.state();
      next = woken ? seen & ~WOKEN : seen;
      if ((seen & LOCKED) == 0) {
        next |= LOCKED;
      } else {
        next += ONE_WAITER;
        next |= starving ? STARVING : 0;
      }
    } while (!mutex.cas(seen, next));
    boolean locked = (seen & LOCKED) == 0;
    if (!locked && again) {
      queue.addFirst(node);
    } else if (!locked) {
      queue.add(node);
    }
    queue.unlock();
    return locked;
  }

  /// Waits for the decision, and sees to it that the waiter is in no queue afterwards.
  private static int await(
      MutexState mutex, WaitQueue queue, Waiter waiter, long ticket, boolean interruptible) {
    int outcome = Waiter.PENDING;
    try {
      outcome =
          interruptible
              ? waiter.await(ticket, WaitReason.MUTEX_LOCK, mutex)
              : waiter.awaitUninterruptibly(ticket, WaitReason.MUTEX_LOCK, mutex);
    } finally {
      if (outcome < AWAKENED) { // nobody has woken it; PENDING: await has thrown
        leave(mutex, queue, waiter.node());
      }
      waiter.node().clear();
    }
    return outcome;
  }

  /// Takes a waiter that has given up out of the queue, if nobody has (MU-19).
  static void leave(MutexState mutex, WaitQueue queue, WaitNode node) {
    queue.lock();
    if (queue.remove(node)) {
      int seen;
      int next;
      do {
        seen = mutex.state();
        next = seen - ONE_WAITER;
        next = waiters(next) == 0 ? next & ~STARVING : next;
      } while (!mutex.cas(seen, next));
    }
    queue.unlock();
  }

  /// Ends starvation mode when nobody else waits, or when this wait was not long (MU-11). By the
  /// heir.
  static void accept(MutexState mutex, long waited) {
    int seen = mutex.state();
    while ((waited <= STARVATION_NANOS || waiters(seen) == 0)
        && !mutex.cas(seen, seen & ~STARVING)) {
      seen = mutex.state();
    }
  }

  private static boolean timedOut(int outcome, MutexState mutex) throws InterruptedException {
    if (outcome == Waiter.TIMED_OUT) {
      return false;
    }
    throw new InterruptedException("waiting to lock " + mutex + " was interrupted");
  }

  /// Gives WOKEN back without having locked, and lets another one try if it is free.
  private static void passOn(MutexState mutex) {
    int seen;
    do {
      seen = mutex.state();
    } while (!mutex.cas(seen, seen & ~WOKEN));
    if ((seen & LOCKED) == 0 && waiters(seen) != 0) {
      wakeOne(mutex);
    }
  }

  // ---- Unlocking ----

  /// Unlocks when somebody waits, or when it is not locked. The stack has been probed by who
  /// locked.
  static void unlock(MutexState mutex) {
    int seen;
    do {
      seen = mutex.state();
      if ((seen & LOCKED) == 0) {
        throw new FatalError(
            "sync: unlock of unlocked mutex: "
                + mutex
                + "; unlock once for each lock, after it has returned");
      }
      if ((seen & STARVING) != 0 && handOver(mutex)) {
        return;
      }
    } while ((seen & STARVING) != 0 || !mutex.cas(seen, seen & ~LOCKED));
    if (waiters(seen) != 0 && (seen & WOKEN) == 0) {
      wakeOne(mutex);
    }
  }

  /// Makes the first in the queue the holder, and lets it run at once (MU-9, MU-10).
  ///
  /// @return false when it is not in starvation mode any more, or not locked: then nothing has
  ///   happened
  private static boolean handOver(MutexState mutex) {
    WaitQueue queue = mutex.queue();
    queue.lock();
    if ((mutex.state() & (STARVING | LOCKED)) != (STARVING | LOCKED)) {
      queue.unlock();
      return false;
    }
    Waiter heir = takeOne(mutex, queue, 1);
    if (heir == null) {
      free(mutex);
    }
    queue.unlock();
    if (heir != null) {
      heir.wake();
      Runtime.get().yieldToReadied();
    }
    return true;
  }

  /// All who waited have left. Under the queue's lock.
  static void free(MutexState mutex) {
    int seen;
    do {
      seen = mutex.state();
    } while (!mutex.cas(seen, seen & ~(LOCKED | STARVING)));
  }

  /// Wakes the first in the queue so that it tries for the lock, if that is still needed (MU-5):
  /// not when somebody has locked it, who will unlock it too, or somebody is awake already.
  private static void wakeOne(MutexState mutex) {
    WaitQueue queue = mutex.queue();
    queue.lock();
    Waiter awake = null;
    int seen = mutex.state();
    while ((seen & (LOCKED | WOKEN)) == 0 && waiters(seen) != 0) {
      if (mutex.cas(seen, seen | WOKEN)) {
        awake = takeOne(mutex, queue, 0);
        if (awake == null) {
          notWoken(mutex);
        }
        break;
      }
      seen = mutex.state();
    }
    queue.unlock();
    if (awake != null) {
      awake.wake();
    }
  }

  /// All who waited have left, and nobody holds WOKEN. Under the queue's lock.
  static void notWoken(MutexState mutex) {
    int seen;
    do {
      seen = mutex.state();
    } while (!mutex.cas(seen, seen & ~WOKEN));
  }

  /// Takes waiters off the queue until one is found that has not left. Each is off the count before
  /// it is decided, so that it finds the word as it will be. Under the queue's lock.
  static @Nullable Waiter takeOne(MutexState mutex, WaitQueue queue, int offset) {
    WaitNode node;
    while ((node = queue.poll()) != null) {
      int seen;
      do {
        seen = mutex.state();
      } while (!mutex.cas(seen, seen - ONE_WAITER));
      Waiter waiter = node.waiter();
      if (node.decide(offset)) {
        return waiter;
      }
    }
    return null;
  }
}
