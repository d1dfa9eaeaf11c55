package dev.weft.internal.park;

/// Why a goroutine waits, in the words of Go's goroutine dumps (SCH-45).
///
/// Who waits stamps its own; see [Waiter].
public enum WaitReason {
  CHAN_RECEIVE("chan receive"),
  CHAN_SEND("chan send"),
  CHAN_RECEIVE_NIL("chan receive (nil chan)"),
  CHAN_SEND_NIL("chan send (nil chan)"),
  SELECT("select"),
  SELECT_NO_CASES("select (no cases)"),
  SLEEP("sleep"),
  SEMACQUIRE("semacquire"),
  MUTEX_LOCK("sync.Mutex.Lock"),
  RWMUTEX_RLOCK("sync.RWMutex.RLock"),
  RWMUTEX_LOCK("sync.RWMutex.Lock"),
  COND_WAIT("sync.Cond.Wait"),
  WAITGROUP_WAIT("sync.WaitGroup.Wait"),
  POOL_IDLE("pool worker (idle)"), // from here on not Go's
  POOL_SUBMIT("pool submit"),
  LIMITER_WAIT("limiter");

  private final String text;

  WaitReason(String text) {
    this.text = text;
  }

  /// Go's text for this reason.
  public String text() {
    return text;
  }
}
