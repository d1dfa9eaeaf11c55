package dev.weft.scheduler;

import dev.weft.testkit.ForkedJvm;
import dev.weft.testkit.ForkedJvm.Outcome;
import dev.weft.testkit.Jars;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import launch.LaunchMain;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The ways to start a program with Weft, each in a JVM of its own, with jars as users have them.
@Tag("fork")
class LaunchTest {
  private static final String ADD_OPENS = "--add-opens=java.base/java.lang=";
  private static final String GPM = "GPM: java.lang is open and the self-test passed";
  private static final String CLOSED = "java.lang is not open to ";

  @TempDir static Path folder;

  private static String core() {
    return folder.resolve("weft-core.jar").toString();
  }

  private static String app() {
    return folder.resolve("app.jar").toString();
  }

  @BeforeAll
  static void jars() throws IOException {
    String agent = "dev.weft.internal.agent.OpenAgent"; // as in core/pom.xml
    Jars.ofCore(
        folder.resolve("weft-core.jar"), Map.of("Premain-Class", agent, "Agent-Class", agent));
    Jars.of(
        folder.resolve("app.jar"),
        Map.of(
            "Main-Class", LaunchMain.class.getName(),
            "Class-Path", "weft-core.jar",
            "Add-Opens", "java.base/java.lang"),
        List.of(LaunchMain.class));
  }

  private static Outcome onClassPath(List<String> flags, String... wishes) throws Exception {
    List<String> arguments = new ArrayList<>(flags);
    arguments.addAll(List.of("-cp", core() + File.pathSeparator + app()));
    arguments.add(LaunchMain.class.getName());
    arguments.addAll(List.of(wishes));
    return ForkedJvm.run(arguments);
  }

  private static Outcome onModulePath(List<String> flags, String... wishes) throws Exception {
    List<String> arguments = new ArrayList<>(flags);
    arguments.addAll(List.of("-p", core(), "--add-modules", "dev.weft", "-cp", app()));
    arguments.add(LaunchMain.class.getName());
    arguments.addAll(List.of(wishes));
    return ForkedJvm.run(arguments);
  }

  @Test
  @DisplayName("--add-opens makes it gpm, on the class path and on the module path")
  void addOpens() throws Exception {
    onClassPath(List.of(ADD_OPENS + "ALL-UNNAMED")).assertPrinted(GPM);
    onModulePath(List.of(ADD_OPENS + "dev.weft")).assertPrinted(GPM);
  }

  @Test
  @DisplayName("-javaagent makes it gpm on the class path, without a warning")
  void agentOnClassPath() throws Exception {
    onClassPath(List.of("-javaagent:" + core())).assertPrinted(GPM);
  }

  @Test
  @DisplayName("-javaagent makes it gpm on the module path, without a warning")
  void agentOnModulePath() throws Exception {
    onModulePath(List.of("-javaagent:" + core())).assertPrinted(GPM);
  }

  @Test
  @DisplayName("Add-Opens in the manifest of an executable jar makes it gpm")
  void executableJar() throws Exception {
    ForkedJvm.run(List.of("-jar", app())).assertPrinted(GPM);
  }

  @Test
  @DisplayName("Without a flag it is jdk, and nothing is printed")
  void silent() throws Exception {
    onClassPath(List.of(), "silent").assertPrinted("");
    onModulePath(List.of(), "silent").assertPrinted("");
  }

  @Test
  @DisplayName("With a flag nothing is printed either")
  void silentWithFlag() throws Exception {
    onClassPath(List.of(ADD_OPENS + "ALL-UNNAMED"), "silent").assertPrinted("");
    onModulePath(List.of("-javaagent:" + core()), "silent").assertPrinted("");
  }

  @Test
  @DisplayName("Without a flag the reason names what would help")
  void reason() throws Exception {
    String others =
        ", or with -javaagent:weft-core.jar, or from an executable jar with the manifest entry"
            + " Add-Opens: java.base/java.lang";
    String flag = "; start the JVM with --add-opens java.base/java.lang=";
    onClassPath(List.of())
        .assertPrinted("JDK: " + CLOSED + "the class path" + flag + "ALL-UNNAMED" + others);
    onModulePath(List.of())
        .assertPrinted("JDK: " + CLOSED + "module dev.weft" + flag + "dev.weft" + others);
  }

  @Test
  @DisplayName("-Dweft.scheduler=gpm without a flag is a clear error, to every caller")
  void gpmWithoutFlag() throws Exception {
    String message =
        "java.lang.UnsupportedOperationException: the gpm backend was asked for by"
            + " -Dweft.scheduler=gpm, but "
            + CLOSED;
    Outcome outcome = onClassPath(List.of("-Dweft.scheduler=gpm"), "twice");
    outcome.assertFailedWith("first: " + message);
    outcome.assertFailedWith("Exception in thread \"main\" " + message);
    onModulePath(List.of("-Dweft.scheduler=gpm")).assertFailedWith(message);
  }

  @Test
  @DisplayName("A property that names no backend is a clear error, to every caller")
  void unknownBackend() throws Exception {
    String message =
        "java.lang.IllegalArgumentException: -Dweft.scheduler=green names no backend; use auto,"
            + " gpm or jdk";
    Outcome outcome = onClassPath(List.of("-Dweft.scheduler=green"), "twice");
    outcome.assertFailedWith("first: " + message);
    outcome.assertFailedWith("Exception in thread \"main\" " + message);
  }

  @Test
  @DisplayName("-Dweft.scheduler chooses where both are to be had")
  void chosen() throws Exception {
    String open = ADD_OPENS + "ALL-UNNAMED";
    onClassPath(List.of(open, "-Dweft.scheduler=jdk"))
        .assertPrinted("JDK: jdk was asked for by -Dweft.scheduler=jdk");
    onClassPath(List.of(open, "-Dweft.scheduler=GPM"))
        .assertPrinted("GPM: gpm was asked for by -Dweft.scheduler=GPM");
    onClassPath(List.of(open, "-Dweft.scheduler=auto")).assertPrinted(GPM);
  }

  @Test
  @DisplayName("The first use on an interrupted thread does not decide for jdk")
  void interruptedFirstUse() throws Exception {
    onClassPath(List.of(ADD_OPENS + "ALL-UNNAMED"), "interrupted").assertPrinted(GPM);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1", "-XX:+UseZGC", "-esa"})
  @DisplayName("It works, and stays silent, with other settings of the JVM")
  void otherSettings(String setting) throws Exception {
    onClassPath(List.of(ADD_OPENS + "ALL-UNNAMED", setting)).assertPrinted(GPM);
  }

  @Test
  @DisplayName("It needs no module but java.base")
  void onlyJavaBase() throws Exception {
    onClassPath(List.of(ADD_OPENS + "ALL-UNNAMED", "--limit-modules", "java.base"))
        .assertPrinted(GPM);
    onModulePath(List.of(ADD_OPENS + "dev.weft", "--limit-modules", "java.base,dev.weft"))
        .assertPrinted(GPM);
  }

  @Test
  @DisplayName("On a JVM without continuations it is jdk, flag or not")
  void withoutContinuations() throws Exception {
    onClassPath(
            List.of(
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:-VMContinuations",
                ADD_OPENS + "ALL-UNNAMED"))
        .assertPrinted(
            "JDK: this JVM runs without continuations, each virtual thread on a platform thread of"
                + " its own; that of another system, or one without -XX:-VMContinuations, would"
                + " help");
  }
}
