import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;

/// Gives a `module-info.class` the class file version of Java 17, so that the `jar` tool of a Maven
/// that runs on Java 17 can read it. The content of a module descriptor is the same in both.
///
/// Usage: `java ModuleInfoVersion.java FILE`.
public final class ModuleInfoVersion {
  private static final int MAGIC = 0xCAFEBABE;
  private static final int MAJOR_OFFSET = 6;
  private static final short JAVA_17 = 61;

  private ModuleInfoVersion() {}

  public static void main(String[] args) throws IOException {
    Path file = Path.of(args[0]);
    byte[] bytes = Files.readAllBytes(file);
    ByteBuffer classFile = ByteBuffer.wrap(bytes);
    if (classFile.getInt(0) != MAGIC) {
      throw new IOException(file + " is not a class file");
    }
    if (classFile.getShort(MAJOR_OFFSET) <= JAVA_17) {
      return;
    }
    classFile.putShort(MAJOR_OFFSET, JAVA_17);
    // The time stays, or the compiler plugin would take the sources for older than they are.
    FileTime time = Files.getLastModifiedTime(file);
    Files.write(file, bytes);
    Files.setLastModifiedTime(file, time);
  }
}
