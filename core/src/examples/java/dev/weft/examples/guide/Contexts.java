package dev.weft.examples.guide;

import static dev.weft.Go.go;
import static dev.weft.Go.select;

import dev.weft.channel.Channel;
import dev.weft.context.CancelContext;
import dev.weft.context.Context;
import dev.weft.context.ContextKey;
import dev.weft.context.DeadlineExceededException;
import dev.weft.scheduler.Goroutine;
import java.lang.Thread.State;
import java.time.Duration;

/// Chapter "Contexts": ending what belongs together, and what belongs to it.
@SuppressWarnings("NullAway") // err() and cause() are there once it is done, jobs are not closed
public final class Contexts {

  private Contexts() {}

  /// Shows each.
  ///
  /// @param args none
  public static void main(String[] args) throws Exception {
    worker();
    tree();
    timeout();
    cause();
    values();
    blocking();
    afterwards();
  }

  // snippet: worker
  private static int work(Context ctx, Channel<Integer> jobs) throws InterruptedException {
    int sum = 0;
    var job = jobs.onReceive();
    var done = ctx.done().onReceive();
    while (select(job, done) == 0 && job.ok()) {
      sum += job.value();
    }
    return sum;
  }

  private static void worker() throws Exception {
    Channel<Integer> jobs = Channel.make();
    int[] sum = new int[1];
    try (CancelContext ctx = Context.withCancel(Context.background())) {
      Goroutine worker = go(() -> sum[0] = work(ctx, jobs));
      jobs.send(20);
      jobs.send(22);
      ctx.cancel(null); // cancel(); the worker waits for a job, and notices at once
      worker.join();
    }
    System.out.println("sum " + sum[0]);
  }

  // end

  private static void tree() {
    // snippet: tree
    try (CancelContext request = Context.withCancel(Context.background());
        CancelContext left = Context.withCancel(request);
        CancelContext right = Context.withCancel(request)) {
      left.cancel(null);
      System.out.println(left.isDone() + " " + right.isDone() + " " + request.isDone());
      request.cancel(null);
      System.out.println(right.isDone() + ": " + right.err().getMessage());
    }
    // end
  }

  private static void timeout() throws Exception {
    // snippet: timeout
    Channel<String> answers = Channel.make(); // nobody sends
    try (CancelContext ctx = Context.withTimeout(Context.background(), Duration.ofMillis(5))) {
      if (select(answers.onReceive(), ctx.done().onReceive()) == 1) {
        System.out.println(ctx.err().getMessage());
      }
      Claim.thrown(DeadlineExceededException.class, ctx::check);
    }
    // end
  }

  private static void cause() {
    // snippet: cause
    try (CancelContext ctx = Context.withCancel(Context.background())) {
      ctx.cancel(new IllegalStateException("the disk is full"));
      System.out.println(ctx.err().getMessage() + ", since " + ctx.cause().getMessage());
    }
    // end
  }

  // snippet: values
  private static final ContextKey<String> USER = ContextKey.named("user");

  private static void values() throws Exception {
    Context ctx = Context.withValue(Context.background(), USER, "ann");
    System.out.println(ctx.value(USER) + " by the parameter");
    ctx.run(() -> go(Contexts::deepInside).join());
  }

  private static void deepInside() {
    System.out.println(Context.current().value(USER) + " without one");
  }

  // end

  // snippet: blocking
  private static String sleep(Context ctx) throws Exception {
    try {
      return Context.interrupting(
          ctx,
          () -> {
            Thread.sleep(Duration.ofDays(1)); // knows no contexts
            return "slept";
          });
    } catch (InterruptedException e) {
      return "woken by: " + ctx.err().getMessage();
    }
  }

  // end

  private static void blocking() throws Exception {
    Channel<String> said = Channel.make(1);
    try (CancelContext ctx = Context.withCancel(Context.background())) {
      Goroutine sleeper = go(() -> said.send(sleep(ctx)));
      Claim.becomes("it sleeps", () -> sleeper.thread().getState() == State.TIMED_WAITING);
      ctx.cancel(null);
      System.out.println(said.receive());
    }
  }

  private static void afterwards() throws Exception {
    // snippet: after
    Channel<String> told = Channel.make(1);
    try (CancelContext ctx = Context.withCancel(Context.background())) {
      var first = Context.afterFunc(ctx, () -> told.send("cleaned up"));
      var second = Context.afterFunc(ctx, () -> told.send("never"));
      System.out.println("prevented: " + second.stop());
      ctx.cancel(null);
      System.out.println(told.receive() + ", too late: " + !first.stop());
    }
    // end
  }
}
