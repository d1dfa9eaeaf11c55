package dev.weft.channel;

import dev.weft.base.ThrowingConsumer;
import dev.weft.channel.BlockingOperations.Ending;
import dev.weft.internal.park.StackProbe;
import dev.weft.internal.park.TickClock;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.Objects;
import java.util.Spliterator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A channel: `chan T`.
///
/// ```java
/// Channel<Job> jobs = Channel.make(16);      // make(chan Job, 16)
/// jobs.send(job);                            // jobs <- job
/// Job next = jobs.receive();                 // next := <-jobs; null once closed and drained
/// for (Job j : jobs) { ... }                 // for j := range jobs
/// jobs.close();                              // close(jobs)
/// ```
///
/// Any kind of thread may use it: goroutines of both backends, virtual and platform threads, at the
/// same time. Elements arrive in the order in which they were sent, and those who wait are served
/// in the order in which they came (CH-8, CH-9).
///
/// Elements that nobody receives: an element belongs to its sender until `send` returns, also when
/// it throws; after that it is in the buffer or with a receiver. Closing discards nothing. Who
/// gives a channel up and needs what may be left in it closes it and then receives the rest, or
/// calls [#drainTo].
///
/// A channel is not `AutoCloseable`: only senders know when all has been sent. Equality is
/// identity. No parameter may be null: NullPointerException.
///
/// @param <T> the type of the elements; never null
public final class Channel<T> extends ChannelCore implements SendChannel<T>, ReceiveChannel<T> {

  /// As many elements as an array can have on every JVM.
  private static final int MAX_CAPACITY = Integer.MAX_VALUE - 8;

  /// Apart, so that this class has no initializer: [Linkage].
  private static final class Nil {
    static final Channel<?> CHANNEL = new Channel<>(0, true);
  }

  Channel(int capacity, boolean nil) {
    super(capacity, nil, null);
  }

  /// The channel of a timer.
  Channel(TickClock clock) {
    super(0, false, clock);
  }

  /// Makes an unbuffered channel: `make(chan T)`. A send waits for a receive, and the other way
  /// round.
  ///
  /// @param <T> the type of the elements
  /// @return a new channel
  public static <T> Channel<T> make() {
    Linkage.prepare();
    return new Channel<>(0, false);
  }

  /// Makes a channel with a buffer: `make(chan T, n)`. The buffer's memory is taken now.
  ///
  /// @param <T> the type of the elements
  /// @param capacity how many elements it can hold; 0 makes an unbuffered channel
  /// @return a new channel
  /// @throws IllegalArgumentException if the capacity is negative or more than an array can have
  public static <T> Channel<T> make(int capacity) {
    if (capacity < 0 || capacity > MAX_CAPACITY) {
      throw new IllegalArgumentException(
          "makechan: size out of range: " + capacity + "; it must be 0 to " + MAX_CAPACITY);
    }
    Linkage.prepare();
    return new Channel<>(capacity, false);
  }

  /// The nil channel: Go's zero value. To send or receive blocks until the thread is interrupted or
  /// the time has passed, what does not wait finds nothing and no room, no select ever chooses it,
  /// and it cannot be closed (CH-10).
  ///
  /// @param <T> the type of the elements it does not have
  /// @return the nil channel, always the same
  public static <T> Channel<T> nil() {
    Linkage.prepare();
    return nilOnceLinked();
  }

  /// For Linkage.
  @SuppressWarnings("unchecked") // no element ever comes out
  static <T> Channel<T> nilOnceLinked() {
    return (Channel<T>) Nil.CHANNEL;
  }

  /// {@return whether this is the nil channel}
  public boolean isNil() {
    return nil;
  }

  // ---- Sending ----

  @Override
  public void send(T element) throws InterruptedException {
    checkElement(element);
    BlockingOperations.checkInterrupt();
    if (!sendToBuffer(element)) {
      BlockingOperations.send(this, element, BlockingOperations.NEVER);
    }
  }

  /// The fast path: room in the buffer, and nobody to wake.
  private boolean sendToBuffer(T element) {
    return len() < capacity && receivers.looksEmpty() && appendUnlessWaitedFor(element);
  }

  @Override
  public boolean send(T element, Duration timeout) throws InterruptedException {
    checkElement(element);
    long nanos = Durations.nanos(timeout);
    BlockingOperations.checkInterrupt();
    if (sendToBuffer(element)) {
      return true;
    }
    if (nanos <= 0) {
      return trySend(element);
    }
    return BlockingOperations.send(this, element, Durations.deadline(nanos));
  }

  @Override
  public boolean trySend(T element) {
    checkElement(element);
    if (isFullAndOpen()) {
      return false;
    }
    StackProbe.ensureMany(anyNumber());
    return BlockingOperations.sendAtOnce(this, element);
  }

  private static void checkElement(@Nullable Object element) {
    Objects.requireNonNull(element, "element: a channel has no null elements");
  }

  // ---- Receiving ----

  @Override
  @SuppressWarnings("unchecked") // as element(), which would be a call: it may be tight
  public @Nullable T receive() throws InterruptedException {
    Object received = receiveBlocking();
    return received == Ending.CLOSED ? null : (T) received;
  }

  @Override
  public Received<T> receiveOk() throws InterruptedException {
    StackProbe.ensureRelease(anyNumber()); // what comes after the element is out takes calls
    return received(receiveBlocking());
  }

  private Object receiveBlocking() throws InterruptedException {
    BlockingOperations.checkInterrupt();
    Object element = receiveFromBuffer();
    return element != null ? element : BlockingOperations.receive(this, BlockingOperations.NEVER);
  }

  /// The fast path: something in the buffer, and nobody to wake.
  private @Nullable Object receiveFromBuffer() {
    return len() > 0 && senders.looksEmpty() ? removeUnlessWaitedFor() : null;
  }

  @Override
  public Received<T> receive(Duration timeout) throws InterruptedException {
    long nanos = Durations.nanos(timeout);
    BlockingOperations.checkInterrupt();
    return received(
        nanos <= 0 ? receivedNow() : BlockingOperations.receive(this, Durations.deadline(nanos)));
  }

  @Override
  public Received<T> tryReceive() {
    return received(receivedNow());
  }

  Object receivedNow() {
    if (isEmptyAndOpen()) {
      return Ending.NOTHING;
    }
    StackProbe.ensureMany(anyNumber());
    return timing == null ? BlockingOperations.receiveAtOnce(this) : timing.receiveAtOnce();
  }

  private Received<T> received(Object received) {
    if (received instanceof Ending ending) {
      return ending == Ending.CLOSED ? Received.closed() : Received.empty();
    }
    return Received.of(element(received));
  }

  @SuppressWarnings("unchecked") // only elements of type T come in
  private T element(Object received) {
    return (T) received;
  }

  @Override
  public int drainTo(Collection<? super T> target, int max) {
    Objects.requireNonNull(target, "target");
    if (max < 0) {
      throw new IllegalArgumentException("max is negative: " + max);
    }
    int moved = 0;
    while (moved < max) {
      Object received = receivedNow();
      if (received instanceof Ending) {
        break;
      }
      target.add(element(received));
      moved++;
    }
    return moved;
  }

  // ---- The end ----

  @Override
  public void close() {
    if (!Closing.close(this)) {
      throw ChannelClosedException.close(this);
    }
  }

  @Override
  public boolean tryClose() {
    return Closing.close(this);
  }

  // ---- All elements ----

  @Override
  public Iterator<T> iterator() {
    return new ElementIterator<>(this);
  }

  @Override
  public <E extends Throwable> void forEach(ThrowingConsumer<? super T, E> body)
      throws E, InterruptedException {
    Objects.requireNonNull(body, "body");
    T element;
    while ((element = receive()) != null) {
      body.take(element);
    }
  }

  /// As a loop over [#iterator()].
  ///
  /// @param body what to do with an element
  @Override
  public void forEach(Consumer<? super T> body) {
    Objects.requireNonNull(body, "body");
    for (T element : this) {
      body.accept(element);
    }
  }

  @Override
  public Stream<T> stream() {
    return ElementIterator.stream(this);
  }

  /// As the stream: ordered, never split. The one that every Iterable has would receive a thousand
  /// elements before a parallel stream works on the first.
  ///
  /// @return a new spliterator, for one thread
  @Override
  public Spliterator<T> spliterator() {
    return ElementIterator.spliterator(this);
  }

  // ---- Select ----

  @Override
  public SendCase<T> onSend(T element) {
    checkElement(element);
    Timing.refuse(this, "send on");
    return new SendCase<>(this, element);
  }

  @Override
  public SendCase<T> onSend() {
    Timing.refuse(this, "send on");
    return new SendCase<>(this, null);
  }

  @Override
  public ReceiveCase<T> onReceive() {
    return new ReceiveCase<>(this);
  }

  /// `Channel[#7 open, 3 of 16, 2 senders wait]`.
  @Override
  public String toString() {
    if (nil) {
      return "Channel[nil]";
    }
    StringBuilder text = new StringBuilder("Channel[#").append(id);
    text.append(isClosed() ? " closed, " : " open, ").append(len()).append(" of ").append(capacity);
    appendWaiting(text, receivers.size(), "receiver");
    appendWaiting(text, senders.size(), "sender");
    return text.append(']').toString();
  }

  private static void appendWaiting(StringBuilder text, int n, String who) {
    if (n > 0) {
      text.append(", ").append(n).append(' ').append(who).append(n == 1 ? " waits" : "s wait");
    }
  }
}
