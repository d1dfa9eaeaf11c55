package dev.weft.examples;

import static dev.weft.Go.go;

import dev.weft.channel.Channel;
import dev.weft.channel.ReceiveChannel;
import dev.weft.channel.SendChannel;
import dev.weft.scheduler.Goroutine;
import dev.weft.scheduler.Scheduler;

/// Two goroutines that play ping-pong: each waits for the ball, hits it and plays it back.
///
/// The channels are unbuffered, so that a player who sends meets the one who receives, and of two
/// players only one has something to do at any time. How long an exchange takes is what it costs to
/// switch from one goroutine to another and back.
public final class PingPong {

  private PingPong() {}

  /// Plays, and prints how long an exchange took.
  ///
  /// @param args how many exchanges; 500,000 if there is none
  public static void main(String[] args) throws InterruptedException {
    int exchanges = args.length > 0 ? Integer.parseInt(args[0]) : 500_000;
    long start = System.nanoTime();
    Ball ball = play(exchanges);
    long nanos = System.nanoTime() - start;
    System.out.println(exchanges + " exchanges, " + ball.hits + " hits, on " + Scheduler.current());
    System.out.println(nanos / exchanges + " ns an exchange, warm-up included");
  }

  /// Who has received it may touch it, until he sends it: so it needs no lock.
  static final class Ball {
    long hits;
  }

  /// Plays some exchanges, two hits each.
  ///
  /// @return the ball
  static Ball play(int exchanges) throws InterruptedException {
    Channel<Ball> ping = Channel.make();
    Channel<Ball> pong = Channel.make();
    Goroutine first = go("ping", () -> play(2L * exchanges, ping, pong));
    Goroutine second = go("pong", () -> play(2L * exchanges, pong, ping));
    Ball ball = new Ball();
    ping.send(ball);
    first.join();
    second.join();
    return ball;
  }

  private static void play(long lastHit, ReceiveChannel<Ball> in, SendChannel<Ball> out)
      throws InterruptedException {
    for (Ball ball : in) {
      ball.hits++;
      if (ball.hits == lastHit) {
        out.close(); // the other one's loop ends
        return;
      }
      out.send(ball);
    }
  }
}
