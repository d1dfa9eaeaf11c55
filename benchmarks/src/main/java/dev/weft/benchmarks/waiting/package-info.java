/// How long threads wait for a contended lock: not the mean, but the whole distribution, since the
/// rule that a mutex becomes fair is about its end.
package dev.weft.benchmarks.waiting;
