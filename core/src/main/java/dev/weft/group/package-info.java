/// Go's extended synchronization: several goroutines that belong together.
///
/// [dev.weft.group.WeightedSemaphore] limits how much of something is in use, and
/// [dev.weft.group.SingleFlight] lets callers who want the same thing at the same time share one
/// execution. Both are built on `dev.weft.sync` and `dev.weft.channel` alone, and work from any
/// kind of thread.
@NullMarked
package dev.weft.group;

import org.jspecify.annotations.NullMarked;
