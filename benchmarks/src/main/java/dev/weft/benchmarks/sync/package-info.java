/// What locks, wait groups and the rest of `sync` cost, beside those of `java.util.concurrent`, of
/// kotlinx.coroutines and of Go.
package dev.weft.benchmarks.sync;
