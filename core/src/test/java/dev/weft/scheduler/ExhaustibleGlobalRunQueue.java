package dev.weft.scheduler;

/// A global queue that counts the chunks it allocates and can be made to run out of memory.
final class ExhaustibleGlobalRunQueue extends GlobalRunQueue {
  int chunksLeft = Integer.MAX_VALUE;
  int allocated;

  ExhaustibleGlobalRunQueue() {
    super(
        () -> {
          throw new AssertionError("the lock of the global queue is held, by nobody");
        });
  }

  @Override
  Chunk newChunk() {
    pollFirstOfEmptyBatch();
    if (chunksLeft == 0) {
      throw new OutOfMemoryError("made by the test");
    }
    chunksLeft--;
    allocated++;
    return super.newChunk();
  }

  /// Takes the lock and changes nothing: fails if the allocation is made under the lock.
  private void pollFirstOfEmptyBatch() {
    addLast(new Schedulable[0], 0);
  }
}
