package dev.weft.benchmarks.channel;

import com.softwaremill.jox.Channel;
import com.softwaremill.jox.Select;
import com.softwaremill.jox.SelectClause;
import java.util.Arrays;

/// Jox, on virtual threads.
///
/// Its clauses have no state of their own, so they are made once, as are their arrays.
final class JoxLibrary extends VirtualThreads {

  @Override
  public Pipe pipe(int capacity) {
    return new JoxPipe(
        capacity == 0 ? Channel.newRendezvousChannel() : Channel.newBufferedChannel(capacity));
  }

  @Override
  public Selector selector(Pipe... pipes) {
    return new JoxSelector(pipes);
  }

  private record JoxPipe(Channel<Object> channel) implements Pipe {
    @Override
    public void send(Object element) throws InterruptedException {
      channel.send(element);
    }

    @Override
    public Object receive() throws InterruptedException {
      return channel.receive();
    }
  }

  private static final class JoxSelector implements Selector {
    private static final Object NOTHING = new Object();

    private final SelectClause<?>[] clauses;
    private final SelectClause<?>[] clausesAndDefault;

    JoxSelector(Pipe... pipes) {
      clauses =
          Arrays.stream(pipes)
              .map(pipe -> ((JoxPipe) pipe).channel().receiveClause())
              .toArray(SelectClause<?>[]::new);
      clausesAndDefault = Arrays.copyOf(clauses, clauses.length + 1);
      clausesAndDefault[clauses.length] = Select.defaultClause(NOTHING);
    }

    @Override
    public Object select() throws InterruptedException {
      return Select.select(clauses);
    }

    @Override
    public Object selectNow() throws InterruptedException {
      Object selected = Select.select(clausesAndDefault);
      return selected == NOTHING ? null : selected;
    }

    @Override
    public Object selectWithinAnHour() {
      throw noTimeout();
    }
  }

  static UnsupportedOperationException noTimeout() {
    return new UnsupportedOperationException("this version of Jox has no select with a timeout");
  }
}
