package dev.weft.channel;

import dev.weft.internal.park.Alarm;
import dev.weft.internal.park.StackProbe;
import dev.weft.internal.park.Tending;
import dev.weft.internal.park.TickClock;
import dev.weft.internal.park.TimerCore;
import dev.weft.internal.park.WaitNode;
import dev.weft.internal.park.Waiter;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// When and what a timer sends on its channel, which has no other sender.
final class Timing extends TimerCore implements Tending {

  /*
   * Timing: nobody runs a timer that has a channel. Whether its time has come is worked out by those
   * who look at the channel; while threads are blocked there, one of them keeps the time for all.
   *
   * Origin.   Go 1.23: a timer is in the heap only while somebody is blocked on its channel, and is
   *           otherwise brought up to date by receive, select and len. So nothing refers to a timer
   *           that the program has dropped. Different here:
   *           - Also while somebody is blocked the timer is in no heap. A blocked receiver parks until
   *             the timer is due, as it would for a timeout of its own, and then does what Go's
   *             scheduler does for it: it hands the value to the first in the queue, which mostly is
   *             itself. So no carrier has to get the lock of a channel, and it does not matter whose
   *             scheduler is closed meanwhile: who waits can wait.
   *           - Go has a buffer of one element, hides it from len and cap, and empties it in Stop and
   *             Reset. Here what is pending is a `ripe` value that names the setting it belongs to: it
   *             goes stale by itself with the setting. Go's sequence numbers, which discard a send
   *             under way, have no counterpart.
   *
   * States    of a setting, by who may do what
   *   OFF       stopped, or fired and received. Anybody may set a new one
   *   RUNNING   due in the future. Anybody may set or stop it
   *   RIPE      due has passed and somebody has noticed: `ripe` names the setting. Who takes the
   *             value, under the lock, makes it OFF, or RUNNING with the next due of a ticker
   *   Settings are immutable and compared by identity: each set() makes a new one. Stop and set look
   *   at neither the time nor `ripe`: a value counts as sent when it is received (TMR-4, TMR-6).
   *
   *         set                  settle: the clock says so                poll, handOver
   *   OFF -------> RUNNING ---------------------------------> RIPE ------------------------> OFF
   *                  ^   |  stop, set: from any state to OFF, or to RUNNING    |  (ticker)
   *                  |   +---------------------------------------------------- |
   *                  +---------------------------------------------------------+
   *
   * Invariants (under the lock of the channel)
   *   I1  A value leaves only with the setting it names still in force: no stale value (TMR-5), and
   *       at most one for each due (TMR-11), since taking it replaces the setting.
   *   I2  If an undecided receiver is in the queue there is a keeper: a waiter that stands in the
   *       queue, or has left it and not yet called leave().
   *   I3  Nobody takes a value from the front of those who are queued: poll() finds nothing then.
   *   I4  If the setting is ripe and an undecided receiver is queued, then somebody is on the way to
   *       hand the value over: whoever made it ripe, in the same critical section; or the keeper, who
   *       looks before each park.
   * Non-invariants
   *   N1  RUNNING with a due that has passed: nobody has looked.
   *   N2  The keeper need not be the first in the queue; it need not be pending either.
   *
   * The keeper   The first who queues up. It parks until due; each set() and stop() wakes it, so that
   *           it looks again. When it goes, for whatever reason, it wakes the one who is then the
   *           first in the queue and is now the keeper. So a tick wakes one or two, however many wait
   *           (Leslie, Schmidt et al. call it leader/followers). All of this is waking without
   *           deciding: nobody loses its place in this queue or, if it is a select, in others.
   *
   * Linearization   set, stop: the write of `setting`. A receive: poll or handOver, under the lock. One
   *           that finds nothing: its settle()'s look at the clock, if the due comes after that.
   *
   * Memory ordering
   *   field     written             read                        why
   *   setting   under the lock      lock; settle, tend: volatile  a set() writes, then wakes the keeper,
   *                                                             who then sees it
   *   ripe      under the lock      lock; settle, isRipe: volatile  a hint without the lock
   *   keeper    under the lock      lock; tend, leave: volatile   compared with the caller itself, who
   *                                                             was there when it was made the keeper
   *   alarm     keeper              keeper                      handed on by the lock
   *   tended    keeper              keeper                      handed on by the lock
   *
   * Races     R1 set against park. The keeper reads the old due | set() writes the new one, wakes |
   *           the keeper parks: the permit is there, it returns at once and reads again. Not so if
   *           it has parked in between for something else, which used the permit up: for a lock of
   *           the clock, or for that of the next timer of its select. The same goes for a wake-up
   *           that comes since the time has come, or since it has become the keeper. So isOutdated()
   *           is its last look before it parks: whatever comes after that look leaves a permit.
   *           R2 due against the lock. The time comes after settle() has looked: poll finds nothing,
   *           the receiver queues up and looks again before it parks. A try has come too early.
   *           R3 two who notice. Both make a value; the second finds the setting gone, or replaces the
   *           value by one for the same due whose next due is later: then a ticker drops what has
   *           passed meanwhile (TMR-16).
   *           R4 the keeper leaves. Its entry is off the queue before it calls leave(), so it is not
   *           appointed again; whoever is in the queue then has yet to leave itself.
   *           R5 a try against set. Its settle() makes the value of the old setting | set() puts one in
   *           its place that is due too | it finds nothing, though there was something all the time.
   *           So it looks again if the setting has changed. A select with a default does not: it may
   *           miss a timer that is reset at this moment, as in Go.
   *
   * No lock is held when the clock is asked or the value is made, since either may allocate.
   *
   * Evidence  TimerStopStress, TimerResetStress, TimerKeeperStress with their broken twins;
   *           TimerChannelTest, TimerSelectTest, TickerTest, TimerStormTest.
   */

  /// A setting: when, and how often after that. Compared by identity.
  private static final class Setting {
    static final Setting OFF = new Setting(BlockingOperations.NEVER, 0);

    final long due;
    final long period;

    Setting(long due, long period) {
      this.due = due;
      this.period = period;
    }

    /// The setting that takes the place of this one when its value is received. Those dues of a
    /// ticker that have passed are skipped (TMR-16).
    Setting after(long now) {
      if (period == 0) {
        return OFF;
      }
      long next = due + period * (1 + (now - due) / period);
      return new Setting(next < 0 ? BlockingOperations.NEVER : next, period);
    }
  }

  /// The value of a setting that is due, made before the lock is taken.
  private static final class Ripe {
    final Setting of;
    final Instant value;
    final Setting next;

    Ripe(Setting of, Instant value, Setting next) {
      this.of = of;
      this.value = value;
      this.next = next;
    }
  }

  private final ChannelCore channel;
  private final TickClock clock;

  private volatile Setting setting = Setting.OFF;
  private volatile @Nullable Ripe ripe;
  private volatile @Nullable Waiter keeper;
  private @Nullable Alarm alarm;
  private @Nullable Setting tended; // what the keeper has gone by; null: it has yet to look

  Timing(ChannelCore channel, TickClock clock) {
    this.channel = channel;
    this.clock = clock;
  }

  /// A nested class, not a lambda: that would have to be linked first.
  static final class ChannelMaker implements TimerCore.Maker {
    @Override
    public TimerCore make(TickClock clock) {
      return Objects.requireNonNull(new Channel<Instant>(clock).timing);
    }
  }

  /// Throws if it is the channel of a timer: nobody but the timer sends there, or closes it.
  static void refuse(ChannelCore channel, String what) {
    if (channel.timing != null) {
      throw new UnsupportedOperationException(
          what + " " + channel + ": it belongs to a timer; stop() or reset() the timer");
    }
  }

  // ---- For the owner of the timer ----

  @Override
  public Object channel() {
    return channel;
  }

  @Override
  public boolean set(long due, long period) {
    return change(new Setting(due, period));
  }

  @Override
  public boolean stop() {
    return change(Setting.OFF);
  }

  private boolean change(Setting next) {
    StackProbe.ensureMany(channel.anyNumber());
    channel.lock();
    boolean running = setting != Setting.OFF;
    setting = next;
    ripe = null;
    Waiter looksAgain = keeper;
    channel.unlock();
    BlockingOperations.wake(looksAgain);
    return running;
  }

  // ---- For those who look at the channel, with no lock held ----

  /// Brings it up to date: makes the value if it is due, and hands it to who waits for it.
  void settle() {
    while (true) {
      Setting seen = setting;
      if (seen.due == BlockingOperations.NEVER) {
        return;
      }
      long now = clock.nanoTime();
      if (now < seen.due
          || !isWanting(seen, now)
          || ripen(new Ripe(seen, clock.instantAt(seen.due), seen.after(now)))) {
        return;
      }
    }
  }

  /// Whether there is no value yet, or one that is out of date, or somebody waits for it.
  private boolean isWanting(Setting due, long now) {
    Ripe value = ripe;
    return value == null
        || value.of != due
        || value.next.due <= now
        || !channel.receivers.looksEmpty();
  }

  /// False: there is another setting by now.
  private boolean ripen(Ripe fresh) {
    Waiter receiver = null;
    channel.lock();
    boolean inForce = setting == fresh.of;
    if (inForce) {
      Ripe value = ripe;
      if (value == null || value.next.due < fresh.next.due) {
        value = fresh;
      }
      if (channel.handToReceiver(value.value)) {
        take(value);
        receiver = channel.takeToWake();
      } else {
        ripe = value;
      }
    }
    channel.unlock();
    BlockingOperations.wake(receiver);
    return inForce;
  }

  /// Receives without waiting. Not to have found anything counts only if the setting has been the
  /// same all the time (R5).
  Object receiveAtOnce() {
    while (true) {
      Setting seen = setting;
      settle();
      Object received = BlockingOperations.receiveAtOnce((Channel<?>) channel);
      if (received != BlockingOperations.Ending.NOTHING || setting == seen) {
        return received;
      }
    }
  }

  /// Keeps the time, if that is the caller's turn: I2.
  @Override
  public long tend(Waiter waiter) {
    if (keeper != waiter) {
      return BlockingOperations.NEVER;
    }
    cancelAlarm();
    settle();
    Setting seen = setting;
    tended = seen;
    long due = seen.due;
    if (due == BlockingOperations.NEVER) {
      return due;
    }
    alarm = clock.wakeAt(waiter, due);
    return alarm == null ? due : BlockingOperations.NEVER;
  }

  /// R1. Another setting, or the time has come.
  @Override
  public boolean isOutdated(Waiter waiter) {
    if (keeper != waiter) {
      return false;
    }
    return setting != tended || isDue(waiter);
  }

  /// Whether the waiter keeps the time and it has come.
  boolean isDue(Waiter waiter) {
    long due = setting.due;
    return keeper == waiter && due != BlockingOperations.NEVER && due <= clock.nanoTime();
  }

  /// Whether it certainly comes before another one. Of two clocks nobody knows.
  @SuppressWarnings("ReferenceEquality") // clocks are what they are
  boolean isBefore(Timing other) {
    return clock == other.clock && setting.due < other.setting.due;
  }

  /// The waiter is not in the queue any more. Makes the first of those who are the keeper, if it
  /// was the caller.
  void leave(Waiter waiter) {
    if (keeper != waiter) {
      return;
    }
    cancelAlarm();
    tended = null;
    channel.lock();
    WaitNode first = channel.receivers.peek();
    Waiter successor = first == null ? null : first.waiter();
    keeper = successor;
    channel.unlock();
    BlockingOperations.wake(successor);
  }

  private void cancelAlarm() {
    Alarm pending = alarm;
    if (pending != null) {
      alarm = null;
      pending.cancel();
    }
  }

  // ---- Under the lock ----

  /// The waiter has been queued.
  void join(Waiter waiter) {
    if (keeper == null) {
      keeper = waiter;
    }
  }

  /// The value, for somebody who is not in the queue, or null.
  @Nullable Object poll() {
    Ripe value = ripe;
    if (value == null || value.of != setting || !channel.receivers.isEmpty()) {
      return null;
    }
    take(value);
    return value.value;
  }

  private void take(Ripe value) {
    setting = value.next;
    ripe = null;
  }

  /// Whether [#poll()] would find the value: exact under the lock, a hint without it.
  boolean isRipe() {
    Ripe value = ripe;
    return value != null && value.of == setting && channel.receivers.looksEmpty();
  }
}
