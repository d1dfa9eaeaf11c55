package dev.weft.channel;

import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/// Many cases that are selected from again and again: `select` without a limit on their number, and
/// without allocation. Go's `reflect.Select`, made once.
///
/// Like its cases it is for one thread at a time.
public final class SelectSet {

  private final SelectCase[] cases;
  private final SelectCase[] sorted;

  private SelectSet(SelectCase[] cases) {
    this.cases = cases;
    this.sorted = CaseList.sorted(cases);
  }

  /// Makes a set of cases. Later changes of the array have no effect.
  ///
  /// @param cases the cases; their places are the indices that the selects return
  /// @return a new set
  /// @throws IllegalArgumentException if there are more than 65,536, or one is there twice
  /// @throws NullPointerException if one is null
  public static SelectSet of(SelectCase... cases) {
    SelectCase[] copy = cases.clone();
    SelectSet set = new SelectSet(copy);
    Set<SelectCase> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (SelectCase selectCase : copy) {
      if (!seen.add(selectCase)) {
        throw new IllegalArgumentException(
            selectCase + " is there twice; make another case of the same channel");
      }
    }
    return set;
  }

  /// {@return how many cases there are}
  public int size() {
    return cases.length;
  }

  /// {@return the case at a place}
  ///
  /// @param index its place
  /// @throws IndexOutOfBoundsException if there is no such place
  public SelectCase get(int index) {
    return cases[index];
  }

  /// Waits until a case is ready and carries it out; as [Select#select(SelectCase)].
  ///
  /// @return the index of the case
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  public int select() throws InterruptedException {
    return await(false, BlockingOperations.NEVER);
  }

  /// Carries out a case that is ready now; as [Select#trySelect(SelectCase)].
  ///
  /// @return the index of the case, or -1 when none was ready
  public int trySelect() {
    SelectCase first = CaseList.of(cases);
    return Selection.atOnce(first, CaseList.inLockOrder(sorted));
  }

  /// Carries out the first case in order that is ready; as [Select#selectOrdered(SelectCase)].
  ///
  /// @return the index of the case
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  public int selectOrdered() throws InterruptedException {
    return await(true, BlockingOperations.NEVER);
  }

  /// Waits until a case is ready, for a bounded time; as [Select#selectWithin(Duration,
  /// SelectCase)].
  ///
  /// @param timeout how long to wait at most; zero or less looks once
  /// @return the index of the case, or -1 when the time passed first
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  public int selectWithin(Duration timeout) throws InterruptedException {
    long nanos = Durations.nanos(timeout);
    if (nanos <= 0) {
      BlockingOperations.checkInterrupt();
      return trySelect();
    }
    return await(false, Durations.deadline(nanos));
  }

  private int await(boolean ordered, long deadline) throws InterruptedException {
    BlockingOperations.checkInterrupt();
    SelectCase first = CaseList.of(cases);
    return Selection.await(first, CaseList.inLockOrder(sorted), ordered, deadline);
  }
}
