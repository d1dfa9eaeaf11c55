package dev.weft.benchmarks.channel;

import dev.weft.Go;
import dev.weft.base.Body;
import dev.weft.channel.Channel;
import dev.weft.channel.ReceiveCase;
import dev.weft.channel.SelectCase;
import dev.weft.channel.SelectSet;
import dev.weft.scheduler.Goroutine;
import java.time.Duration;
import java.util.Arrays;

/// Weft's channels, on either backend. To be used on its goroutines.
final class WeftLibrary implements Library {

  @Override
  public Pipe pipe(int capacity) {
    return new WeftPipe(Channel.make(capacity));
  }

  @Override
  public Selector selector(Pipe... pipes) {
    return new WeftSelector(pipes);
  }

  @Override
  public void spawn(Body body) {
    Go.go(body);
  }

  @Override
  public Task start(Body body) {
    Goroutine goroutine = Go.go(body);
    return () -> {
      goroutine.join();
      if (goroutine.failure() != null) {
        throw new IllegalStateException(goroutine + " failed", goroutine.failure());
      }
    };
  }

  private record WeftPipe(Channel<Object> channel) implements Pipe {
    @Override
    public void send(Object element) throws InterruptedException {
      channel.send(element);
    }

    @Override
    public Object receive() throws InterruptedException {
      return channel.receive();
    }
  }

  /// With the forms for two and four cases where they fit, as a user would write it.
  private static final class WeftSelector implements Selector {
    private static final Duration HOUR = Duration.ofHours(1);

    private final ReceiveCase<?>[] cases;
    private final SelectSet set;

    WeftSelector(Pipe... pipes) {
      cases =
          Arrays.stream(pipes)
              .map(pipe -> ((WeftPipe) pipe).channel().onReceive())
              .toArray(ReceiveCase<?>[]::new);
      set = SelectSet.of(Arrays.copyOf(cases, cases.length, SelectCase[].class));
    }

    @Override
    public Object select() throws InterruptedException {
      int chosen =
          switch (cases.length) {
            case 2 -> Go.select(cases[0], cases[1]);
            case 4 -> Go.select(cases[0], cases[1], cases[2], cases[3]);
            default -> set.select();
          };
      return cases[chosen].value();
    }

    @Override
    public Object selectNow() {
      int chosen = cases.length == 2 ? Go.trySelect(cases[0], cases[1]) : set.trySelect();
      return chosen < 0 ? null : cases[chosen].value();
    }

    @Override
    public Object selectWithinAnHour() throws InterruptedException {
      int chosen =
          cases.length == 2 ? Go.selectWithin(HOUR, cases[0], cases[1]) : set.selectWithin(HOUR);
      return cases[chosen].value();
    }
  }
}
