package dev.weft.testkit;

/// The backend and the path that the build asks the running test JVM to use.
///
/// @param backend `gpm` if `java.lang` is open to Weft, else `jdk`
/// @param path `module` if Weft is a named module, else `class`
public record TestMode(String backend, String path) {
  /// The mode of this JVM; without system properties, as in an IDE, what the JVM itself shows.
  public static TestMode current() {
    return new TestMode(
        System.getProperty("weft.test.backend", javaLangIsOpen() ? "gpm" : "jdk"),
        System.getProperty("weft.test.path", ourModule().isNamed() ? "module" : "class"));
  }

  /// Whether goroutines run on Weft's own scheduler.
  public boolean isGpm() {
    return backend.equals("gpm");
  }

  /// Whether Weft is a named module.
  public boolean isModulePath() {
    return path.equals("module");
  }

  /// Whether this JVM opens `java.lang` to Weft.
  public static boolean javaLangIsOpen() {
    return Object.class.getModule().isOpen("java.lang", ourModule());
  }

  /// The module that Weft's classes and, on the module path, the tests are in.
  public static Module ourModule() {
    return TestMode.class.getModule();
  }
}
