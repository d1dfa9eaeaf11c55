package dev.weft.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// The list of those who are told of an end, beside two lists of the JDK.
class ChildListTest {

  private static final class Named extends Child {
    @Override
    void parentEnded(ContextException why, Throwable reason, ChildList toTell) {}
  }

  @Test
  @DisplayName("Added, removed, taken over and polled in any order, as two lists of the JDK say")
  void model() {
    for (int seed = 0; seed < 200; seed++) {
      Random random = new Random(seed);
      ChildList one = new ChildList();
      ChildList two = new ChildList();
      List<Child> ofOne = new ArrayList<>();
      List<Child> ofTwo = new ArrayList<>();
      List<Child> out = new ArrayList<>();
      for (int step = 0; step < 300; step++) {
        switch (random.nextInt(5)) {
          case 0, 1 -> {
            Child child = out.isEmpty() ? new Named() : out.removeLast();
            one.add(child);
            ofOne.add(child);
          }
          case 2 -> {
            Child child = ofOne.isEmpty() ? new Named() : ofOne.get(random.nextInt(ofOne.size()));
            one.remove(child);
            one.remove(child); // it is in none now
            ofOne.remove(child);
            out.add(child);
          }
          case 3 -> {
            if (random.nextInt(8) == 0) {
              two.takeAll(one);
              ofTwo.addAll(ofOne);
              ofOne.clear();
            }
          }
          default -> {
            Child polled = two.poll();
            assertEquals(ofTwo.isEmpty() ? null : ofTwo.removeFirst(), polled);
            if (polled != null) {
              assertNull(polled.next);
              assertNull(polled.previous);
              out.add(polled);
            }
          }
        }
        assertEquals(ofOne.size(), one.size(), "seed " + seed);
        assertEquals(ofTwo.size(), two.size(), "seed " + seed);
      }
    }
  }
}
