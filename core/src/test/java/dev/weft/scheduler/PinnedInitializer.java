package dev.weft.scheduler;

/// The template of the classes that [Pin] defines.
final class PinnedInitializer {
  static {
    Pin.initialize();
  }

  private PinnedInitializer() {}
}
