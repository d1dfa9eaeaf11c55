package dev.weft.gates;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Which package of `core` may depend on which, as the table that reviewers read.
///
/// An arrow also allows everything that its target may depend on. Packages in the table need not
/// exist yet; a package that exists must be in the table.
final class PackageArrows {
  private static final String ROOT = "dev.weft";

  /// Direct arrows; names are relative to `dev.weft`, the empty name is the facade.
  private static final Map<String, List<String>> ARROWS = new LinkedHashMap<>();

  static {
    ARROWS.put("base", List.of());
    ARROWS.put("internal.agent", List.of("base"));
    ARROWS.put("internal.carrier", List.of("base"));
    ARROWS.put("internal.queue", List.of("base"));
    ARROWS.put("internal.park", List.of("internal.queue"));
    ARROWS.put("internal.timer", List.of("internal.queue"));
    ARROWS.put("collections", List.of("base"));
    ARROWS.put("defer", List.of("base"));
    ARROWS.put("channel", List.of("internal.park"));
    ARROWS.put("sync", List.of("internal.park"));
    ARROWS.put("scheduler", List.of("internal.park", "internal.timer", "internal.carrier"));
    ARROWS.put("time", List.of("channel", "internal.park", "internal.timer"));
    ARROWS.put("context", List.of("time", "channel", "sync"));
    ARROWS.put("group", List.of("context", "sync", "channel", "defer"));
    ARROWS.put("pool", List.of("scheduler", "sync", "time", "defer"));
    ARROWS.put("testing", List.of("scheduler", "time", "internal.park", "internal.timer"));
    ARROWS.put("", List.of("scheduler", "group", "pool", "collections"));
  }

  private PackageArrows() {}

  static Set<String> packages() {
    Set<String> names = new TreeSet<>();
    ARROWS.keySet().forEach(name -> names.add(full(name)));
    return names;
  }

  /// The packages of Weft that classes of a package may use, itself included.
  static Set<String> reachableFrom(String packageName) {
    Set<String> reached = new TreeSet<>();
    if (packages().contains(packageName)) {
      reach(relative(packageName), reached);
    }
    // How virtual threads reach our carriers is nobody's business but the scheduler's.
    if (!packageName.equals(full("scheduler")) && !packageName.equals(full("internal.carrier"))) {
      reached.remove(full("internal.carrier"));
    }
    return reached;
  }

  private static void reach(String name, Set<String> reached) {
    if (reached.add(full(name))) {
      ARROWS.getOrDefault(name, List.of()).forEach(target -> reach(target, reached));
    }
  }

  /// Packages whose direct arrows lead back to themselves.
  static List<String> onCycles() {
    return ARROWS.keySet().stream()
        .filter(
            name ->
                ARROWS.getOrDefault(name, List.of()).stream()
                    .anyMatch(target -> reachableFrom(full(target)).contains(full(name))))
        .toList();
  }

  private static String full(String name) {
    return name.isEmpty() ? ROOT : ROOT + "." + name;
  }

  private static String relative(String packageName) {
    return packageName.equals(ROOT) ? "" : packageName.substring(ROOT.length() + 1);
  }
}
