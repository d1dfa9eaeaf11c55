package dev.weft.testkit;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fork")
class DumpOnTimeoutTest {
  @Test
  @DisplayName("The dump after a timeout shows virtual threads with their stacks")
  void dumpShowsVirtualThreads() throws Exception {
    Thread parked = Thread.ofVirtual().name("parked-for-the-dump").start(LockSupport::park);
    try {
      Await.state(parked, Thread.State.WAITING);
      String dump = DumpOnTimeout.threadDump();
      assertTrue(dump.contains("parked-for-the-dump\" virtual"), dump);
    } finally {
      LockSupport.unpark(parked);
    }
    parked.join();
  }
}
