package dev.weft.collections;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// An appender does to the memory what `append` does to a variable. One that was made from
/// [LongAppender] stands for all of those.
class AppenderTest {

  @Test
  @DisplayName("SL-3, SL-5, SL-6: random appending, beside slices that are appended to")
  void likeAppend() {
    Random random = new Random(3);
    for (int round = 0; round < 500; round++) {
      long[] memory = random.longs(40).toArray();
      int from = random.nextInt(20);
      int to = from + random.nextInt(20);
      int max = to + random.nextInt(40 - to + 1);
      LongSlice s = LongSlice.of(memory);
      LongSlice t = LongSlice.of(memory);
      LongSlice expected = s.slice(from, to, max);
      LongAppender actual = new LongAppender(t.slice(from, to, max));
      for (int step = random.nextInt(60); step > 0; step--) {
        if (random.nextInt(5) == 0) {
          int count = random.nextInt(expected.len() + 1);
          expected = expected.appendAll(expected.slice(0, count));
          actual.appendAll(actual.slice().slice(0, count));
        } else {
          expected = expected.append(step);
          actual.append(step);
        }
        assertEquals(expected.len(), actual.len());
      }
      LongSlice made = actual.slice();
      assertTrue(expected.contentEquals(made));
      assertEquals(expected.cap(), made.cap());
      assertEquals(expected.offset, made.offset);
      assertTrue(s.contentEquals(t), "what others see");
      assertEquals(made.toString(), actual.toString());
    }
  }

  @Test
  @DisplayName("A slice that was taken stays as it is while there is no room, and shares the rest")
  void takenInBetween() {
    IntAppender a = new IntAppender(IntSlice.make(0, 3));
    a.append(1);
    IntSlice one = a.slice();
    a.append(2);
    assertEquals("[1]", one.toString());
    assertEquals("[1, 2]", one.slice(0, 2).toString());
    assertSame(one.array, a.slice().array);
    one.append(9);
    assertEquals("[1, 9]", a.toString());
    a.appendAll(IntSlice.of(3, 4));
    one.set(0, 7);
    assertEquals("[1, 9, 3, 4]", a.toString());
  }

  @Test
  @DisplayName("SL-3: that of references writes within the room of its slice, and then elsewhere")
  void references() {
    Slice<String> s = Slice.of("a", "b", "c", "d", "e");
    SliceAppender<String> a = new SliceAppender<>(s.slice(1, 2, 4));
    assertEquals(1, a.len());
    a.append("x");
    a.appendAll(Slice.of("y"));
    assertEquals("[a, b, x, y, e]", s.toString());
    a.append("z");
    assertEquals(4, a.len());
    assertEquals("[b, x, y, z]", a.toString());
    assertEquals("[a, b, x, y, e]", s.toString());
    SliceAppender<String> b = new SliceAppender<>(s.slice(1, 2, 4));
    b.appendAll(Slice.of("1", "2", "3"));
    assertEquals("[b, 1, 2, 3]", b.toString());
    assertEquals("[a, b, x, y, e]", s.toString());
  }

  @Test
  @DisplayName("SL-4: nothing appended to nil is nil")
  void nil() {
    assertTrue(new LongAppender(LongSlice.nil()).slice().isNil());
    assertTrue(new SliceAppender<String>(Slice.nil()).slice().isNil());
    SliceAppender<@Nullable String> a = new SliceAppender<>(Slice.nil());
    a.appendAll(Slice.nil());
    assertTrue(a.slice().isNil());
    a.append(null);
    a.append("x");
    a.appendAll(a.slice());
    assertFalse(a.slice().isNil());
    assertEquals("[null, x, null, x]", a.toString());
    assertEquals(4, a.len());
    assertEquals(4, a.slice().cap());
  }
}
