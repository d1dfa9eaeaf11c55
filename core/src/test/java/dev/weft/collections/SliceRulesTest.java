package dev.weft.collections;

import static dev.weft.collections.AnySlice.listOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Array;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass(name = "{0}")
@EnumSource(SliceKind.class)
class SliceRulesTest {

  private final SliceKind kind;

  SliceRulesTest(SliceKind kind) {
    this.kind = kind;
  }

  private void assertElements(AnySlice s, int... expected) {
    assertEquals(listOf(kind, expected), s.elements());
  }

  @Test
  @DisplayName("SL-1: headers share elements, but not their lengths")
  void headers() {
    AnySlice s = kind.of(1, 2, 3);
    AnySlice t = s.slice(1, 3);
    t.set(0, 9);
    assertElements(s, 1, 9, 3);
    s.set(2, 8);
    assertElements(t, 9, 8);
    AnySlice longer = s.slice(0, 2).append(7);
    assertElements(s, 1, 9, 7);
    assertEquals(3, longer.len());
    assertElements(t, 9, 7);
  }

  @Test
  @DisplayName("SL-2: nil and empty are different, and work alike")
  void nil() {
    AnySlice nil = kind.nil();
    AnySlice empty = kind.make(0, 0);
    assertTrue(nil.isNil());
    assertFalse(empty.isNil());
    for (AnySlice s : List.of(nil, empty)) {
      assertEquals(0, s.len());
      assertEquals(0, s.cap());
      assertTrue(s.isEmpty());
      assertEquals(List.of(), s.elements());
      assertEquals(List.of(), s.iterated());
      assertEquals(List.of(), s.asList());
      assertEquals("[]", s.toString());
      assertElements(s.append(1), 1);
      assertFalse(s.append(1).isNil());
      assertEquals(0, s.copyFrom(kind.of(1)));
      assertEquals(0, kind.of(1).copyFrom(s));
      s.clear();
      s.reverse();
      assertElements(s.insert(0, kind.of(4, 5)), 4, 5);
      assertEquals(-1, s.indexOf(0));
    }
    assertTrue(nil.contentEquals(empty));
    assertFalse(kind.of(1).slice(0, 0).isNil());
    assertTrue(kind.make(0, 5).isEmpty());
    assertFalse(kind.make(1, 5).isEmpty());
  }

  @Test
  @DisplayName("SL-3: with room append writes in place, over what others see")
  void appendInPlace() {
    AnySlice s = kind.of(1, 2, 3, 4);
    AnySlice t = s.slice(0, 2).append(9);
    assertElements(s, 1, 2, 9, 4);
    assertElements(t, 1, 2, 9);
    assertEquals(4, t.cap());
    AnySlice u = s.slice(0, 1).append(7, 8);
    assertElements(u, 1, 7, 8);
    assertElements(s, 1, 7, 8, 4);
    AnySlice v = s.slice(0, 1).append(5, 6, 3);
    assertElements(v, 1, 5, 6, 3);
    assertElements(s, 1, 5, 6, 3);
  }

  @Test
  @DisplayName("SL-3: without room append moves and leaves the old array as it was")
  void appendElsewhere() {
    AnySlice s = kind.of(1, 2);
    AnySlice t = s.append(3);
    t.set(0, 9);
    assertElements(s, 1, 2);
    assertElements(t, 9, 2, 3);
    assertElements(s.append(3, 4), 1, 2, 3, 4);
    assertElements(s.append(3, 4, 5, 6), 1, 2, 3, 4, 5, 6);
    assertElements(s.appendArray(5, 6, 7), 1, 2, 5, 6, 7);
    assertElements(s, 1, 2);
    assertElements(t.slice(0, t.cap()).slice(3), new int[t.cap() - 3]);
  }

  @Test
  @DisplayName("SL-4: appending nothing to nil is nil, to anything else the same")
  void appendNothing() {
    assertTrue(kind.nil().appendAll(kind.nil()).isNil());
    assertTrue(kind.nil().appendAll(kind.make(0, 5)).isNil());
    assertTrue(kind.nil().appendArray().isNil());
    AnySlice s = kind.make(1, 5);
    assertEquals(1, s.appendAll(kind.nil()).len());
    assertEquals(5, s.appendAll(kind.nil()).cap());
  }

  @Test
  @DisplayName("SL-15: make gives zeros, and exactly the capacity asked for")
  void make() {
    AnySlice s = kind.make(2, 33);
    assertEquals(33, s.cap());
    assertElements(s, 0, 0);
    assertEquals(listOf(kind, new int[33]), s.all());
  }

  @Test
  @DisplayName("SL-17: appending past a third bound leaves the tail alone")
  void thirdBound() {
    AnySlice s = kind.of(1, 2, 3, 4);
    AnySlice t = s.slice(1, 2, 2);
    assertEquals(1, t.cap());
    assertElements(t.append(9), 2, 9);
    assertElements(s, 1, 2, 3, 4);
    AnySlice u = s.slice(1, 2, 3);
    assertElements(u.append(8), 2, 8);
    assertElements(u.append(8).append(7), 2, 8, 7);
    assertElements(s, 1, 2, 8, 4);
  }

  @Test
  @DisplayName("SL-19: a part of nil is nil")
  void partOfNil() {
    assertTrue(kind.nil().slice(0).isNil());
    assertTrue(kind.nil().slice(0, 0).isNil());
    assertTrue(kind.nil().slice(0, 0, 0).isNil());
    assertTrue(kind.nil().clip().isNil());
    assertTrue(kind.nil().grow(0).isNil());
    assertTrue(kind.nil().copyOut().isNil());
    assertFalse(kind.make(0, 0).copyOut().isNil());
  }

  @Test
  @DisplayName("SL-20: copy takes the shorter length, overlaps in both directions, never grows")
  void copy() {
    for (int to = 0; to <= 8; to++) {
      for (int from = 0; from <= 8; from++) {
        AnySlice s = kind.of(1, 2, 3, 4, 5, 6, 7, 8);
        List<@Nullable Object> expected = s.elements();
        int count = 8 - Math.max(to, from);
        List<@Nullable Object> moved = List.copyOf(expected.subList(from, from + count));
        for (int i = 0; i < count; i++) {
          expected.set(to + i, moved.get(i));
        }
        assertEquals(count, s.slice(to).copyFrom(s.slice(from)));
        assertEquals(expected, s.elements(), from + " -> " + to);
      }
    }
    AnySlice roomy = kind.make(1, 5);
    assertEquals(1, roomy.copyFrom(kind.of(4, 5)));
    assertEquals(listOf(kind, 4, 0, 0, 0, 0), roomy.all());
  }

  @Test
  @DisplayName("SL-21: append(s, s...) and append(s[:i], s[j:]...) on the same memory")
  void overlap() {
    AnySlice s = kind.of(1, 2, 3);
    assertElements(s.appendAll(s), 1, 2, 3, 1, 2, 3);
    AnySlice roomy = kind.of(1, 2, 3, 0, 0, 0, 0).slice(0, 3);
    assertElements(roomy.appendAll(roomy), 1, 2, 3, 1, 2, 3);
    AnySlice t = kind.of(1, 2, 3, 4, 5);
    AnySlice removed = t.slice(0, 1).appendAll(t.slice(2));
    assertElements(removed, 1, 3, 4, 5);
    assertElements(t, 1, 3, 4, 5, 5);
    AnySlice u = kind.of(1, 2, 3, 4, 5);
    assertElements(u.slice(0, 2).appendAll(u.slice(0, 3)), 1, 2, 1, 2, 3);
  }

  @Test
  @DisplayName("SL-22: an iteration sees what is set, and nothing that is appended")
  void range() {
    AnySlice s = kind.of(1, 2, 3, 0).slice(0, 3);
    Iterator<?> iterator = ((Iterable<?>) s.slice).iterator();
    assertEquals(kind.element(1), iterator.next());
    s.set(1, 9);
    AnySlice longer = s.append(4);
    assertEquals(4, longer.len());
    assertEquals(kind.element(9), iterator.next());
    assertEquals(kind.element(3), iterator.next());
    assertFalse(iterator.hasNext());
    assertThrows(NoSuchElementException.class, iterator::next);
  }

  @Test
  @DisplayName("SL-23: clear sets to zero what is within the length")
  void clear() {
    AnySlice s = kind.of(1, 2, 3, 4);
    s.slice(1, 3).clear();
    assertElements(s, 1, 0, 0, 4);
  }

  @Test
  @DisplayName("SL-25: a small slice shares the large array, its clone has one of its own size")
  void leak() {
    AnySlice large = kind.make(10_000, 10_000);
    AnySlice small = large.slice(5_000, 5_002);
    assertSame(large.array(), small.array());
    AnySlice own = small.copyOut();
    assertNotSame(large.array(), own.array());
    assertEquals(own.cap(), Array.getLength(own.array()));
    assertTrue(own.cap() <= 8);
    own.set(0, 1);
    assertElements(small, 0, 0);
  }

  @Test
  @DisplayName("SL-26: grow makes room in one step, clip takes it away")
  void growAndClip() {
    AnySlice s = kind.of(1, 2, 3);
    AnySlice grown = s.grow(100);
    assertTrue(grown.cap() >= 103);
    assertElements(grown, 1, 2, 3);
    assertNotSame(s.array(), grown.array());
    AnySlice filled = grown;
    for (int i = 0; i < 100; i++) {
      filled = filled.append(i);
    }
    assertSame(grown.array(), filled.array());
    assertSame(s.array(), s.grow(0).array());
    AnySlice clipped = grown.clip();
    assertEquals(3, clipped.cap());
    assertSame(grown.array(), clipped.array());
    assertNotSame(grown.array(), clipped.append(1).array());
  }

  @Test
  @DisplayName("SL-26: delete, compact and replace set the places that become free to zero")
  void zeroedTail() {
    AnySlice s = kind.of(1, 2, 3, 4, 5);
    assertElements(s.delete(1, 3), 1, 4, 5);
    assertElements(s, 1, 4, 5, 0, 0);
    AnySlice t = kind.of(1, 1, 2, 2, 2, 1);
    assertElements(t.compact(), 1, 2, 1);
    assertElements(t, 1, 2, 1, 0, 0, 0);
    AnySlice u = kind.of(1, 2, 3, 4, 5);
    assertElements(u.replace(0, 4, kind.of(9)), 9, 5);
    assertElements(u, 9, 5, 0, 0, 0);
  }

  @Test
  @DisplayName("Inserting and replacing in place and elsewhere, also parts of the same array")
  void inserting() {
    AnySlice roomy = kind.of(1, 2, 3, 4, 0, 0, 0, 0).slice(0, 4);
    assertElements(roomy.insert(1, roomy.slice(0, 3)), 1, 1, 2, 3, 2, 3, 4);
    AnySlice full = kind.of(1, 2, 3);
    assertElements(full.insert(3, full), 1, 2, 3, 1, 2, 3);
    assertElements(full.insert(0, full), 1, 2, 3, 1, 2, 3);
    assertElements(full.replace(0, 1, full), 1, 2, 3, 2, 3);
    assertElements(full, 1, 2, 3);
    assertElements(full.replace(0, 2, full.slice(1)), 2, 3, 3);
    assertElements(full, 2, 3, 3);
  }

  @Test
  @DisplayName("SL-27: identity is the only equality; no slice is a key; contents compare by name")
  void equality() {
    AnySlice s = kind.of(1, 2);
    AnySlice t = kind.of(1, 2, 3);
    assertFalse(s.slice.equals(kind.of(1, 2).slice));
    assertTrue(s.contentEquals(t.slice(0, 2)));
    assertFalse(s.contentEquals(t));
    assertFalse(s.contentEquals(t.slice(1)));
    IncrementalHashMap<Object, Object> map = new IncrementalHashMap<>();
    assertThrows(IllegalArgumentException.class, () -> map.put(s.slice, "value"));
    map.put(s.asList(), "value");
    assertEquals("value", map.get(kind.of(1, 2).asList()));
  }

  @Test
  @DisplayName("Searching, reversing and printing keep within the slice")
  void within() {
    AnySlice s = kind.of(9, 1, 2, 3, 9).slice(1, 4);
    assertEquals(-1, s.indexOf(9));
    assertEquals(1, s.indexOf(2));
    assertTrue(s.contains(3));
    assertFalse(s.contains(9));
    s.reverse();
    assertElements(s, 3, 2, 1);
    assertElements(s.slice(0, 2).slice(0, 4), 3, 2, 1, 9);
    assertEquals(s.elements().toString(), s.toString());
    assertEquals(s.elements(), s.iterated());
    assertEquals(s.elements(), s.asList());
  }

  @Test
  @DisplayName("The list is a view of the same memory, with a fixed length")
  void view() {
    AnySlice s = kind.of(1, 2, 3, 4).slice(1, 3);
    List<@Nullable Object> list = s.asList();
    assertEquals(kind.element(2), list.set(0, kind.element(7)));
    assertElements(s, 7, 3);
    s.set(1, 8);
    assertEquals(listOf(kind, 7, 8), list);
    assertThrows(UnsupportedOperationException.class, () -> list.add(kind.element(1)));
    assertThrows(UnsupportedOperationException.class, () -> list.remove(0));
    assertThrows(IndexOutOfBoundsException.class, () -> list.get(2));
  }
}
