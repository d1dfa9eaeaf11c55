package dev.weft.sync;

import dev.weft.internal.park.FreshStack;
import dev.weft.internal.park.SureLock;
import dev.weft.internal.park.WaitNode;
import dev.weft.internal.park.WaitQueue;
import dev.weft.internal.park.Waiter;
import dev.weft.internal.park.WakeList;

/// Does beforehand what must not happen while the lock of a queue is held: there no class may be
/// initialised and no call be linked, since either may park the thread, or fail.
///
/// Called by whoever makes one of the things that have a queue. All of it runs on a stack of its
/// own, since a class whose initializer overflows the stack is broken for good ([FreshStack]). So
/// those types have no initializers themselves: they would run where the first one is made.
final class Linkage implements Runnable {

  private static final int CODE = Waiter.FIRST_PEER_CODE;

  private static volatile boolean done;

  private Linkage() {}

  /// Two threads that are the first together both do it, which does no harm.
  static void prepare() {
    if (!done) {
      FreshStack.run("weft-first-lock", new Linkage());
      done = true;
    }
  }

  @Override
  public void run() {
    linkMutex(new Mutex(this));
    linkRWMutex(new RWMutex(this));
    useRWMutex(new RWMutex(this));
    linkNotifyList(new NotifyList());
    linkWaitGroup(new WaitGroup(this));
    useOnce(new Once(this));
    usePool(new Pool<>(this));
    useValue(new AtomicValue<>(this));
  }

  private void linkMutex(Mutex mutex) {
    WaitQueue queue = mutex.queue();
    Waiter waiter = ofNoThread();
    WaitNode node = armed(waiter);
    Contention.lockOrQueue(mutex, queue, node, false, false, false); // locks
    Contention.lockOrQueue(mutex, queue, node, false, false, false); // queues up
    Contention.leave(mutex, queue, node);
    Contention.lockOrQueue(mutex, queue, node, true, true, true);
    queue.lock();
    Contention.takeOne(mutex, queue, 1);
    Contention.free(mutex);
    Contention.notWoken(mutex);
    queue.unlock();
    Mutex free = new Mutex(this);
    SureLock.lock(free);
    free.unlock();
  }

  private static void linkRWMutex(RWMutex mutex) {
    RWState.Drain queue = mutex.queue();
    Waiter waiter = ofNoThread();
    WaitNode node = armed(waiter);
    mutex.add(1);
    RWContention.announce(mutex, node);
    RWContention.depart(mutex, RWState.phase(mutex.state()));
    armed(waiter);
    RWContention.queueUnlessOver(mutex, queue, node, RWState.phase(mutex.state()));
    RWContention.releaseReaders(mutex);
    RWContention.queueUnlessOver(mutex, queue, node, RWState.phase(mutex.state()));
    RWContention.dequeue(queue, node);
    RWContention.withdraw(mutex);
  }

  /// The fast paths: the first who reads may be deep in its stack, and must be able to unlock.
  @SuppressWarnings("LockNotBeforeTry") // nobody else knows it
  private static void useRWMutex(RWMutex mutex) {
    mutex.rlock();
    mutex.runlock();
    mutex.lock();
    mutex.unlock();
  }

  private static void linkNotifyList(NotifyList waiting) {
    Waiter waiter = ofNoThread();
    waiting.enqueue(armed(waiter));
    waiting.signal();
    waiting.enqueue(armed(waiter));
    waiting.broadcast();
    waiting.enqueue(armed(waiter));
    waiting.dequeue(waiter.node());
  }

  private static void linkWaitGroup(WaitGroup group) {
    WaitQueue queue = group.queue();
    Waiter waiter = ofNoThread();
    WaitNode node = armed(waiter);
    group.enqueueUnlessZero(queue, node);
    group.add(1);
    group.enqueueUnlessZero(queue, node);
    group.leave(queue, node);
    group.enqueueUnlessZero(queue, armed(waiter));
    group.releaseInto(queue, group.word(), WakeList.withRoomFor(1));
  }

  private static void useOnce(Once once) {
    once.run(
        () -> {
          // only to have been here
        });
    once.run(Linkage::unexpected);
  }

  private static void unexpected() {
    throw new AssertionError("done once already");
  }

  /// Without the runtime, which is looked for by whoever gets or puts first.
  private static void usePool(Pool<Object> pool) {
    pool.link(new Object());
  }

  private static void useValue(AtomicValue<String> value) {
    value.store("first");
    value.swap("second");
    value.compareAndSwap("second", "third");
  }

  /// The thread is never started; to wake it does nothing.
  private static Waiter ofNoThread() {
    return new Waiter(new Thread(null, null, "weft-linkage", 0, false));
  }

  private static WaitNode armed(Waiter waiter) {
    WaitNode node = waiter.node();
    node.prepare(waiter, waiter.arm(), CODE, null);
    return node;
  }
}
