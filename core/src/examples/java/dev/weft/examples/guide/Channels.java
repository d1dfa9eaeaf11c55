package dev.weft.examples.guide;

import static dev.weft.Go.go;

import dev.weft.channel.Channel;
import dev.weft.channel.ChannelClosedException;
import dev.weft.channel.ReceiveChannel;
import dev.weft.channel.SendChannel;
import dev.weft.scheduler.Goroutine;
import dev.weft.sync.WaitGroup;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// Chapter "Channels": buffered and unbuffered, closed and nil, and many at one channel.
public final class Channels {

  private Channels() {}

  /// Shows each.
  ///
  /// @param args none
  public static void main(String[] args) throws Exception {
    unbuffered();
    buffered();
    order();
    closed();
    closedUnderASender();
    nil();
    many();
  }

  private static void unbuffered() throws Exception {
    // snippet: unbuffered
    Channel<String> channel = Channel.make(); // make(chan string)
    Goroutine sender = go(() -> channel.send("hello"));
    Claim.becomes("it waits", () -> "chan send".equals(sender.waitReason()));
    System.out.println(channel.receive() + ", in the buffer " + channel.len());
    sender.join();
    // end
  }

  private static void buffered() throws Exception {
    // snippet: buffered
    Channel<Integer> channel = Channel.make(2); // make(chan int, 2)
    System.out.println(channel.trySend(1) + " " + channel.trySend(2) + " " + channel.trySend(3));
    // end
    Claim.that("two without a receiver", channel.len() == 2);
  }

  private static void order() throws Exception {
    // snippet: order
    Channel<Integer> channel = Channel.make(1);
    channel.send(1);
    Goroutine sender = go(() -> channel.send(2)); // no room
    Claim.becomes("it waits", () -> "chan send".equals(sender.waitReason()));
    Integer first = channel.receive(); // takes the 1, and puts the 2 into its place
    sender.join();
    System.out.println("first " + first + ", then " + channel.len() + " in the buffer");
    // end
    Claim.that("the 2", Integer.valueOf(2).equals(channel.tryReceive().value()));
  }

  private static void closed() throws Exception {
    // snippet: closed
    Channel<String> channel = Channel.make(2);
    channel.send("last");
    channel.close();
    System.out.println(channel.receiveOk().ok() + " " + channel.receiveOk().ok()); // v, ok := <-ch
    System.out.println(channel.receive()); // and so for ever
    Claim.thrown(ChannelClosedException.class, () -> channel.send("more"));
    Claim.thrown(ChannelClosedException.class, () -> channel.trySend("more"));
    Claim.thrown(ChannelClosedException.class, channel::close);
    // end
  }

  private static void closedUnderASender() throws Exception {
    // snippet: sender
    Channel<String> channel = Channel.make();
    Goroutine sender =
        go(() -> Claim.thrown(ChannelClosedException.class, () -> channel.send("never")));
    Claim.becomes("it waits", () -> "chan send".equals(sender.waitReason()));
    channel.close(); // wakes all who wait; senders throw, each in its own goroutine
    sender.join();
    System.out.println("failure of the sender: " + sender.failure());
    // end
  }

  private static void nil() throws Exception {
    // snippet: nil
    Channel<String> nil = Channel.nil();
    System.out.println("nil: " + nil.trySend("x") + ", " + nil.tryReceive().isEmpty());
    System.out.println("in time: " + nil.send("x", Duration.ofMillis(1)));
    Claim.thrown(IllegalStateException.class, nil::close);
    Goroutine waits = go(nil::receive); // for ever, if nobody interrupts it
    Claim.becomes("it waits", () -> "chan receive (nil chan)".equals(waits.waitReason()));
    // end
    Goroutine alsoWaits = go(() -> Claim.thrown(InterruptedException.class, nil::receive));
    alsoWaits.interrupt();
    alsoWaits.join();
    Claim.that("interrupted", alsoWaits.failure() == null);
  }

  // snippet: views
  private static void produce(SendChannel<? super Integer> numbers) throws InterruptedException {
    for (int i = 1; i <= 1_000; i++) {
      numbers.send(i);
    }
  }

  private static void sum(ReceiveChannel<Integer> numbers, AtomicLong total) {
    long sum = 0; // nobody else's, so it needs no lock
    for (int number : numbers) { // until it is closed and empty
      sum += number;
    }
    total.addAndGet(sum);
  }

  private static void many() throws InterruptedException {
    Channel<Integer> numbers = Channel.make(16);
    AtomicLong total = new AtomicLong();
    WaitGroup producers = new WaitGroup();
    WaitGroup consumers = new WaitGroup();
    for (int i = 0; i < 4; i++) {
      producers.go(() -> produce(numbers));
      consumers.go(() -> sum(numbers, total));
    }
    producers.await();
    numbers.close(); // when all senders have finished, and by one who knows
    consumers.await();
    System.out.println("4 times 1 to 1000: " + total);
  }

  // end
}
