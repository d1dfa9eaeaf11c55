/// Does an operation cost more when there is more of everything? Each row has one parameter, how
/// many goroutines, pairs, channels, waiters or cases there are; one operation is always the same.
///
/// The rows are not in a quick report unless they are asked for: `report quick scaling`.
package dev.weft.benchmarks.scaling;
