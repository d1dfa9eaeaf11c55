package dev.weft.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.base.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a goroutine takes over from the thread that starts it.
@SuppressWarnings("NullAway") // provokes what it warns of
class InheritanceTest {
  private static final InheritableThreadLocal<String> INHERITABLE = new InheritableThreadLocal<>();
  private static final ThreadLocal<String> LOCAL = new ThreadLocal<>();
  private static final ScopedValue<String> SCOPED = ScopedValue.newInstance();

  @RegisterExtension final TestSchedulers schedulers = new TestSchedulers();

  private record Seen(@Nullable String inheritable, @Nullable ClassLoader loader) {}

  private static Seen look() {
    assertNull(LOCAL.get());
    assertFalse(SCOPED.isBound(), "scoped values do not flow into goroutines");
    return new Seen(INHERITABLE.get(), Thread.currentThread().getContextClassLoader());
  }

  /// What goroutines see that are started, in every way, by a thread that has something to inherit.
  private static List<Seen> startFromRichThread(Scheduler scheduler, ClassLoader loader)
      throws Exception {
    List<Seen> seen = new ArrayList<>();
    ThreadFactory factory = scheduler.threadFactory();
    Body starter =
        () -> {
          INHERITABLE.set("inherited");
          LOCAL.set("not inherited");
          Thread.currentThread().setContextClassLoader(loader);
          AtomicReference<Seen> each = new AtomicReference<>();
          ScopedValue.where(SCOPED, "bound")
              .call(() -> scheduler.go(() -> each.set(look())))
              .join();
          seen.add(each.getAndSet(null));
          scheduler.go("named", () -> each.set(look())).join();
          seen.add(each.getAndSet(null));
          Thread made = factory.newThread(() -> each.set(look()));
          made.start();
          made.join();
          seen.add(each.getAndSet(null));
        };
    Goroutine fromGoroutine = scheduler.go(starter);
    fromGoroutine.join();
    assertNull(fromGoroutine.failure());
    AtomicReference<Throwable> failure = new AtomicReference<>();
    Thread platform =
        new Thread(
            () -> {
              try {
                starter.run();
              } catch (Throwable thrown) {
                failure.set(thrown);
              }
            });
    platform.start();
    platform.join();
    assertNull(failure.get());
    return seen;
  }

  @Test
  @DisplayName("By default neither inheritable thread locals nor the context class loader")
  void nothing() throws Exception {
    ClassLoader system = ClassLoader.getSystemClassLoader();
    ClassLoader own = new ClassLoader(system) {};
    List<Seen> seen = startFromRichThread(schedulers.start(), own);
    Seen nothing = new Seen(null, system);
    assertEquals(List.of(nothing, nothing, nothing, nothing, nothing, nothing), seen);
  }

  @Test
  @DisplayName("With the builder's flag both")
  void both() throws Exception {
    ClassLoader own = new ClassLoader(ClassLoader.getSystemClassLoader()) {};
    Scheduler scheduler =
        schedulers.start(TestSchedulers.builder().procs(2).inheritThreadLocals(true));
    List<Seen> seen = startFromRichThread(scheduler, own);
    Seen inherited = new Seen("inherited", own);
    assertEquals(List.of(inherited, inherited, inherited, inherited, inherited, inherited), seen);
  }

  @Test
  @DisplayName("A goroutine's thread locals are its own, and gone with it")
  void ownThreadLocals() throws InterruptedException {
    Scheduler scheduler = schedulers.start();
    for (int i = 0; i < 100; i++) {
      AtomicReference<Boolean> clean = new AtomicReference<>(false);
      Goroutine goroutine =
          scheduler.go(
              () -> {
                clean.set(LOCAL.get() == null);
                LOCAL.set("mine");
                Scheduler.yieldCurrent();
                assertEquals("mine", LOCAL.get());
              });
      goroutine.join();
      assertNull(goroutine.failure());
      assertTrue(clean.get());
    }
    assertNull(LOCAL.get());
  }

  @Test
  @DisplayName("A scoped value can be bound in a goroutine and survives its switches")
  void scopedValueInside() throws InterruptedException {
    Scheduler scheduler = schedulers.start();
    Goroutine goroutine =
        scheduler.go(
            () ->
                ScopedValue.where(SCOPED, "inner")
                    .run(
                        () -> {
                          for (int i = 0; i < 100; i++) {
                            Scheduler.yieldCurrent();
                            assertEquals("inner", SCOPED.get());
                            Goroutine self = Goroutine.current();
                            assertSame(scheduler, self == null ? null : self.scheduler());
                          }
                        }));
    goroutine.join();
    assertNull(goroutine.failure());
  }
}
