package dev.weft.channel;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;
import static java.lang.invoke.MethodHandles.lookup;
import static java.util.Objects.requireNonNull;

import dev.weft.internal.park.TickClock;
import dev.weft.internal.park.WaitList;
import dev.weft.internal.park.WaitNode;
import dev.weft.internal.park.Waiter;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// The state of a channel, and what is done to it under its lock: Go's `hchan`.
abstract sealed class ChannelCore extends ChannelLock permits Channel {

  /*
   * ChannelCore: a ring of elements, a queue of blocked receivers, a queue of blocked senders, and
   * whether it is closed; one lock for all of it.
   *
   * Origin.   hchan in Go's runtime/chan.go. Different here: a waiter may leave by itself (interrupt,
   *           timeout), so a peer that takes an entry off a queue has won nothing before it has decided
   *           the wait by compare-and-set; Go needs that for select only. And what a peer has to wake
   *           is remembered in `toWake`, since the lock is released before it is woken.
   *
   * States    of an element, by who owns it
   *   with its sender      not sent; in the sender's queue entry if it waits
   *   in the ring          the channel's
   *   with its receiver    in the receiver's queue entry, or returned
   *   It moves in one critical section, and at a wait's decision: never is it nowhere, never twice.
   *
   * Invariants (under the lock; CH-32)
   *   I1  0 <= count <= capacity; the elements are ring[head .. head+count), all other slots are null.
   *   I2  count > 0 implies that no undecided receiver waits.
   *   I3  count < capacity implies that no undecided sender waits.
   *   I4  closed implies that nobody waits.
   *   I5  A receiver and a sender wait at the same time only if both are cases of one select (CH-33).
   *   I6  toWake is null outside of the lock.
   *
   * Linearization   at the moment the element moves or the flag changes, under the lock. For a direct
   *           hand-over, of both sides: the compare-and-set that decides the waiting side.
   *
   * Memory ordering
   *   field             written             read                       why
   *   all               under the lock      under the lock             the lock orders them
   *   count, queues     under the lock      canReceive, canSend, len:  hints; decide only what to try
   *                                         plain, opaque, unlocked    first
   *   count, queues     under the lock      isEmptyAndOpen,            one field says it; acquire keeps
   *                                         isFullAndOpen: acquire     it in order with `closed`
   *   closed            under the lock,     acquire without the lock   never becomes false again; see
   *                     release, then                                  the two methods; the fence
   *                     store-store fence                              keeps it before the queues
   *
   *   Operations on several channels are sequentially consistent (MEM-15). Those that take the lock
   *   are so by the lock. "Empty" and "full" are said without it: the full fence before the look
   *   keeps it from overtaking the unlock of an operation of the same thread on another channel.
   *   Without it two threads that each send on one channel and then find the other one empty would
   *   both find nothing.
   *
   * Evidence  HandOffStress, EntryReuseStress, RecheckStress, RotationStress, CloseStress,
   *           InterruptStress, TimeoutStress, TryReceiveStress, TrySendStress, TryOrderStress,
   *           ChannelMemoryStress; ChannelContract and the model test.
   */

  /// Apart, so that this class has no initializer: [Linkage].
  private static final class Statics {
    static final VarHandle COUNT =
        fieldVarHandle(lookup(), "count", VarHandle.class, ChannelCore.class, int.class);
    static final VarHandle CLOSED =
        fieldVarHandle(lookup(), "closed", VarHandle.class, ChannelCore.class, boolean.class);

    static final AtomicLong LAST_ID = new AtomicLong();
    static final Object[] NO_RING = {};
  }

  /// The order in which select locks channels; for messages too.
  final long id = Statics.LAST_ID.incrementAndGet();

  /// Whether it is the nil channel: it is never closed, and nobody ever waits in its queues.
  final boolean nil;

  /// When and what a timer sends, if it is the channel of one; all others have null here. Such a
  /// channel has no ring and no senders.
  final @Nullable Timing timing;

  final int capacity;
  final WaitList receivers = new WaitList();
  final WaitList senders = new WaitList();

  private final @Nullable Object[] ring;
  private int head;
  private int count;
  private boolean closed;

  private @Nullable Waiter toWake;

  ChannelCore(int capacity, boolean nil, @Nullable TickClock clock) {
    this.capacity = capacity;
    this.nil = nil;
    this.timing = clock == null ? null : new Timing(this, clock);
    this.ring = capacity == 0 ? Statics.NO_RING : new Object[capacity];
  }

  // ---- Under the lock ----

  /// Gives an element to a waiting receiver (CH-3), or to the ring (CH-2). The channel is open.
  ///
  /// @return whether that was possible
  final boolean offer(Object element) {
    if (!receivers.isEmpty() && handToReceiver(element)) {
      return true;
    }
    if (count == capacity) {
      return false;
    }
    append(element);
    return true;
  }

  /// Puts an element into the ring, which has room and nobody waits for.
  final void append(Object element) {
    int slot = head - capacity + count; // in this order: head + count may overflow
    if (slot < 0) {
      slot += capacity;
    }
    ring[slot] = element;
    count++;
  }

  /// Gives an element to the first receiver that has not left.
  final boolean handToReceiver(Object element) {
    WaitNode node;
    while ((node = receivers.poll()) != null) {
      Waiter waiter = node.waiter();
      node.element(element);
      if (node.decide(0)) {
        toWake = waiter;
        return true;
      }
      // It has left, and comes for its entry as soon as it gets the lock.
      node.element(null);
    }
    return false;
  }

  /// Takes the next element: from the ring, whose freed slot then goes to the first waiting sender
  /// (CH-6), or from a waiting sender (CH-7).
  ///
  /// @return the element, or null when there is none
  final @Nullable Object poll() {
    if (count == 0) {
      return senders.isEmpty() ? pollTiming() : takeFromSender();
    }
    if (!senders.isEmpty()) {
      Object next = takeFromSender();
      if (next != null) {
        return rotate(next);
      }
    }
    return removeFirst();
  }

  private @Nullable Object pollTiming() {
    return timing == null ? null : timing.poll();
  }

  /// Takes the first element out of the ring, which is full, and puts another one at its end: that
  /// is the same slot. The count stays as it is, since the sender goes on at once, perhaps before
  /// the lock is released, and looks at it without the lock.
  private Object rotate(Object last) {
    int slot = head;
    Object first = ring[slot];
    ring[slot] = last;
    head = slot + 1 == capacity ? 0 : slot + 1;
    return requireNonNull(first);
  }

  /// Takes the first element out of the ring, which has one.
  final Object removeFirst() {
    int slot = head;
    Object element = ring[slot];
    ring[slot] = null; // CH-27
    head = slot + 1 == capacity ? 0 : slot + 1;
    count--;
    return requireNonNull(element);
  }

  private @Nullable Object takeFromSender() {
    WaitNode node;
    while ((node = senders.poll()) != null) {
      Waiter waiter = node.waiter();
      Object element = node.element();
      if (node.decide(0)) {
        toWake = waiter;
        return element;
      }
    }
    return null;
  }

  /// Closes it. Those who wait are the caller's business; who sees without the lock that they have
  /// been sent away sees also that it is closed, hence the fence.
  final void markClosed() {
    Statics.CLOSED.setRelease(this, true);
    VarHandle.storeStoreFence();
  }

  /// Whom the operation under this lock has to wake after it is released, or null.
  final @Nullable Waiter takeToWake() {
    Waiter waiter = toWake;
    if (waiter != null) {
      toWake = null;
    }
    return waiter;
  }

  // ---- Taking the lock themselves ----

  /// Puts an element into the ring if it has room, nobody waits for one and it is open. The caller
  /// need not have probed the stack: once something is changed nothing is called but the unlock.
  ///
  /// @return whether that was possible
  final boolean appendUnlessWaitedFor(Object element) {
    boolean appended = false;
    lockUnprobed();
    try {
      int elements = count;
      if (elements < capacity && receivers.isEmpty() && !closed) {
        int slot = head - capacity + elements; // as append() does, which would be a call
        ring[slot < 0 ? slot + capacity : slot] = element;
        count = elements + 1;
        appended = true;
      }
      unlock();
    } catch (VirtualMachineError tight) { // OutOfMemoryError: no memory for the overflow's
      locked = 0;
      if (!appended) {
        throw tight;
      }
    }
    return appended;
  }

  /// Takes the first element out of the ring, if it has one and no sender waits to fill its place.
  /// The caller need not have probed the stack, as above.
  ///
  /// @return the element, or null if that was not possible
  final @Nullable Object removeUnlessWaitedFor() {
    Object element = null;
    lockUnprobed();
    try {
      if (count > 0 && senders.isEmpty()) {
        int slot = head;
        element = ring[slot]; // as removeFirst() does
        ring[slot] = null;
        head = slot + 1 == capacity ? 0 : slot + 1;
        count--;
      }
      unlock();
    } catch (VirtualMachineError tight) {
      locked = 0;
      if (element == null) {
        throw tight;
      }
    }
    return element;
  }

  /// What the two methods above catch, so that it is found before there is a lock to be held.
  static Class<?> caught() {
    return VirtualMachineError.class;
  }

  // ---- With or without the lock ----

  /// Whether a receive would find something: exact under the lock, but for senders that have left.
  final boolean canReceive() {
    return count > 0 || !senders.looksEmpty() || isClosed() || (timing != null && timing.isRipe());
  }

  /// Whether a send would go through, or fail because the channel is closed.
  final boolean canSend() {
    return count < capacity || !receivers.looksEmpty() || isClosed();
  }

  /// {@return whether it is closed} Once true, always true.
  public final boolean isClosed() {
    return (boolean) Statics.CLOSED.getAcquire(this);
  }

  /// Whether a receive that does not wait would find nothing on an open channel. Of the channel of
  /// a timer this does not say so.
  ///
  /// The order of the two looks matters (CH-21): it was open when it was found to be not closed,
  /// and therefore also before that, when it was found to be empty. An unbuffered one is empty when
  /// nobody sends.
  ///
  /// The fence orders the look after what this thread did to other channels before (see above); a
  /// channel that does not look empty needs none.
  final boolean isEmptyAndOpen() {
    if (!looksEmpty() || timing != null) {
      return false;
    }
    VarHandle.fullFence();
    boolean empty = looksEmpty();
    VarHandle.acquireFence();
    return empty && !isClosed();
  }

  private boolean looksEmpty() {
    return capacity == 0 ? senders.looksEmpty() : (int) Statics.COUNT.getAcquire(this) == 0;
  }

  /// Whether a send that does not wait would find no room on an open channel. In this order for the
  /// same reason; the other way round a close in between, which sends the receivers away, would
  /// make it look as if there had been none.
  final boolean isFullAndOpen() {
    if (!looksFull() || timing != null) {
      return false;
    }
    VarHandle.fullFence();
    boolean full = looksFull();
    VarHandle.acquireFence();
    return full && !isClosed();
  }

  private boolean looksFull() {
    return capacity == 0
        ? receivers.looksEmpty()
        : (int) Statics.COUNT.getAcquire(this) == capacity;
  }

  /// {@return how many elements are in the buffer now} A snapshot.
  public final int len() {
    return (int) Statics.COUNT.getOpaque(this);
  }

  /// {@return how many elements the buffer can hold}
  public final int cap() {
    return capacity;
  }

  /// Fails with an AssertionError if the state contradicts itself. At quiescence, or with waiters
  /// that are all blocked.
  final void checkInvariants() {
    lock();
    String broken = null;
    try {
      broken = broken();
      receivers.checkInvariants();
      senders.checkInvariants();
    } finally {
      unlock();
    }
    if (broken != null) {
      throw new AssertionError(broken + ": " + this);
    }
  }

  private @Nullable String broken() {
    int elements = 0;
    for (int i = 0; i < capacity; i++) {
      int distance = i - head < 0 ? i - head + capacity : i - head;
      if ((ring[i] != null) != (distance < count)) {
        return "slot " + i + " of the ring, head " + head;
      }
      elements += ring[i] == null ? 0 : 1;
    }
    if (elements != count) {
      return elements + " elements in the ring";
    }
    if (count > 0 && !receivers.isEmpty()) {
      return "receivers wait beside elements";
    }
    if (count < capacity && !senders.isEmpty()) {
      return "senders wait beside room";
    }
    if (closed && !(receivers.isEmpty() && senders.isEmpty())) {
      return "somebody waits for a closed channel";
    }
    return toWake == null ? null : "somebody was not woken";
  }
}
