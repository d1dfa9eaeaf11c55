package dev.weft.scheduler;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;
import static java.lang.invoke.MethodHandles.lookup;

import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// Which machines work and which sleep: the counts and the idle stack, in one atomic word.
final class MachineControl {

  /*
   * MachineControl: how many machines are active, how many of those are spinning, and the LIFO stack
   * of the idle ones (SCH-17 to SCH-21), changed together by one compare-and-set. Lock-free.
   *
   * Origin.   Go keeps npidle, nmspinning and the midle list apart, guards two of them with
   *           sched.lock, and lets a waker start a new thread when no idle M is at hand. A waker here
   *           runs inside Executor.execute and may do neither. The idea to keep the stack top and the
   *           counts in one word is that of ForkJoinPool's ctl.
   *
   * Word      63        48 47        32 31        16 15         0
   *           [ version   | spinning   | active     | top        ]
   *           top      id + 1 of the machine on top of the idle stack, 0 when it is empty;
   *                    the rest of the stack hangs on Machine.nextIdle
   *           active   machines that are not on the stack: running, blocked or searching
   *           spinning active machines that search for work without having any (at most active)
   *           version  up by one with every push and pop
   *
   * States of a machine, by who owns it
   *   ACTIVE     itself. It holds one unit of active, and one of spinning while it searches.
   *   IDLE       the stack. It touches nothing but its own signal, and waits for it.
   *   SIGNALLED  itself again: whoever popped it took the units of active and spinning for it.
   *
   * Invariants
   *   I1  Push, and giving back the units, are one step; pop, and taking the units, are one step.
   *       So a machine that the counts call idle can be woken, and one that can be woken is idle.
   *   I2  spinning <= active; a machine is on the stack at most once.
   *
   * No lost wake-up (SCH-20)
   *   submitter:  publish the task;   FULL FENCE;              read the word: spinning > 0 or no room
   *               for another active machine -> leave it to them; else pop one and signal it
   *   machine:    CAS the word (gives up spinning, or goes idle);   look at all queues again:
   *               something there -> do what a submitter does
   *   The CAS and the fence make one of the two see the other (Dekker's pattern).
   *
   *   So at the second look, work that nobody was woken for must be in a queue, or in the hands of
   *   somebody who looks, or wakes, after putting it back into one:
   *     a spill or a hand-back    wakes afterwards
   *     a steal                   the thief is spinning, and looks when it stops
   *     a batch                   is never out of all queues (race R1 of GlobalRunQueue)
   *     what a machine queues     alone, it polls next; after timers that come before, it looks
   *     the slot                  its owner runs it next; if the owner does not get that far, the
   *                               monitor wakes somebody: the one exception, and it costs up to 1 ms
   *
   * Permission  How many machines may be active is not in the word, since others than machines
   *           change it. So each step that depends on it is checked again from the other side:
   *     more permitted            the one who permits looks for work, and wakes
   *     a machine leaves          it wakes afterwards, with the number of then
   *     fewer permitted           every machine is flagged; a waker that knew the old number may
   *                               still pop one that has attended to its flag: the monitor counts
   *
   * Timers    While a machine is active, the timers of idle ones are the monitor's business; when
   *           none is, the last that went idle wakes for the earliest. Its place is the top of the
   *           stack, so whoever pops it for another purpose passes that duty on (SpareMachines).
   *
   * ABA       A popper reads nextIdle of the top before its CAS. If the top was popped and pushed
   *           again in between, nextIdle may be stale: then the version differs and the CAS fails.
   *           The version wraps after 65,536 changes. The window is a few instructions, but its thread
   *           may lose the processor in it. A push or a pop goes with a thread that is parked or
   *           unparked, some microseconds each, so a wrap takes a tenth of a second or more. A popper
   *           that was away for that long is wrong only if the number of changes meanwhile was exactly
   *           a multiple of 65,536, and the top and both counts are the same again: for such a popper,
   *           one chance in 65,536 at most. More bits would have to come from the number of machines.
   *
   * Memory ordering
   *   word       all / CAS (volatile)            all / volatile    see above
   *   nextIdle   pusher / plain, before its CAS  popper / plain    published by the CAS that made the
   *                                              after reading     machine the top; a stale value
   *                                              the word          fails the popper's CAS
   *
   * Evidence  IdleWakeStress, SpinGiveUpStress, IdleStackStress, PermissionStress, ClosingStress and
   *           MonitorSleepStress in the stress tests, each with broken twins; PermissionTest,
   *           TimersOfEndedMachinesTest, OverdueTimersTest.
   */

  private static final long TOP_MASK = 0xFFFFL;
  private static final int ACTIVE_SHIFT = 16;
  private static final int SPINNING_SHIFT = 32;
  private static final long ONE_ACTIVE = 1L << ACTIVE_SHIFT;
  private static final long ONE_SPINNING = 1L << SPINNING_SHIFT;
  private static final long ONE_VERSION = 1L << 48;

  /// Ids are 0 to this, so that id + 1 fits the field of the top.
  static final int MAX_MACHINES = 0xFFFE;

  private static final VarHandle WORD =
      fieldVarHandle(lookup(), "word", VarHandle.class, MachineControl.class, long.class);

  private final MachineTable table;
  private volatile long word;

  MachineControl(MachineTable table) {
    this.table = table;
  }

  private static int topOf(long word) {
    return (int) (word & TOP_MASK);
  }

  private static int activeOf(long word) {
    return (int) (word >>> ACTIVE_SHIFT) & 0xFFFF;
  }

  private static int spinningOf(long word) {
    return (int) (word >>> SPINNING_SHIFT) & 0xFFFF;
  }

  private static long withTop(long word, int top) {
    return (word & ~TOP_MASK) | top;
  }

  private boolean cas(long from, long to) {
    return WORD.compareAndSet(this, from, to);
  }

  /// Machines that are not idle.
  int active() {
    return activeOf(word);
  }

  /// Active machines that search for work.
  int spinning() {
    return spinningOf(word);
  }

  /// Whether a machine besides that of the caller, which is active, runs goroutines.
  boolean othersAtWork() {
    long seen = word;
    return activeOf(seen) > spinningOf(seen) + 1;
  }

  /// Whether a submitter has to bring a machine into play: nobody is searching, and one more
  /// machine is permitted to be active.
  ///
  /// The caller has published its task and put a full fence before this call.
  boolean wantsMachine(int permitted) {
    long seen = word;
    return spinningOf(seen) == 0 && activeOf(seen) < permitted;
  }

  /// Whether one is wanted and none is idle: only a new machine would help.
  boolean wantsNewMachine(int permitted) {
    long seen = word;
    return spinningOf(seen) == 0 && activeOf(seen) < permitted && topOf(seen) == 0;
  }

  /// Takes the most recently idle machine off the stack as a spinning one, if one is wanted and
  /// there is one. Any thread; lock-free. The caller signals the machine.
  @Nullable Machine popSpinning(int permitted) {
    for (; ; ) {
      long seen = word;
      int top = topOf(seen);
      if (top == 0 || spinningOf(seen) != 0 || activeOf(seen) >= permitted) {
        return null;
      }
      Machine machine = table.get(top - 1);
      if (machine == null) {
        continue; // the word is stale: this machine was popped and has ended
      }
      long next = withTop(seen, machine.nextIdle) + ONE_ACTIVE + ONE_SPINNING + ONE_VERSION;
      if (cas(seen, next)) {
        return machine;
      }
    }
  }

  /// Takes the most recently idle machine off the stack for good. The counts do not change.
  @Nullable Machine popToEnd() {
    for (; ; ) {
      long seen = word;
      int top = topOf(seen);
      if (top == 0) {
        return null;
      }
      Machine machine = table.get(top - 1);
      if (machine != null && cas(seen, withTop(seen, machine.nextIdle) + ONE_VERSION)) {
        return machine;
      }
    }
  }

  /// Puts the calling machine on the stack and gives back its units.
  ///
  /// The machine looks at all queues again afterwards: it is no longer counted on.
  void pushIdle(Machine machine, boolean spinning) {
    long units = ONE_ACTIVE + (spinning ? ONE_SPINNING : 0);
    for (; ; ) {
      long seen = word;
      machine.nextIdle = topOf(seen);
      if (cas(seen, withTop(seen, machine.id() + 1) - units + ONE_VERSION)) {
        return;
      }
    }
  }

  /// Like [#pushIdle], but only while more machines are active than permitted.
  boolean pushIdleIfSurplus(Machine machine, boolean spinning, int permitted) {
    long units = ONE_ACTIVE + (spinning ? ONE_SPINNING : 0);
    for (; ; ) {
      long seen = word;
      if (activeOf(seen) <= permitted) {
        return false;
      }
      machine.nextIdle = topOf(seen);
      if (cas(seen, withTop(seen, machine.id() + 1) - units + ONE_VERSION)) {
        return true;
      }
    }
  }

  /// Puts a machine on the stack that was never active: how the first machines start.
  void pushNew(Machine machine) {
    for (; ; ) {
      long seen = word;
      machine.nextIdle = topOf(seen);
      if (cas(seen, withTop(seen, machine.id() + 1) + ONE_VERSION)) {
        return;
      }
    }
  }

  /// Takes the units for a new machine, if one is wanted and none is idle.
  boolean claimNew(int permitted) {
    for (; ; ) {
      long seen = word;
      if (spinningOf(seen) != 0 || activeOf(seen) >= permitted || topOf(seen) != 0) {
        return false;
      }
      if (cas(seen, seen + ONE_ACTIVE + ONE_SPINNING)) {
        return true;
      }
    }
  }

  /// Gives back the units of a new machine whose thread could not be started.
  void unclaimNew() {
    add(-ONE_ACTIVE - ONE_SPINNING);
  }

  /// Lets an active machine spin if at most half of the active ones do already (SCH-17).
  boolean tryStartSpinning() {
    for (; ; ) {
      long seen = word;
      if (2 * spinningOf(seen) >= activeOf(seen)) {
        return false;
      }
      if (cas(seen, seen + ONE_SPINNING)) {
        return true;
      }
    }
  }

  /// A spinning machine has found work. The caller looks at all queues again afterwards: while it
  /// was spinning, submitters woke nobody (SCH-19).
  void stopSpinning() {
    add(-ONE_SPINNING);
  }

  /// A full fence at the same time.
  private void add(long delta) {
    WORD.getAndAdd(this, delta);
  }

  /// Fails with an AssertionError when the counts and the stack disagree. At quiescence only.
  void checkInvariants() {
    long seen = word;
    int idle = 0;
    for (int top = topOf(seen); top != 0; idle++) {
      Machine machine = table.get(top - 1);
      if (machine == null || idle > MAX_MACHINES) {
        throw new AssertionError("idle stack is broken below machine " + (top - 1) + ": " + this);
      }
      top = machine.nextIdle;
    }
    if (spinningOf(seen) > activeOf(seen) || idle + activeOf(seen) != table.size()) {
      throw new AssertionError(idle + " idle of " + table.size() + " machines, but " + this);
    }
  }

  @Override
  public String toString() {
    long seen = word;
    return "active="
        + activeOf(seen)
        + " spinning="
        + spinningOf(seen)
        + " top="
        + (topOf(seen) - 1);
  }
}
