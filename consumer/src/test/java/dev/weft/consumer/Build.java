package dev.weft.consumer;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/// Where the parts of this build are, as `consumer/pom.xml` tells the tests.
final class Build {
  private Build() {}

  static Path root() {
    return Path.of(property("weft.root"));
  }

  static String version() {
    return property("weft.version");
  }

  /// What every entry of the jars says of its time.
  static LocalDateTime timestamp() {
    return LocalDateTime.ofInstant(Instant.parse(property("weft.timestamp")), ZoneOffset.UTC);
  }

  /// The folder for what the tests make.
  static Path target() {
    return Path.of(property("weft.target"));
  }

  /// The local repository into which Weft was installed.
  static Path repository() {
    return Path.of(property("weft.repository"));
  }

  /// The local repository of this build.
  static Path outerRepository() {
    return Path.of(property("outer.repository"));
  }

  /// The folder of the Maven that runs this build.
  static Path outerMaven() {
    return Path.of(property("outer.maven"));
  }

  /// The folder of the JDK that this Maven runs on.
  static Path outerJdk() {
    return Path.of(property("outer.jdk"));
  }

  /// The folder of the JDK that runs the tests: the one for which Weft is made.
  static Path jdk() {
    return Path.of(property("java.home"));
  }

  static String jdkTool(String name) {
    return jdk().resolve("bin").resolve(name).toString();
  }

  /// One of the jars of `core`.
  ///
  /// @param classifier empty, `-sources` or `-javadoc`
  static Path coreJar(String classifier) {
    return root().resolve("core/target/" + coreJarName(classifier));
  }

  static String coreJarName(String classifier) {
    return "weft-core-" + version() + classifier + ".jar";
  }

  static String jspecifyVersion() {
    return property("jspecify.version");
  }

  static String jspecifyJarName() {
    return "jspecify-" + jspecifyVersion() + ".jar";
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException(
          "no system property " + name + "; run the tests with mvn verify");
    }
    return value;
  }
}
