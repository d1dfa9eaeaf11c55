package dev.weft.consumer;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Exports;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/// A look into a jar.
record Jar(Path file) {

  /// One of those of `core`.
  ///
  /// @param classifier empty, `-sources` or `-javadoc`
  static Jar ofCore(String classifier) {
    return new Jar(Build.coreJar(classifier));
  }

  /// The names of all entries that are not folders.
  Set<String> entries() throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.stream()
          .filter(entry -> !entry.isDirectory())
          .map(ZipEntry::getName)
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  /// Those that end in this way, without that end.
  Set<String> entriesWithout(String end) throws IOException {
    return entries().stream()
        .filter(name -> name.endsWith(end))
        .map(name -> name.substring(0, name.length() - end.length()))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// What its entries, folders included, say of when they were written.
  Set<LocalDateTime> times() throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      return zip.stream().map(ZipEntry::getTimeLocal).collect(Collectors.toSet());
    }
  }

  /// The descriptor of the module in it.
  ModuleDescriptor module() {
    return ModuleFinder.of(file).findAll().iterator().next().descriptor();
  }

  /// The packages that its module exports to everybody.
  Set<String> exportedPackages() {
    return module().exports().stream()
        .filter(export -> !export.isQualified())
        .map(Exports::source)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /// The content of an entry.
  ///
  /// @throws AssertionError if there is none
  byte[] bytes(String entry) throws IOException {
    try (ZipFile zip = new ZipFile(file.toFile())) {
      ZipEntry found = zip.getEntry(entry);
      if (found == null) {
        throw new AssertionError("no " + entry + " in " + file);
      }
      try (InputStream content = zip.getInputStream(found)) {
        return content.readAllBytes();
      }
    }
  }
}
