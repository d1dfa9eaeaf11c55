package dev.weft.channel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.weft.channel.PowerSeries.Ratio;
import dev.weft.channel.PowerSeries.Series;
import dev.weft.channel.SelectThreads.Kind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/// Go's powser1: hundreds of goroutines that ask each other for coefficients, and selects in most
/// of them.
@DisplayName("Go's power series")
class GoPowerSeriesTest extends SelectTesting {

  private static final Ratio ZERO = Ratio.ZERO;
  private static final Ratio ONE = Ratio.ONE;

  private final PowerSeries series = new PowerSeries(this::go);

  GoPowerSeriesTest() {
    super(Kind.GOROUTINE);
  }

  @AfterEach
  void stop() {
    stopAll();
  }

  /// Compares the first coefficients, given as numerator and denominator in turn.
  private void assertBegins(Series actual, long... fractions) {
    List<Ratio> expected = new ArrayList<>();
    for (int i = 0; i < fractions.length; i += 2) {
      expected.add(Ratio.of(fractions[i], fractions[i + 1]));
    }
    run(() -> assertEquals(expected, PowerSeries.first(expected.size(), actual)));
  }

  private Series ones() {
    return series.repeat(ONE);
  }

  @Test
  @DisplayName("powser: sum, multiple, derivative and integral")
  void linear() {
    assertBegins(series.add(ones(), ones()), 2, 1, 2, 1, 2, 1);
    assertBegins(series.scale(Ratio.of(2, 3), ones()), 2, 3, 2, 3);
    assertBegins(series.differentiate(ones()), 1, 1, 2, 1, 3, 1, 4, 1);
    assertBegins(series.integrate(ZERO, ones()), 0, 1, 1, 1, 1, 2, 1, 3);
  }

  @Test
  @DisplayName("powser: the two halves of a split advance each at its own pace")
  void split() {
    Series[] both = series.split(series.differentiate(ones()));
    assertBegins(both[0], 1, 1, 2, 1, 3, 1, 4, 1);
    assertBegins(both[1], 1, 1, 2, 1);
    assertBegins(both[1], 3, 1, 4, 1, 5, 1, 6, 1);
    assertBegins(both[0], 5, 1, 6, 1, 7, 1);
  }

  @Test
  @DisplayName("powser: product and reciprocal")
  void products() {
    assertBegins(series.multiply(ones(), ones()), 1, 1, 2, 1, 3, 1, 4, 1, 5, 1, 6, 1);
    assertBegins(series.reciprocal(ones()), 1, 1, -1, 1, 0, 1, 0, 1);
    assertBegins(
        series.reciprocal(series.polynomial(ONE, ONE.negated(), ONE.negated())),
        1,
        1,
        1,
        1,
        2,
        1,
        3,
        1,
        5,
        1,
        8,
        1,
        13,
        1);
  }

  @Test
  @DisplayName("powser: substitution, 1/(1-x) of x+x^2 are the Fibonacci numbers")
  void substitution() {
    assertBegins(
        series.substitute(ones(), series.polynomial(ZERO, ONE, ONE)),
        1,
        1,
        1,
        1,
        2,
        1,
        3,
        1,
        5,
        1,
        8,
        1);
  }

  @Test
  @DisplayName("powser: exp x")
  void exponential() {
    assertBegins(
        series.exponential(series.polynomial(ZERO, ONE)),
        1,
        1,
        1,
        1,
        1,
        2,
        1,
        6,
        1,
        24,
        1,
        120,
        1,
        720,
        1,
        5040,
        1,
        40320,
        1,
        362880);
  }

  @Test
  @DisplayName("powser: tan x")
  void tangent() {
    assertBegins(
        series.tangent(), 0, 1, 1, 1, 0, 1, 1, 3, 0, 1, 2, 15, 0, 1, 17, 315, 0, 1, 62, 2835);
  }
}
