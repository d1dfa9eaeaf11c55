package dev.weft.sync;

import dev.weft.testkit.FirstUse;
import java.util.List;
import java.util.Objects;
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

  @ParameterizedTest
  @ValueSource(
      strings = {"Mutex", "RWMutex", "Cond", "WaitGroup", "Once", "Pool", "AtomicValue", "used"})
  @DisplayName("Locks work after the first one was made with the stack nearly full")
  void nearlyFull(String type) throws Exception {
    FirstUse.run(Main.class, type);
  }

  @SuppressWarnings("LockNotBeforeTry") // the order of locking is what is tested
  static final class Main {

    private static final List<String> LOADED_FIRST =
        List.of(
            "internal.park.FreshStack",
            "internal.park.FreshStack$Outcome",
            "internal.park.StackProbe",
            "sync.AtomicValue",
            "sync.AtomicValue$Handles",
            "sync.Cond",
            "sync.Linkage",
            "sync.LockDebug",
            "sync.Mutex",
            "sync.NotifyList",
            "sync.Once",
            "sync.Pool",
            "sync.PoolGeneration",
            "sync.RWMutex",
            "sync.RWView$Readers",
            "sync.RWView$Writer",
            "sync.WaitGroup");

    private Main() {}

    public static void main(String[] arguments) throws Exception {
      FirstUse.load(LOADED_FIRST);
      ReentrantLock foreign = new ReentrantLock();
      IntPredicate use =
          switch (arguments[0]) {
            case "Mutex" -> n -> lockAndUnlock(new Mutex());
            case "RWMutex" -> n -> readAndWrite(new RWMutex());
            case "Cond" -> n -> broadcast(new Cond(foreign));
            case "used" -> usingAgain(new Mutex(), new RWMutex());
            case "WaitGroup" -> n -> countUpAndDown(new WaitGroup());
            case "Once" -> n -> runOnce(new Once());
            case "Pool" -> n -> putAndGet(new Pool<>());
            case "AtomicValue" -> n -> storeAndLoad(new AtomicValue<>());
            default -> throw new AssertionError(arguments[0]);
          };
      FirstUse.deep(use);
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

    private static boolean runOnce(Once once) {
      boolean[] done = new boolean[1];
      once.run(() -> done[0] = true);
      return done[0] && once.isDone();
    }

    private static boolean putAndGet(Pool<Integer> pool) {
      pool.put(1);
      return Objects.equals(1, pool.get());
    }

    private static boolean storeAndLoad(AtomicValue<Integer> value) {
      value.store(1);
      return Objects.equals(1, value.load());
    }

    private static void useAll() throws InterruptedException {
      Mutex mutex = new Mutex();
      lockAndUnlock(mutex);
      readAndWrite(new RWMutex());
      countUpAndDown(new WaitGroup());
      if (!runOnce(new Once()) || !putAndGet(new Pool<>()) || !storeAndLoad(new AtomicValue<>())) {
        throw new AssertionError("it is broken");
      }
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
