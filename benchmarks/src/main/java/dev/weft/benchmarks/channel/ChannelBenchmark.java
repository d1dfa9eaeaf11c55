package dev.weft.benchmarks.channel;

import dev.weft.benchmarks.GoroutineBenchmark;
import dev.weft.benchmarks.Host;
import dev.weft.benchmarks.KotlinxHost;
import dev.weft.benchmarks.VirtualThreadHost;
import dev.weft.scheduler.SchedulerStats;

/// A row that is a program with channels. Besides Weft's backends, rivals run it: say `-p
/// backend=jox`, `juc` or `kotlinx`.
///
/// All send the same kind of thing, objects that exist beforehand, so that none pays for boxes; and
/// all run on the same number of threads.
public abstract class ChannelBenchmark extends GoroutineBenchmark {

  /// What is sent where it does not matter what.
  static final Object ELEMENT = Integer.valueOf(1_000_000);

  /// Null for kotlinx.
  private Library library = new WeftLibrary();

  /// For the rows.
  protected ChannelBenchmark() {}

  /// What is measured. On a goroutine, or on what the library has in its place.
  ///
  /// @param operations how many to do
  /// @return how many were done, as counted by who did them
  abstract long run(Library library, int operations) throws InterruptedException;

  /// The same program in Kotlin. On JMH's thread.
  abstract long runKotlinx(int operations);

  @Override
  protected final long run(int operations) throws InterruptedException {
    return library == null ? runKotlinx(operations) : run(library, operations);
  }

  @Override
  protected final Host rival(String name) {
    library =
        switch (name) {
          case "jox" -> new JoxLibrary();
          case "juc" -> new QueueLibrary();
          case "kotlinx" -> null;
          default -> throw new IllegalArgumentException("there is no rival " + name);
        };
    return library == null ? new KotlinxHost(procs()) : new VirtualThreadHost(procs());
  }

  /// Programs that have to switch say so.
  @Override
  protected void check(SchedulerStats stats, long operations) {}

  static void sendAll(Library.Pipe pipe, int elements) throws InterruptedException {
    for (int i = 0; i < elements; i++) {
      pipe.send(ELEMENT);
    }
  }

  static long receiveAll(Library.Pipe pipe, int elements) throws InterruptedException {
    long received = 0;
    for (int i = 0; i < elements; i++) {
      if (pipe.receive() == ELEMENT) {
        received++;
      }
    }
    return received;
  }
}
