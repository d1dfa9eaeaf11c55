package dev.weft.internal.park;

import dev.weft.scheduler.Backend;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The waiter of a goroutine of the jdk backend")
class JdkGoroutineWaiterTest extends WaiterContract {
  @Override
  Threads newThreads() {
    return Threads.goroutines(Backend.JDK);
  }
}
