package dev.weft.internal.timer;

import java.util.concurrent.atomic.AtomicInteger;

/// A node that counts what happens to it.
class TestNode extends TimerNode {
  final AtomicInteger fires = new AtomicInteger();
  final AtomicInteger cancels = new AtomicInteger();
  final AtomicInteger releases = new AtomicInteger();
  volatile long firedAt = -1;

  TestNode(long deadline) {
    super(deadline);
  }

  @Override
  protected void fire(long now) {
    fires.incrementAndGet();
    firedAt = now;
  }

  @Override
  protected void release() {
    releases.incrementAndGet();
  }

  boolean cancelAndCount() {
    boolean prevented = cancel();
    if (prevented) {
      cancels.incrementAndGet();
    }
    return prevented;
  }

  /// Fails unless this timer, which nothing can happen to any more, was decided exactly once.
  void checkDecidedOnce() {
    int fired = fires.get();
    int cancelled = cancels.get();
    if (fired + cancelled != 1 || releases.get() != cancelled) {
      throw new AssertionError(
          "fired %d, cancelled %d, released %d times: %s"
              .formatted(fired, cancelled, releases.get(), this));
    }
    if (fired == 1 && firedAt < deadline()) {
      throw new AssertionError("fired at " + firedAt + ", too early: " + this);
    }
  }
}
