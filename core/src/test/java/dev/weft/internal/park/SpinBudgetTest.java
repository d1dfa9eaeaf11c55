package dev.weft.internal.park;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class SpinBudgetTest {

  private final SpinBudget budget = new SpinBudget();

  @Test
  @DisplayName("The first waits do not spin, and then one is tried")
  void begins() {
    assertEquals(SpinBudget.FIRST_INTERVAL, waitsUntilTry());
  }

  @Test
  @DisplayName("A spin that pays is followed by another one, as often as it pays")
  void pays() {
    for (int i = 0; i < 100; i++) {
      budget.tried(true);
      assertTrue(budget.mayTry());
    }
  }

  @Test
  @DisplayName("The credit is bounded and halved: four that do not pay end it")
  void endsSoon() {
    for (int i = 0; i < 1000; i++) {
      budget.tried(true);
    }
    int tries = 0;
    while (budget.mayTry()) {
      budget.tried(false);
      tries++;
    }
    assertEquals(4, tries); // 8, 4, 2, 1
    assertEquals(SpinBudget.FIRST_INTERVAL - 1, waitsUntilTry()); // the look above was one
  }

  @Test
  @DisplayName("Where it never pays it is tried ever more seldom, but never given up")
  void evermoreSeldom() {
    int interval = SpinBudget.FIRST_INTERVAL;
    for (int i = 0; i < 20; i++) {
      assertEquals(interval, waitsUntilTry());
      budget.tried(false);
      interval = Math.min(2 * interval, SpinBudget.LAST_INTERVAL);
    }
    assertEquals(SpinBudget.LAST_INTERVAL, interval);
  }

  @Test
  @DisplayName("A try that pays makes the next tries frequent again")
  void oftenAgain() {
    for (int i = 0; i < 20; i++) {
      budget.tried(false);
    }
    budget.tried(true);
    budget.tried(false); // the credit of one
    assertEquals(SpinBudget.FIRST_INTERVAL, waitsUntilTry());
  }

  @Test
  @DisplayName(
      "A waiter that spins misses neither a decision that came before nor one during a park")
  void decided() throws InterruptedException {
    Waiter waiter = new Waiter(Thread.currentThread(), true);
    for (int i = 0; i < 3 * SpinBudget.FIRST_INTERVAL; i++) {
      long ticket = waiter.arm();
      waiter.decide(ticket, Waiter.FIRST_PEER_CODE);
      assertEquals(Waiter.FIRST_PEER_CODE, waiter.await(ticket, WaitReason.CHAN_RECEIVE, this));
    }
    long ticket = waiter.arm();
    Thread peer =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (LockSupport.getBlocker(waiter.thread()) == null) {
                    Thread.onSpinWait();
                  }
                  waiter.decide(ticket, Waiter.FIRST_PEER_CODE);
                  waiter.wake();
                });
    assertEquals(Waiter.FIRST_PEER_CODE, waiter.await(ticket, WaitReason.CHAN_RECEIVE, this));
    peer.join();
    assertFalse(Thread.currentThread().isInterrupted());
  }

  private int waitsUntilTry() {
    int waits = 1;
    while (!budget.mayTry()) {
      waits++;
    }
    return waits;
  }
}
