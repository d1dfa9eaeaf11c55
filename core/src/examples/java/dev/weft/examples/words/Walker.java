package dev.weft.examples.words;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;

/// Finds the files of a tree, each once, and remembers what it left out.
///
/// It does not follow symbolic links, so that no cycle can hold it up and no file is counted twice.
/// For use by one thread at a time.
final class Walker {

  private static final String BUILD_OUTPUT = "target";

  private final Path root;
  private final Set<String> extensions;

  private long found;
  private long otherFiles;
  private long links;
  private long skippedDirectories;
  private final Problems unreadable = new Problems();
  private boolean finished;

  Walker(Path root, Set<String> extensions) {
    this.root = root;
    this.extensions = extensions;
  }

  /// Walks the tree.
  ///
  /// @param files is sent each file
  /// @throws InterruptedException if this thread was stopped; the walk is then not finished
  void walk(Sink<Path> files) throws InterruptedException {
    Deque<Path> directories = new ArrayDeque<>();
    directories.push(root);
    while (!directories.isEmpty()) {
      list(directories.pop(), directories, files);
    }
    finished = true;
  }

  private void list(Path directory, Deque<Path> directories, Sink<Path> files)
      throws InterruptedException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        files.checkWanted();
        look(entry, directories, files);
      }
    } catch (IOException | DirectoryIteratorException e) {
      unreadable.add(directory, e);
    }
  }

  private void look(Path entry, Deque<Path> directories, Sink<Path> files)
      throws InterruptedException {
    BasicFileAttributes attributes;
    try {
      attributes =
          Files.readAttributes(entry, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    } catch (IOException e) {
      unreadable.add(entry, e);
      return;
    }
    if (attributes.isSymbolicLink()) {
      links++;
    } else if (attributes.isDirectory()) {
      if (isSkipped(entry)) {
        skippedDirectories++;
      } else {
        directories.push(entry);
      }
    } else if (attributes.isRegularFile() && extensions.contains(extension(entry))) {
      found++;
      files.send(entry);
    } else {
      otherFiles++;
    }
  }

  private static boolean isSkipped(Path directory) {
    String name = directory.getFileName().toString();
    return name.startsWith(".") || name.equals(BUILD_OUTPUT);
  }

  private static String extension(Path file) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return dot > 0 ? name.substring(dot + 1).toLowerCase(Locale.ROOT) : "";
  }

  /// How many files it sent.
  long found() {
    return found;
  }

  /// How many files it left out: those with other extensions, and those that are no regular files.
  long otherFiles() {
    return otherFiles;
  }

  /// How many symbolic links it left out.
  long links() {
    return links;
  }

  /// How many hidden directories and directories with build output it left out.
  long skippedDirectories() {
    return skippedDirectories;
  }

  /// The directories and files that it could not look at.
  Problems unreadable() {
    return unreadable;
  }

  /// Whether it has seen the whole tree.
  boolean finished() {
    return finished;
  }
}
