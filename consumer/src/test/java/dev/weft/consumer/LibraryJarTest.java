package dev.weft.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class LibraryJarTest {
  private static final String AGENT = "dev.weft.internal.agent.OpenAgent";
  private static final int MAJOR_OFFSET = 6;
  private static final int JAVA_25 = 69;

  /// What the tools write about themselves.
  private static final Set<String> BUILD =
      Set.of(
          "Manifest-Version",
          "Created-By",
          "Java-Version",
          "Build-Jdk-Spec",
          "Build-Tool-Jdk-Spec");

  private final Jar jar = Jar.ofCore("");

  @Test
  @DisplayName("The manifest names the agent and the version, and nothing else")
  void manifest() throws IOException {
    Manifest manifest = new Manifest(new ByteArrayInputStream(jar.bytes("META-INF/MANIFEST.MF")));
    Map<String, String> attributes = new TreeMap<>();
    manifest
        .getMainAttributes()
        .forEach((name, value) -> attributes.put(name.toString(), value.toString()));
    attributes.keySet().removeAll(BUILD);
    assertEquals(
        Map.of(
            "Premain-Class",
            AGENT,
            "Agent-Class",
            AGENT,
            "Implementation-Title",
            "Weft core",
            "Implementation-Version",
            Build.version()),
        attributes);
    assertEquals(Map.of(), manifest.getEntries());
    assertTrue(jar.entries().contains(AGENT.replace('.', '/') + ".class"), "no agent");
  }

  @Test
  @DisplayName("Each class comes from a file of the sources jar, and each file gives one")
  void classes() throws IOException {
    Set<String> topLevel =
        jar.entriesWithout(".class").stream()
            .map(name -> name.replaceFirst("\\$.*", ""))
            .collect(Collectors.toCollection(TreeSet::new));
    Differences.assertNone("classes", Jar.ofCore("-sources").entriesWithout(".java"), topLevel);
  }

  @Test
  @DisplayName("Besides classes there are licence, notice, the service and what Maven writes")
  void others() throws IOException {
    Set<String> others = jar.entries();
    others.removeIf(name -> name.endsWith(".class"));
    Differences.assertNone(
        "files",
        Set.of(
            "META-INF/MANIFEST.MF",
            "META-INF/LICENSE",
            "META-INF/NOTICE",
            "META-INF/services/dev.weft.internal.park.Runtime",
            "META-INF/maven/dev.weft/weft-core/pom.xml",
            "META-INF/maven/dev.weft/weft-core/pom.properties"),
        others);
  }

  @Test
  @DisplayName("Classes are for Java 25; only the module descriptor, which is data, is older")
  void versions() throws IOException {
    Set<String> others = new TreeSet<>();
    for (String name : jar.entriesWithout(".class")) {
      if (ByteBuffer.wrap(jar.bytes(name + ".class")).getShort(MAJOR_OFFSET) != JAVA_25) {
        others.add(name);
      }
    }
    assertEquals(Set.of("module-info"), others, "not for Java 25");
  }
}
