/// Slices and runes beside what else there is.
package dev.weft.benchmarks.slice;
