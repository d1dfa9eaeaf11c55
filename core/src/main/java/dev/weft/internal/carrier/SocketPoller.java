package dev.weft.internal.carrier;

/// Makes the JDK start its poller for sockets, before a scheduler of ours can be the one it runs
/// on.
///
/// The poller's threads are virtual and inherit the scheduler of the thread that first uses a
/// socket. If that were a goroutine, the sockets of the whole JVM would depend on a scheduler that
/// a user may close. So the first gpm scheduler has a platform thread start them.
public final class SocketPoller {

  private static final String CLASS = "sun.nio.ch.Poller";

  private SocketPoller() {}

  /// Starts it, unless that has been done. On a platform thread. Blocks until it is up.
  public static void start() {
    try {
      Class.forName(CLASS, true, null);
    } catch (ClassNotFoundException notThere) {
      // a JDK without this class has no such poller to start
    } catch (LinkageError broken) {
      throw new IllegalStateException("the JDK's socket poller did not start", broken);
    }
  }
}
