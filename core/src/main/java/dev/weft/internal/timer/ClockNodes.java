package dev.weft.internal.timer;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Gives a node to a clock of `dev.weft.time`, for packages that do not see how a clock keeps the
/// time. Users must not, so it is no public method of the clock.
public final class ClockNodes {

  /// How a clock takes a node.
  @FunctionalInterface
  public interface Taker {
    /// Fires the node when it is due.
    ///
    /// @param clock the clock
    /// @param node new
    void take(Object clock, TimerNode node);
  }

  private static volatile @Nullable Taker taker;

  private ClockNodes() {}

  /// Called once, before there is a clock.
  ///
  /// @param how what the clocks' package does
  public static void takenBy(Taker how) {
    taker = how;
  }

  /// Fires the node when it is due by the clock. The firing may start a thread.
  ///
  /// @param clock a clock of `dev.weft.time`
  /// @param node new
  public static void add(Object clock, TimerNode node) {
    Objects.requireNonNull(taker).take(clock, node);
  }
}
