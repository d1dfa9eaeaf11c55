package dev.weft.collections;

import com.google.common.collect.testing.ListTestSuiteBuilder;
import com.google.common.collect.testing.SampleElements;
import com.google.common.collect.testing.TestListGenerator;
import com.google.common.collect.testing.features.CollectionFeature;
import com.google.common.collect.testing.features.CollectionSize;
import com.google.common.collect.testing.features.Feature;
import com.google.common.collect.testing.features.ListFeature;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/// Guava's suites for lists over the list view of each kind of slice, of a whole array and of a
/// part in its middle.
class SliceGuavaTest {

  @TestFactory
  @DisplayName("Guava's suite over the list view")
  Stream<DynamicNode> ofWhole() {
    return Stream.of(SliceKind.values()).map(kind -> suite(kind, 0));
  }

  @TestFactory
  @DisplayName("Guava's suite over the list view of a part")
  Stream<DynamicNode> ofPart() {
    return Stream.of(SliceKind.values()).map(kind -> suite(kind, 2));
  }

  private static DynamicNode suite(SliceKind kind, int around) {
    List<Feature<?>> features = new ArrayList<>();
    features.add(ListFeature.SUPPORTS_SET);
    features.add(CollectionSize.ANY);
    if (kind == SliceKind.REFERENCE) {
      features.add(CollectionFeature.ALLOWS_NULL_VALUES);
    } else {
      features.add(CollectionFeature.ALLOWS_NULL_QUERIES);
    }
    return GuavaSuite.of(
        ListTestSuiteBuilder.using(new Generator(kind, around))
            .named(kind + ", " + around + " around")
            .withFeatures(features)
            .createTestSuite());
  }

  private record Generator(SliceKind kind, int around)
      implements TestListGenerator<@Nullable Object> {

    @Override
    public SampleElements<@Nullable Object> samples() {
      return new SampleElements<>(
          kind.element(1), kind.element(2), kind.element(3), kind.element(4), kind.element(5));
    }

    @Override
    public List<@Nullable Object> create(@Nullable Object... elements) {
      int len = elements.length;
      AnySlice whole = kind.make(len + 2 * around, len + 2 * around);
      List<@Nullable Object> list = whole.slice(around, around + len).asList();
      for (int i = 0; i < len; i++) {
        list.set(i, elements[i]);
      }
      return list;
    }

    @Override
    public @Nullable Object[] createArray(int length) {
      return new @Nullable Object[length];
    }

    @Override
    public Iterable<@Nullable Object> order(List<@Nullable Object> insertionOrder) {
      return insertionOrder;
    }
  }
}
