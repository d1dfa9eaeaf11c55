package dev.weft.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class DependencyTreeTest {
  @Test
  @DisplayName("Weft brings the annotations of JSpecify and nothing else")
  void tree() throws Exception {
    assertEquals(
        List.of(
            "com.example:primes:jar:1.0",
            "   dev.weft:weft-core:jar:" + Build.version() + ":compile",
            "      org.jspecify:jspecify:jar:" + Build.jspecifyVersion() + ":compile"),
        Files.readAllLines(ForeignProject.target().resolve("dependencies.txt")));
  }

  @Test
  @DisplayName("These are the jars on the class path")
  void jars() throws Exception {
    assertEquals(
        List.of(Build.jspecifyJarName(), Build.coreJarName("")),
        Folders.files(ForeignProject.target().resolve("lib")));
  }

  @Test
  @DisplayName("The jar that it got is the one that this build has packaged")
  void sameJar() throws Exception {
    assertEquals(
        -1,
        Files.mismatch(
            Build.coreJar(""), ForeignProject.target().resolve("lib", Build.coreJarName(""))));
  }
}
