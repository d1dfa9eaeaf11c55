package dev.weft.channel;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;
import static java.lang.invoke.MethodHandles.lookup;

import dev.weft.internal.park.WaitList;
import dev.weft.internal.park.WaitNode;
import java.lang.invoke.VarHandle;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/// One case of a select: a handle that is made once, with [ReceiveChannel#onReceive()] or
/// [SendChannel#onSend(Object)], and used for as many selects as one likes.
///
/// A case belongs to the thread that selects with it first, and refers to it; [#unbind()] hands it
/// on. It can be in one select at a time, once. None of its methods blocks.
public abstract sealed class SelectCase permits ReceiveCase, SendCase {

  /// Apart, so that this class has no initializer: [Linkage].
  private static final class Handles {
    static final VarHandle OWNER =
        fieldVarHandle(lookup(), "owner", VarHandle.class, SelectCase.class, Thread.class);
  }

  final ChannelCore channel;
  final WaitNode node = new WaitNode();

  private boolean enabled = true;
  private int rounds;
  private int random = ThreadLocalRandom.current().nextInt() | 1;

  // Claimed by compare-and-set, so that of two threads one is told before it does any harm; let go
  // of by a plain write.
  private @Nullable Thread owner;

  // ---- The select that it is in: see CaseList. By the owner only. ----

  /// Whether it is in a select now, or was and that select is being tidied up.
  boolean listed;

  /// Whether this select has to look at it; taken down when it begins.
  private boolean active;

  /// Whether the owner claimed it for this select, which may still refuse one of the other cases.
  private boolean claimedNow;

  /// Its place in the select's argument list.
  int index;

  /// The case after it in the argument list.
  @Nullable SelectCase nextListed;

  /// The case after it in the order in which channels are locked.
  @Nullable SelectCase nextLocked;

  SelectCase(ChannelCore channel) {
    this.channel = channel;
  }

  /// Switches the case on or off. A case that is off keeps its index and is never chosen: what Go
  /// programs do by setting a channel variable to nil.
  ///
  /// @param on whether it may be chosen
  /// @throws IllegalStateException if the case is in a select of another thread now
  public final void enabled(boolean on) {
    checkNotListed();
    enabled = on;
  }

  /// {@return whether it may be chosen}
  public final boolean isEnabled() {
    return enabled;
  }

  /// Lets the next thread that selects with it own it. To be called by the owner, or by a thread
  /// that got the case from the owner in a way that orders their accesses, such as a channel.
  ///
  /// @throws IllegalStateException if the case is in a select now
  public final void unbind() {
    checkNotListed();
    owner = null;
  }

  /// Puts it before the cases that follow it in the argument list. Throws if the calling thread
  /// must not select with it, before anything has changed.
  final SelectCase enlist(Thread current, int place, @Nullable SelectCase next) {
    boolean claimed = owner != current;
    if (claimed) {
      claim(current);
    }
    try {
      if (listed) {
        throw new IllegalArgumentException(
            this + " is in this select already; make another case of the same channel");
      }
      active = enabled && !channel.nil;
      if (enabled) {
        if (channel.timing != null) {
          channel.timing.settle(); // SEL-23
        }
        arm();
      }
    } catch (Throwable refused) {
      if (claimed) {
        owner = null;
      }
      throw refused;
    }
    claimedNow = claimed;
    listed = true;
    index = place;
    nextListed = next;
    return this;
  }

  private void claim(Thread current) {
    if (!Handles.OWNER.compareAndSet(this, null, current)) {
      throw new IllegalStateException(
          this
              + " is used by "
              + current
              + " but belongs to "
              + owner
              + "; make a case for each thread, or unbind() it before it is handed on");
    }
  }

  /// Begins a round, as nothing was wrong with any of the cases: it stays with the calling thread.
  final void begin() {
    claimedNow = false;
    reset();
  }

  /// Takes it out of the select. If that has not begun its round, it belongs to whom it did before.
  final void delist() {
    if (claimedNow) {
      claimedNow = false;
      owner = null;
    }
    nextListed = null;
    nextLocked = null;
    disarm();
    listed = false;
  }

  /// Throws if the case is in a select, which can only be one of another thread: a select runs no
  /// code of its caller's.
  final void checkNotListed() {
    if (listed) {
      throw new IllegalStateException(this + " is in a select of " + owner);
    }
  }

  /// Whether the select has to look at it at all.
  final boolean isActive() {
    return active;
  }

  /// A number that is another one with each call, for the stack probe.
  final int anyNumber() {
    return ++rounds;
  }

  /// A random number from 0 to below the bound, where nothing may be called that could allocate or
  /// throw: xorshift.
  final int random(int bound) {
    int x = random;
    x ^= x << 13;
    x ^= x >>> 17;
    x ^= x << 5;
    random = x;
    return (int) (((x & 0xFFFF_FFFFL) * bound) >>> 32);
  }

  /// Takes down what it needs for a round. Throws if it cannot be used yet.
  abstract void arm();

  /// Forgets what [#arm] took down. The select is over.
  abstract void disarm();

  /// Forgets the result of the round before.
  abstract void reset();

  /// Whether it could be carried out now. Without the lock of the channel the answer is a hint.
  abstract boolean isReady();

  /// Carries it out if that can be done. Under the lock of the channel, which afterwards may know
  /// somebody to wake.
  ///
  /// @return whether it was done
  abstract boolean perform();

  /// What a peer is to find in its queue entry.
  abstract @Nullable Object offered();

  /// The queue that it waits in.
  abstract WaitList queue();

  /// Takes over what a peer has done, after the wait.
  ///
  /// @param byClose whether the peer closed the channel
  abstract void complete(boolean byClose);

  /// Throws if the case was chosen because its channel is closed and it cannot bear that. With no
  /// lock held.
  abstract void checkResult();
}
