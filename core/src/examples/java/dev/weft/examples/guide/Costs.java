package dev.weft.examples.guide;

import static dev.weft.Go.go;
import static dev.weft.Go.numGoroutine;

import com.sun.management.HotSpotDiagnosticMXBean;
import dev.weft.base.Body;
import dev.weft.channel.Channel;
import dev.weft.scheduler.Goroutine;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.SynchronousQueue;

/// Chapter "Process, thread, goroutine": what each costs, measured here and now. Other programs at
/// the same time make the figures larger, and so does the first run of everything.
public final class Costs {

  private static final int MANY = 100_000;

  private Costs() {}

  /// Measures and prints.
  ///
  /// @param args none
  public static void main(String[] args) throws Exception {
    starting();
    handingOver();
    space();
  }

  // snippet: starting
  private static void starting() throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    show("a process of the JVM", 3, () -> new ProcessBuilder(java, "-version").start().waitFor());
    show("a platform thread", 2_000, () -> Thread.ofPlatform().start(() -> {}).join());
    Goroutine starter = go(() -> show("a goroutine", MANY, () -> go(() -> {}).join()));
    starter.join();
  }

  private static void show(String what, int times, Body once) throws Exception {
    run(times / 2, once); // warm up
    long begin = System.nanoTime();
    run(times, once);
    System.out.println(what + " starts and ends in " + each(begin, times) + " us");
  }

  // end

  private static void run(int times, Body once) throws Exception {
    try {
      for (int i = 0; i < times; i++) {
        once.run();
      }
    } catch (Exception | Error e) {
      throw e;
    } catch (Throwable t) {
      throw new IllegalStateException(t);
    }
  }

  private static String each(long begin, int times) {
    return String.format(Locale.ROOT, "%,.1f", (System.nanoTime() - begin) / 1_000.0 / times);
  }

  private static void handingOver() throws Exception {
    // snippet: handing
    SynchronousQueue<Integer> there = new SynchronousQueue<>();
    SynchronousQueue<Integer> back = new SynchronousQueue<>();
    Thread echo =
        Thread.ofPlatform()
            .daemon()
            .start(
                () -> {
                  try {
                    for (; ; ) {
                      back.put(there.take());
                    }
                  } catch (InterruptedException ended) {
                    Thread.currentThread().interrupt();
                  }
                });
    long begin = System.nanoTime();
    for (int i = 0; i < 10_000; i++) {
      there.put(i);
      back.take();
    }
    System.out.println("threads: there and back in " + each(begin, 10_000) + " us");
    echo.interrupt();
    // end

    // snippet: goroutines
    Channel<Integer> ping = Channel.make();
    Channel<Integer> pong = Channel.make();
    go(
        () -> {
          for (int i : ping) {
            pong.send(i);
          }
        });
    Goroutine player =
        go(
            () -> {
              long start = System.nanoTime();
              for (int i = 0; i < MANY; i++) {
                ping.send(i);
                pong.receive();
              }
              System.out.println("goroutines: there and back in " + each(start, MANY) + " us");
            });
    player.join();
    ping.close();
    // end
  }

  private static void space() throws Exception {
    // snippet: space
    Channel<Boolean> end = Channel.make();
    List<Goroutine> waiting = new ArrayList<>(MANY);
    long before = used();
    for (int i = 0; i < MANY; i++) {
      waiting.add(go(end::receive));
    }
    Claim.becomes("the last one waits", () -> waiting.getLast().waitReason() != null);
    System.out.println(numGoroutine() + " goroutines, heap for each: " + (used() - before) / MANY);
    end.close();
    // end
    for (Goroutine goroutine : waiting) {
      goroutine.join();
    }
    // snippet: stack
    var options = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    String kilobytes = options.getVMOption("ThreadStackSize").getValue();
    System.out.println("address space for the stack of a platform thread: " + kilobytes + " KB");
    // end
  }

  private static long used() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}
