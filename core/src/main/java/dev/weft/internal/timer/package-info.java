/// Timers of the scheduler, without the scheduler: a clock, a timer node whose outcome one
/// compare-and-set decides, and the shard that keeps the nodes of one processor.
///
/// Nothing here parks, starts a thread or knows what a goroutine is. The scheduler asks each
/// [dev.weft.internal.timer.TimerShard] on every dispatch whether it wants service, runs it when it
/// does, and sleeps no longer than its next deadline; the fallback backend does the same from one
/// thread. Start reading at `TimerShard`; `NextDeadline` holds the one subtle protocol.
@NullMarked
package dev.weft.internal.timer;

import org.jspecify.annotations.NullMarked;
