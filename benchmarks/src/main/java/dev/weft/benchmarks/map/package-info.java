/// The map beside others.
package dev.weft.benchmarks.map;
