package dev.weft.internal.carrier;

import dev.weft.testkit.ChildJvm;
import java.lang.management.ClassLoadingMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The trap: after so many calls of a method handle java.lang.invoke makes a class for it. That
/// must not happen inside `execute`, near the end of a stack.
@Tag("fork")
class SettledHandlesTest {

  @ParameterizedTest
  @ValueSource(strings = {"newThread", "currentCarrier", "schedulerOf", "jdkScheduler", "osYield"})
  @DisplayName("No class comes into being however often a handle is called")
  void noClass(String handle) throws Exception {
    // Interpreted: compiled code does not count the calls.
    try (ChildJvm child = ChildJvm.start(Main.class, List.of("-Xint"), handle)) {
      child.awaitSuccess(60);
    }
  }

  static final class Main {
    private static final int CALLS = 1_000;

    private Main() {}

    public static void main(String[] arguments) {
      if (CarrierAccess.unavailable() != null) {
        return; // there are no handles
      }
      Executor nobody =
          continuation -> {
            throw new AssertionError("it is not started");
          };
      Runnable nothing = () -> {};
      Thread thread = CarrierAccess.newThread(nobody, null, 0, nothing);
      Runnable call =
          switch (arguments[0]) {
            case "newThread" -> () -> CarrierAccess.newThread(nobody, null, 0, nothing);
            case "currentCarrier" -> CarrierAccess::currentCarrier;
            case "schedulerOf" -> () -> CarrierAccess.schedulerOf(thread);
            case "jdkScheduler" -> CarrierAccess::jdkScheduler;
            case "osYield" -> CarrierAccess::osYield;
            default -> throw new AssertionError(arguments[0]);
          };
      ClassLoadingMXBean classes = ManagementFactory.getClassLoadingMXBean();
      call.run();
      long before = classes.getTotalLoadedClassCount();
      for (int i = 0; i < CALLS; i++) {
        call.run();
      }
      long more = classes.getTotalLoadedClassCount() - before;
      if (more != 0) {
        throw new AssertionError(more + " classes were made in " + CALLS + " calls");
      }
    }
  }
}
