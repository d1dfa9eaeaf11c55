package dev.weft.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/// The program of the foreign project in the five forms in which programs are started. It checks
/// its own result and says which backend it got.
@TestMethodOrder(MethodOrderer.DisplayName.class)
class FiveFormsTest {
  private static final String MAIN = "com.example.primes.Primes";
  private static final String MODULE = "com.example.primes";
  private static final String OPENS = "--add-opens=java.base/java.lang=";

  private static final String RESULT = "9592 primes below 100000";
  private static final String GPM = "GPM: java.lang is open and the self-test passed";
  private static final String JDK_ON_CLASS_PATH = jdk("the class path", "ALL-UNNAMED");
  private static final String JDK_ON_MODULE_PATH = jdk("module dev.weft", "dev.weft");

  private static Path target;
  private static String app;
  private static String core;
  private static String jspecify;

  @BeforeAll
  static void build() throws Exception {
    target = ForeignProject.target();
    app = target.resolve("primes.jar").toString();
    core = target.resolve("lib", Build.coreJarName("")).toString();
    jspecify = target.resolve("lib", Build.jspecifyJarName()).toString();
  }

  private static String jdk(String target, String flag) {
    return "JDK: java.lang is not open to "
        + target
        + "; start the JVM with --add-opens java.base/java.lang="
        + flag
        + ", or with -javaagent:weft-core.jar, or from an executable jar with the manifest entry"
        + " Add-Opens: java.base/java.lang";
  }

  @Test
  @DisplayName("1. On the class path: jdk, and gpm with --add-opens")
  void classPath() throws Exception {
    assertRuns("class path", JDK_ON_CLASS_PATH, java(List.of(), onClassPath()));
    assertRuns("class path, --add-opens", GPM, java(List.of(OPENS + "ALL-UNNAMED"), onClassPath()));
  }

  @Test
  @DisplayName("2. On the module path: jdk, and gpm with --add-opens")
  void modulePath() throws Exception {
    assertRuns("module path", JDK_ON_MODULE_PATH, java(List.of(), onModulePath()));
    assertRuns("module path, --add-opens", GPM, java(List.of(OPENS + "dev.weft"), onModulePath()));
  }

  @Test
  @DisplayName("3. As an executable jar with Add-Opens in its manifest: gpm")
  void executableJar() throws Exception {
    assertRuns("executable jar", GPM, java(List.of(), List.of("-jar", app)));
  }

  @Test
  @DisplayName("4. With the agent: gpm on the class path and on the module path")
  void agent() throws Exception {
    List<String> agent = List.of("-javaagent:" + core);
    assertRuns("class path, agent", GPM, java(agent, onClassPath()));
    assertRuns("module path, agent", GPM, java(agent, onModulePath()));
  }

  @Test
  @DisplayName("5. As a jlink image: jdk, and gpm if it was linked with --add-opens")
  void image() throws Exception {
    Path images = Folders.empty(Build.target().resolve("images"));
    Path plain = link(images.resolve("plain"));
    assertRuns("jlink image", JDK_ON_MODULE_PATH, launcher(plain));
    assertEquals(List.of(MODULE, "dev.weft", "java.base"), modules(plain));
    Path open = link(images.resolve("open"), "--add-options=" + OPENS + "dev.weft");
    assertRuns("jlink image, --add-options", GPM, launcher(open));
  }

  /// With what Maven resolves, as it would start the program.
  private static List<String> onClassPath() {
    return List.of("-cp", String.join(File.pathSeparator, app, core, jspecify), MAIN);
  }

  private static List<String> onModulePath() {
    return List.of(
        "-p", String.join(File.pathSeparator, app, core, jspecify), "-m", MODULE + "/" + MAIN);
  }

  private static List<String> java(List<String> flags, List<String> program) {
    List<String> command = new ArrayList<>(List.of(Build.jdkTool("java")));
    command.addAll(flags);
    command.addAll(program);
    return command;
  }

  private static List<String> launcher(Path image) {
    return List.of(image.resolve("bin/primes").toString());
  }

  /// Makes an image of the program and Weft, without JSpecify.
  private static Path link(Path image, String... options) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Build.jdkTool("jlink"),
                "--module-path=" + app + File.pathSeparator + core,
                "--add-modules=" + MODULE,
                "--launcher=primes=" + MODULE + "/" + MAIN,
                "--output=" + image));
    command.addAll(List.of(options));
    Command.run(target, Map.of(), command).assertSucceeded();
    return image;
  }

  private static List<String> modules(Path image) throws Exception {
    List<String> command = List.of(image.resolve("bin/java").toString(), "--list-modules");
    String modules = Command.run(target, Map.of(), command).assertSucceeded().out();
    return modules.lines().map(module -> module.replaceFirst("@.*", "")).toList();
  }

  private static void assertRuns(String form, String backend, List<String> command)
      throws Exception {
    Command.run(target, Map.of(), command).assertPrinted(List.of(RESULT, backend));
    System.out.println(form + ": " + RESULT + ", " + backend);
  }
}
