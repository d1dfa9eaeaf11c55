package dev.weft.benchmarks.report;

import java.util.List;
import java.util.Map;

/// What one call of the report has measured.
///
/// @param about what to know about it, by name: the machine, the versions, the method
/// @param readings all figures
record Run(Map<String, String> about, List<Reading> readings) {}
