package dev.weft.benchmarks.channel;

import dev.weft.base.Body;

/// A library that has channels, reduced to what the rows need.
///
/// A process of JMH loads one implementation of this and of its parts, so that the JVM inlines them
/// and the row pays for the library alone.
interface Library {

  /// Makes a channel.
  ///
  /// @param capacity how many elements it holds, 0 for an unbuffered one
  Pipe pipe(int capacity);

  /// Makes a select of receives, in the order of the channels, for the thread that will use it.
  ///
  /// @throws UnsupportedOperationException if there is no such thing
  Selector selector(Pipe... pipes);

  /// Starts a goroutine or virtual thread.
  void spawn(Body body);

  /// The same, for a caller that wants to wait for its end.
  Task start(Body body);

  /// A channel.
  interface Pipe {
    void send(Object element) throws InterruptedException;

    Object receive() throws InterruptedException;
  }

  /// A select of some receives, made once and used again.
  interface Selector {

    /// Waits for an element.
    Object select() throws InterruptedException;

    /// An element if there is one now, else null: with a default case.
    Object selectNow() throws InterruptedException;

    /// Waits for an element, an hour at most.
    Object selectWithinAnHour() throws InterruptedException;
  }

  /// Something that runs.
  interface Task {

    /// Waits for its end.
    ///
    /// @throws IllegalStateException if it failed
    void join() throws InterruptedException;
  }
}
