/// Goroutines and what runs them: Go's G, P and M on the JVM.
///
/// [dev.weft.scheduler.Scheduler] starts goroutines, [dev.weft.scheduler.Goroutine] is the handle
/// of one. Who only wants to start some uses the facade `dev.weft.Go`.
///
/// A goroutine *is* a virtual thread of the JDK, so that locks, thread locals, sockets, debuggers
/// and thread dumps work in it. What runs it is one of two backends: `gpm` is the scheduler of this
/// package, `jdk` is the JDK's own.
///
/// A reader of the implementation starts at `GpmGoroutine` (how the JDK's virtual thread comes in),
/// goes on to `Core` (how work meets machines), `Machine` (the loop, and who becomes ready where),
/// `Processor` (what a machine owns), `WorkSearch` (where it looks, in which order),
/// `MachineControl` (who sleeps and who is woken), `LocalRunQueue` and `GlobalRunQueue`, then
/// `Monitor` (what cannot be left to the machines). `docs/scheduler.md` explains the whole.
@NullMarked
package dev.weft.scheduler;

import org.jspecify.annotations.NullMarked;
