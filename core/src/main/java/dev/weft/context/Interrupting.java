package dev.weft.context;

import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Interrupts a thread when a context is done, as long as it is in a certain piece of code.
final class Interrupting extends Child {

  /*
   * States   RUNNING --by who ends the context--> SENDING, then the latch is opened
   *          RUNNING --by the thread, at its end--> OVER
   *   Whichever compare-and-set is first counts. A thread that comes to its end while an interrupt is on
   *   its way waits for that, so that it does not hit what the thread does next.
   */
  private static final int RUNNING = 0;
  private static final int SENDING = 1;
  private static final int OVER = 2;

  private final Thread thread = Thread.currentThread();
  private final AtomicInteger state = new AtomicInteger(RUNNING);
  private final CountDownLatch sent = new CountDownLatch(1);

  private Interrupting() {}

  static <T extends @Nullable Object> T call(Context context, Callable<? extends T> body)
      throws Exception {
    Objects.requireNonNull(context, "context");
    Objects.requireNonNull(body, "body");
    context.check();
    CancelContext ending = context.canceler();
    if (ending == null) {
      return body.call();
    }
    Interrupting interrupting = new Interrupting();
    ending.adopt(interrupting);
    try {
      return body.call();
    } finally {
      try {
        interrupting.end();
      } finally {
        ending.forget(interrupting);
      }
    }
  }

  @Override
  void parentEnded(ContextException why, Throwable reason, ChildList toTell) {
    if (state.compareAndSet(RUNNING, SENDING)) {
      try {
        thread.interrupt();
      } finally {
        sent.countDown();
      }
    }
  }

  private void end() {
    if (!state.compareAndSet(RUNNING, OVER)) {
      awaitSent();
      Thread.interrupted(); // it was for what is over
    }
  }

  private void awaitSent() {
    while (sent.getCount() > 0) {
      try {
        sent.await();
      } catch (InterruptedException expected) {
        // this is the one
      }
    }
  }
}
