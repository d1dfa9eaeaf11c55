package dev.weft.examples.guide;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/// Chapter "Memory": where objects come from and where they go, as the JVM tells.
public final class Memory {

  private static final String IN_BUFFER = "jdk.ObjectAllocationInNewTLAB";
  private static final String OUTSIDE = "jdk.ObjectAllocationOutsideTLAB";
  private static final int LARGE = 16 * 1024 * 1024;

  @SuppressWarnings("UnusedVariable") // so that no object can be left out
  private static @Nullable Object kept;

  private Memory() {}

  /// Shows each.
  ///
  /// @param args none
  public static void main(String[] args) throws Exception {
    buffers();
    garbage();
    reachable();
  }

  private static void buffers() throws IOException {
    // snippet: buffers
    Path file = Files.createTempFile("memory", ".jfr");
    try (Recording recording = new Recording()) {
      recording.enable(IN_BUFFER);
      recording.enable(OUTSIDE);
      recording.start();
      for (int i = 0; i < 5_000_000; i++) {
        kept = new int[i & 15]; // small ones
      }
      kept = new byte[LARGE]; // a large one
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    Files.delete(file);
    long buffers = events.stream().filter(event -> is(IN_BUFFER, event)).count();
    System.out.println("buffers taken for 5000000 small objects: " + buffers);
    boolean outside =
        events.stream()
            .filter(event -> is(OUTSIDE, event))
            .anyMatch(event -> event.getLong("allocationSize") >= LARGE);
    System.out.println("the large one has a place of its own: " + outside);
    // end
    Claim.that("a buffer for many objects", buffers > 0 && buffers < 100_000);
    Claim.that("not in a buffer", outside);
  }

  private static boolean is(String type, RecordedEvent event) {
    return event.getEventType().getName().equals(type);
  }

  private static void garbage() {
    // snippet: garbage
    List<byte[]> live = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      live.add(new byte[1024 * 1024]);
    }
    long before = collections();
    while (collections() == before) {
      for (int i = 0; i < 1_000; i++) {
        kept = new byte[10_000]; // nobody needs the one before any more
      }
    }
    System.out.println("collected, and still there: " + live.size() + " MB");
    // end
  }

  private static long collections() {
    return ManagementFactory.getGarbageCollectorMXBeans().stream()
        .mapToLong(GarbageCollectorMXBean::getCollectionCount)
        .sum();
  }

  // snippet: reachable
  private static final class Node {
    @SuppressWarnings("UnusedVariable") // what it refers to is what counts
    private @Nullable Node next;
  }

  private static void reachable() {
    Node a = new Node();
    Node b = new Node();
    a.next = b;
    b.next = a; // a circle
    WeakReference<Node> watched = new WeakReference<>(a);
    a = null;
    b = null;
    for (int i = 0; i < 5 && watched.get() != null; i++) {
      System.gc();
    }
    System.out.println("a circle that nobody reaches is collected: " + (watched.get() == null));
  }

  // end
}
