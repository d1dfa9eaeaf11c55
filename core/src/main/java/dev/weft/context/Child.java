package dev.weft.context;

import java.util.Deque;

/// What has to be told when a context that can be cancelled is done.
@FunctionalInterface
interface Child {

  /// Called once at most by the context that it was given to, when that is done, by whoever has
  /// ended it and with no lock held.
  ///
  /// @param toEnd where to put a context that has to end, too
  void parentEnded(Deque<CancelContext> toEnd);
}
