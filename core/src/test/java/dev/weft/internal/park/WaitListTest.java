package dev.weft.internal.park;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The queue of those who wait, and its entries.
class WaitListTest {
  private final WaitList list = new WaitList();

  @AfterEach
  void invariants() {
    list.checkInvariants();
  }

  private List<WaitNode> added(int n) {
    List<WaitNode> nodes = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      WaitNode node = new WaitNode();
      nodes.add(node);
      list.add(node);
      list.checkInvariants();
    }
    return nodes;
  }

  private List<WaitNode> polled() {
    List<WaitNode> nodes = new ArrayList<>();
    WaitNode node;
    while ((node = list.poll()) != null) {
      nodes.add(node);
      list.checkInvariants();
    }
    return nodes;
  }

  @Test
  @DisplayName("A new list is empty")
  void empty() {
    assertTrue(list.isEmpty());
    assertTrue(list.looksEmpty());
    assertEquals(0, list.size());
    assertNull(list.poll());
    assertFalse(list.remove(new WaitNode()));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 10})
  @DisplayName("CH-8: who came first is taken first")
  void fifo(int n) {
    List<WaitNode> nodes = added(n);
    assertEquals(n, list.size());
    assertFalse(list.isEmpty());
    assertFalse(list.looksEmpty());
    assertEquals(nodes, polled());
    assertTrue(list.isEmpty());
    assertEquals(0, list.size());
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "2, 1", "3, 0", "3, 1", "3, 2", "9, 4"})
  @DisplayName("Whoever leaves, the others stay in order")
  void remove(int n, int which) {
    List<WaitNode> nodes = added(n);
    WaitNode gone = nodes.remove(which);
    assertTrue(list.remove(gone));
    list.checkInvariants();
    assertEquals(n - 1, list.size());
    assertFalse(list.remove(gone), "it has left");
    assertEquals(nodes, polled());
  }

  @Test
  @DisplayName("What was taken off the front cannot be removed, and comes back at the end")
  void reuse() {
    List<WaitNode> nodes = added(3);
    WaitNode first = list.poll();
    assertSame(nodes.get(0), first);
    assertFalse(list.remove(nodes.get(0)));
    list.add(nodes.get(0));
    assertTrue(list.remove(nodes.get(1)));
    list.add(nodes.get(1));
    assertEquals(List.of(nodes.get(2), nodes.get(0), nodes.get(1)), polled());
  }

  @Test
  @DisplayName("An entry of another list is not removed")
  void anotherList() {
    WaitList other = new WaitList();
    WaitNode node = added(1).get(0);
    assertFalse(other.remove(node));
    assertEquals(1, list.size());
    other.checkInvariants();
    assertTrue(list.remove(node));
    other.add(node);
    assertFalse(list.remove(node));
    assertSame(node, other.poll());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  @DisplayName("Random operations do what they do to a plain list")
  void model(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<WaitNode> model = new ArrayList<>();
    List<WaitNode> outside = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      outside.add(new WaitNode());
    }
    for (int step = 0; step < 5_000; step++) {
      int what = random.nextInt(5);
      if (what < 2 && !outside.isEmpty()) {
        WaitNode node = outside.remove(random.nextInt(outside.size()));
        list.add(node);
        model.add(node);
      } else if (what == 2) {
        WaitNode node = list.poll();
        assertSame(model.isEmpty() ? null : model.removeFirst(), node);
        if (node != null) {
          outside.add(node);
        }
      } else if (what == 3 && !model.isEmpty()) {
        WaitNode node = model.remove(random.nextInt(model.size()));
        assertTrue(list.remove(node));
        outside.add(node);
      } else if (!outside.isEmpty()) {
        assertFalse(list.remove(outside.get(random.nextInt(outside.size()))));
      }
      list.checkInvariants();
      assertEquals(model.size(), list.size(), "seed " + seed + ", step " + step);
      assertEquals(model.isEmpty(), list.isEmpty());
    }
    assertEquals(model, polled());
  }

  @Test
  @DisplayName("checkInvariants finds links that were torn")
  void tornLinks() {
    WaitList torn = new WaitList();
    WaitNode first = new WaitNode();
    WaitNode second = new WaitNode();
    torn.add(first);
    torn.add(second);
    torn.checkInvariants();
    second.previous = null;
    assertThrows(AssertionError.class, torn::checkInvariants);
    second.previous = first;
    first.next = null;
    assertThrows(AssertionError.class, torn::checkInvariants);
    first.next = second;
    first.list = new WaitList();
    assertThrows(AssertionError.class, torn::checkInvariants);
    first.list = torn;
    second.next = first;
    assertThrows(AssertionError.class, torn::checkInvariants);
  }

  // ---- Entries ----

  @Test
  @DisplayName("An entry carries waiter and element until it is cleared")
  void entry() {
    Waiter waiter = new Waiter(Thread.currentThread());
    WaitNode node = waiter.node();
    assertSame(node, waiter.node());
    node.prepare(waiter, waiter.arm(), Waiter.FIRST_PEER_CODE, "offered");
    assertSame(waiter, node.waiter());
    assertEquals("offered", node.element());
    node.element("other");
    assertEquals("other", node.element());
    node.clear();
    assertNull(node.element());
    assertThrows(NullPointerException.class, node::waiter);
  }

  @Test
  @DisplayName("An entry decides its round once, with its code or the one after it")
  void decide() {
    Waiter waiter = new Waiter(Thread.currentThread());
    WaitNode node = waiter.node();
    for (int offset = 0; offset < 2; offset++) {
      long ticket = waiter.arm();
      node.prepare(waiter, ticket, 20, null);
      assertTrue(node.decide(offset));
      assertEquals(20 + offset, waiter.outcome(ticket));
      assertFalse(node.decide(0));
      assertFalse(node.decide(1));
    }
    node.prepare(waiter, waiter.arm(), 20, null);
    waiter.arm();
    assertFalse(node.decide(0), "of an earlier round");
  }
}
