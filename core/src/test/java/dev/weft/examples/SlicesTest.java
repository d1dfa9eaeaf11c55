package dev.weft.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class SlicesTest {

  @Test
  @DisplayName("What each step shows is what Go does")
  void steps() {
    assertEquals("1 2 4 8 16 32 64 128 256 512 848 1280", Slices.growth(1_000));
    assertEquals("[1, 2, 9, 4] and [1, 2, 9]", Slices.aliasing());
    assertEquals("[1, 2, 3, 4] and [1, 2, 9]", Slices.thirdIndex());
    assertEquals("2 elements in an array of 1000000, cloned of 2", Slices.leak());
    assertEquals("8 bytes, 5 runes: 61@0 e9@1 4e2d@3 fffd@6 7a@7", Slices.runes());
  }

  @Test
  @Tag("fork")
  @DisplayName("The steps, compiled by the build, run")
  void program() throws Exception {
    List<String> lines = ExampleProgram.run(Slices.class);
    assertEquals(5, lines.size(), lines::toString);
    assertEquals("third index: [1, 2, 3, 4] and [1, 2, 9]", lines.get(2));
  }
}
