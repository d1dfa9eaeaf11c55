package dev.weft.channel;

import dev.weft.internal.park.StackProbe;
import java.util.Arrays;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/// The cases of one select, as two linked lists through the cases themselves: in the order of the
/// arguments, and in the order in which their channels are locked.
///
/// Nothing is allocated: the links are fields of the cases, which belong to the calling thread from
/// [SelectCase#enlist] until [#delist]. The stack is probed before the first is linked: if it
/// overflowed before the last is let go of, they could not be used again.
final class CaseList {

  /// By the id of the channel; cases of one channel in the order of the arguments.
  private static final Comparator<SelectCase> LOCK_ORDER =
      Comparator.comparingLong(selectCase -> selectCase.channel.id);

  /// As many as Go allows (SEL-20).
  private static final int MAX_CASES = 65_536;

  private CaseList() {}

  /// Puts the first n of six cases into argument order; from the last to the first, so that each is
  /// put before the ones that are there.
  static SelectCase of(
      int n,
      SelectCase a,
      @Nullable SelectCase b,
      @Nullable SelectCase c,
      @Nullable SelectCase d,
      @Nullable SelectCase e,
      @Nullable SelectCase f) {
    probeStack(a);
    Thread current = Thread.currentThread();
    SelectCase first = null;
    try {
      if (n > 5) {
        first = enlist(f, current, 5, first);
      }
      if (n > 4) {
        first = enlist(e, current, 4, first);
      }
      if (n > 3) {
        first = enlist(d, current, 3, first);
      }
      if (n > 2) {
        first = enlist(c, current, 2, first);
      }
      if (n > 1) {
        first = enlist(b, current, 1, first);
      }
      return enlist(a, current, 0, first);
    } catch (Throwable bad) {
      delist(first);
      throw bad;
    }
  }

  /// Puts cases into argument order.
  ///
  /// @return the first, or null if there is none
  static @Nullable SelectCase of(SelectCase[] cases) {
    if (cases.length == 0) {
      return null;
    }
    probeStack(cases[0]);
    Thread current = Thread.currentThread();
    SelectCase first = null;
    try {
      for (int i = cases.length - 1; i >= 0; i--) {
        first = enlist(cases[i], current, i, first);
      }
      return first;
    } catch (Throwable bad) {
      delist(first);
      throw bad;
    }
  }

  private static void probeStack(@Nullable SelectCase first) {
    StackProbe.ensureMany(requireCase(first, 0).anyNumber());
  }

  private static SelectCase enlist(
      @Nullable SelectCase selectCase, Thread current, int index, @Nullable SelectCase next) {
    return requireCase(selectCase, index).enlist(current, index, next);
  }

  private static SelectCase requireCase(@Nullable SelectCase selectCase, int index) {
    if (selectCase == null) {
      throw new NullPointerException(
          "case " + index + " is null; enabled(false) switches a case off");
    }
    return selectCase;
  }

  /// Lets go of the cases. The select is over.
  static void delist(@Nullable SelectCase first) {
    SelectCase selectCase = first;
    while (selectCase != null) {
      SelectCase next = selectCase.nextListed;
      selectCase.delist();
      selectCase = next;
    }
  }

  /// Starts the round: forgets the results of the one before, and puts the active cases into lock
  /// order, by insertion: there are few of them.
  ///
  /// @return the first to lock, or null if none is active
  static @Nullable SelectCase inLockOrder(@Nullable SelectCase first) {
    SelectCase firstLocked = null;
    for (SelectCase c = first; c != null; c = c.nextListed) {
      c.begin();
      if (c.isActive()) {
        firstLocked = insert(c, firstLocked);
      }
    }
    return firstLocked;
  }

  private static SelectCase insert(SelectCase added, @Nullable SelectCase firstLocked) {
    long id = added.channel.id;
    if (firstLocked == null || id < firstLocked.channel.id) {
      added.nextLocked = firstLocked;
      return added;
    }
    SelectCase before = firstLocked;
    SelectCase after;
    while ((after = before.nextLocked) != null && after.channel.id <= id) {
      before = after;
    }
    added.nextLocked = after;
    before.nextLocked = added;
    return firstLocked;
  }

  /// The same for many cases, which have been sorted.
  static @Nullable SelectCase inLockOrder(SelectCase[] sorted) {
    SelectCase firstLocked = null;
    for (int i = sorted.length - 1; i >= 0; i--) {
      SelectCase c = sorted[i];
      c.begin();
      if (c.isActive()) {
        c.nextLocked = firstLocked;
        firstLocked = c;
      }
    }
    return firstLocked;
  }

  /// A copy in lock order. Throws if a case is null, or there are too many of them.
  static SelectCase[] sorted(SelectCase[] cases) {
    if (cases.length > MAX_CASES) {
      throw new IllegalArgumentException(
          cases.length + " cases; a select has at most " + MAX_CASES);
    }
    SelectCase[] sorted = cases.clone();
    for (int i = 0; i < sorted.length; i++) {
      requireCase(sorted[i], i);
    }
    Arrays.sort(sorted, LOCK_ORDER);
    return sorted;
  }
}
