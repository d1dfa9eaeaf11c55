package dev.weft.scheduler;

/// What the monitor remembers of one machine between its ticks. Monitor only.
final class Watch {

  /// What a look at a machine said.
  enum Verdict {
    /// Idle, or it has dispatched since the last look, or it was looked at for the first time.
    FINE,
    /// The same goroutine as at the last look.
    SAME,
    /// The same goroutine for 10 ms of timely looks, using the processor.
    HOG,
    /// The same goroutine for 10 ms of timely looks, using next to none of it.
    BLOCKED
  }

  /// A slice of time, and how long a goroutine may keep its machine before that is called stuck.
  static final long SLICE_NANOS = 10_000_000;

  /// A judgement needs at least this much time between two readings of the processor clock.
  private static final long MIN_CPU_WINDOW = 1_000_000;

  /// A thread that used less than this fraction of the time is blocked; a computing one gets more
  /// even on a crowded computer.
  private static final int BLOCKED_FRACTION = 16;

  private final Machine machine;
  private final CpuClock cpuClock;

  private boolean fresh = true;
  private long switches;
  private long since;
  private int tick;
  private long tickSince;
  private long cpu;
  private long cpuSince;

  Watch(Machine machine, CpuClock cpuClock) {
    this.machine = machine;
    this.cpuClock = cpuClock;
  }

  Machine machine() {
    return machine;
  }

  /// Forgets what was seen: the next look starts afresh.
  void restart() {
    fresh = true;
  }

  /// Looks at the machine.
  Verdict look(long now) {
    Processor processor = machine.processor;
    if (machine.isIdle()) {
      fresh = true;
      return Verdict.FINE;
    }
    long seen = processor.switches();
    if (fresh || seen != switches) {
      sawProgress(processor, seen, now);
      return Verdict.FINE;
    }
    if (cpuSince < since) {
      readCpu(now);
      return Verdict.SAME;
    }
    if (now - since < SLICE_NANOS || now - cpuSince < MIN_CPU_WINDOW) {
      return Verdict.SAME;
    }
    return judge(now);
  }

  private void sawProgress(Processor processor, long seen, long now) {
    int slices = processor.tick();
    if (fresh || slices != tick) {
      tick = slices;
      tickSince = now;
    }
    if (now - since >= SLICE_NANOS / 2) {
      readCpu(now); // ticks are rare at present, so a reading costs little, and saves a tick later
    }
    switches = seen;
    since = now;
    fresh = false;
  }

  /// Whether goroutines that ready each other have run for more than a slice (SCH-23).
  boolean sliceUsed(long now) {
    if (fresh || now - tickSince < SLICE_NANOS) {
      return false;
    }
    tickSince = now;
    return true;
  }

  private void readCpu(long now) {
    cpu = cpuClock.nanos(machine);
    cpuSince = now;
  }

  private Verdict judge(long now) {
    long used = cpuClock.nanos(machine);
    if (used == CpuClock.UNKNOWN || cpu == CpuClock.UNKNOWN) {
      return Verdict.HOG;
    }
    return (used - cpu) * BLOCKED_FRACTION < now - cpuSince ? Verdict.BLOCKED : Verdict.HOG;
  }
}
