/// The G-P-M scheduler: goroutines (G) run on processors (P) that are driven by machines (M).
///
/// A reader starts with the run queues, on which everything else stands: `RunNext` and
/// `LocalRunQueue` belong to a processor, `GlobalRunQueue` to the scheduler.
@NullMarked
package dev.weft.scheduler;

import org.jspecify.annotations.NullMarked;
