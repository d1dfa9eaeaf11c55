package dev.weft.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.weft.testkit.ProjectFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("gate")
class JspecifyTest {
  @Test
  @DisplayName("Every package has a package-info.java with @NullMarked")
  void nullMarked() throws Exception {
    Set<String> packages = ProjectFiles.packages();
    assertFalse(packages.isEmpty(), "no class found in " + ProjectFiles.classes());
    List<String> bare = new ArrayList<>();
    for (String name : packages) {
      if (!isNullMarked(name)) {
        bare.add(name);
      }
    }
    assertEquals(List.of(), bare, "packages whose package-info.java lacks @NullMarked");
  }

  private static boolean isNullMarked(String packageName) {
    try {
      return Class.forName(packageName + ".package-info").isAnnotationPresent(NullMarked.class);
    } catch (ClassNotFoundException e) {
      return false;
    }
  }
}
