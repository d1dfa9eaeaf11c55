/// Waiting, without knowing who schedules the one that waits.
///
/// Weft's primitives (channels and select so far) block through a [dev.weft.internal.park.Waiter]:
/// one wait, decided once, by one compare-and-set. What a waiter needs from the world (a clock, an
/// alarm, who is running) it asks of [dev.weft.internal.park.Runtime], which the scheduler
/// provides; so the arrows point down and every primitive works on goroutines, plain virtual
/// threads and platform threads alike.
///
/// A reader starts at [dev.weft.internal.park.Waiter].
@NullMarked
package dev.weft.internal.park;

import org.jspecify.annotations.NullMarked;
