package dev.weft.collections;

import java.util.Arrays;

/// The sizes of the blocks that Go's allocator hands out.
///
/// Go rounds a request up to one of these and lets a slice use all of what it got. Java's heap has
/// no such classes; the table is here because capacities are something that programs can see. The
/// numbers are those of Go's `internal/runtime/gc/sizeclasses.go` (see NOTICE).
final class SizeClasses {

  private static final int[] SIZES = {
    0, 8, 16, 24, 32, 48, 64, 80, 96, 112, 128, 144, 160, 176, 192, 208, 224, 240, 256, 288, 320,
    352, 384, 416, 448, 480, 512, 576, 640, 704, 768, 896, 1024, 1152, 1280, 1408, 1536, 1792, 2048,
    2304, 2688, 3072, 3200, 3456, 4096, 4864, 5376, 6144, 6528, 6784, 6912, 8192, 9472, 9728, 10240,
    10880, 12288, 13568, 14336, 16384, 18432, 19072, 20480, 21760, 24576, 27264, 28672, 32768
  };

  private static final int LARGEST = SIZES[SIZES.length - 1];
  private static final int PAGE = 8192;

  private SizeClasses() {}

  /// What a request gets: the smallest class that holds it, or whole pages if none does.
  ///
  /// @param bytes 0 or more, and far from overflowing
  static long roundUp(long bytes) {
    if (bytes > LARGEST) {
      return (bytes + PAGE - 1) / PAGE * PAGE;
    }
    int found = Arrays.binarySearch(SIZES, (int) bytes);
    return SIZES[found >= 0 ? found : -found - 1];
  }
}
