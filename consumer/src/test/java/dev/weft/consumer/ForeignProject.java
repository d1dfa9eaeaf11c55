package dev.weft.consumer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The project of `src/foreign`, copied out of this build and packaged by a Maven on JDK 25, which
/// finds Weft by its coordinates in a local repository.
final class ForeignProject {
  private static final Path FOLDER = Build.target().resolve("foreign");

  private static boolean built;

  private ForeignProject() {}

  /// The folder `target` of the project, which is packaged first if it was not yet.
  static synchronized Path target() throws IOException, InterruptedException {
    if (!built) {
      build();
      built = true;
    }
    return FOLDER.resolve("target");
  }

  private static void build() throws IOException, InterruptedException {
    Folders.empty(FOLDER);
    Folders.copy(Build.root().resolve("consumer/src/foreign"), FOLDER);
    // The root of a project for Maven, which else would take the options of this build.
    Files.createDirectory(FOLDER.resolve(".mvn"));
    String settings = Build.root().resolve("consumer/src/test/resources/settings.xml").toString();
    Maven.run(
        FOLDER,
        Build.jdk(),
        List.of(
            "--settings",
            settings,
            "--global-settings",
            settings,
            "-Dmaven.repo.local=" + Build.repository(),
            "-Dfetched=" + Build.outerRepository().toUri(),
            "-Daether.offline.protocols=file", // files are no network
            "-Dweft.version=" + Build.version(),
            "package"));
  }
}
