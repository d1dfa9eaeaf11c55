package dev.weft.sync;

import dev.weft.internal.park.WaitNode;
import dev.weft.internal.park.WaitQueue;
import dev.weft.internal.park.Waiter;
import dev.weft.internal.park.WakeList;

/// Does beforehand what must not happen while the lock of a queue is held: there no class may be
/// initialised and no call be linked, since either may park the thread, or fail.
///
/// Called by the initializers of the types that have a queue; this class has none, so that no two
/// of them can wait for each other.
final class Linkage {

  private static final int CODE = Waiter.FIRST_PEER_CODE;

  private Linkage() {}

  static void linkMutex() {
    Mutex mutex = new Mutex();
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
  }

  static void linkRWMutex() {
    RWMutex mutex = new RWMutex();
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

  static void linkNotifyList() {
    NotifyList waiting = new NotifyList();
    Waiter waiter = ofNoThread();
    waiting.enqueue(armed(waiter));
    waiting.signal();
    waiting.enqueue(armed(waiter));
    waiting.broadcast();
    waiting.enqueue(armed(waiter));
    waiting.dequeue(waiter.node());
  }

  static void linkWaitGroup() {
    WaitGroup group = new WaitGroup();
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
