package dev.weft.channel;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Go's `select` statement: waits for several channels at once. These methods are also in the
/// facade, `import static dev.weft.Go.*`.
///
/// ```java
/// var job = jobs.onReceive();
/// var out = results.onSend(first);
/// var stop = done.onReceive();
/// for (; ; ) {
///   switch (select(job, out, stop)) {
///     case 0 -> run(job.value());          // job.ok() tells a closed channel
///     case 1 -> out.value(next());
///     default -> { return; }
///   }
/// }
/// ```
///
/// Cases are made once and used again; the answer is the index of the chosen case, so that
/// `return`, `break` and `continue` work as in Go. A round with up to six cases, or with a
/// [SelectSet], allocates nothing here unless it has to wait: then a thread that is no goroutine
/// needs a new waiter, and `selectWithin` on the gpm backend an alarm.
///
/// All forms agree in this:
///
/// - Exactly one case is carried out, or none when the answer is -1. The others have no effect.
/// - A case of the nil channel, and one that is not [SelectCase#isEnabled()], is never chosen.
/// - If several are ready, one of them is drawn, each with the same chance; only `selectOrdered`
///   takes the first. The same channel may be in several cases, also in both directions.
/// - A receive case is ready when its channel is closed; a send case too, and if that one is chosen
///   the select throws [ChannelClosedException], like a send.
/// - Memory effects are those of the send or receive that was carried out.
/// - A timeout of more than 292 years is for ever.
/// - The same case twice, or more than 65,536 cases: IllegalArgumentException. A case that belongs
///   to another thread, or a send case without an element: IllegalStateException. A null case:
///   NullPointerException. All of these are thrown before anything has happened.
/// - The forms that wait throw [InterruptedException] if the thread is interrupted before or while
///   they wait; then no case was carried out. If a case and an interrupt come at the same time and
///   the case wins, the select returns normally and the interrupt flag is set.
public abstract class Select {

  /// For the facade, which inherits these methods.
  protected Select() {}

  // ---- select ----

  /// Waits until a case is ready, and carries it out: `select`.
  ///
  /// @param a the first case
  /// @return the index of the case
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  public static int select(SelectCase a) throws InterruptedException {
    return await(false, 1, a, null, null, null, null, null);
  }

  /// Waits until a case is ready, and carries it out: `select`.
  ///
  /// @param a the first case
  /// @param b the second case
  /// @return the index of the case
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  public static int select(SelectCase a, SelectCase b) throws InterruptedException {
    return await(false, 2, a, b, null, null, null, null);
  }

  /// Waits until a case is ready, and carries it out: `select`.
  ///
  /// @param a the first case
  /// @param b the second case
  /// @param c the third case
  /// @return the index of the case
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  public static int select(SelectCase a, SelectCase b, SelectCase c) throws InterruptedException {
    return await(false, 3, a, b, c, null, null, null);
  }

  /// Waits until a case is ready, and carries it out: `select`.
  ///
  /// @param a the first case
  /// @param b the second case
  /// @param c the third case
  /// @param d the fourth case
  /// @return the index of the case
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  public static int select(SelectCase a, SelectCase b, SelectCase c, SelectCase d)
      throws InterruptedException {
    return await(false, 4, a, b, c, d, null, null);
  }

  /// Waits until a case is ready, and carries it out: `select`.
  ///
  /// @param a the first case
  /// @param b the second case
  /// @param c the third case
  /// @param d the fourth case
  /// @param e the fifth case
  /// @return the index of the case
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  public static int select(SelectCase a, SelectCase b, SelectCase c, SelectCase d, SelectCase e)
      throws InterruptedException {
    return await(false, 5, a, b, c, d, e, null);
  }

  /// Waits until a case is ready, and carries it out: `select`.
  ///
  /// @param a the first case
  /// @param b the second case
  /// @param c the third case
  /// @param d the fourth case
  /// @param e the fifth case
  /// @param f the sixth case
  /// @return the index of the case
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  public static int select(
      SelectCase a, SelectCase b, SelectCase c, SelectCase d, SelectCase e, SelectCase f)
      throws InterruptedException {
    return await(false, 6, a, b, c, d, e, f);
  }

  /// Waits until a case is ready, and carries it out: `select`. Allocates.
  ///
  /// @param cases any number of cases; none at all is allowed, as in Go
  /// @return the index of the case
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  public static int select(SelectCase... cases) throws InterruptedException {
    return await(false, cases);
  }

  // ---- trySelect ----

  /// Carries out a case if one is ready now: `select` with a `default`. Never waits, and does not
  /// look at the interrupt flag.
  ///
  /// @param a the first case
  /// @return the index of the case, or -1 when none was ready
  public static int trySelect(SelectCase a) {
    return atOnce(1, a, null, null, null, null, null);
  }

  /// Carries out a case if one is ready now: `select` with a `default`. Never waits, and does not
  /// look at the interrupt flag.
  ///
  /// @param a the first case
  /// @param b the second case
  /// @return the index of the case, or -1 when none was ready
  public static int trySelect(SelectCase a, SelectCase b) {
    return atOnce(2, a, b, null, null, null, null);
  }

  /// Carries out a case if one is ready now: `select` with a `default`. Never waits, and does not
  /// look at the interrupt flag.
  ///
  /// @param a the first case
  /// @param b the second case
  /// @param c the third case
  /// @return the index of the case, or -1 when none was ready
  public static int trySelect(SelectCase a, SelectCase b, SelectCase c) {
    return atOnce(3, a, b, c, null, null, null);
  }

  /// Carries out a case if one is ready now: `select` with a `default`. Never waits, and does not
  /// look at the interrupt flag.
  ///
  /// @param a the first case
  /// @param b the second case
  /// @param c the third case
  /// @param d the fourth case
  /// @return the index of the case, or -1 when none was ready
  public static int trySelect(SelectCase a, SelectCase b, SelectCase c, SelectCase d) {
    return atOnce(4, a, b, c, d, null, null);
  }

  /// Carries out a case if one is ready now: `select` with a `default`. Never waits, and does not
  /// look at the interrupt flag.
  ///
  /// @param a the first case
  /// @param b the second case
  /// @param c the third case
  /// @param d the fourth case
  /// @param e the fifth case
  /// @return the index of the case, or -1 when none was ready
  public static int trySelect(
      SelectCase a, SelectCase b, SelectCase c, SelectCase d, SelectCase e) {
    return atOnce(5, a, b, c, d, e, null);
  }

  /// Carries out a case if one is ready now: `select` with a `default`. Never waits, and does not
  /// look at the interrupt flag.
  ///
  /// @param a the first case
  /// @param b the second case
  /// @param c the third case
  /// @param d the fourth case
  /// @param e the fifth case
  /// @param f the sixth case
  /// @return the index of the case, or -1 when none was ready
  public static int trySelect(
      SelectCase a, SelectCase b, SelectCase c, SelectCase d, SelectCase e, SelectCase f) {
    return atOnce(6, a, b, c, d, e, f);
  }

  /// Carries out a case if one is ready now: `select` with a `default`. Never waits, and does not
  /// look at the interrupt flag. Allocates.
  ///
  /// @param cases any number of cases; none at all is allowed, as in Go
  /// @return the index of the case, or -1 when none was ready
  public static int trySelect(SelectCase... cases) {
    return atOnce(cases);
  }

  // ---- selectOrdered ----

  /// Waits until a case is ready, and carries out the first in order that is. Go has no such form.
  ///
  /// @param a the first case
  /// @return the index of the case
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  public static int selectOrdered(SelectCase a) throws InterruptedException {
    return await(true, 1, a, null, null, null, null, null);
  }

  /// Waits until a case is ready, and carries out the first in order that is. Go has no such form.
  ///
  /// @param a the first case
  /// @param b the second case
  /// @return the index of the case
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  public static int selectOrdered(SelectCase a, SelectCase b) throws InterruptedException {
    return await(true, 2, a, b, null, null, null, null);
  }

  /// Waits until a case is ready, and carries out the first in order that is. Go has no such form.
  ///
  /// @param a the first case
  /// @param b the second case
  /// @param c the third case
  /// @return the index of the case
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  public static int selectOrdered(SelectCase a, SelectCase b, SelectCase c)
      throws InterruptedException {
    return await(true, 3, a, b, c, null, null, null);
  }

  /// Waits until a case is ready, and carries out the first in order that is. Go has no such form.
  ///
  /// @param a the first case
  /// @param b the second case
  /// @param c the third case
  /// @param d the fourth case
  /// @return the index of the case
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  public static int selectOrdered(SelectCase a, SelectCase b, SelectCase c, SelectCase d)
      throws InterruptedException {
    return await(true, 4, a, b, c, d, null, null);
  }

  /// Waits until a case is ready, and carries out the first in order that is. Go has no such form.
  ///
  /// @param a the first case
  /// @param b the second case
  /// @param c the third case
  /// @param d the fourth case
  /// @param e the fifth case
  /// @return the index of the case
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  public static int selectOrdered(
      SelectCase a, SelectCase b, SelectCase c, SelectCase d, SelectCase e)
      throws InterruptedException {
    return await(true, 5, a, b, c, d, e, null);
  }

  /// Waits until a case is ready, and carries out the first in order that is. Go has no such form.
  ///
  /// @param a the first case
  /// @param b the second case
  /// @param c the third case
  /// @param d the fourth case
  /// @param e the fifth case
  /// @param f the sixth case
  /// @return the index of the case
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  public static int selectOrdered(
      SelectCase a, SelectCase b, SelectCase c, SelectCase d, SelectCase e, SelectCase f)
      throws InterruptedException {
    return await(true, 6, a, b, c, d, e, f);
  }

  /// Waits until a case is ready, and carries out the first in order that is. Go has no such form.
  /// Allocates.
  ///
  /// @param cases any number of cases; none at all is allowed, as in Go
  /// @return the index of the case
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  public static int selectOrdered(SelectCase... cases) throws InterruptedException {
    return await(true, cases);
  }

  // ---- selectWithin ----

  /// Waits until a case is ready, for a bounded time: `select` with a case of `time.After`.
  ///
  /// @param timeout how long to wait at most; zero or less looks once
  /// @param a the first case
  /// @return the index of the case, or -1 when the time passed first
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  public static int selectWithin(Duration timeout, SelectCase a) throws InterruptedException {
    return within(timeout, 1, a, null, null, null, null, null);
  }

  /// Waits until a case is ready, for a bounded time: `select` with a case of `time.After`.
  ///
  /// @param timeout how long to wait at most; zero or less looks once
  /// @param a the first case
  /// @param b the second case
  /// @return the index of the case, or -1 when the time passed first
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  public static int selectWithin(Duration timeout, SelectCase a, SelectCase b)
      throws InterruptedException {
    return within(timeout, 2, a, b, null, null, null, null);
  }

  /// Waits until a case is ready, for a bounded time: `select` with a case of `time.After`.
  ///
  /// @param timeout how long to wait at most; zero or less looks once
  /// @param a the first case
  /// @param b the second case
  /// @param c the third case
  /// @return the index of the case, or -1 when the time passed first
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  public static int selectWithin(Duration timeout, SelectCase a, SelectCase b, SelectCase c)
      throws InterruptedException {
    return within(timeout, 3, a, b, c, null, null, null);
  }

  /// Waits until a case is ready, for a bounded time: `select` with a case of `time.After`.
  ///
  /// @param timeout how long to wait at most; zero or less looks once
  /// @param a the first case
  /// @param b the second case
  /// @param c the third case
  /// @param d the fourth case
  /// @return the index of the case, or -1 when the time passed first
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  public static int selectWithin(
      Duration timeout, SelectCase a, SelectCase b, SelectCase c, SelectCase d)
      throws InterruptedException {
    return within(timeout, 4, a, b, c, d, null, null);
  }

  /// Waits until a case is ready, for a bounded time: `select` with a case of `time.After`.
  ///
  /// @param timeout how long to wait at most; zero or less looks once
  /// @param a the first case
  /// @param b the second case
  /// @param c the third case
  /// @param d the fourth case
  /// @param e the fifth case
  /// @return the index of the case, or -1 when the time passed first
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  public static int selectWithin(
      Duration timeout, SelectCase a, SelectCase b, SelectCase c, SelectCase d, SelectCase e)
      throws InterruptedException {
    return within(timeout, 5, a, b, c, d, e, null);
  }

  /// Waits until a case is ready, for a bounded time: `select` with a case of `time.After`.
  ///
  /// @param timeout how long to wait at most; zero or less looks once
  /// @param a the first case
  /// @param b the second case
  /// @param c the third case
  /// @param d the fourth case
  /// @param e the fifth case
  /// @param f the sixth case
  /// @return the index of the case, or -1 when the time passed first
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  public static int selectWithin(
      Duration timeout,
      SelectCase a,
      SelectCase b,
      SelectCase c,
      SelectCase d,
      SelectCase e,
      SelectCase f)
      throws InterruptedException {
    return within(timeout, 6, a, b, c, d, e, f);
  }

  /// Waits until a case is ready, for a bounded time: `select` with a case of `time.After`.
  /// Allocates.
  ///
  /// @param timeout how long to wait at most; zero or less looks once
  /// @param cases any number of cases; none at all is allowed, as in Go
  /// @return the index of the case, or -1 when the time passed first
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  public static int selectWithin(Duration timeout, SelectCase... cases)
      throws InterruptedException {
    return within(timeout, cases);
  }

  // ---- Expression form ----

  /// Waits for one of the branches, or takes the [#otherwise] branch if nothing is ready, and
  /// returns what its action returns: `select` as an expression. Allocates. With an `otherwise` it
  /// never waits, and does not look at the interrupt flag.
  ///
  /// ```java
  /// String s = selectValue(job.then(v -> "got " + v), otherwise(() -> "idle"));
  /// ```
  ///
  /// @param <R> the type of the expression
  /// @param branches made by `then` of the cases, and at most one by `otherwise`
  /// @return what the action of the chosen branch returned; what it throws is thrown here
  /// @throws IllegalArgumentException if more than one branch was made by `otherwise`
  /// @throws InterruptedException if the calling thread is interrupted before or while it waits
  @SafeVarargs
  @SuppressWarnings("varargs") // passed on, only read
  public static <R extends @Nullable Object> R selectValue(Branch<? extends R>... branches)
      throws InterruptedException {
    return Branch.select(branches);
  }

  /// Makes the branch that [#selectValue] takes when no case is ready: `default`.
  ///
  /// @param <R> the type of the expression
  /// @param action what to do
  /// @return the branch
  public static <R extends @Nullable Object> Branch<R> otherwise(Supplier<? extends R> action) {
    return new Branch<>(null, Objects.requireNonNull(action, "action"));
  }

  // ---- What they share ----

  private static int await(
      boolean ordered,
      int n,
      SelectCase a,
      @Nullable SelectCase b,
      @Nullable SelectCase c,
      @Nullable SelectCase d,
      @Nullable SelectCase e,
      @Nullable SelectCase f)
      throws InterruptedException {
    BlockingOperations.checkInterrupt();
    SelectCase first = CaseList.of(n, a, b, c, d, e, f);
    return Selection.await(first, CaseList.inLockOrder(first), ordered, BlockingOperations.NEVER);
  }

  private static int await(boolean ordered, SelectCase[] cases) throws InterruptedException {
    BlockingOperations.checkInterrupt();
    SelectCase[] sorted = CaseList.sorted(cases);
    SelectCase first = CaseList.of(cases);
    return Selection.await(first, CaseList.inLockOrder(sorted), ordered, BlockingOperations.NEVER);
  }

  private static int atOnce(
      int n,
      SelectCase a,
      @Nullable SelectCase b,
      @Nullable SelectCase c,
      @Nullable SelectCase d,
      @Nullable SelectCase e,
      @Nullable SelectCase f) {
    SelectCase first = CaseList.of(n, a, b, c, d, e, f);
    return Selection.atOnce(first, CaseList.inLockOrder(first));
  }

  private static int atOnce(SelectCase[] cases) {
    SelectCase[] sorted = CaseList.sorted(cases);
    SelectCase first = CaseList.of(cases);
    return Selection.atOnce(first, CaseList.inLockOrder(sorted));
  }

  private static int within(
      Duration timeout,
      int n,
      SelectCase a,
      @Nullable SelectCase b,
      @Nullable SelectCase c,
      @Nullable SelectCase d,
      @Nullable SelectCase e,
      @Nullable SelectCase f)
      throws InterruptedException {
    long nanos = Durations.nanos(timeout);
    BlockingOperations.checkInterrupt();
    if (nanos <= 0) {
      return atOnce(n, a, b, c, d, e, f);
    }
    long deadline = Durations.deadline(nanos); // may throw, so before the cases are listed
    SelectCase first = CaseList.of(n, a, b, c, d, e, f);
    return Selection.await(first, CaseList.inLockOrder(first), false, deadline);
  }

  private static int within(Duration timeout, SelectCase[] cases) throws InterruptedException {
    long nanos = Durations.nanos(timeout);
    BlockingOperations.checkInterrupt();
    if (nanos <= 0) {
      return atOnce(cases);
    }
    long deadline = Durations.deadline(nanos);
    SelectCase[] sorted = CaseList.sorted(cases);
    SelectCase first = CaseList.of(cases);
    return Selection.await(first, CaseList.inLockOrder(sorted), false, deadline);
  }
}
