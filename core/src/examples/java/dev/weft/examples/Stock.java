package dev.weft.examples;

import dev.weft.sync.Mutex;
import dev.weft.sync.WaitGroup;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.StampedLock;

/// Two numbers that belong together, protected in three ways.
///
/// A shop has pieces on its shelves and counts those it has sold; the sum never changes.
/// [WithMutex] is pessimistic: it lets nobody in while it works. The others are optimistic. They
/// work on what they have seen, and look afterwards whether it still holds: [BySwap] when it
/// changes something, [Stamped] when it reads.
public sealed interface Stock {

  /// What there is at one moment.
  ///
  /// @param pieces how many are left
  /// @param sold how many are not
  record Level(int pieces, int sold) {

    /// What is there after some have been sold.
    Level without(int count) {
      return new Level(pieces - count, sold + count);
    }
  }

  /// Sells some, or none if there are not enough.
  boolean sell(int count);

  /// Both numbers, of the same moment.
  Level level();

  /// How often something was done in vain, because somebody else came in between.
  default long repeats() {
    return 0;
  }

  /// Pessimistic. The right choice unless something is measured: the code between lock and unlock
  /// may take its time, fail, and have effects that cannot be repeated.
  final class WithMutex implements Stock {
    private final Mutex mutex = new Mutex();
    private int pieces;
    private int sold;

    WithMutex(int pieces) {
      this.pieces = pieces;
    }

    // snippet: mutex
    @Override
    public boolean sell(int count) {
      mutex.lock();
      try {
        if (pieces < count) {
          return false;
        }
        pieces -= count;
        sold += count;
        return true;
      } finally {
        mutex.unlock();
      }
    }

    // end

    @Override
    public Level level() {
      mutex.lock();
      try {
        return new Level(pieces, sold);
      } finally {
        mutex.unlock();
      }
    }
  }

  /// Optimistic: read, make a new value, and put it in place of the one that was read, if that is
  /// still there. If not, do it all again; so it must be short, and have no other effect. What is
  /// replaced is one object that never changes: one reference stands for both numbers, and each
  /// level is a new one, so nobody takes an old one for it.
  final class BySwap implements Stock {
    private final AtomicReference<Level> level;
    private final AtomicLong repeats = new AtomicLong();

    BySwap(int pieces) {
      level = new AtomicReference<>(new Level(pieces, 0));
    }

    // snippet: swap
    @Override
    public boolean sell(int count) {
      for (; ; ) {
        Level seen = level.get();
        if (seen.pieces() < count) {
          return false;
        }
        if (level.compareAndSet(seen, seen.without(count))) {
          return true;
        }
        repeats.incrementAndGet();
      }
    }

    // end

    @Override
    public Level level() {
      return level.get();
    }

    @Override
    public long repeats() {
      return repeats.get();
    }
  }

  /// Optimistic when it reads: it takes no lock and writes nothing, so any number of readers do not
  /// get in each other's way. What it has read may be half of one state and half of another until
  /// `validate` has said otherwise: so it only copies, and decides nothing before. Who changes
  /// something takes the lock, which belongs to nobody in particular and must not be taken twice.
  final class Stamped implements Stock {
    private final StampedLock lock = new StampedLock();
    private final AtomicLong repeats = new AtomicLong();
    private int pieces;
    private int sold;

    Stamped(int pieces) {
      this.pieces = pieces;
    }

    @Override
    public boolean sell(int count) {
      long stamp = lock.writeLock();
      try {
        if (pieces < count) {
          return false;
        }
        pieces -= count;
        sold += count;
        return true;
      } finally {
        lock.unlockWrite(stamp);
      }
    }

    // snippet: stamped
    @Override
    public Level level() {
      long stamp = lock.tryOptimisticRead();
      Level seen = new Level(pieces, sold);
      if (lock.validate(stamp)) {
        return seen;
      }
      repeats.incrementAndGet();
      long held = lock.readLock();
      try {
        return new Level(pieces, sold);
      } finally {
        lock.unlockRead(held);
      }
    }

    // end

    @Override
    public long repeats() {
      return repeats.get();
    }
  }

  /// Sells all that there is, one by one, from several goroutines.
  ///
  /// @param stock where from
  /// @param sellers how many goroutines
  /// @return how many were sold
  static long sellOut(Stock stock, int sellers) throws InterruptedException {
    AtomicLong sold = new AtomicLong();
    WaitGroup done = new WaitGroup();
    for (int i = 0; i < sellers; i++) {
      done.go(
          () -> {
            while (stock.sell(1)) {
              sold.incrementAndGet();
            }
          });
    }
    done.await();
    return sold.get();
  }

  /// Sells out three shops.
  ///
  /// @param args how many pieces each has; 100,000 if there is none
  static void main(String[] args) throws InterruptedException {
    int pieces = args.length > 0 ? Integer.parseInt(args[0]) : 100_000;
    for (Stock stock :
        new Stock[] {new WithMutex(pieces), new BySwap(pieces), new Stamped(pieces)}) {
      long sold = sellOut(stock, 4);
      System.out.println(
          stock.getClass().getSimpleName() + ": sold " + sold + ", left " + stock.level().pieces());
    }
  }
}
