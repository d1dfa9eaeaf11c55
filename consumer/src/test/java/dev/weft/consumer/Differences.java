package dev.weft.consumer;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;

/// Compares large sets.
final class Differences {
  private Differences() {}

  /// Fails unless both have the same elements, and names only those that one of them lacks.
  ///
  /// @param of what these are the elements of
  static void assertNone(String of, Collection<String> expected, Collection<String> actual) {
    Set<String> missing = without(expected, actual);
    Set<String> unexpected = without(actual, expected);
    if (!missing.isEmpty() || !unexpected.isEmpty()) {
      throw new AssertionError(of + ": missing " + missing + ", not expected " + unexpected);
    }
  }

  private static Set<String> without(Collection<String> these, Collection<String> those) {
    Set<String> rest = new TreeSet<>(these);
    rest.removeAll(Set.copyOf(those));
    return rest;
  }
}
