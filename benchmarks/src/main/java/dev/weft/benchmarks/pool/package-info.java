/// Rows about pools of workers, beside ants in Go and what people write in Java.
package dev.weft.benchmarks.pool;
