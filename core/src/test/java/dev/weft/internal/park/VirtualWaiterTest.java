package dev.weft.internal.park;

import org.junit.jupiter.api.DisplayName;

@DisplayName("The waiter of a plain virtual thread")
class VirtualWaiterTest extends WaiterContract {
  @Override
  Threads newThreads() {
    return Threads.virtual();
  }
}
