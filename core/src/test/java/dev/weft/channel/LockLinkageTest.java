package dev.weft.channel;

import dev.weft.testkit.ChildJvm;
import dev.weft.testkit.Contended;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// The trap: a select waits for the lock of one channel while it holds those of others; to load a
/// class there may fail, or park. So all of it has been loaded before.
@Tag("fork")
class LockLinkageTest {

  @Test
  @DisplayName("The first thread that finds the lock of a channel taken loads no class")
  void channel() throws Exception {
    try (ChildJvm child = ChildJvm.start(Main.class, List.of())) {
      child.awaitSuccess(60);
    }
  }

  static final class Main {
    private Main() {}

    public static void main(String[] arguments) throws Exception {
      Channel<Integer> channel = Channel.make(1);
      Contended.assertLoadsNothing(channel::lock, channel::unlock);
    }
  }
}
