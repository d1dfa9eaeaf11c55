/// Timers, tickers and sleep, with the rules of Go 1.23; and clocks, so that a test can be its own
/// time.
///
/// Start with [dev.weft.time.Timer]; in tests with [dev.weft.time.FakeClock].
///
/// A timer with a channel is part of the channel, and one with a function waits in
/// `dev.weft.internal.timer`; a reader of the implementation finds each explained there.
/// `docs/timers.md` explains the whole.
@NullMarked
package dev.weft.time;

import org.jspecify.annotations.NullMarked;
