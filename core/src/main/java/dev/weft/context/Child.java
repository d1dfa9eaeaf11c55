package dev.weft.context;

import org.jspecify.annotations.Nullable;

/// What has to be told when a context that can be cancelled is done: a link in its [ChildList].
abstract class Child {

  // By whoever may change the list that it is in.
  @Nullable Child previous;
  @Nullable Child next;

  /// Called once at most by the context that it was given to, when that is done, by whoever has
  /// ended it and with no lock held.
  ///
  /// @param why that context's end
  /// @param reason that context's cause
  /// @param toTell where to put those who have to be told then
  abstract void parentEnded(ContextException why, Throwable reason, ChildList toTell);
}
