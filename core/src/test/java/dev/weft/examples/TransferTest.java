package dev.weft.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class TransferTest {

  private static Transfer bank() {
    Transfer bank = new Transfer();
    bank.open("wages", 100);
    bank.open("savings", 0);
    bank.open("rent", 0);
    return bank;
  }

  @Test
  @DisplayName("Money arrives")
  void sends() {
    Transfer bank = bank();
    assertEquals("sent", bank.trySend("wages", 30, "savings", "rent"));
    assertEquals(Map.of("wages", 40L, "savings", 30L, "rent", 30L), bank.balances());
  }

  @Test
  @DisplayName("If one step fails, the steps before are undone")
  void undoes() {
    Transfer bank = bank();
    assertEquals("not sent: there is no account moon", bank.trySend("wages", 30, "rent", "moon"));
    assertEquals("not sent: wages has only 40", bank.trySend("wages", 60, "rent", "savings"));
    assertEquals(Map.of("wages", 100L, "savings", 0L, "rent", 0L), bank.balances());
  }

  @Test
  @Tag("fork")
  @DisplayName("The transfer, compiled by the build, runs")
  void program() throws Exception {
    assertEquals(
        List.of("sent", "{wages=40, savings=30, rent=30}"), ExampleProgram.run(Transfer.class));
  }
}
