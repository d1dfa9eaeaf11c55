package dev.weft.internal.agent;

import java.lang.instrument.Instrumentation;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/// `-javaagent:weft-core.jar`: opens the package `java.lang` to Weft and does nothing else.
///
/// It opens to the module that this class is in, and to the module `dev.weft` of the boot layer if
/// there is one. The jar of an agent is put on the class path, so when Weft is used as a module
/// these may differ.
public final class OpenAgent {

  private OpenAgent() {}

  /// Called by the JVM before `main`.
  ///
  /// @param arguments not used
  /// @param instrumentation the JVM's
  public static void premain(String arguments, Instrumentation instrumentation) {
    open(instrumentation);
  }

  /// Called by the JVM when the agent is attached to a running JVM, or named by `Launcher-Agent`.
  ///
  /// @param arguments not used
  /// @param instrumentation the JVM's
  public static void agentmain(String arguments, Instrumentation instrumentation) {
    open(instrumentation);
  }

  private static void open(Instrumentation instrumentation) {
    Set<Module> targets = new HashSet<>();
    targets.add(OpenAgent.class.getModule());
    ModuleLayer.boot().findModule("dev.weft").ifPresent(targets::add);
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of(),
        Map.of("java.lang", targets),
        Set.of(),
        Map.of());
  }
}
