package dev.weft.scheduler;

/// A random cyclic order in which a thief visits the processors: each exactly once a pass (SCH-13).
///
/// A random start and a step that is coprime to the number of processors: as in Go, and as there it
/// needs neither memory nor a shuffle. One object a machine.
final class VictimOrder {

  private int seed;
  private int count;
  private int left;
  private int position;
  private int step;

  /// @param seed any number; each machine has its own
  VictimOrder(int seed) {
    this.seed = seed * 0x9E3779B9 | 1;
  }

  /// Begins a pass over `n` processors.
  void start(int n) {
    count = n;
    left = n;
    if (n == 0) {
      return;
    }
    position = random(n);
    step = 1 + random(n);
    while (gcd(step, n) != 1) {
      step++; // n + 1 is coprime to n, so this ends
    }
  }

  /// The index of the next processor, or -1 at the end of the pass.
  int next() {
    if (left == 0) {
      return -1;
    }
    left--;
    int result = position;
    position = (int) (((long) position + step) % count);
    return result;
  }

  /// A Marsaglia xorshift generator: quality is not the point, being cheap and private is.
  private int random(int bound) {
    seed ^= seed << 13;
    seed ^= seed >>> 17;
    seed ^= seed << 5;
    return (int) (((seed & 0xFFFFFFFFL) * bound) >>> 32);
  }

  private static int gcd(int a, int b) {
    while (b != 0) {
      int rest = a % b;
      a = b;
      b = rest;
    }
    return a;
  }
}
