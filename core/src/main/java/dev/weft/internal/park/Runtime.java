package dev.weft.internal.park;

import dev.weft.base.Body;
import java.util.Objects;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/// What the primitives need from whoever schedules goroutines: the service provider interface that
/// keeps channels, locks and timers from knowing the scheduler.
///
/// The one implementation comes from the scheduler package and is found by [ServiceLoader], from
/// the module descriptor on the module path and from `META-INF/services` on the class path. Every
/// method may be called from any kind of thread.
@SuppressWarnings(
    "AvoidCommonTypeNames") // Go's word for it; java.lang.Runtime is not used beside it
public abstract class Runtime {

  private static volatile @Nullable SpawnHook spawnHook;
  private static volatile @Nullable Runtime instance;

  /// For the provider.
  protected Runtime() {}

  /// {@return the runtime of this JVM}
  public static Runtime get() {
    Runtime found = instance;
    return found != null ? found : find();
  }

  /// Not in a class initializer: one that fails, for want of memory, say, is never run again.
  private static Runtime find() {
    FreshStack.run("weft-first-use", new Search());
    return Objects.requireNonNull(instance);
  }

  /// Registers the hook that every later spawn passes its body through.
  ///
  /// @param hook what to call; replaces the one before
  /// @return the one before, or null; a test that registers a hook puts it back
  public static @Nullable SpawnHook onSpawn(@Nullable SpawnHook hook) {
    SpawnHook before = spawnHook;
    spawnHook = hook;
    return before;
  }

  /// Passes a body through the registered hook, if there is one. Called by the spawning thread.
  ///
  /// @param body what the user asked to run
  /// @return what the goroutine is to run; a [Detached] body as it is
  public static Body carry(Body body) {
    SpawnHook hook = spawnHook;
    return hook == null || body instanceof Detached ? body : hook.carry(body);
  }

  /// The same for a body that another thread will start: what that one would hand on is left out.
  ///
  /// @param body what the user asked to run
  /// @return what to start later
  public static Body carryNow(Body body) {
    return new Carried(carry(body));
  }

  /// Has what it is to have already.
  private record Carried(Body body) implements Detached {

    @Override
    public void run() throws Throwable {
      body.run();
    }
  }

  /// {@return the calling thread's waiter, not armed: a goroutine has one that it uses again and
  /// again, any other thread gets a new one}
  ///
  /// The caller must have taken it out of every queue, under that queue's lock, before anything on
  /// this thread asks again.
  public abstract Waiter waiter();

  /// {@return the clock that deadlines of waits are read from, in nanoseconds since some fixed
  /// moment} Its values are positive and don't wrap around, so instants compare with a plain `<`.
  public abstract long nanoTime();

  /// {@return a cheap clock for time stamps in dumps; may lag behind [#nanoTime()] by some
  /// milliseconds}
  public abstract long coarseNanoTime();

  /// Arranges that `waiter.decide(ticket, Waiter.TIMED_OUT)` is tried at the deadline, and the
  /// thread woken if that decides.
  ///
  /// @param waiter the calling thread's armed waiter
  /// @param ticket the round that may time out
  /// @param deadline on the clock of [#nanoTime()]
  /// @return the alarm to cancel afterwards, or null when the calling thread had better park with a
  ///   timeout itself
  public abstract @Nullable Alarm alarm(Waiter waiter, long ticket, long deadline);

  /// Arranges that `waiter.wake()` is called at the deadline, which decides nothing.
  ///
  /// @param waiter the calling thread's waiter
  /// @param deadline on the clock of [#nanoTime()]
  /// @return the alarm to cancel afterwards, or null when the calling thread had better park with a
  ///   timeout itself
  public abstract @Nullable Alarm wakeAt(Waiter waiter, long deadline);

  /// Starts a goroutine on the scheduler of the calling goroutine, or on the default scheduler when
  /// the caller is not a goroutine.
  ///
  /// @param name a name for thread dumps, or null
  /// @param body what it runs
  public abstract void spawn(@Nullable String name, Body body);

  /// {@return what starts goroutines later, from other threads, where [#spawn] would start them
  /// now}
  public abstract Spawner spawner();

  /// {@return the calling goroutine's id, or 0 when the calling thread is not a goroutine}
  public abstract long goroutineId();

  /// Lets the goroutine that the caller has just made ready run next, and the caller after the
  /// others of its own processor (SCH-11, MU-10). Elsewhere than on a goroutine of the gpm backend
  /// it is a plain yield, and on a platform thread nothing.
  public abstract void yieldToReadied();

  /// {@return whether it may pay that the calling thread waits actively for somebody who is about
  /// to release a lock (MU-12)} On a goroutine of the gpm backend: another processor is running
  /// goroutines, and none waits behind the caller. Elsewhere: the machine has more than one
  /// processor (MU-22). A guess.
  public abstract boolean maySpin();

  /// {@return a number, 0 or more, that tells processors apart: threads that run at the same time
  /// mostly get different ones} A hint: the caller may be elsewhere when it gets it. On the gpm
  /// backend the numbers are small and used again; elsewhere they belong to the carrier thread, or
  /// where that cannot be known, to the thread.
  public abstract int processorHint();

  /// Gives way to others, for a thread that waits for a spin lock whose holder seems to have lost
  /// its processor: at first the platform thread's time slice, from time to time the goroutine's
  /// processor, and then a moment of sleep, so that the holder runs whatever kind of thread it is.
  /// Leaves the interrupt flag as it is, and throws nothing, however deep the stack is, if there is
  /// room for the calls.
  ///
  /// @param attempt 0 for the first time, then one more each time
  public abstract void relax(int attempt);

  /// A nested class, not a lambda: that would have to be linked first.
  private static final class Search implements Runnable {

    @Override
    public void run() {
      synchronized (Search.class) {
        if (instance == null) {
          instance = load();
          Waiter.link();
        }
      }
    }

    private static Runtime load() {
      return ServiceLoader.load(Runtime.class, Runtime.class.getClassLoader())
          .findFirst()
          .orElseThrow(
              () ->
                  new AssertionError(
                      "no provider of "
                          + Runtime.class.getName()
                          + " was found; weft-core was repackaged without its META-INF/services"
                          + " files or module descriptor: keep them"));
    }
  }
}
