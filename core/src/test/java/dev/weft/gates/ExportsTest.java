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
  /// The packages of the API, whether they exist yet or not.
  private static final List<String> API =
      List.of(
          "dev.weft",
          "dev.weft.base",
          "dev.weft.channel",
          "dev.weft.collections",
          "dev.weft.context",
          "dev.weft.defer",
          "dev.weft.group",
          "dev.weft.pool",
          "dev.weft.scheduler",
          "dev.weft.sync",
          "dev.weft.testing",
          "dev.weft.time");

  /// Internal packages that one module of the JDK may see, whether they exist yet or not.
  private static final Map<String, Set<String>> EXPORTED_TO =
      Map.of("dev.weft.internal.agent", Set.of("java.instrument"));

  private static final Map<String, Set<Modifier>> REQUIRED =
      Map.of(
          "java.base", Set.of(Modifier.MANDATED),
          "java.instrument", Set.of(Modifier.STATIC),
          "java.management", Set.of(Modifier.STATIC),
          "org.jspecify", Set.of(Modifier.STATIC, Modifier.TRANSITIVE));

  @Test
  @DisplayName("The module exports every package that is not internal, and nothing else")
  void exports() throws Exception {
    List<String> notInternal =
        ProjectFiles.packages().stream()
            .filter(name -> !name.startsWith("dev.weft.internal"))
            .toList();
    assertEquals(notInternal, ProjectFiles.exportedPackages());
  }

  @Test
  @DisplayName("Every exported package is one of the API")
  void api() {
    List<String> unknown =
        ProjectFiles.exportedPackages().stream().filter(name -> !API.contains(name)).toList();
    assertEquals(List.of(), unknown);
  }

  @Test
  @DisplayName("Qualified exports go to the JDK only, and the module opens nothing")
  void qualified() throws Exception {
    Map<String, Set<String>> expected = new TreeMap<>(EXPORTED_TO);
    expected.keySet().retainAll(ProjectFiles.packages());
    Map<String, Set<String>> qualified =
        ProjectFiles.module().exports().stream()
            .filter(Exports::isQualified)
            .collect(Collectors.toMap(Exports::source, Exports::targets));
    assertEquals(expected, new TreeMap<>(qualified));
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
