package dev.weft.examples.words;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.channel.Channel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WalkerTest {

  @TempDir private Path root;
  private TreeBuilder tree;
  private Walker walker;

  @BeforeEach
  void prepare() {
    tree = new TreeBuilder(root);
    walker = new Walker(root, Set.of("txt", "md"));
  }

  @Test
  @DisplayName("Every file with one of the extensions is found once, in whatever case")
  void extensions() throws Exception {
    tree.write("a.txt", "");
    tree.write("b/c/D.TXT", "");
    tree.write("b/e.md", "");
    tree.write("b/f.tar.md", "");
    tree.write("b/g.txt.bak", "");
    tree.write("b/txt.html", "");
    tree.write("b/README", "");
    assertEquals(List.of("a.txt", "b/c/D.TXT", "b/e.md", "b/f.tar.md"), walk());
    assertEquals(4, walker.found());
    assertEquals(3, walker.otherFiles());
    assertTrue(walker.finished());
  }

  @Test
  @DisplayName("A file whose name has no dot, or only one at its beginning, has no extension")
  void noExtension() throws Exception {
    tree.write("txt", "");
    tree.write(".txt", "");
    assertEquals(List.of(), walk());
    assertEquals(2, walker.otherFiles());
  }

  @Test
  @DisplayName("Hidden directories and those named target are left out, with all in them")
  void skipped() throws Exception {
    tree.write(".git/a.txt", "");
    tree.write("b/target/c.txt", "");
    tree.write("b/targets/d.txt", "");
    tree.write("b/.hidden.txt", "");
    assertEquals(List.of("b/.hidden.txt", "b/targets/d.txt"), walk());
    assertEquals(2, walker.skippedDirectories());
  }

  @Test
  @DisplayName("The root itself is walked whatever its name is")
  void rootName() throws Exception {
    tree.write("target/a.txt", "");
    Walker inner = new Walker(root.resolve("target"), Set.of("txt"));
    List<Path> found = new ArrayList<>();
    inner.walk(found::add);
    assertEquals(List.of(root.resolve("target/a.txt")), found);
  }

  @Test
  @DisplayName("Symbolic links, cycles among them, are not followed but counted")
  void links() throws Exception {
    Path file = tree.write("a/b.txt", "");
    Files.createSymbolicLink(root.resolve("a/loop"), root);
    Files.createSymbolicLink(root.resolve("a/self.txt"), root.resolve("a/self.txt"));
    Files.createSymbolicLink(root.resolve("a/again.txt"), file);
    Files.createSymbolicLink(root.resolve("a/broken.txt"), root.resolve("nowhere"));
    assertEquals(List.of("a/b.txt"), walk());
    assertEquals(4, walker.links());
    assertEquals(0, walker.unreadable().count());
  }

  @Test
  @DisplayName("A root that is a symbolic link is followed")
  void linkedRoot() throws Exception {
    tree.write("a/b.txt", "");
    Path link = Files.createSymbolicLink(root.resolve("link"), root.resolve("a"));
    List<Path> found = new ArrayList<>();
    new Walker(link, Set.of("txt")).walk(found::add);
    assertEquals(List.of(link.resolve("b.txt")), found);
  }

  @Test
  @DisplayName("What is no regular file is not opened, whatever its name is")
  void special() throws Exception {
    try (ServerSocketChannel socket = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
      socket.bind(UnixDomainSocketAddress.of(root.resolve("socket.txt")));
      assertEquals(List.of(), walk());
      assertEquals(1, walker.otherFiles());
    }
  }

  @Test
  @DisplayName("Directories in directories are walked to any depth")
  void deep() throws Exception {
    tree.write("d/".repeat(200) + "a.txt", "");
    assertEquals(List.of("d/".repeat(200) + "a.txt"), walk());
  }

  @Test
  @DisplayName("A directory that cannot be listed is reported, and the walk goes on")
  void unreadable() throws Exception {
    tree.write("one/a.txt", "");
    tree.write("two/a.txt", "");
    List<Path> found = new ArrayList<>();
    // Whichever is listed first, the other one is gone when its turn comes.
    walker.walk(
        file -> {
          found.add(file);
          delete(file.startsWith(root.resolve("one")) ? "two" : "one");
        });
    assertEquals(1, found.size());
    assertEquals(1, walker.unreadable().count());
    String problem = walker.unreadable().examples().getFirst();
    assertTrue(problem.endsWith(": NoSuchFileException"), problem);
    assertTrue(walker.finished());
  }

  private void delete(String directory) {
    try {
      Files.delete(root.resolve(directory + "/a.txt"));
      Files.delete(root.resolve(directory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @DisplayName("Interrupted, it ends without having finished")
  void interrupted() throws Exception {
    tree.write("a.html", ""); // nothing that would be sent
    Thread.currentThread().interrupt();
    assertThrows(InterruptedException.class, this::walk);
    assertFalse(Thread.interrupted());
    assertFalse(walker.finished());
  }

  @Test
  @DisplayName("Told to stop, it ends without having finished, even if it finds nothing to send")
  void stopped() throws Exception {
    tree.write("a.html", "");
    Channel<Void> done = Channel.make();
    done.close();
    Outlet<Path> nowhere = Outlet.to(Channel.make(), done);
    assertThrows(InterruptedException.class, () -> walker.walk(nowhere));
    assertFalse(walker.finished());
  }

  private List<String> walk() throws InterruptedException {
    List<String> found = new ArrayList<>();
    walker.walk(file -> found.add(root.relativize(file).toString()));
    found.sort(null);
    return found;
  }
}
