/// A program that runs goroutines, channels, select, timeouts, interrupts and closes for hours and
/// looks for what gets lost or left behind: [dev.weft.benchmarks.soak.Soak].
package dev.weft.benchmarks.soak;
