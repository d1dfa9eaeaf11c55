package dev.weft.gates;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.weft.testkit.ProjectFiles;
import java.lang.invoke.MethodHandles;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("gate")
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter().importPath(ProjectFiles.classes());

  private static final String CARRIER = "dev.weft.internal.carrier";
  private static final String AGENT = "dev.weft.internal.agent";
  private static final String SCHEDULER = "dev.weft.scheduler";

  @Test
  @DisplayName("Packages depend on each other only along the arrows of PackageArrows")
  void arrows() {
    assertTrue(CLASSES.size() > 0, "no class found in " + ProjectFiles.classes());
    Set<String> wrong = new TreeSet<>();
    for (JavaClass from : CLASSES) {
      Set<String> allowed = PackageArrows.reachableFrom(from.getPackageName());
      from.getDirectDependenciesFromSelf().stream()
          .filter(dependency -> isOurs(dependency.getTargetClass()))
          .filter(
              d -> !allowed.contains(d.getTargetClass().getBaseComponentType().getPackageName()))
          .forEach(dependency -> wrong.add(dependency.getDescription()));
    }
    assertEquals(Set.of(), wrong);
  }

  @Test
  @DisplayName("PackageArrows knows every package and has no cycle")
  void table() throws Exception {
    Set<String> unknown = new TreeSet<>(ProjectFiles.packages());
    unknown.removeAll(PackageArrows.packages());
    assertEquals(Set.of(), unknown, "add these packages to PackageArrows");
    assertEquals(List.of(), PackageArrows.onCycles());
  }

  @Test
  @DisplayName("Only internal.carrier reflects")
  void reflection() {
    noClasses()
        .that()
        .resideOutsideOfPackage(CARRIER)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.lang.reflect")
        .orShould()
        .accessTargetWhere(
            access(
                "opens what is closed or loads classes by name",
                call ->
                    call.getName().equals("setAccessible")
                        || is(call, MethodHandles.class, "privateLookupIn")
                        || is(call, Class.class, "forName")))
        .check(CLASSES);
  }

  @Test
  @DisplayName("Only internal.agent knows java.lang.instrument")
  void instrument() {
    noClasses()
        .that()
        .resideOutsideOfPackage(AGENT)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("java.lang.instrument")
        .check(CLASSES);
  }

  @Test
  @DisplayName("Nobody prints")
  void printing() {
    noClasses()
        .should()
        .accessTargetWhere(
            access(
                "prints",
                access ->
                    is(access, System.class, "out")
                        || is(access, System.class, "err")
                        || access.getTarget().getFullName().endsWith(".printStackTrace()")))
        .check(CLASSES);
  }

  @Test
  @DisplayName("Nobody uses what is private to the JDK")
  void privateToTheJdk() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("sun..", "com.sun..", "jdk.internal..")
        .check(CLASSES);
  }

  @Test
  @DisplayName("The scheduler has no ConcurrentHashMap, whose locks a virtual thread may hold")
  void schedulerMaps() {
    noClasses()
        .that()
        .resideInAPackage(SCHEDULER)
        .should()
        .dependOnClassesThat()
        .areAssignableTo(ConcurrentHashMap.class)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  @DisplayName("The scheduler enters no monitor")
  void schedulerMonitors() throws Exception {
    assertEquals(List.of(), Monitors.in(ProjectFiles.classes(), SCHEDULER));
  }

  @Test
  @DisplayName("Exported signatures mention no internal type, except those of service providers")
  void signatures() {
    List<String> leaks = new ArrayList<>();
    List<String> exported = ProjectFiles.exportedPackages();
    // ServiceLoader wants them public, wherever they are.
    Set<String> providers =
        ProjectFiles.module().provides().stream()
            .flatMap(provided -> provided.providers().stream())
            .collect(Collectors.toSet());
    for (JavaClass type : CLASSES) {
      if (exported.contains(type.getPackageName())
          && isVisible(type)
          && !providers.contains(type.getName())) {
        Stream.concat(type.getRawInterfaces().stream(), type.getRawSuperclass().stream())
            .filter(ArchitectureTest::isInternal)
            .forEach(parent -> leaks.add(type.getName() + " is a " + parent.getName()));
        type.getMembers().stream()
            .filter(member -> isVisible(member.getModifiers()))
            .forEach(member -> addLeaks(member, leaks));
      }
    }
    assertEquals(List.of(), leaks);
  }

  private static void addLeaks(JavaMember member, List<String> leaks) {
    List<JavaType> types = new ArrayList<>();
    if (member instanceof JavaField field) {
      types.add(field.getType());
    } else if (member instanceof JavaCodeUnit code) {
      types.add(code.getReturnType());
      types.addAll(code.getParameterTypes());
      types.addAll(code.getExceptionTypes());
      types.addAll(code.getTypeParameters());
    }
    types.stream()
        .flatMap(type -> type.getAllInvolvedRawTypes().stream())
        .filter(ArchitectureTest::isInternal)
        .forEach(type -> leaks.add(member.getFullName() + " mentions " + type.getName()));
  }

  private static boolean isVisible(JavaClass type) {
    return isVisible(type.getModifiers())
        && type.getEnclosingClass().map(ArchitectureTest::isVisible).orElse(true);
  }

  private static boolean isVisible(Set<JavaModifier> modifiers) {
    return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
  }

  private static boolean isInternal(JavaClass type) {
    return type.getBaseComponentType().getPackageName().startsWith("dev.weft.internal");
  }

  private static boolean isOurs(JavaClass type) {
    String name = type.getBaseComponentType().getPackageName();
    return name.equals("dev.weft") || name.startsWith("dev.weft.");
  }

  private static boolean is(JavaAccess<?> access, Class<?> owner, String member) {
    return access.getTargetOwner().isEquivalentTo(owner) && access.getName().equals(member);
  }

  private static DescribedPredicate<JavaAccess<?>> access(
      String description, Predicate<JavaAccess<?>> predicate) {
    return describe(description, predicate);
  }
}
