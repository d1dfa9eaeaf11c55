package dev.weft.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.collections.IntSlice;
import dev.weft.collections.LongSlice;
import dev.weft.testkit.JavaCommand;
import dev.weft.testkit.ProjectFiles;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `tools/Specialise.java`, which makes the primitive slices when the project is built.
@Tag("gate")
class SpecialiseTest {

  private static final String TOY =
      """
      /// A box of `long`, like Go's `int64`: [LongBox], for [Long] see there.
      final class LongBox {
        long value; // lengthy words stay
        static final int BYTES = Long.BYTES;

        LongStream stream() {
          return LongStream.of(value);
        }
      }
      """;

  private static final String TOY_OF_CHARS =
      """
      // Made from LongBox.java by tools/Specialise.java when the project is built.
      // Change that one instead.
      /// A box of `char`, like Go's `uint16`: [CharBox], for [Character] see there.
      final class CharBox {
        char value; // lengthy words stay
        static final int BYTES = Character.BYTES;

        IntStream stream() {
          return IntStream.of(value);
        }
      }
      """;

  @TempDir Path folder;
  private Path made;

  @BeforeEach
  void name() {
    made = folder.resolve("made");
  }

  /// Its exit code; what it says is added to the list.
  private int run(String source, List<String> said) throws IOException, InterruptedException {
    Files.writeString(folder.resolve("LongBox.java"), source);
    String tool = ProjectFiles.root().resolve("tools/Specialise.java").toString();
    List<String> command =
        JavaCommand.of(List.of(), tool, folder.toString(), made.toString(), "LongBox");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (var reader = process.inputReader()) {
      said.addAll(reader.lines().toList());
    }
    return JavaCommand.exitCode(process);
  }

  @Test
  @DisplayName("Words are exchanged, in comments too, and parts of words are not")
  void exchanges() throws Exception {
    List<String> said = new ArrayList<>();
    assertEquals(0, run(TOY, said), said::toString);
    assertEquals(List.of(), said);
    assertEquals(TOY_OF_CHARS, Files.readString(made.resolve("CharBox.java")));
    try (Stream<Path> files = Files.list(made)) {
      assertEquals(
          Set.of("Byte", "Short", "Char", "Int", "Float", "Double"),
          files
              .map(file -> file.getFileName().toString().replace("Box.java", ""))
              .collect(Collectors.toSet()));
    }
  }

  @Test
  @DisplayName("A file that is right is left alone, one that is not made any more goes")
  void idempotent() throws Exception {
    run(TOY, new ArrayList<>());
    Path stale = Files.writeString(made.resolve("OldBox.java"), "class OldBox {}");
    var before = Files.getLastModifiedTime(made.resolve("IntBox.java"));
    run(TOY, new ArrayList<>());
    assertEquals(before, Files.getLastModifiedTime(made.resolve("IntBox.java")));
    assertFalse(Files.exists(stale));
  }

  @Test
  @DisplayName("What it cannot decide is an error that says what")
  void refuses() throws Exception {
    for (String undecided :
        List.of("long x = 5L;", "LongSupplier x;", "/// As long as it is open.")) {
      List<String> said = new ArrayList<>();
      assertEquals(1, run("class LongBox { " + undecided + "\n}", said), undecided);
      assertTrue(said.getFirst().startsWith("specialise: LongBox "), said::toString);
    }
  }

  @Test
  @DisplayName("The slices of long and of int have the same members")
  void sameMembers() {
    assertEquals(members(LongSlice.class), members(IntSlice.class));
  }

  private static List<String> members(Class<?> type) {
    return Arrays.stream(type.getDeclaredMethods())
        .filter(method -> !method.isSynthetic())
        .map(Method::toGenericString)
        .map(text -> text.replaceAll("\\b(long|int)\\b", "element"))
        .map(text -> text.replaceAll("\\b(Long|Integer)\\b", "Box"))
        .map(text -> text.replaceAll("\\b(Long|Int)(?=[A-Z])", ""))
        .sorted()
        .toList();
  }
}
