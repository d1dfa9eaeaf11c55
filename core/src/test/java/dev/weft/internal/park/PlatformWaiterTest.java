package dev.weft.internal.park;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The waiter of a platform thread")
class PlatformWaiterTest extends WaiterContract {
  @Override
  Threads newThreads() {
    return Threads.platform();
  }
}
