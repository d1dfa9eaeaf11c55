package dev.weft.examples;

import dev.weft.defer.Defer;
import java.util.LinkedHashMap;
import java.util.Map;

/// A change in several steps that is undone if one of them fails: each step defers what takes it
/// back.
///
/// Money goes from one account to several others. If one of them does not exist, or the first has
/// not enough, nothing has changed at the end.
public final class Transfer {
  private final Map<String, Long> balances = new LinkedHashMap<>();

  /// Sends money around, and prints the balances.
  ///
  /// @param args the accounts to send 30 to, each; `savings` and `rent` if there is none
  public static void main(String[] args) {
    Transfer bank = new Transfer();
    bank.open("wages", 100);
    bank.open("savings", 0);
    bank.open("rent", 0);
    String[] to = args.length > 0 ? args : new String[] {"savings", "rent"};
    System.out.println(bank.trySend("wages", 30, to));
    System.out.println(bank.balances);
  }

  void open(String account, long balance) {
    balances.put(account, balance);
  }

  Map<String, Long> balances() {
    return balances;
  }

  /// Sends, and says what came of it: an exception becomes a result.
  String trySend(String from, long amount, String... to) {
    return Defer.call(
        f -> {
          f.defer(
              () -> {
                Throwable failure = f.recover();
                if (failure != null) {
                  f.result("not sent: " + failure.getMessage());
                }
              });
          send(from, amount, to);
          return "sent";
        });
  }

  /// Sends to all or to none.
  ///
  /// @throws IllegalArgumentException if an account does not exist, or has not enough
  private void send(String from, long amount, String... to) {
    Defer.run(
        f -> {
          boolean[] done = new boolean[1];
          for (String account : to) {
            add(from, -amount);
            f.defer(() -> undo(done[0], from, amount));
            add(account, amount);
            f.defer(() -> undo(done[0], account, -amount));
          }
          done[0] = true;
        });
  }

  private void undo(boolean done, String account, long amount) {
    if (!done) {
      add(account, amount);
    }
  }

  private void add(String account, long amount) {
    Long before = balances.get(account);
    if (before == null) {
      throw new IllegalArgumentException("there is no account " + account);
    }
    if (before + amount < 0) {
      throw new IllegalArgumentException(account + " has only " + before);
    }
    balances.put(account, before + amount);
  }
}
