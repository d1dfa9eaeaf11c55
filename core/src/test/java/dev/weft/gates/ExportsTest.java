package dev.weft.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.weft.testkit.ProjectFiles;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// What the module promises to the outside; a change here is a change of the API.
@Tag("gate")
class ExportsTest {
  private static final List<String> EXPORTED = List.of("dev.weft.base");

  /// Internal packages that one named JDK module may see.
  private static final Map<String, Set<String>> EXPORTED_TO = Map.of();

  private static final Map<String, Set<Modifier>> REQUIRED =
      Map.of(
          "java.base", Set.of(Modifier.MANDATED),
          "java.instrument", Set.of(Modifier.STATIC),
          "java.management", Set.of(Modifier.STATIC),
          "org.jctools.core.jdk11", Set.of(),
          "org.jspecify", Set.of(Modifier.STATIC, Modifier.TRANSITIVE));

  @Test
  @DisplayName("The module exports the packages of the API and nothing else")
  void exports() {
    assertEquals(EXPORTED, ProjectFiles.exportedPackages());
  }

  @Test
  @DisplayName("Every package that is not internal is exported")
  void nothingForgotten() throws Exception {
    List<String> api =
        ProjectFiles.packages().stream()
            .filter(name -> !name.startsWith("dev.weft.internal"))
            .toList();
    assertEquals(EXPORTED, api);
  }

  @Test
  @DisplayName("Qualified exports go to the JDK only, and the module opens nothing")
  void qualified() {
    Map<String, Set<String>> qualified =
        ProjectFiles.module().exports().stream()
            .filter(Exports::isQualified)
            .collect(Collectors.toMap(Exports::source, Exports::targets));
    assertEquals(EXPORTED_TO, qualified);
    assertEquals(Set.of(), ProjectFiles.module().opens());
    assertFalse(ProjectFiles.module().isOpen());
  }

  @Test
  @DisplayName("The module requires what the documentation lists")
  void requires() {
    Map<String, Set<Modifier>> required =
        ProjectFiles.module().requires().stream()
            .collect(Collectors.toMap(Requires::name, Requires::modifiers));
    assertEquals(new TreeMap<>(REQUIRED), new TreeMap<>(required));
  }
}
