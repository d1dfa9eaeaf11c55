package dev.weft.collections;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What the classes do not have in common: sorting, searching, streams, arrays. Each works on a
/// part of an array whose other elements must stay as they are.
class SliceOrderTest {

  @Test
  @DisplayName("Sorting orders the part, and nothing around it")
  void sort() {
    LongSlice whole = LongSlice.of(9, 3, 1, 2, 0);
    whole.slice(1, 4).sort();
    assertEquals("[9, 1, 2, 3, 0]", whole.toString());
    Slice<String> words = Slice.of("z", "b", "C", "a", "A");
    words.slice(1, 4).sort(String.CASE_INSENSITIVE_ORDER);
    assertEquals("[z, a, b, C, A]", words.toString());
    words.sort(null);
    assertEquals("[A, C, a, b, z]", words.toString());
  }

  @Test
  @DisplayName("Bytes are signed, NaN comes last, -0 before 0: the order of the boxes")
  void orderOfBoxes() {
    ByteSlice bytes = ByteSlice.of((byte) 0, (byte) 0xFF, (byte) 1);
    bytes.sort();
    assertEquals("[-1, 0, 1]", bytes.toString());
    DoubleSlice doubles = DoubleSlice.of(Double.NaN, 0.0, -0.0, -1);
    doubles.sort();
    assertEquals("[-1.0, -0.0, 0.0, NaN]", doubles.toString());
    assertEquals(3, doubles.indexOf(Double.NaN));
    assertEquals(1, doubles.indexOf(-0.0));
    assertTrue(doubles.contentEquals(doubles.clone()));
    DoubleSlice repeated = DoubleSlice.of(1, 1, Double.NaN, Double.NaN, 0.0, -0.0);
    assertEquals("[1.0, NaN, 0.0, -0.0]", repeated.compact().toString());
  }

  @Test
  @DisplayName("A search says where it is, or where it would have to be")
  void search() {
    LongSlice part = LongSlice.of(100, 1, 3, 5, 0).slice(1, 4);
    assertEquals(1, part.binarySearch(3));
    assertEquals(-1, part.binarySearch(0));
    assertEquals(-2, part.binarySearch(2));
    assertEquals(-4, part.binarySearch(100));
    Slice<Integer> falling = Slice.of(9, 5, 3, 1, 9).slice(1, 4);
    assertEquals(0, falling.binarySearch(5, Comparator.reverseOrder()));
    assertEquals(-4, falling.binarySearch(0, Comparator.reverseOrder()));
    assertEquals(-1, LongSlice.nil().binarySearch(1));
  }

  @Test
  @DisplayName("Sorted and searched like lists, at random")
  void likeLists() {
    Random random = new Random(11);
    for (int round = 0; round < 300; round++) {
      IntSlice s = IntSlice.nil();
      for (int i = random.nextInt(40); i > 0; i--) {
        s = s.append(random.nextInt(20));
      }
      List<Integer> expected = s.asList().stream().sorted().toList();
      s.sort();
      assertEquals(expected, s.asList());
      int wanted = random.nextInt(22) - 1;
      int found = s.binarySearch(wanted);
      assertEquals(expected.contains(wanted), found >= 0);
      assertEquals(wanted, found >= 0 ? s.get(found) : wanted);
      assertTrue(found >= 0 || -found - 1 == expected.stream().filter(e -> e < wanted).count());
    }
  }

  @Test
  @DisplayName("Streams have the elements of the part")
  void streams() {
    assertEquals(9, LongSlice.of(1, 2, 3, 4, 5).slice(1, 4).stream().sum());
    assertEquals(5, IntSlice.of(1, 2, 3).slice(1).stream().sum());
    assertEquals(-3, ByteSlice.of((byte) 1, (byte) -1, (byte) -2).slice(1).stream().sum());
    assertEquals(5, ShortSlice.of((short) 1, (short) 2, (short) 3).slice(1).stream().sum());
    assertEquals('b' + 'c', CharSlice.of('a', 'b', 'c').slice(1).stream().sum());
    assertEquals(2.5, FloatSlice.of(1, 2, 0.5f).slice(1).stream().sum());
    assertEquals(2.5, DoubleSlice.of(1, 2, 0.5).slice(1).stream().sum());
    assertEquals(List.of("b", "c"), Slice.of("a", "b", "c").slice(1).stream().toList());
  }

  @Test
  @DisplayName("SL-2, SL-24: arrays are copies, of the type asked for; wrap shares")
  void arrays() {
    long[] array = {1, 2, 3};
    LongSlice shared = LongSlice.wrap(array);
    shared.set(0, 9);
    assertArrayEquals(new long[] {9, 2, 3}, array);
    long[] copy = shared.slice(1).toArray();
    assertArrayEquals(new long[] {2, 3}, copy);
    copy[0] = 0;
    assertEquals(2, shared.get(1));
    assertArrayEquals(new long[] {9, 2}, shared.toArray(2));
    assertArrayEquals(new long[] {2}, shared.slice(1).toArray(1));
    assertNotSame(array, LongSlice.of(array).array);
    assertSame(array, shared.array);
    assertFalse(LongSlice.wrap(new long[0]).isNil());
    assertFalse(Slice.of().isNil());
    String[] words = {"a"};
    Slice<String> copied = Slice.of(words);
    words[0] = "z";
    assertEquals("a", copied.get(0));
    assertArrayEquals(new String[] {"b"}, Slice.of("a", "b").slice(1).toArray(String[]::new));
    Slice<Object> strings = Slice.wrap(new String[] {"a"});
    assertThrows(ArrayStoreException.class, () -> strings.set(0, 1));
    assertEquals("a", strings.get(0));
  }

  @Test
  @DisplayName("SL-20, SL-28: what comes from a collection is a copy")
  void copies() {
    List<String> list = List.of("a", "b");
    Slice<String> s = Slice.copyOf(list);
    s.set(0, "z");
    assertEquals("a", list.getFirst());
    assertEquals(List.of("z", "b", "a", "b"), s.appendAll(list).asList());
    assertFalse(Slice.copyOf(List.of()).isNil());
  }
}
