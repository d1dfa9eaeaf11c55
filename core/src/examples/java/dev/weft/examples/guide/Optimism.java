package dev.weft.examples.guide;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.StampedLock;
import java.util.function.UnaryOperator;

/// Chapter "Optimistic or pessimistic": what happens to those who were wrong.
public final class Optimism {

  private Optimism() {}

  /// A balance that never changes: each change is a new one.
  record Account(String owner, int balance) {}

  /// Shows each.
  ///
  /// @param args none
  public static void main(String[] args) {
    inVain();
    sameAgain();
    stale();
  }

  // snippet: update
  private static int update(AtomicReference<Account> shared, UnaryOperator<Account> change) {
    int tries = 1;
    Account seen = shared.get();
    while (!shared.compareAndSet(seen, change.apply(seen))) { // somebody was faster
      seen = shared.get();
      tries++;
    }
    return tries;
  }

  private static void inVain() {
    AtomicReference<Account> shared = new AtomicReference<>(new Account("ann", 100));
    AtomicInteger asked = new AtomicInteger();
    int tries =
        update(
            shared,
            account -> {
              if (asked.incrementAndGet() == 1) { // while it is worked out, somebody else pays in
                shared.set(new Account("ann", 150));
              }
              return new Account(account.owner(), account.balance() - 30);
            });
    System.out.println(tries + " tries, " + shared.get());
  }

  // end

  @SuppressWarnings("UnnecessaryAsync") // one thread stands for two
  private static void sameAgain() {
    // snippet: aba
    String a = "A";
    AtomicReference<String> top = new AtomicReference<>(a);
    String seen = top.get();
    top.set("B"); // somebody else
    top.set(a); // and back
    System.out.println("nothing noticed: " + top.compareAndSet(seen, "C"));
    // end
  }

  private static void stale() {
    // snippet: stale
    StampedLock lock = new StampedLock();
    int[] pair = {1, 1};
    long stamp = lock.tryOptimisticRead();
    int first = pair[0];
    long write = lock.writeLock(); // a writer comes in between
    pair[0] = 2;
    pair[1] = 2;
    lock.unlockWrite(write);
    int second = pair[1];
    System.out.println("read " + first + " and " + second + ", valid: " + lock.validate(stamp));
    // end
    Claim.that("half old and half new", first != second);
  }
}
