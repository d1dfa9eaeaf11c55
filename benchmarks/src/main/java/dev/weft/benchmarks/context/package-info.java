/// Rows about contexts.
package dev.weft.benchmarks.context;
