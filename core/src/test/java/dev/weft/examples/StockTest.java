package dev.weft.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.weft.examples.Stock.Level;
import dev.weft.sync.WaitGroup;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StockTest {

  private static final int PIECES = 20_000;

  static Stream<Stock> stocks() {
    return Stream.of(
        new Stock.WithMutex(PIECES), new Stock.BySwap(PIECES), new Stock.Stamped(PIECES));
  }

  @ParameterizedTest
  @MethodSource("stocks")
  @DisplayName("No piece is sold twice, and each is sold")
  void sellsOut(Stock stock) throws InterruptedException {
    assertEquals(PIECES, Stock.sellOut(stock, 4));
    assertEquals(new Level(0, PIECES), stock.level());
    assertFalse(stock.sell(1));
  }

  @ParameterizedTest
  @MethodSource("stocks")
  @DisplayName("Whoever reads sees two numbers of the same moment")
  void readsWhatBelongsTogether(Stock stock) throws InterruptedException {
    AtomicBoolean over = new AtomicBoolean();
    AtomicReference<Level> torn = new AtomicReference<>();
    WaitGroup reader = new WaitGroup();
    reader.go(
        () -> {
          while (!over.get()) {
            Level level = stock.level();
            if (level.pieces() + level.sold() != PIECES) {
              torn.set(level);
            }
            Thread.yield();
          }
        });
    Stock.sellOut(stock, 2);
    over.set(true);
    reader.await();
    assertEquals(null, torn.get());
  }

  @ParameterizedTest
  @MethodSource("stocks")
  @DisplayName("Nothing is sold where there is not enough")
  void refuses(Stock stock) {
    assertTrue(stock.sell(PIECES - 1));
    assertFalse(stock.sell(2));
    assertEquals(new Level(1, PIECES - 1), stock.level());
    assertEquals(0, stock.repeats());
  }

  @Test
  @Tag("fork")
  @DisplayName("The shops, compiled by the build, sell out")
  void program() throws Exception {
    assertEquals(
        List.of(
            "WithMutex: sold 1000, left 0",
            "BySwap: sold 1000, left 0",
            "Stamped: sold 1000, left 0"),
        ExampleProgram.run(Stock.class, "1000"));
  }
}
