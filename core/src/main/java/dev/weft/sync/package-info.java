/// Locks and what else goroutines use to wait for each other: Go's package `sync`.
///
/// [dev.weft.sync.Mutex] comes first: it lets others in as long as nobody waits too long, and hands
/// itself over in turn when somebody has waited for a millisecond. All types work from any kind of
/// thread (goroutines of both backends, virtual and platform threads) and none of them knows an
/// owner.
///
/// A reader of the implementation starts at `MutexState`, which explains the state word, the queue
/// and how they belong together; `Contention` is the slow path. `docs/sync.md` explains the whole.
@NullMarked
package dev.weft.sync;

import org.jspecify.annotations.NullMarked;
