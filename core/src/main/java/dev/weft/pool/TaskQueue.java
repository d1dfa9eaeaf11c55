package dev.weft.pool;

import dev.weft.base.Body;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedList;
import org.jspecify.annotations.Nullable;

/// Tasks that wait for a worker of a [ScalingPool], first in, first out. Under its mutex.
///
/// Linked: an array that cannot grow for want of memory would lose what is in it. Here the link is
/// made before anything changes.
final class TaskQueue {

  @SuppressWarnings("JdkObsolete")
  private final Deque<Body> tasks = new LinkedList<>();

  int size() {
    return tasks.size();
  }

  boolean isEmpty() {
    return tasks.isEmpty();
  }

  void add(Body task) {
    tasks.addLast(task);
  }

  /// The oldest one; null if there is none.
  @Nullable Body poll() {
    return tasks.pollFirst();
  }

  /// Takes out this very one, not one that is equal to it.
  ///
  /// @return whether it was there
  @SuppressWarnings("ReferenceEquality")
  boolean remove(Body task) {
    Iterator<Body> newestFirst = tasks.descendingIterator();
    while (newestFirst.hasNext()) {
      if (newestFirst.next() == task) {
        newestFirst.remove();
        return true;
      }
    }
    return false;
  }
}
