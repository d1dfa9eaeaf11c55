package dev.weft.collections;

import org.jspecify.annotations.Nullable;

/// The directories of the next growth, made ahead of it and piece by piece.
///
/// A directory is the array of the chunks. Doubling it takes a copy of a reference for each chunk:
/// nothing for a small table, but a hundred microseconds for one of a hundred million entries. So
/// as soon as a large table has grown, the next inserts prepare what the next growth will need:
/// each of the first three allocates one directory, and those after them copy a part of each. Only
/// the overflow of a chunk changes meanwhile; who changes it tells the next directory too.
///
/// What stays is that a directory is allocated, and cleared by the JVM, at once: four bytes for
/// each chunk that there will be, so 256 KB for a hundred million entries.
final class NextDirectory {

  /// Chunks from which on a directory is large.
  static final int LARGE = 1024;

  private long @Nullable [][] tags;
  private @Nullable Object @Nullable [][] slots;
  private @Nullable Overflow @Nullable [] overflow;
  private int copied;

  /// Does one piece of the preparation.
  ///
  /// @return whether all is done
  static boolean prepare(Table<?, ?> table) {
    if (table.tags.length < LARGE) {
      return true;
    }
    if (table.nextDirectory == null) {
      table.nextDirectory = new NextDirectory();
    }
    return table.nextDirectory.step(table);
  }

  /// Takes what is prepared, and does the rest.
  static NextDirectory completed(Table<?, ?> table) {
    NextDirectory next = table.nextDirectory;
    if (next == null) {
      next = new NextDirectory();
    }
    boolean done = false;
    while (!done) {
      done = next.step(table);
    }
    return next;
  }

  /// Becomes the directory of a table, after it was completed.
  void install(Table<?, ?> table) {
    if (tags != null && slots != null && overflow != null) {
      table.tags = tags;
      table.slots = slots;
      table.overflow = overflow;
      table.nextDirectory = null;
    }
  }

  private boolean step(Table<?, ?> table) {
    int chunks = table.tags.length;
    if (tags == null) {
      tags = new long[chunks << 1][];
      count(table, 0, chunks << 1);
    } else if (slots == null) {
      slots = new @Nullable Object[chunks << 1][];
      count(table, 0, chunks << 1);
    } else if (overflow == null) {
      overflow = new @Nullable Overflow[chunks << 1];
      count(table, 0, chunks << 1);
    } else if (copied < chunks) {
      int length = Math.min(LARGE, chunks - copied);
      System.arraycopy(table.tags, copied, tags, copied, length);
      System.arraycopy(table.slots, copied, slots, copied, length);
      System.arraycopy(table.overflow, copied, overflow, copied, length);
      copied += length;
      count(table, 3 * length, 0);
    }
    return copied == chunks;
  }

  private static void count(Table<?, ?> table, int copied, int allocated) {
    if (table.work != null) {
      table.work.copiedBytes += (long) copied * Integer.BYTES;
      table.work.allocatedBytes += (long) allocated * Integer.BYTES;
    }
  }

  void setOverflow(int chunk, @Nullable Overflow chains) {
    if (overflow != null) {
      overflow[chunk] = chains;
    }
  }
}
