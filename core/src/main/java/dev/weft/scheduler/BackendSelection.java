package dev.weft.scheduler;

import dev.weft.internal.carrier.CarrierAccess;
import dev.weft.internal.park.FreshStack;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Decides between the backends: what was asked for, what this JVM permits, and whether it works.
final class BackendSelection {

  /// `auto`, `gpm` or `jdk`: what builders that were told nothing use.
  static final String PROPERTY = "weft.scheduler";

  private static final long SELF_TEST_SECONDS = 10;

  // The answer, and then whether there is one.
  private static volatile @Nullable String obstacle;
  private static volatile boolean checked;

  private BackendSelection() {}

  /// Chooses.
  ///
  /// @param wanted what the builder was told
  /// @throws UnsupportedOperationException if gpm was asked for by name and is not to be had
  static BackendChoice choose(Backend wanted) {
    String property = System.getProperty(PROPERTY);
    boolean jdk =
        wanted == Backend.JDK || (wanted == Backend.AUTO && "jdk".equalsIgnoreCase(property));
    return choose(wanted, property, jdk ? null : obstacle());
  }

  /// The same for given circumstances.
  ///
  /// @param property the value of [#PROPERTY], or null
  /// @param obstacle why gpm is not to be had, or null
  static BackendChoice choose(
      Backend wanted, @Nullable String property, @Nullable String obstacle) {
    Backend backend = wanted;
    String asked = "by the builder";
    if (wanted == Backend.AUTO && property != null) {
      backend = parse(property);
      asked = "by -D" + PROPERTY + "=" + property;
    }
    return switch (backend) {
      case JDK -> new BackendChoice(Backend.JDK, "jdk was asked for " + asked);
      case GPM -> {
        if (obstacle != null) {
          throw new UnsupportedOperationException(
              "the gpm backend was asked for " + asked + ", but " + obstacle);
        }
        yield new BackendChoice(Backend.GPM, "gpm was asked for " + asked);
      }
      case AUTO ->
          obstacle == null
              ? new BackendChoice(Backend.GPM, "java.lang is open and the self-test passed")
              : new BackendChoice(Backend.JDK, obstacle);
    };
  }

  private static Backend parse(String property) {
    try {
      return Backend.valueOf(property.toUpperCase(Locale.ROOT));
    } catch (IllegalArgumentException unknown) {
      throw new IllegalArgumentException(
          "-D" + PROPERTY + "=" + property + " names no backend; use auto, gpm or jdk", unknown);
    }
  }

  /// Looked into once a JVM, when first needed; but again if there was no memory for it. Not in a
  /// class initializer, which would remember that, too. Two threads that are the first together
  /// both do it.
  private static @Nullable String obstacle() {
    if (!checked) {
      FreshStack.run("weft-self-test", new Check());
    }
    return obstacle;
  }

  private static final class Check implements Runnable {

    @Override
    public void run() {
      String unavailable = CarrierAccess.unavailable();
      obstacle = unavailable != null ? unavailable : selfTest();
      checked = true;
    }
  }

  /// Runs one virtual thread by hand, on a platform thread, through a yield.
  ///
  /// @return what went wrong, or null
  private static @Nullable String selfTest() {
    BlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(16);
    try {
      Thread[] ran = new Thread[1];
      Thread virtual =
          CarrierAccess.newThread(
              queue::add,
              null,
              CarrierAccess.NO_INHERIT_THREAD_LOCALS,
              () -> {
                ran[0] = CarrierAccess.currentCarrier();
                Thread.yield();
              });
      Thread carrier =
          new Thread(
              null,
              () -> {
                Runnable step;
                while (virtual.getState() != Thread.State.TERMINATED
                    && (step = nextStep(queue)) != null) {
                  step.run();
                }
              },
              "weft-self-test-carrier",
              0,
              false);
      carrier.setDaemon(true);
      virtual.start();
      carrier.start();
      awaitEnd(carrier);
      boolean passed = virtual.getState() == Thread.State.TERMINATED && ran[0] == carrier;
      return passed
          ? null
          : "the self-test failed: a virtual thread did not run on a given carrier";
    } catch (VirtualMachineError passing) {
      throw passing; // no memory: that says nothing about the backend
    } catch (RuntimeException | Error e) {
      return "the self-test failed with " + e;
    }
  }

  /// An interrupt of the calling thread is none of the self-test's business: its outcome holds for
  /// the life of the JVM.
  private static void awaitEnd(Thread carrier) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SELF_TEST_SECONDS);
    boolean interrupted = false;
    long left;
    while (carrier.isAlive() && (left = deadline - System.nanoTime()) > 0) {
      try {
        TimeUnit.NANOSECONDS.timedJoin(carrier, left);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static @Nullable Runnable nextStep(BlockingQueue<Runnable> queue) {
    try {
      return queue.poll(SELF_TEST_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      return null; // nobody else knows this thread; give up, and the test fails
    }
  }
}
