/// How long one put takes while a map grows.
package dev.weft.benchmarks.growth;
