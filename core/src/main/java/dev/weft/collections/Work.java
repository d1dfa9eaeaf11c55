package dev.weft.collections;

/// Counts what a map does besides changing one entry, for tests that prove the bound of a single
/// operation. No map has one outside of tests.
final class Work {

  long rehashed;
  long moved;
  long allocatedBytes;
  long copiedBytes;

  void forget() {
    rehashed = 0;
    moved = 0;
    allocatedBytes = 0;
    copiedBytes = 0;
  }
}
