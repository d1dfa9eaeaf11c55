package dev.weft.collections;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.testkit.Scale;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/// Random operations on some slices that share arrays, each compared with a model in which an array
/// is a list and every step copies.
///
/// A failure names the seed and the last operation.
@ParameterizedClass(name = "{0}")
@EnumSource(SliceKind.class)
class SliceModelTest {

  private static final int SLICES = 5;
  private static final int STEPS = 300;

  private final SliceKind kind;

  SliceModelTest(SliceKind kind) {
    this.kind = kind;
  }

  /// Memory that slices share, a place in it, and how much is in use.
  private record Model(List<@Nullable Object> memory, int offset, int len, int cap) {

    List<@Nullable Object> elements() {
      return new ArrayList<>(memory.subList(offset, offset + len));
    }

    /// Writes elements from an index on, which may be beyond the length.
    void write(int from, List<@Nullable Object> elements) {
      for (int i = 0; i < elements.size(); i++) {
        memory.set(offset + from + i, elements.get(i));
      }
    }

    Model part(int from, int to, int max) {
      return new Model(memory, offset + from, to - from, max - from);
    }
  }

  private final List<AnySlice> slices = new ArrayList<>();
  private final List<Model> models = new ArrayList<>();
  private Random random = new Random();

  @Test
  @DisplayName("SL-1, SL-3, SL-16, SL-17, SL-20, SL-21, SL-23, SL-26: random operations")
  void randomOperations() {
    for (int seed = 0; seed < Scale.times(20); seed++) {
      random = new Random(seed);
      start();
      for (int step = 0; step < STEPS; step++) {
        String what = operate(random.nextInt(SLICES), random.nextInt(SLICES));
        compare("seed " + seed + ", step " + step + ", " + what);
      }
    }
  }

  private void start() {
    slices.clear();
    models.clear();
    for (int i = 0; i < SLICES; i++) {
      slices.add(kind.make(i, 3 * i));
      models.add(new Model(zeros(3 * i), 0, i, 3 * i));
    }
  }

  private List<@Nullable Object> zeros(int count) {
    return AnySlice.listOf(kind, new int[count]);
  }

  private void compare(String when) {
    for (int i = 0; i < SLICES; i++) {
      Model model = models.get(i);
      AnySlice slice = slices.get(i);
      assertEquals(model.len, slice.len(), when);
      assertEquals(model.cap, slice.cap(), when);
      assertEquals(model.part(0, model.cap, model.cap).elements(), slice.all(), when);
    }
  }

  private String operate(int target, int other) {
    AnySlice s = slices.get(target);
    AnySlice t = slices.get(other);
    Model m = models.get(target);
    Model n = models.get(other);
    int from = random.nextInt(m.len + 1);
    int to = from + random.nextInt(m.len - from + 1);
    int element = random.nextInt(3);
    int operation = m.len > 200 ? 5 : random.nextInt(13);
    switch (operation) {
      case 0 -> replaced(target, s.append(element), m.len, m.len, one(element));
      case 1 -> {
        List<@Nullable Object> three = AnySlice.listOf(kind, 1, 2, element);
        replaced(target, s.append(1, 2, element), m.len, m.len, three);
      }
      case 2 -> replaced(target, s.appendAll(t), m.len, m.len, n.elements());
      case 3 -> replaced(target, s.insert(from, t), from, from, n.elements());
      case 4 -> replaced(target, s.replace(from, to, t), from, to, n.elements());
      case 5 -> replaced(target, s.delete(from, to), from, to, List.of());
      case 6 -> {
        int max = to + random.nextInt(m.cap - to + 1);
        slices.set(other, s.slice(from, to, max));
        models.set(other, m.part(from, to, max));
      }
      case 7 -> {
        int end = from + random.nextInt(m.cap - from + 1);
        slices.set(other, s.slice(from, end));
        models.set(other, m.part(from, end, m.cap));
      }
      case 8 -> {
        List<@Nullable Object> copied = n.elements();
        int count = Math.min(m.len, n.len);
        m.write(0, copied.subList(0, count));
        assertEquals(count, s.copyFrom(t));
      }
      case 9 -> {
        s.clear();
        m.write(0, zeros(m.len));
      }
      case 10 -> {
        s.reverse();
        m.write(0, m.elements().reversed());
      }
      case 11 -> compact(target, s, m);
      default -> {
        if (m.len > 0) {
          int index = random.nextInt(m.len);
          s.set(index, element);
          m.write(index, one(element));
        }
      }
    }
    return "operation " + operation + " on " + target + " and " + other;
  }

  private List<@Nullable Object> one(int element) {
    return AnySlice.listOf(kind, element);
  }

  private void compact(int target, AnySlice s, Model m) {
    List<@Nullable Object> kept = new ArrayList<>();
    for (@Nullable Object element : m.elements()) {
      if (kept.isEmpty() || !Objects.equals(kept.getLast(), element)) {
        kept.add(element);
      }
    }
    replaced(target, s.compact(), 0, m.len, kept);
  }

  /// What the model becomes when some elements have been replaced, in place if there was room.
  private void replaced(
      int target, AnySlice result, int from, int to, List<@Nullable Object> inserted) {
    Model m = models.get(target);
    List<@Nullable Object> elements = m.elements();
    List<@Nullable Object> range = elements.subList(from, to);
    range.clear();
    range.addAll(inserted);
    int len = elements.size();
    if (len <= m.cap) {
      m.write(0, elements);
      if (len < m.len) {
        m.write(len, zeros(m.len - len));
      }
      models.set(target, new Model(m.memory, m.offset, len, m.cap));
    } else {
      elements.addAll(zeros(result.cap() - len));
      models.set(target, new Model(elements, 0, len, result.cap()));
    }
    slices.set(target, result);
  }
}
