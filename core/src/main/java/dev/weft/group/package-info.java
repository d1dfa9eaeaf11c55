/// Go's extended synchronization: several goroutines that belong together.
///
/// [dev.weft.group.ErrGroup] starts goroutines that are one task and waits for all of them; the
/// first failure is that of the task. [dev.weft.group.WeightedSemaphore] limits how much of
/// something is in use, and [dev.weft.group.SingleFlight] lets callers who want the same thing at
/// the same time share one execution. All of them work from any kind of thread.
///
/// `docs/pools.md` says which one to take, and what is different from Go.
@NullMarked
package dev.weft.group;

import org.jspecify.annotations.NullMarked;
