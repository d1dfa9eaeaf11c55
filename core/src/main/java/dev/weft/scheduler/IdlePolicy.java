package dev.weft.scheduler;

/// How a carrier thread without work waits for some, in place of parking.
///
/// The method is called again and again with 0 while there is nothing to do, and once with 1 when
/// the wait is over, so that a policy with a back-off can start afresh. It may spin, yield or park
/// the thread for a bounded time; work that arrives meanwhile unparks the thread. Agrona's
/// strategies fit as they are: `() -> new BackoffIdleStrategy(100, 10, 1_000, 1_000_000)::idle`.
///
/// Before it goes idle a thread that searches for work may sleep once, for some 80 microseconds on
/// Linux, without asking the policy: see docs/design-decisions.md, "A thief sleeps where it could
/// spin".
///
/// A policy that does not give up its processor burns it while the scheduler is idle. One that
/// throws is reported to the uncaught exception handler of its thread, which parks from then on.
@FunctionalInterface
public interface IdlePolicy {

  /// Waits a little, or ends the waiting.
  ///
  /// @param workCount 0 while there is no work, 1 once there is
  void idle(int workCount);
}
