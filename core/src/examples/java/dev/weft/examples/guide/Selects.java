package dev.weft.examples.guide;

import static dev.weft.Go.go;
import static dev.weft.Go.otherwise;
import static dev.weft.Go.select;
import static dev.weft.Go.selectOrdered;
import static dev.weft.Go.selectValue;
import static dev.weft.Go.selectWithin;
import static dev.weft.Go.trySelect;

import dev.weft.channel.Channel;
import dev.weft.channel.ChannelClosedException;
import dev.weft.scheduler.Goroutine;
import java.time.Duration;

/// Chapter "Select": one goroutine that waits for several channels.
public final class Selects {

  private Selects() {}

  /// Shows each.
  ///
  /// @param args none
  public static void main(String[] args) throws Exception {
    loop();
    fair();
    ordered();
    withoutWaiting();
    inTime();
    merge();
    closedSend();
  }

  @SuppressWarnings("NullAway") // nobody closes jobs
  private static void loop() throws Exception {
    // snippet: loop
    Channel<Integer> jobs = Channel.make();
    Channel<Integer> results = Channel.make();
    Channel<Void> stop = Channel.make();
    Goroutine worker =
        go(
            () -> {
              var job = jobs.onReceive(); // cases are made once
              var stopped = stop.onReceive();
              var result = results.onSend();
              result.enabled(false); // nothing to send yet
              for (; ; ) {
                switch (select(job, stopped, result)) {
                  case 0 -> {
                    result.value(job.value() * job.value());
                    result.enabled(true);
                    job.enabled(false); // one after the other
                  }
                  case 1 -> {
                    return; // leaves the goroutine; no label needed
                  }
                  default -> {
                    result.enabled(false);
                    job.enabled(true);
                  }
                }
              }
            });
    jobs.send(7);
    System.out.println("result " + results.receive());
    stop.close();
    worker.join();
    // end
    Claim.that("it ended well", worker.failure() == null);
  }

  private static void fair() throws Exception {
    // snippet: fair
    Channel<String> left = Channel.make(10_000);
    Channel<String> right = Channel.make(10_000);
    for (int i = 0; i < 10_000; i++) {
      left.send("l");
      right.send("r");
    }
    int[] chosen = new int[2];
    var fromLeft = left.onReceive();
    var fromRight = right.onReceive();
    for (int i = 0; i < 10_000; i++) {
      chosen[select(fromLeft, fromRight)]++;
    }
    System.out.println("each about half: " + (chosen[0] > 4_500 && chosen[1] > 4_500));
    // end
  }

  private static void ordered() throws Exception {
    // snippet: ordered
    Channel<String> work = Channel.make(1);
    Channel<Void> stop = Channel.make();
    work.send("job");
    stop.close();
    System.out.println("case " + selectOrdered(stop.onReceive(), work.onReceive()));
    // end
    Claim.that("the job is still there", work.len() == 1);
  }

  private static void withoutWaiting() throws Exception {
    // snippet: try
    Channel<String> empty = Channel.make();
    System.out.println("default: " + trySelect(empty.onReceive()));
    System.out.println(selectValue(empty.onReceive().then(v -> "got " + v), otherwise(() -> "no")));
    // end
  }

  private static void inTime() throws Exception {
    // snippet: within
    Channel<String> answers = Channel.make();
    int chosen = selectWithin(Duration.ofMillis(5), answers.onReceive());
    System.out.println("in time: " + (chosen >= 0));
    // end
  }

  @SuppressWarnings("NullAway") // ok() says that there is a value
  // snippet: merge
  private static int merge(Channel<Integer> a, Channel<Integer> b) throws InterruptedException {
    int sum = 0;
    var fromA = a.onReceive();
    var fromB = b.onReceive();
    while (fromA.isEnabled() || fromB.isEnabled()) {
      var chosen = select(fromA, fromB) == 0 ? fromA : fromB;
      if (chosen.ok()) {
        sum += chosen.value();
      } else {
        chosen.enabled(false); // closed: without this it would be chosen again and again
      }
    }
    return sum;
  }

  // end

  private static void merge() throws Exception {
    Channel<Integer> a = Channel.make(3);
    Channel<Integer> b = Channel.make(3);
    for (int i = 1; i <= 3; i++) {
      a.send(i);
      b.send(10 * i);
    }
    a.close();
    b.close();
    System.out.println("merged " + merge(a, b));
  }

  private static void closedSend() throws Exception {
    // snippet: closed
    Channel<String> closed = Channel.make(1);
    closed.close();
    Claim.thrown(ChannelClosedException.class, () -> trySelect(closed.onSend("x")));
    // end
  }
}
