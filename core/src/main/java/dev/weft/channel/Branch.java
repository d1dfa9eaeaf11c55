package dev.weft.channel;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A case of a select together with what to do when it is chosen: for the expression form, `select`
/// with a value. Made by [ReceiveCase#then], [SendCase#then] and [Select#otherwise].
///
/// @param <R> the type of the expression
public final class Branch<R extends @Nullable Object> {

  /// Null for the default.
  final @Nullable SelectCase selectCase;

  private final Supplier<? extends R> action;

  Branch(@Nullable SelectCase selectCase, Supplier<? extends R> action) {
    this.selectCase = selectCase;
    this.action = action;
  }

  R run() {
    return action.get();
  }

  /// Waits for one of the branches, or takes the default, and does what it says.
  static <R extends @Nullable Object> R select(Branch<? extends R>[] branches)
      throws InterruptedException {
    Branch<? extends R> otherwise = null;
    SelectCase[] cases = new SelectCase[branches.length];
    Branch<?>[] chosenBy = new Branch<?>[branches.length];
    int n = 0;
    for (Branch<? extends R> branch : branches) {
      SelectCase selectCase = Objects.requireNonNull(branch, "branch").selectCase;
      if (selectCase != null) {
        chosenBy[n] = branch;
        cases[n++] = selectCase;
      } else if (otherwise == null) {
        otherwise = branch;
      } else {
        throw new IllegalArgumentException("a select has at most one otherwise(...)");
      }
    }
    SelectCase[] all = n == cases.length ? cases : Arrays.copyOf(cases, n);
    int chosen = otherwise == null ? Select.select(all) : Select.trySelect(all);
    if (chosen < 0) {
      return Objects.requireNonNull(otherwise).run();
    }
    @SuppressWarnings("unchecked") // it is one of the branches
    Branch<? extends R> branch = (Branch<? extends R>) chosenBy[chosen];
    return branch.run();
  }

  @Override
  public String toString() {
    return selectCase == null ? "otherwise" : "branch of " + selectCase;
  }
}
