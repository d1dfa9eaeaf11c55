package dev.weft.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;

/// Makes jars for tests that start a JVM with them.
public final class Jars {
  private Jars() {}

  /// The compiled classes of `core` with a manifest.
  public static void ofCore(Path jar, Map<String, String> manifest) throws IOException {
    Path classes = ProjectFiles.classes();
    try (JarOutputStream out = open(jar, manifest);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String name = classes.relativize(file).toString().replace('\\', '/');
        if (!name.equals("META-INF/MANIFEST.MF")) {
          try (InputStream in = Files.newInputStream(file)) {
            add(out, name, in);
          }
        }
      }
    }
  }

  /// A few classes with a manifest.
  public static void of(Path jar, Map<String, String> manifest, List<Class<?>> types)
      throws IOException {
    try (JarOutputStream out = open(jar, manifest)) {
      for (Class<?> type : types) {
        String name = type.getName().replace('.', '/') + ".class";
        try (InputStream in = type.getResourceAsStream(type.getSimpleName() + ".class")) {
          if (in == null) {
            throw new IOException("no class file of " + type);
          }
          add(out, name, in);
        }
      }
    }
  }

  private static JarOutputStream open(Path jar, Map<String, String> attributes) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.forEach(manifest.getMainAttributes()::putValue);
    OutputStream file = Files.newOutputStream(jar);
    return new JarOutputStream(file, manifest);
  }

  private static void add(JarOutputStream out, String name, InputStream content)
      throws IOException {
    out.putNextEntry(new JarEntry(name));
    content.transferTo(out);
    out.closeEntry();
  }
}
