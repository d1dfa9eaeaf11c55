/// What timers cost, beside those of the JDK and of Go; and what the structure behind them costs
/// beside a timer wheel.
package dev.weft.benchmarks.time;
