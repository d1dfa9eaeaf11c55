package dev.weft.context;

import org.jspecify.annotations.Nullable;

/// Those who have to be told of an end. Linked through themselves: who has begun to tell them needs
/// no memory, so none can be left out for want of it.
///
/// For one thread at a time: under the mutex of the context whose children they are, or in the
/// hands of the one who tells them. A child is in one list at most.
final class ChildList {

  private @Nullable Child first;
  private @Nullable Child last;

  /// Counted anew.
  int size() {
    int size = 0;
    for (Child child = first; child != null; child = child.next) {
      size++;
    }
    return size;
  }

  void add(Child child) {
    append(child, child);
  }

  private void append(Child head, @Nullable Child tail) {
    Child before = last;
    head.previous = before;
    if (before == null) {
      first = head;
    } else {
      before.next = head;
    }
    last = tail;
  }

  /// Does nothing if it is in no list. It must not be in another one.
  @SuppressWarnings("ReferenceEquality") // children are what they are
  void remove(Child child) {
    Child before = child.previous;
    Child after = child.next;
    if (before == null && first != child) {
      return;
    }
    if (before == null) {
      first = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      last = before;
    } else {
      after.previous = before;
    }
    child.previous = null;
    child.next = null;
  }

  /// Takes all out of another list, and puts them after those who are here.
  void takeAll(ChildList other) {
    Child head = other.first;
    if (head != null) {
      append(head, other.last);
      other.first = null;
      other.last = null;
    }
  }

  /// Takes out the first, if there is any.
  @Nullable Child poll() {
    Child head = first;
    if (head != null) {
      remove(head);
    }
    return head;
  }
}
