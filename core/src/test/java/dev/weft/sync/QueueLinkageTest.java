package dev.weft.sync;

import dev.weft.internal.park.WaitQueue;
import dev.weft.testkit.ChildJvm;
import dev.weft.testkit.Contended;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The trap: who waits for the lock of a queue may hold a user's lock, or be about to release one;
/// to load a class there may fail, or park. So all of it has been loaded before.
@Tag("fork")
class QueueLinkageTest {

  @Test
  @DisplayName("The first thread that finds the lock of a queue taken loads no class")
  void queue() throws Exception {
    try (ChildJvm child = ChildJvm.start(Main.class, List.of())) {
      child.awaitSuccess(60);
    }
  }

  static final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
      Mutex mutex = new Mutex();
      dev.weft.internal.park.Runtime.get(); // as who has waited for the mutex
      WaitQueue queue = mutex.queue();
      Contended.assertLoadsNothing(queue::lock, queue::unlock);
    }
  }
}
