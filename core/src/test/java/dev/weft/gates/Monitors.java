package dev.weft.gates;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.reflect.AccessFlag;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Finds `synchronized` methods and blocks in class files.
final class Monitors {
  private Monitors() {}

  /// The methods of a package that enter a monitor; none if the package does not exist.
  static List<String> in(Path classes, String packageName) throws IOException {
    Path folder = classes.resolve(packageName.replace('.', '/'));
    List<String> found = new ArrayList<>();
    if (Files.isDirectory(folder)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "*.class")) {
        for (Path file : files) {
          collect(ClassFile.of().parse(file), found);
        }
      }
    }
    return found;
  }

  private static void collect(ClassModel type, List<String> found) {
    for (MethodModel method : type.methods()) {
      if (method.flags().has(AccessFlag.SYNCHRONIZED) || entersMonitor(method)) {
        found.add(type.thisClass().asInternalName() + "." + method.methodName());
      }
    }
  }

  private static boolean entersMonitor(MethodModel method) {
    return method.code().stream()
        .flatMap(code -> code.elementStream())
        .anyMatch(
            element ->
                element instanceof MonitorInstruction monitor
                    && monitor.opcode() == Opcode.MONITORENTER);
  }
}
