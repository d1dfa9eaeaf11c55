package dev.weft.internal.park;

import org.jspecify.annotations.Nullable;

/// A FIFO queue of waiters: Go's waitq. Adding at either end, taking from the front and removing
/// from the middle take constant time and allocate nothing.
///
/// Guarded by the lock of the primitive that owns it, except for [#looksEmpty()] and, as a hint,
/// [#size()].
public class WaitList {

  private @Nullable WaitNode head;
  private @Nullable WaitNode tail;
  private int size;

  /// Creates an empty list.
  public WaitList() {}

  /// {@return whether nobody waits} Under the lock.
  public final boolean isEmpty() {
    return head == null;
  }

  /// {@return whether nobody seems to wait} Without the lock: a hint, which may be out of date.
  public final boolean looksEmpty() {
    return head == null;
  }

  /// {@return how many wait} Exact under the lock, a hint without it.
  public final int size() {
    return size;
  }

  /// Adds an entry at the back.
  ///
  /// @param node in no list
  public final void add(WaitNode node) {
    WaitNode last = tail;
    node.list = this;
    node.previous = last;
    tail = node;
    if (last == null) {
      head = node;
    } else {
      last.next = node;
    }
    size++;
  }

  /// Adds an entry at the front: it has waited before, and lost what it was woken for (MU-6).
  ///
  /// @param node in no list
  public final void addFirst(WaitNode node) {
    WaitNode first = head;
    node.list = this;
    node.next = first;
    head = node;
    if (first == null) {
      tail = node;
    } else {
      first.previous = node;
    }
    size++;
  }

  /// {@return the entry at the front, or null when nobody waits} Under the lock.
  public final @Nullable WaitNode peek() {
    return head;
  }

  /// Takes the entry at the front off.
  ///
  /// @return it, or null when nobody waits
  public final @Nullable WaitNode poll() {
    WaitNode first = head;
    if (first != null) {
      WaitNode second = first.next;
      head = second;
      if (second == null) {
        tail = null;
      } else {
        second.previous = null;
        first.next = null;
      }
      first.list = null;
      size--;
    }
    return first;
  }

  /// Takes an entry off, wherever it stands.
  ///
  /// @param node the entry
  /// @return false when it was not in this list: somebody has taken it off before
  @SuppressWarnings("ReferenceEquality") // a list is itself
  public final boolean remove(WaitNode node) {
    if (node.list != this) {
      return false;
    }
    WaitNode before = node.previous;
    WaitNode after = node.next;
    if (before == null) {
      head = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      tail = before;
    } else {
      after.previous = before;
    }
    node.previous = null;
    node.next = null;
    node.list = null;
    size--;
    return true;
  }

  /// Fails with an AssertionError when links and size disagree. Under the lock.
  @SuppressWarnings("ReferenceEquality") // a list is itself
  public final void checkInvariants() {
    int count = 0;
    WaitNode last = null;
    for (WaitNode node = head; node != null; node = node.next) {
      if (node.previous != last || node.list != this || ++count > size) {
        throw new AssertionError("wait list is broken at entry " + count + " of " + size);
      }
      last = node;
    }
    if (count != size || tail != last) {
      throw new AssertionError("wait list of " + count + " entries has size " + size);
    }
  }
}
