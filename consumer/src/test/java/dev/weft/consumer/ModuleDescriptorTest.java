package dev.weft.consumer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleDescriptor.Provides;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleDescriptor.Requires.Modifier;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class ModuleDescriptorTest {
  private static final String INTERNAL = "dev.weft.internal.";
  private static final String RUNTIME = "dev.weft.internal.park.Runtime";

  private final Jar jar = Jar.ofCore("");
  private final ModuleDescriptor module = jar.module();

  @Test
  @DisplayName("It is the module dev.weft of this version, neither automatic nor open")
  void named() {
    assertEquals("dev.weft", module.name());
    assertFalse(module.isAutomatic(), "automatic");
    assertFalse(module.isOpen(), "open");
    assertEquals(Optional.of(Build.version()), module.rawVersion());
    assertEquals(Optional.empty(), module.mainClass());
  }

  @Test
  @DisplayName("All its packages begin with dev.weft; those that are not internal are exported")
  void exports() {
    Set<String> api = new TreeSet<>();
    for (String name : module.packages()) {
      assertTrue((name + ".").startsWith("dev.weft."), name);
      if (!name.startsWith(INTERNAL)) {
        api.add(name);
      }
    }
    assertEquals(api, jar.exportedPackages());
  }

  @Test
  @DisplayName("The agent is exported to java.instrument, and nothing is open to anybody")
  void qualified() {
    Map<String, Set<String>> qualified =
        module.exports().stream()
            .filter(Exports::isQualified)
            .collect(Collectors.toMap(Exports::source, Exports::targets));
    assertEquals(Map.of("dev.weft.internal.agent", Set.of("java.instrument")), qualified);
    assertEquals(Set.of(), module.opens());
  }

  @Test
  @DisplayName("It requires nothing but java.base at run time")
  void requires() {
    Set<String> needed =
        module.requires().stream()
            .filter(required -> !required.modifiers().contains(Modifier.STATIC))
            .map(Requires::name)
            .collect(Collectors.toSet());
    assertEquals(Set.of("java.base"), needed);
    Set<String> visible =
        module.requires().stream()
            .filter(required -> required.modifiers().contains(Modifier.TRANSITIVE))
            .map(Requires::name)
            .collect(Collectors.toSet());
    assertEquals(Set.of("org.jspecify"), visible);
  }

  @Test
  @DisplayName("It uses and provides its own runtime, on the class path too")
  void services() throws IOException {
    assertEquals(Set.of(RUNTIME), module.uses());
    Map<String, List<String>> provided =
        module.provides().stream()
            .collect(Collectors.toMap(Provides::service, Provides::providers));
    String provider = "dev.weft.scheduler.SchedulerRuntime";
    assertEquals(Map.of(RUNTIME, List.of(provider)), provided);
    String file = new String(jar.bytes("META-INF/services/" + RUNTIME));
    assertEquals(List.of(provider), file.lines().toList());
  }
}
