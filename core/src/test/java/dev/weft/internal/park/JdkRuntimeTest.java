package dev.weft.internal.park;

import dev.weft.scheduler.Backend;
import org.junit.jupiter.api.DisplayName;

@DisplayName("The runtime of goroutines of the jdk backend")
class JdkRuntimeTest extends RuntimeContract {
  @Override
  Backend backend() {
    return Backend.JDK;
  }
}
