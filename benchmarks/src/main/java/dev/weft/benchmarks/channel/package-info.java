/// Rows about channels and select. A row is a program that is written once for all libraries that
/// have threads, against [dev.weft.benchmarks.channel.Library]; kotlinx.coroutines has no threads,
/// so its programs, the same ones, are in Kotlin.
package dev.weft.benchmarks.channel;
