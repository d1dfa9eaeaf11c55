package dev.weft.benchmarks.switching;

import static dev.weft.Go.go;

import dev.weft.benchmarks.GoroutineBenchmark;
import dev.weft.internal.park.Runtime;
import dev.weft.internal.park.WaitReason;
import dev.weft.internal.park.Waiter;
import dev.weft.scheduler.Goroutine;
import dev.weft.scheduler.SchedulerStats;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;

/// What it costs two goroutines to wait for each other by the way in which all of Weft's primitives
/// block: a [Waiter].
///
/// They play ping-pong: each arms its waiter, decides the other's, wakes it and waits for its own
/// to be decided. One operation is a round trip: two of each. Beside [ParkPair] it shows what the
/// look-up of the waiter, the outcome word and the stamps for dumps add.
public class WaiterPair extends GoroutineBenchmark {
  static final int OPERATIONS = 50_000;

  private static final int GRANTED = Waiter.FIRST_PEER_CODE;

  @Benchmark
  @OperationsPerInvocation(OPERATIONS)
  public long roundTrip() throws InterruptedException {
    return invoke(OPERATIONS);
  }

  @Override
  protected long run(int operations) throws InterruptedException {
    Seat own = new Seat();
    Seat peers = new Seat();
    own.sitDown();
    Goroutine peer = go(() -> returnAll(peers, own, operations));
    await(own);
    for (int i = 0; i < operations; i++) {
      play(own, peers);
    }
    peer.join();
    return peers.returned;
  }

  private void returnAll(Seat own, Seat server, int times) {
    for (int i = 0; i < times; i++) {
      play(own, server);
      own.returned++;
    }
    server.grant();
  }

  /// Sits down before it grants: so whoever is granted finds the other one seated.
  private void play(Seat own, Seat other) {
    own.sitDown();
    other.grant();
    await(own);
  }

  private void await(Seat own) {
    int outcome = block(own.waiter, own.ticket);
    if (outcome != GRANTED) {
      throw new IllegalStateException("a wait ended with outcome " + outcome);
    }
  }

  /// Waits until the round of the ticket is decided.
  int block(Waiter waiter, long ticket) {
    return waiter.await(ticket, WaitReason.SEMACQUIRE, this);
  }

  @Override
  protected void check(SchedulerStats stats, long operations) {
    atLeast("switches", stats.switches(), operations);
  }

  /// Written by its owner before it grants the other, read by the other when it was granted.
  private static final class Seat {
    private Waiter waiter;
    private long ticket;
    private long returned;

    void sitDown() {
      waiter = Runtime.get().waiter();
      ticket = waiter.arm();
    }

    void grant() {
      if (!waiter.decide(ticket, GRANTED)) {
        throw new IllegalStateException("the other one was granted already");
      }
      waiter.wake();
    }
  }
}
