package dev.weft.sync;

import dev.weft.testkit.ChildJvm;
import dev.weft.testkit.Descent;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The trap: a class whose initializer overflows the stack is broken for good. So the first lock of
/// a JVM is made and used at every depth near the end of a stack.
@Tag("fork")
class FirstLockTest {

  /// The worst mixture: the probe has small frames, what follows has large ones.
  private static final List<String> COMPILED_PROBE =
      List.of(
          "-Xcomp",
          "-XX:CompileCommand=quiet",
          "-XX:CompileCommand=compileonly,dev.weft.internal.park.StackProbe::*");

  @ParameterizedTest
  @ValueSource(strings = {"Mutex", "RWMutex", "Cond", "WaitGroup", "used"})
  @DisplayName("Locks work after the first one was made with the stack nearly full")
  void nearlyFull(String type) throws Exception {
    for (List<String> flags : List.of(List.<String>of(), COMPILED_PROBE)) {
      try (ChildJvm child = ChildJvm.start(Main.class, flags, type)) {
        child.awaitSuccess(60);
      }
    }
  }

  @SuppressWarnings("LockNotBeforeTry") // the order of locking is what is tested
  static final class Main {

    /// Loaded, not initialized. Loading has perils of its own, inside the JDK's class loader.
    private static final List<String> LOADED_FIRST =
        List.of(
            "internal.park.FreshStack",
            "internal.park.FreshStack$Outcome",
            "internal.park.StackProbe",
            "sync.Cond",
            "sync.Linkage",
            "sync.LockDebug",
            "sync.Mutex",
            "sync.NotifyList",
            "sync.RWMutex",
            "sync.RWView$Readers",
            "sync.RWView$Writer",
            "sync.WaitGroup");

    private Main() {}

    public static void main(String[] arguments) throws Exception {
      for (String name : LOADED_FIRST) {
        Class.forName("dev.weft." + name, false, Main.class.getClassLoader());
      }
      ReentrantLock foreign = new ReentrantLock();
      IntPredicate use =
          switch (arguments[0]) {
            case "Mutex" -> n -> lockAndUnlock(new Mutex());
            case "RWMutex" -> n -> readAndWrite(new RWMutex());
            case "Cond" -> n -> broadcast(new Cond(foreign));
            case "used" -> usingAgain(new Mutex(), new RWMutex());
            case "WaitGroup" -> n -> countUpAndDown(new WaitGroup());
            default -> throw new AssertionError(arguments[0]);
          };
      Thread deep = new Thread(null, () -> Descent.of(use), "deep", 512 * 1024, false);
      AtomicReference<Throwable> unexpected = new AtomicReference<>();
      deep.setUncaughtExceptionHandler((thread, failure) -> unexpected.set(failure));
      deep.start();
      deep.join();
      if (unexpected.get() != null) {
        throw new AssertionError(unexpected.get());
      }
      useAll();
    }

    /// Made in time, but used for the first time near the end of the stack. What is locked by one
    /// that could not unlock is found locked by the next, further up.
    private static IntPredicate usingAgain(Mutex mutex, RWMutex rw) {
      return n -> {
        if (mutex.isLocked() || RWState.readers(rw.state()) != 0 || rw.writers.isLocked()) {
          throw new AssertionError("the one before is not unlocked");
        }
        return lockAndUnlock(mutex) && readAndWrite(rw);
      };
    }

    private static boolean lockAndUnlock(Mutex mutex) {
      mutex.lock();
      mutex.unlock();
      return true;
    }

    private static boolean readAndWrite(RWMutex mutex) {
      mutex.rlock();
      mutex.runlock();
      mutex.lock();
      mutex.unlock();
      return true;
    }

    private static boolean broadcast(Cond cond) {
      cond.broadcast();
      return true;
    }

    private static boolean countUpAndDown(WaitGroup group) {
      group.add(1);
      group.add(-1);
      return true;
    }

    private static void useAll() throws InterruptedException {
      Mutex mutex = new Mutex();
      lockAndUnlock(mutex);
      readAndWrite(new RWMutex());
      countUpAndDown(new WaitGroup());
      Cond cond = new Cond(mutex);
      Thread signaller;
      mutex.lock();
      try {
        signaller =
            Thread.ofVirtual()
                .start(
                    () -> {
                      lockAndUnlock(mutex); // when the other one waits
                      cond.signal();
                    });
        cond.await();
      } finally {
        mutex.unlock();
      }
      signaller.join();
    }
  }
}
