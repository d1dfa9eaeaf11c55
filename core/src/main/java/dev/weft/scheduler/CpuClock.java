package dev.weft.scheduler;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/// How much processor time a thread has used: what tells a goroutine that computes from one that
/// blocks its machine.
///
/// Without the module `java.management` there is no such clock, and every stuck goroutine counts as
/// one that computes: the careful guess, since it starts fewer threads.
final class CpuClock {

  /// The answer when nobody can tell.
  static final long UNKNOWN = -1;

  private final boolean present = ModuleLayer.boot().findModule("java.management").isPresent();

  /// The processor time of a thread, in nanoseconds, or [#UNKNOWN].
  long nanos(Thread thread) {
    return present ? Beans.nanos(thread.threadId()) : UNKNOWN;
  }

  /// Loaded only where its module is.
  private static final class Beans {

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static final boolean SUPPORTED = THREADS.isThreadCpuTimeSupported();

    static long nanos(long threadId) {
      return SUPPORTED ? THREADS.getThreadCpuTime(threadId) : UNKNOWN;
    }
  }
}
