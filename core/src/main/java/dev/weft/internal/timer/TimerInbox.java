package dev.weft.internal.timer;

import java.lang.invoke.ConstantBootstraps;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// Nodes on their way from any thread into the heap of a shard: a stack through the nodes' own
/// links, pushed to by all and emptied as a whole by the thread that runs the shard.
///
/// Order does not matter, since a heap is behind it, and that makes the simplest lock-free
/// structure enough (R. K. Treiber 1986, without his pop: nodes leave only all together, so there
/// is no ABA problem).
final class TimerInbox {
  /*
   * Why not a queue of JCTools, which were planned for this. Argued from their source,
   * version 4.0.7; not measured.
   * - MpscUnbounded(VarHandle)ArrayQueue: the producer that finds its chunk full sets a bit, then
   *   allocates and links the next chunk; meanwhile all other producers spin on that bit. A
   *   producer preempted there stalls them, and only an OutOfMemoryError takes the bit back: any
   *   other Error there, such as a StackOverflowError of a goroutine that recursed too deep, would
   *   leave every later producer spinning for ever. Producers run inside `execute`, where waiting
   *   is not allowed.
   * - MpscLinkedVarHandleQueue: allocates a node per element, and a producer preempted between its
   *   exchange and its link hides all later elements from relaxedPoll: a timer whose add has
   *   returned could not be found when due.
   * - This stack allocates nothing, publishes a node by one instruction and hides nothing. The
   *   price is two fields in each node.
   *
   * Progress: push is lock-free (a failed CAS means that another push or a take succeeded), takeAll
   * is wait-free. Linearization: the CAS of push; the exchange, or the read of null, of takeAll.
   */
  private static final VarHandle HEAD =
      ConstantBootstraps.fieldVarHandle(
          MethodHandles.lookup(), "head", VarHandle.class, TimerInbox.class, TimerNode.class);

  private volatile @Nullable TimerNode head;

  /// Caller: any thread, once for a node that is in no chain. Blocks: no; allocates nothing.
  void push(TimerNode node) {
    TimerNode seen;
    do {
      seen = head;
      node.next = seen;
      node.depth = seen == null ? 1 : seen.depth + 1;
    } while (!casHead(seen, node));
  }

  /// Caller: lock of the shard held. The chain of all nodes pushed so far, newest first, or null.
  @Nullable TimerNode takeAll() {
    return head == null ? null : getAndClearHead();
  }

  /// How many nodes are in here; exact at some moment during the call.
  int size() {
    TimerNode top = head;
    return top == null ? 0 : top.depth;
  }

  /// Caller: nobody pushes or takes meanwhile. The chain without taking it, for checks.
  @Nullable TimerNode chain() {
    return head;
  }

  private boolean casHead(@Nullable TimerNode from, TimerNode to) {
    return HEAD.compareAndSet(this, from, to);
  }

  private @Nullable TimerNode getAndClearHead() {
    return (TimerNode) HEAD.getAndSet(this, null);
  }
}
