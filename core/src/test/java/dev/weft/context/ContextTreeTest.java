package dev.weft.context;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.testkit.Await;
import dev.weft.testkit.Descent;
import dev.weft.testkit.Scale;
import dev.weft.testkit.Task;
import dev.weft.testkit.ThreadsContract;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/// Large trees of contexts, and trees that many change at once.
@ParameterizedClass
@MethodSource("dev.weft.testkit.Kind#ofThisRun")
class ContextTreeTest extends ThreadsContract {
  private static final ContextKey<Integer> DEPTH = ContextKey.named("depth");

  @Test
  @DisplayName("CTX-6, CTX-26: a deep tree needs no deep stack")
  void deep() throws Exception {
    CancelContext root = Context.withCancel(Context.background());
    Context at = root;
    for (int i = 0; i < 10_000; i++) {
      at = Context.withCancel(Context.withValue(at, DEPTH, i));
    }
    Context leaf = at;
    threads
        .start(
            () -> {
              assertEquals(9_999, leaf.value(DEPTH));
              assertNull(leaf.value(ContextKey.named("none")));
              root.close();
            })
        .get();
    assertSame(CanceledException.INSTANCE, leaf.err());
  }

  @Test
  @DisplayName("Near the end of the stack a tree ends as a whole, or not at all")
  void nearTheEndOfTheStack() throws Exception {
    List<CancelContext> roots = new ArrayList<>();
    List<CancelContext> leaves = new ArrayList<>();
    for (int i = 0; i < Descent.ENOUGH; i++) {
      CancelContext root = Context.withCancel(Context.background());
      roots.add(root);
      leaves.add(Context.withCancel(Context.withCancel(root)));
      leaves.getLast().done();
    }
    Task<Descent> deep =
        threads.call(
            () ->
                Descent.of(
                    n -> {
                      roots.get(n).close();
                      return true;
                    }));
    assertEquals(Descent.ENOUGH, deep.get().done());
    for (int i = 0; i < Descent.ENOUGH; i++) {
      assertTrue(leaves.get(i).isDone(), "the end did not get down to it");
      assertEquals(0, roots.get(i).childCount());
    }
  }

  @Test
  @DisplayName("Near the end of the stack a child leaves its parent when it ends, or does neither")
  void leavesNearTheEndOfTheStack() throws Exception {
    CancelContext root = Context.withCancel(Context.background());
    List<CancelContext> children = new ArrayList<>();
    List<AfterFunc> functions = new ArrayList<>();
    int many = 10_000; // one for each attempt
    for (int i = 0; i < many; i++) {
      children.add(Context.withCancel(root));
      functions.add(Context.afterFunc(root, () -> {}));
    }
    AtomicInteger attempts = new AtomicInteger();
    threads
        .call(
            () ->
                Descent.of(
                    n -> {
                      int i = attempts.getAndIncrement();
                      children.get(i).close();
                      return functions.get(i).stop();
                    }))
        .get();
    int left = 0;
    for (int i = 0; i < many; i++) {
      left += children.get(i).isDone() ? 0 : 1;
      left += functions.get(i).toString().endsWith("[pending]") ? 1 : 0;
    }
    assertEquals(left, root.childCount());
    root.close();
  }

  @Test
  @DisplayName("CTX-6, CTX-7: a wide tree, whose children leave in any order")
  void wide() {
    CancelContext root = Context.withCancel(Context.background());
    List<CancelContext> children = new ArrayList<>();
    for (int i = 0; i < 10_000; i++) {
      children.add(Context.withCancel(root));
    }
    for (int i = 0; i < 10_000; i += 3) {
      children.get(i).close();
    }
    assertEquals(6_666, root.childCount());
    root.close();
    for (CancelContext child : children) {
      assertTrue(child.isDone());
    }
  }

  @Test
  @DisplayName(
      "CTX-6, CTX-8, CTX-21 under load: no child misses the end of what it was derived from")
  void storm() throws Exception {
    for (int round = 0; round < Scale.times(100); round++) {
      CancelContext root = Context.withCancel(Context.background());
      AtomicInteger registered = new AtomicInteger();
      AtomicInteger ran = new AtomicInteger();
      List<CancelContext> derived = new ArrayList<>();
      List<Task<List<CancelContext>>> all = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        all.add(threads.call(() -> grow(root, registered, ran)));
      }
      Thread.yield();
      root.close();
      for (Task<List<CancelContext>> task : all) {
        derived.addAll(task.get());
      }
      for (CancelContext context : derived) {
        // A deadline may have ended one, and be about to tell those below it.
        Await.until(context::isDone, () -> context + " was not told");
        assertEquals(0, context.childCount());
      }
      Await.until(() -> ran.get() == registered.get(), () -> ran + " of " + registered);
    }
  }

  private static List<CancelContext> grow(
      CancelContext root, AtomicInteger registered, AtomicInteger ran) {
    List<CancelContext> made = new ArrayList<>(List.of(root));
    ThreadLocalRandom random = ThreadLocalRandom.current();
    for (int i = 0; i < 50; i++) {
      Context parent = made.get(random.nextInt(made.size()));
      switch (random.nextInt(4)) {
        case 0 -> made.add(Context.withTimeout(parent, Duration.ofNanos(random.nextInt(200_000))));
        case 1 -> made.get(random.nextInt(made.size())).close();
        case 2 -> {
          AfterFunc func = Context.afterFunc(parent, ran::incrementAndGet);
          if (random.nextBoolean() || !func.stop()) {
            registered.incrementAndGet();
          }
        }
        default -> made.add(Context.withCancel(Context.withValue(parent, DEPTH, i)));
      }
    }
    return made;
  }

  @Test
  @Tag("slow")
  @DisplayName("A million contexts that were closed leave nothing behind")
  void leavesNothing() throws Exception {
    CancelContext root = Context.withCancel(Context.background());
    WeakReference<CancelContext> one = new WeakReference<>(null);
    for (int i = 0; i < 1_000_000; i++) {
      CancelContext context =
          i % 2 == 0 ? Context.withCancel(root) : Context.withTimeout(root, Duration.ofHours(1));
      context.done();
      if (i == 500_001) {
        one = new WeakReference<>(context);
      }
      context.close();
    }
    assertEquals(0, root.childCount());
    WeakReference<CancelContext> closed = one;
    Await.until(
        () -> {
          System.gc();
          return closed.refersTo(null);
        },
        () -> "somebody still refers to a context that was closed");
    root.close();
  }
}
