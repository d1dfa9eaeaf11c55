package dev.weft.internal.park;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// An entry of a [WaitList]: one waiter in one queue, with the element that changes hands. Go's
/// sudog.
///
/// An entry belongs to the thread that waits. From the moment it is added to a list until it is
/// taken off, everything in it is guarded by the lock of that list's owner; `list` and the links by
/// the same lock always. Whoever takes it off in order to decide the wait does so *before* it
/// decides, and reads the waiter out of it before that too: a decided owner uses its entries again
/// at once.
public final class WaitNode {

  @Nullable WaitNode previous;
  @Nullable WaitNode next;
  @Nullable WaitList list;

  private @Nullable Waiter waiter;
  private long ticket;
  private int code;
  private @Nullable Object element;

  /// Creates an entry that is in no list.
  public WaitNode() {}

  /// Fills in what the owner waits for. Owner only, while the entry is in no list.
  ///
  /// @param owner the calling thread's armed waiter
  /// @param round its ticket
  /// @param decision the code that a peer decides with
  /// @param offered what the peer is to find, or null
  public void prepare(Waiter owner, long round, int decision, @Nullable Object offered) {
    waiter = owner;
    ticket = round;
    code = decision;
    element = offered;
  }

  /// Forgets waiter and element. Owner only, while the entry is in no list.
  public void clear() {
    waiter = null;
    element = null;
  }

  /// {@return the waiter that was filled in}
  public Waiter waiter() {
    return Objects.requireNonNull(waiter);
  }

  /// {@return what is in it, or null}
  public @Nullable Object element() {
    return element;
  }

  /// Puts something into it.
  ///
  /// @param value what the owner is to find, or null
  public void element(@Nullable Object value) {
    element = value;
  }

  /// Tries to decide the owner's wait with this entry's code, or the one after it. The entry must
  /// have been taken off its list, and not be touched again if this succeeds.
  ///
  /// @param offset 0, or 1 for the second of the two codes that an entry stands for
  /// @return whether this call decided; then the caller must wake the waiter
  public boolean decide(int offset) {
    return waiter().decide(ticket, code + offset);
  }
}
