package dev.weft.examples.words;

import dev.weft.scheduler.Goroutine;

/// A goroutine of the pipeline failed, so that there is no result.
final class PipelineException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  PipelineException(Goroutine goroutine, Throwable failure) {
    super("the goroutine " + goroutine.name() + " failed: " + failure, failure);
  }
}
