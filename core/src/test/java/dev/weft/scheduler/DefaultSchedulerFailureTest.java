package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.testkit.JavaCommand;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("fork")
class DefaultSchedulerFailureTest {

  private static final String MESSAGE =
      "-Dweft.scheduler=nonsense names no backend; use auto, gpm or jdk";

  @Test
  @DisplayName("When there can be no default scheduler, everybody who asks for it is told why")
  void everybodyIsTold() throws Exception {
    List<String> command =
        JavaCommand.of(
            List.of(DefaultSchedulerFailureTest.class),
            "-Dweft.scheduler=nonsense",
            DefaultSchedulerFailureTest.class.getName());
    Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
    List<String> output = program.inputReader().lines().toList();
    assertEquals(0, JavaCommand.exitCode(program), output::toString);
    String line = "java.lang.IllegalArgumentException: " + MESSAGE;
    assertEquals(List.of(line, line), output);
  }

  /// Asks twice.
  public static void main(String[] args) {
    for (int i = 0; i < 2; i++) {
      try {
        Scheduler.defaultScheduler();
      } catch (Throwable failure) {
        System.out.println(failure);
      }
    }
  }
}
