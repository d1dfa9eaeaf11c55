/// Bounded numbers of goroutines for unbounded numbers of tasks.
///
/// Start with [dev.weft.pool.Limiter]: goroutines are cheap, so a limit on how many run at a time
/// is mostly all that is needed. [dev.weft.pool.WorkerPool] keeps goroutines for the next task, as
/// Go's library ants does; [dev.weft.pool.FunctionPool] and [dev.weft.pool.MultiPool] are forms of
/// it. [dev.weft.pool.ScalingPool] has a queue, and as many workers as that needs.
///
/// How a pool works is told in `PoolState`. `docs/pools.md` says which pool to take, and what is
/// different from ants.
@NullMarked
package dev.weft.pool;

import org.jspecify.annotations.NullMarked;
