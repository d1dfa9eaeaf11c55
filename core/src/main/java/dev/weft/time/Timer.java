package dev.weft.time;

import dev.weft.base.Body;
import dev.weft.channel.ReceiveChannel;
import dev.weft.internal.park.TimerCore;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

/// A single event in the future: `time.Timer`, with the rules of Go 1.23.
///
/// ```java
/// Timer timer = Timer.make(Duration.ofSeconds(5));       // time.NewTimer(5 * time.Second)
/// var timeout = timer.channel().onReceive();
/// switch (select(reply, timeout)) { ... }
/// timer.reset(Duration.ofSeconds(5));                    // no draining before, no stale value after
///
/// Timer later = Timer.afterFunc(Duration.ofSeconds(1), () -> refresh());
/// later.stop();
/// ```
///
/// A timer with a channel costs nothing while nobody waits for it: it is in no queue, no thread
/// watches it, and one that is dropped without `stop` is collected. Its channel has room for
/// nothing and is never closed (TMR-8, TMR-9): the value is made when somebody looks, and is the
/// time at which the timer was due, however late that is (TMR-3).
///
/// A timer with a function starts a goroutine for it when it is due. Until then it is kept alive.
///
/// Any number of threads may use one timer at the same time; each `stop` and `reset` is one atomic
/// step (TMR-23). What happens before a timer is made or reset *happens-before* the receive of its
/// value, or the start of its function (TMR-24). No parameter may be null.
public final class Timer {

  private final Clock clock;
  private final TimerCore core;

  private Timer(Clock clock, TimerCore core) {
    this.clock = clock;
    this.core = core;
  }

  /// Makes a timer that sends the time on its channel when it is due: `time.NewTimer(d)`.
  ///
  /// @param duration when; zero or less is at once; longer than 292 years is never
  /// @return the running timer
  public static Timer make(Duration duration) {
    return make(Clock.system(), duration);
  }

  /// The same by a clock.
  ///
  /// @param clock what it goes by
  /// @param duration when; zero or less is at once; longer than 292 years is never
  /// @return the running timer
  public static Timer make(Clock clock, Duration duration) {
    long due = Objects.requireNonNull(clock, "clock").after(duration);
    TimerCore core = TimerCore.withChannel(clock.ticks());
    core.set(due, 0);
    return new Timer(clock, core);
  }

  /// A channel on which the time is sent, once, when so much time has passed: `time.After(d)`.
  /// Allocates; a loop had better use one timer and [#reset].
  ///
  /// @param duration when; zero or less is at once; longer than 292 years is never
  /// @return the channel of a new timer
  public static ReceiveChannel<Instant> after(Duration duration) {
    return make(duration).channel();
  }

  /// The same by a clock.
  ///
  /// @param clock what it goes by
  /// @param duration when; zero or less is at once; longer than 292 years is never
  /// @return the channel of a new timer
  public static ReceiveChannel<Instant> after(Clock clock, Duration duration) {
    return make(clock, duration).channel();
  }

  /// Calls a function in a goroutine of its own when so much time has passed: `time.AfterFunc(d,
  /// f)`.
  ///
  /// The goroutine is started on the scheduler of the goroutine that calls this, or on the default
  /// one if the caller is none or its scheduler is closed by then; with what `go` would hand on to
  /// it here.
  ///
  /// @param duration when; zero or less is at once; longer than 292 years is never
  /// @param body what to run; may throw anything, which then reaches the scheduler's handler for
  ///   uncaught exceptions
  /// @return the running timer; its channel is the nil channel
  public static Timer afterFunc(Duration duration, Body body) {
    return afterFunc(Clock.system(), duration, body);
  }

  /// The same by a clock.
  ///
  /// @param clock what it goes by
  /// @param duration when; zero or less is at once; longer than 292 years is never
  /// @param body what to run
  /// @return the running timer; its channel is the nil channel
  public static Timer afterFunc(Clock clock, Duration duration, Body body) {
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(body, "body");
    long due = clock.after(duration);
    TimerCore core = new CallbackTimer(clock, body);
    core.set(due, 0);
    return new Timer(clock, core);
  }

  /// {@return the channel on which the time is sent: `t.C`; the nil channel if it has a function}
  @SuppressWarnings("unchecked") // what a timer sends are instants
  public ReceiveChannel<Instant> channel() {
    return (ReceiveChannel<Instant>) core.channel();
  }

  /// Prevents what is to come: `t.Stop()`. Does not wait, neither for receivers nor for the
  /// function if that has been started.
  ///
  /// After it nothing can be received (TMR-5); who waits for the channel goes on waiting, until a
  /// [#reset] (TMR-8).
  ///
  /// @return whether it was running: its value not received, also if it was due already; or its
  ///   function not started (TMR-4, TMR-12)
  public boolean stop() {
    return core.stop();
  }

  /// Sets it anew: `t.Reset(d)`. Whatever it was set to before does not come any more.
  ///
  /// If it has a function and this returns false, the function may be running now and will run
  /// again, perhaps at the same time (TMR-12).
  ///
  /// @param duration when, counted from now; zero or less is at once; longer than 292 years is
  ///   never
  /// @return whether it was running: as [#stop()]
  public boolean reset(Duration duration) {
    return core.set(clock.after(duration), 0);
  }
}
