package dev.weft.scheduler;

/// A virtual thread that was started inside a goroutine and so inherited its scheduler.
///
/// Such threads are no goroutines, but their continuations run here. This small object stands for
/// one submission of one; it does not hold on to the goroutine that started the thread.
record ForeignContinuation(Runnable continuation) implements Schedulable {

  @Override
  public void resume() {
    continuation.run();
  }

  /// Runs a task on a thread that is no machine.
  record Run(Schedulable task) implements Runnable {

    @Override
    public void run() {
      task.resume();
    }
  }
}
