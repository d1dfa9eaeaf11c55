package dev.weft.internal.park;

import dev.weft.scheduler.Backend;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;

@Tag("gpm")
@DisplayName("The waiter of a goroutine of the gpm backend")
class GpmGoroutineWaiterTest extends WaiterContract {
  @Override
  Threads newThreads() {
    return Threads.goroutines(Backend.GPM);
  }
}
