/// What goroutines and channels take of the heap. No JMH here: a program that makes many and
/// divides, [dev.weft.benchmarks.memory.MemoryTable].
package dev.weft.benchmarks.memory;
