package dev.weft.benchmarks.memory;

import com.softwaremill.jox.Channel;
import dev.weft.base.Body;
import dev.weft.benchmarks.VirtualThreadHost;
import dev.weft.scheduler.Backend;
import dev.weft.scheduler.Scheduler;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/// How many bytes of the heap a goroutine, a channel or a blocked receiver takes.
///
/// A row makes 100,000 of something, collects garbage and divides what is used by the number.
/// Before that it makes as many and keeps them, so that the code is compiled and what exists once
/// is there: a frame of the interpreter is larger than one of the compiler. Each row is a new JVM
/// with the serial collector, which counts to the byte; sizes of objects don't depend on the
/// collector.
///
/// Run by `java -jar benchmarks.jar memory`.
public final class MemoryTable {
  private static final int NUMBER = 100_000;

  private static final List<Row> ROWS =
      List.of(
          new Row("virtual thread, parked", () -> plainThreads(LockSupport::park)),
          new Row("goroutine on gpm, parked", () -> goroutines(Backend.GPM, LockSupport::park)),
          new Row("goroutine on jdk, parked", () -> goroutines(Backend.JDK, LockSupport::park)),
          new Row("goroutine on gpm, in receive", () -> receivers(Backend.GPM)),
          new Row("goroutine on jdk, in receive", () -> receivers(Backend.JDK)),
          new Row("virtual thread, in receive of Weft", MemoryTable::plainReceivers),
          new Row("virtual thread, in receive of Jox", MemoryTable::joxReceivers),
          new Row("channel, capacity 0", () -> dev.weft.channel.Channel::make),
          new Row("channel, capacity 16", () -> () -> dev.weft.channel.Channel.make(16)),
          new Row("Jox channel, capacity 0", () -> Channel::newRendezvousChannel),
          new Row("Jox channel, capacity 16", () -> () -> Channel.newBufferedChannel(16)),
          new Row("SynchronousQueue", () -> SynchronousQueue::new),
          new Row("ArrayBlockingQueue, capacity 16", () -> () -> new ArrayBlockingQueue<>(16)));

  private MemoryTable() {}

  /// Prints the table or, if given the number of a row, the row.
  public static void main(String[] args) throws Exception {
    if (args.length == 0) {
      table();
    } else {
      ROWS.get(Integer.parseInt(args[0])).run();
    }
  }

  private static void table() throws IOException, InterruptedException {
    System.out.printf("%s, %,d of each%n%n", Runtime.version(), NUMBER);
    System.out.printf("| what | bytes |%n| --- | ---: |%n");
    for (int i = 0; i < ROWS.size(); i++) {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
      command.addAll(List.of("-XX:+UseSerialGC", "-Xmx1g", "-Xbatch"));
      command.add("--add-opens=java.base/java.lang=ALL-UNNAMED");
      command.addAll(List.of("-cp", System.getProperty("java.class.path")));
      command.addAll(List.of(MemoryTable.class.getName(), Integer.toString(i)));
      int code = new ProcessBuilder(command).inheritIO().start().waitFor();
      if (code != 0) {
        throw new IllegalStateException("the row \"" + ROWS.get(i).name() + "\" failed: " + code);
      }
    }
  }

  private static Supplier<Object> plainThreads(Body body) {
    Runnable task = VirtualThreadHost.asRunnable(body);
    return () -> Thread.startVirtualThread(task);
  }

  private static Supplier<Object> goroutines(Backend backend, Body body) {
    Scheduler scheduler = Scheduler.builder().backend(backend).build();
    return () -> scheduler.go(body).thread();
  }

  private static Supplier<Object> receivers(Backend backend) {
    var channel = dev.weft.channel.Channel.<Object>make();
    return goroutines(backend, channel::receive);
  }

  private static Supplier<Object> plainReceivers() {
    var channel = dev.weft.channel.Channel.<Object>make();
    return plainThreads(channel::receive);
  }

  private static Supplier<Object> joxReceivers() {
    Channel<Object> channel = Channel.newRendezvousChannel();
    return plainThreads(channel::receive);
  }

  /// @param make gives what makes one: an object, or the thread that is to block
  private record Row(String name, Supplier<Supplier<Object>> make) {

    void run() throws InterruptedException {
      Supplier<Object> source = make.get();
      Object[] kept = new Object[2 * NUMBER];
      fill(kept, 0, source);
      long before = usedHeap();
      fill(kept, NUMBER, source);
      long bytes = usedHeap() - before;
      System.out.printf("| %s | %,d |%n", name, Math.round((double) bytes / NUMBER));
      // Ends the JVM with the threads still blocked; also keeps what was made alive until here.
      System.exit(kept[kept.length - 1] == null ? 1 : 0);
    }

    private static void fill(Object[] kept, int from, Supplier<Object> source)
        throws InterruptedException {
      for (int i = from; i < from + NUMBER; i++) {
        kept[i] = source.get();
      }
      for (int i = from; i < from + NUMBER; i++) {
        if (kept[i] instanceof Thread thread) {
          awaitBlocked(thread);
        }
      }
    }

    private static void awaitBlocked(Thread thread) throws InterruptedException {
      while (thread.getState() != Thread.State.WAITING) {
        if (!thread.isAlive()) {
          throw new IllegalStateException(thread + " ended instead of blocking");
        }
        Thread.sleep(1);
      }
    }

    private static long usedHeap() {
      for (int i = 0; i < 3; i++) {
        System.gc();
      }
      return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
  }
}
