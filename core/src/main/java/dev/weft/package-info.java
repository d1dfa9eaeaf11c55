/// Weft: Go's concurrency for the JVM.
///
/// [dev.weft.Go] has Go's words for static import; start there. The packages below it have the
/// types, from what every program meets to what few look into:
///
/// - [dev.weft.channel]: channels and select, through which goroutines talk
/// - [dev.weft.sync]: locks, wait groups and the like, for what they share
/// - [dev.weft.context]: when to stop, and how long there is
/// - [dev.weft.time]: timers, tickers and sleep, and clocks for tests
/// - [dev.weft.defer]: what is to be done at the end, and recovering
/// - [dev.weft.collections]: slices, text as runes, and a map that never stops to rehash
/// - [dev.weft.group]: goroutines that are one task, semaphores, and work that callers share
/// - [dev.weft.pool]: no more than so many at a time, with workers that stay or without
/// - [dev.weft.scheduler]: the goroutines themselves, and schedulers of one's own
/// - [dev.weft.base]: what a goroutine runs, and the errors that are not for handling
///
/// The guide in `docs/guide` of the project has a chapter for each topic, with programs.
@NullMarked
package dev.weft;

import org.jspecify.annotations.NullMarked;
