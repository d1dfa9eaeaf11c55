package dev.weft.sync;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;
import static java.lang.invoke.MethodHandles.lookup;

import dev.weft.internal.park.Runtime;
import java.lang.invoke.VarHandle;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Objects that are expensive to make and can be used again, kept until the garbage collector wants
/// them: `sync.Pool`.
///
/// ```java
/// private static final Pool<ByteBuffer> BUFFERS = Pool.of(() -> ByteBuffer.allocateDirect(65536));
///
/// ByteBuffer buffer = BUFFERS.get();
/// try {
///   ...
/// } finally {
///   BUFFERS.put(buffer.clear());
/// }
/// ```
///
/// What is in a pool may vanish at any moment, and nobody is told: it is for objects that cost
/// something to make and nothing to lose, not for connections. The JVM allocates small objects
/// faster than any pool finds them; a pool pays for large buffers, compiled patterns, encoders and
/// the like.
///
/// Each processor has a part of its own, so that threads seldom meet. [#get] takes what was put
/// last on this processor, else something of another one, else it asks the supplier (POOL-3).
/// Nobody ever waits. Each object that was put is given out once at most (POOL-6); to put it twice,
/// or to use it after it was put, gives it to two threads.
///
/// **How long objects stay.** An object that nobody gets survives one garbage collection and is
/// gone after the next (POOL-5). A collection is whatever the collector does that clears young weak
/// references: each young collection, too. That is noticed when the pool is used; of one that is
/// not used any more, what is left goes when memory gets scarce (it hangs on a SoftReference). A
/// put that meets others at every part drops its object.
///
/// Any kind of thread may use it. Memory: what a thread did before it put an object is visible to
/// whoever gets it (POOL-9). Equality is identity.
///
/// @param <T> the type of the objects
public final class Pool<T> {

  /*
   * Pool: two generations of shards, the present one and the one before the last collection.
   *
   * Origin.   sync.Pool of Go, with its victim cache. Go's collector calls the pools when a cycle
   *           begins. The JVM calls nobody, so each use looks at a weak reference to an object that
   *           nobody keeps: when it has been cleared, there was a collection, and whoever sees that
   *           first makes the present generation the victim, and drops the victim before.
   *
   * States    of a generation, by who keeps it
   *   PRESENT   `current`: puts and gets
   *   VICTIM    `current`, one step later: gets only, but for a put that began before
   *   DROPPED   nobody
   *
   * Linearization   put and get: the atomic steps of the shard (PoolShard). A collection: the CAS of
   *           `current`. A put into a generation that is dropped meanwhile loses its object, as one that
   *           came just before the collection would.
   *
   * Memory ordering
   *   current   CAS / volatile             all / volatile      publishes the shards, whose fields are
   *                                                            final or have rules of their own
   *   the weak and the soft reference      the collector       refersTo and get
   *
   * Evidence  PoolTest, PoolStormTest; PoolShard names the stress tests.
   */

  private static final int MOST_SHARDS = 64;

  /// Apart, as those of MutexState.
  private static final class Statics {
    static final int SHARDS = shards(java.lang.Runtime.getRuntime().availableProcessors());
    static final VarHandle CURRENT =
        fieldVarHandle(lookup(), "current", VarHandle.class, Pool.class, SoftReference.class);
  }

  private final @Nullable Supplier<? extends T> maker;

  private volatile SoftReference<Generations> current;

  /// What was put since a collection, and what is left from before it.
  private static final class Generations {
    final PoolGeneration present = new PoolGeneration(Statics.SHARDS);
    final @Nullable PoolGeneration victim;
    private final WeakReference<Object> sinceCollection = new WeakReference<>(new Object());

    Generations(@Nullable PoolGeneration victim) {
      this.victim = victim;
    }

    boolean collected() {
      return sinceCollection.refersTo(null);
    }
  }

  /// Creates a pool that makes nothing: [#get] returns null when it finds nothing.
  public Pool() {
    Linkage.prepare();
    maker = null;
    current = new SoftReference<>(new Generations(null));
  }

  private Pool(Supplier<? extends T> maker) {
    Linkage.prepare();
    this.maker = maker;
    current = new SoftReference<>(new Generations(null));
  }

  /// For Linkage, as that of Mutex.
  Pool(Linkage linkage) {
    Objects.requireNonNull(linkage);
    maker = null;
    current = new SoftReference<>(new Generations(null));
  }

  /// Creates a pool with a supplier: Go's field `New`.
  ///
  /// @param <T> the type of the objects
  /// @param maker makes an object when none is there; called by the thread that wants one, with no
  ///   lock held. If it returns null, so does [#get]
  /// @return the pool
  public static <T> Pool<T> of(Supplier<? extends T> maker) {
    return new Pool<>(Objects.requireNonNull(maker, "maker"));
  }

  /// Four to eight times the processors: there may be spare machines, and where processors cannot
  /// be told apart, two threads may have one number.
  private static int shards(int processors) {
    int powerOfTwo = Integer.highestOneBit(8 * processors - 1);
    return Math.min(MOST_SHARDS, powerOfTwo);
  }

  /// Takes an object out of the pool, or makes one: `Get`. The object is in whatever state it was
  /// put.
  ///
  /// @return the object; null if there is none and the pool has no supplier
  @SuppressWarnings("unchecked") // only T is ever put
  public @Nullable T get() {
    int processor = Runtime.get().processorHint();
    Generations generations = generations();
    Object found = generations.present.take(processor);
    if (found == null && generations.victim != null) {
      found = generations.victim.takeFromVictim(processor);
    }
    if (found == null && maker != null) {
      return maker.get();
    }
    return (T) found;
  }

  /// Puts an object into the pool: `Put`. It must not be used any more by the caller.
  ///
  /// @param object what to keep; null is ignored (POOL-1)
  public void put(@Nullable T object) {
    if (object != null) {
      generations().present.put(Runtime.get().processorHint(), object);
    }
  }

  private Generations generations() {
    Generations present = current.get();
    return present != null && !present.collected() ? present : nextGenerations();
  }

  private Generations nextGenerations() {
    SoftReference<Generations> seen = current;
    Generations before = seen.get();
    if (before != null && !before.collected()) {
      return before; // somebody else was faster
    }
    Generations next = new Generations(before == null ? null : before.present);
    if (Statics.CURRENT.compareAndSet(this, seen, new SoftReference<>(next))) {
      return next;
    }
    Generations others = current.get();
    return others != null ? others : next; // nobody else knows it; what is put there is lost
  }

  /// For Linkage: what can be done to a pool, but without the runtime, which whoever gets or puts
  /// first looks for.
  void link(T object) {
    PoolGeneration present = generations().present;
    present.put(0, object); // into the slot
    present.put(0, object); // into the deque
    Objects.requireNonNull(present.take(0));
    Objects.requireNonNull(present.take(1));
    Statics.CURRENT.compareAndSet(this, current, new SoftReference<>(new Generations(present)));
    if (present.takeFromVictim(0) != null) {
      throw new AssertionError("something was taken twice");
    }
  }

  /// `Pool@1a2b`: nothing more, since what is in it changes all the time.
  @Override
  public String toString() {
    return "Pool@" + Integer.toHexString(hashCode());
  }
}
