package dev.weft.internal.park;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What is behind a timer: when it is due, and what happens then.
///
/// The one whose value comes out of a channel is part of the channel, since a receive has to look
/// at it. The package of channels provides it, and hands it out here, to the package of timers and
/// to nobody else.
public abstract class TimerCore {

  /// Makes a timer that has a channel.
  @FunctionalInterface
  public interface Maker {

    /// {@return a new one, which is stopped}
    ///
    /// @param clock what it goes by
    TimerCore make(TickClock clock);
  }

  private static volatile @Nullable Maker channelMaker;

  /// For subclasses.
  protected TimerCore() {}

  /// Says who makes timers with channels. Called when the first channel is made.
  ///
  /// @param maker who
  public static void channelsAreMadeBy(Maker maker) {
    channelMaker = maker;
  }

  /// {@return a stopped timer that has a channel} A channel must have been made before.
  ///
  /// @param clock what it goes by
  public static TimerCore withChannel(TickClock clock) {
    return Objects.requireNonNull(channelMaker).make(clock);
  }

  /// Sets it anew, whatever it was set to before. Nothing of the setting before comes after this.
  /// Any thread; does not wait.
  ///
  /// @param due when it is due; `Long.MAX_VALUE` is never
  /// @param period how often after that, in nanoseconds; 0 is not at all
  /// @return whether it was running: set, and not yet received or started
  public abstract boolean set(long due, long period);

  /// Stops it. Otherwise as [#set(long, long)].
  ///
  /// @return whether it was running
  public abstract boolean stop();

  /// {@return its channel; the nil channel if it has none}
  public abstract Object channel();
}
