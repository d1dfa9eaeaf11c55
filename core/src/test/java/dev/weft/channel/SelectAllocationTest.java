package dev.weft.channel;

import dev.weft.testkit.Allocations;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// What a round of select allocates if the cases are reused: nothing. Only rounds that need not
/// wait, on a platform thread, since the JVM counts for these alone; the benchmarks measure the
/// others.
@DisplayName("The allocation of select")
class SelectAllocationTest {

  private final Channel<Integer> channel = Channel.make(1);
  private final Channel<Integer> quiet = Channel.make(0);
  private final SendCase<Integer> out = channel.onSend(1);
  private final ReceiveCase<Integer> in = channel.onReceive();
  private final ReceiveCase<Integer> never = quiet.onReceive();
  private final SendCase<Integer> nobody = quiet.onSend(1);
  private final ReceiveCase<Integer> nil = Channel.<Integer>nil().onReceive();
  private final SendCase<Integer> off = quiet.onSend();

  @Test
  @DisplayName("A round of a ready select with up to six cases allocates nothing")
  void upToSix() throws Exception {
    off.enabled(false);
    Allocations.assertNone(() -> Select.select(in, out));
    Allocations.assertNone(() -> Select.selectOrdered(in, never, out));
    Allocations.assertNone(() -> Select.trySelect(never, nobody, nil));
    Allocations.assertNone(() -> Select.select(never, in, nobody, out));
    Allocations.assertNone(() -> Select.select(never, in, nil, nobody, out));
    Allocations.assertNone(() -> Select.select(never, in, off, nil, nobody, out));
    Allocations.assertNone(
        () -> Select.selectWithin(SelectForm.LONG, never, in, off, nil, nobody, out));
  }

  @Test
  @DisplayName("A round of a ready SelectSet allocates nothing")
  void set() throws Exception {
    SelectCase[] cases = new SelectCase[50];
    for (int i = 0; i < 48; i++) {
      cases[i] = quiet.onReceive();
    }
    cases[48] = in;
    cases[49] = out;
    SelectSet set = SelectSet.of(cases);
    Allocations.assertNone(set::select);
    Allocations.assertNone(set::selectOrdered);
    Allocations.assertNone(() -> set.selectWithin(SelectForm.LONG));
  }
}
