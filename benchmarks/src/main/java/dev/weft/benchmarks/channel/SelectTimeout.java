package dev.weft.benchmarks.channel;

/// What a timeout adds to a select, if it does not come.
///
/// The ping-pong of [SelectBlocking], but each select has a timeout of an hour. One operation is a
/// round trip: two sends and two selects.
public class SelectTimeout extends SelectBlocking {

  @Override
  Library.Selector selector(Library library, Library.Pipe... pipes) {
    if (library instanceof JoxLibrary) {
      throw JoxLibrary.noTimeout();
    }
    return super.selector(library, pipes);
  }

  @Override
  Object await(Library.Selector selector) throws InterruptedException {
    return selector.selectWithinAnHour();
  }

  @Override
  long runKotlinx(int operations) {
    return KotlinxRows.selectTimeout(ELEMENT, operations);
  }
}
