package dev.weft.scheduler;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;
import static java.lang.invoke.MethodHandles.lookup;

import dev.weft.internal.carrier.CarrierAccess;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// The goroutines of a scheduler that have started and not ended: to count them, to interrupt them
/// when it closes, to list them.
///
/// Doubly linked lists through the goroutines themselves, one a stripe, each under a spin lock of a
/// few instructions: adding and removing allocate nothing, and add may be called inside
/// `Executor.execute`. A goroutine goes onto one of the stripes of the machine that it is started
/// on, so that a machine which starts and runs its own meets nobody else there; which of them, and
/// which of all where there is no machine, follows from its id. Machines beyond 32, and spare ones,
/// share stripes with others.
final class LiveGoroutines {

  private static final class Stripe {

    private static final VarHandle LOCK =
        fieldVarHandle(lookup(), "lock", VarHandle.class, Stripe.class, int.class);

    private final Runnable osYield;
    private volatile int lock;
    private volatile int size;
    private @Nullable Goroutine head;

    Stripe(Runnable osYield) {
      this.osYield = osYield;
      lock(); // links the call of the VarHandle, so that it is not linked inside execute
      lock = 0;
    }

    private void lock() {
      for (int spins = 0; lock != 0 || !LOCK.compareAndSet(this, 0, 1); spins++) {
        if (spins < 100) {
          Thread.onSpinWait();
        } else {
          osYield.run();
        }
      }
    }

    void add(Goroutine goroutine) {
      lock();
      Goroutine second = head;
      goroutine.nextLive = second;
      if (second != null) {
        second.previousLive = goroutine;
      }
      head = goroutine;
      goroutine.listed = true;
      int before = size;
      size = before + 1;
      lock = 0;
    }

    void remove(Goroutine goroutine) {
      lock();
      if (!goroutine.listed) {
        lock = 0;
        return; // somebody else started its thread, so that its own start failed
      }
      goroutine.listed = false;
      Goroutine before = goroutine.previousLive;
      Goroutine after = goroutine.nextLive;
      if (before != null) {
        before.nextLive = after;
      } else {
        head = after;
      }
      if (after != null) {
        after.previousLive = before;
      }
      goroutine.previousLive = null;
      goroutine.nextLive = null;
      int more = size;
      size = more - 1;
      lock = 0;
    }

    /// Copies the list; the room for it is made without the lock, so this may take several turns.
    void copyTo(List<Goroutine> into) {
      for (; ; ) {
        Goroutine[] copy = new Goroutine[size + 8];
        int n = 0;
        lock();
        boolean fits = size <= copy.length;
        if (fits) {
          for (Goroutine g = head; g != null; g = g.nextLive) {
            copy[n++] = g;
          }
        }
        lock = 0;
        if (fits) {
          into.addAll(Arrays.asList(copy).subList(0, n));
          return;
        }
      }
    }
  }

  /// Stripes for each machine: some cache lines, for thieves of what it has started.
  private static final int EACH = 8;

  /// So that the index of a stripe fits the byte that a goroutine has for it.
  private static final int MOST_MACHINES = 32;

  private final Stripe[] stripes;

  /// Threads that wait for all to end. Goroutines only read it.
  private final List<Thread> waiters = new CopyOnWriteArrayList<>();

  /// @param procs how many machines may add at the same time
  /// @param osYield lets another thread have the processor, also below a pinned virtual thread
  LiveGoroutines(int procs, Runnable osYield) {
    int machines = Math.min(procs, MOST_MACHINES);
    stripes = new Stripe[Integer.highestOneBit(2 * machines - 1) * EACH]; // a power of two
    for (int i = 0; i < stripes.length; i++) {
      stripes[i] = new Stripe(osYield);
    }
  }

  private Stripe stripe(Goroutine goroutine) {
    return stripes[goroutine.stripe & (stripes.length - 1)];
  }

  private static byte stripeOf(Goroutine goroutine) {
    int id = (int) goroutine.id();
    return (byte)
        (CarrierAccess.AVAILABLE && CarrierAccess.currentCarrier() instanceof Machine machine
            ? machine.id() * EACH + (id & (EACH - 1))
            : id);
  }

  /// Adds a goroutine that is about to start. A full fence: see [Scheduler#start].
  void add(Goroutine goroutine) {
    goroutine.counted = true;
    goroutine.stripe = stripeOf(goroutine);
    stripe(goroutine).add(goroutine);
  }

  /// Adds a goroutine that somebody else has started, unless it was added before.
  void addStarted(Goroutine goroutine) {
    if (!goroutine.counted) {
      add(goroutine);
      goroutine.accepted();
    }
  }

  void remove(Goroutine goroutine) {
    stripe(goroutine).remove(goroutine);
    if (!waiters.isEmpty()) {
      waiters.forEach(LockSupport::unpark);
    }
  }

  /// Registers a thread to be unparked whenever a goroutine ends. It looks at the count after that.
  void addWaiter(Thread waiter) {
    waiters.add(waiter);
  }

  /// Undoes [#addWaiter].
  void removeWaiter(Thread waiter) {
    waiters.remove(waiter);
  }

  /// How many there are. Not a snapshot while some start or end; exact when none does.
  int count() {
    int count = 0;
    for (Stripe stripe : stripes) {
      count += stripe.size;
    }
    return count;
  }

  /// Those that were alive at some time during the call.
  List<Goroutine> list() {
    List<Goroutine> all = new ArrayList<>();
    for (Stripe stripe : stripes) {
      stripe.copyTo(all);
    }
    return all;
  }
}
