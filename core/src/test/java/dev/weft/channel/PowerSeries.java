package dev.weft.channel;

import dev.weft.base.Body;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/// Power series as streams of coefficients, made when they are asked for: Go's test/chan/powser1,
/// after Squinting at Power Series by Doug McIlroy.
///
/// Whoever wants a coefficient sends a request and then receives it. Each operation is a goroutine
/// that asks its operands in the same way; a series is used by one of them only, so one that two
/// need is split.
final class PowerSeries {

  /// A rational number in lowest terms.
  record Ratio(long numerator, long denominator) {

    static final Ratio ZERO = of(0, 1);
    static final Ratio ONE = of(1, 1);

    static Ratio of(long numerator, long denominator) {
      long divisor = gcd(Math.abs(numerator), Math.abs(denominator));
      long sign = denominator < 0 ? -1 : 1;
      return new Ratio(sign * numerator / divisor, sign * denominator / divisor);
    }

    private static long gcd(long a, long b) {
      return b == 0 ? a : gcd(b, a % b);
    }

    Ratio plus(Ratio that) {
      long divisor = gcd(denominator, that.denominator);
      return of(
          numerator * (that.denominator / divisor) + that.numerator * (denominator / divisor),
          denominator / divisor * that.denominator);
    }

    Ratio times(Ratio that) {
      Ratio left = of(numerator, that.denominator);
      Ratio right = of(that.numerator, denominator);
      return of(left.numerator * right.numerator, left.denominator * right.denominator);
    }

    Ratio negated() {
      return of(-numerator, denominator);
    }

    Ratio inverse() {
      return of(denominator, numerator);
    }
  }

  /// A goroutine's program that fills a series.
  private interface Filling {
    void fill(Series to) throws InterruptedException;
  }

  /// A stream of coefficients.
  static final class Series {
    private final Channel<Boolean> requests = Channel.make();
    private final Channel<Ratio> coefficients = Channel.make();

    /// The next coefficient.
    Ratio get() throws InterruptedException {
      requests.send(true);
      return Objects.requireNonNull(coefficients.receive());
    }

    private void put(Ratio coefficient) throws InterruptedException {
      requests.receive();
      coefficients.send(coefficient);
    }

    /// Answers all further requests with those of another series.
    private void copy(Series from) throws InterruptedException {
      for (; ; ) {
        requests.receive();
        coefficients.send(from.get());
      }
    }
  }

  private final Consumer<Body> go;

  /// Makes series whose goroutines are started like this.
  PowerSeries(Consumer<Body> go) {
    this.go = go;
  }

  private Series series(Filling filling) {
    Series series = new Series();
    go.accept(() -> filling.fill(series));
    return series;
  }

  /// c + c x + c x^2 + ...
  Series repeat(Ratio c) {
    return series(
        to -> {
          for (; ; ) {
            to.put(c);
          }
        });
  }

  /// The coefficients, and then zeros.
  Series polynomial(Ratio... coefficients) {
    return series(
        to -> {
          for (Ratio coefficient : coefficients) {
            to.put(coefficient);
          }
          for (; ; ) {
            to.put(Ratio.ZERO);
          }
        });
  }

  /// F + G.
  Series add(Series f, Series g) {
    return series(
        to -> {
          for (; ; ) {
            to.requests.receive();
            Ratio[] both = getBoth(f, g);
            to.coefficients.send(both[0].plus(both[1]));
          }
        });
  }

  /// Asks both at once, and takes the answers as they come.
  private static Ratio[] getBoth(Series f, Series g) throws InterruptedException {
    Ratio[] both = {Ratio.ZERO, Ratio.ZERO};
    SendCase<Boolean> askF = f.requests.onSend(true);
    SendCase<Boolean> askG = g.requests.onSend(true);
    ReceiveCase<Ratio> fromF = f.coefficients.onReceive();
    ReceiveCase<Ratio> fromG = g.coefficients.onReceive();
    for (int steps = 0; steps < 4; steps++) {
      switch (Select.select(askF, askG, fromF, fromG)) {
        case 0 -> askF.enabled(false);
        case 1 -> askG.enabled(false);
        case 2 -> both[0] = Objects.requireNonNull(fromF.value());
        default -> both[1] = Objects.requireNonNull(fromG.value());
      }
    }
    return both;
  }

  /// c F.
  Series scale(Ratio c, Series f) {
    return series(
        to -> {
          for (; ; ) {
            to.requests.receive();
            to.coefficients.send(c.times(f.get()));
          }
        });
  }

  /// Two series with the coefficients of F.
  Series[] split(Series f) {
    Series[] both = {new Series(), new Series()};
    go.accept(() -> new Splitter(f, both).run());
    return both;
  }

  /// Hands coefficients to two. While it waits for the next one it must be able to give older ones
  /// to who is behind: the next one may depend on them. So it selects among all that may happen.
  private static final class Splitter {
    private final Series[] to;
    private final SendCase<Boolean> ask;
    private final ReceiveCase<Ratio> answer;
    private final ReceiveCase<?>[] requests;
    private final boolean[] wants = new boolean[2];
    private final int[] position = new int[2];
    private final List<Ratio> kept = new ArrayList<>();

    Splitter(Series f, Series[] to) {
      this.to = to;
      ask = f.requests.onSend(true);
      answer = f.coefficients.onReceive();
      requests = new ReceiveCase<?>[] {to[0].requests.onReceive(), to[1].requests.onReceive()};
    }

    void run() throws InterruptedException {
      ask.enabled(false);
      answer.enabled(false);
      for (; ; ) {
        int chosen = Select.select(requests[0], requests[1], ask, answer);
        switch (chosen) {
          case 0, 1 -> wants[chosen] = true;
          case 2 -> ask.enabled(false);
          default -> {
            kept.add(Objects.requireNonNull(answer.value()));
            answer.enabled(false);
          }
        }
        serve(0);
        serve(1);
        if ((wants[0] || wants[1]) && !answer.isEnabled()) {
          ask.enabled(true);
          answer.enabled(true);
        }
      }
    }

    private void serve(int one) throws InterruptedException {
      if (wants[one] && position[one] < kept.size()) {
        to[one].coefficients.send(kept.get(position[one]++));
        wants[one] = false;
      }
      requests[one].enabled(!wants[one]);
    }
  }

  /// F G: with F = f + x F', G = g + x G' it is fg + x (f G' + g F' + x F' G').
  Series multiply(Series f, Series g) {
    return series(
        to -> {
          to.requests.receive();
          Ratio[] first = getBoth(f, g);
          to.coefficients.send(first[0].times(first[1]));
          Series[] restF = split(f);
          Series[] restG = split(g);
          Series sum = add(scale(first[0], restG[0]), scale(first[1], restF[0]));
          Series product = multiply(restF[1], restG[1]);
          to.put(sum.get());
          to.copy(add(sum, product));
        });
  }

  /// The derivative.
  Series differentiate(Series f) {
    return series(
        to -> {
          to.requests.receive();
          f.get();
          for (int i = 1; ; i++) {
            to.coefficients.send(Ratio.of(i, 1).times(f.get()));
            to.requests.receive();
          }
        });
  }

  /// The integral that begins with c.
  Series integrate(Ratio c, Series f) {
    return series(
        to -> {
          to.put(c);
          for (int i = 1; ; i++) {
            to.requests.receive();
            to.coefficients.send(Ratio.of(1, i).times(f.get()));
          }
        });
  }

  /// 1/F: with F = f + x F' and R = 1/F it is R = 1/f (1 - x F' R).
  Series reciprocal(Series f) {
    Series itself = new Series();
    Series[] both = split(itself);
    go.accept(
        () -> {
          itself.requests.receive();
          Ratio inverse = f.get().inverse();
          itself.coefficients.send(inverse);
          itself.copy(scale(inverse.negated(), multiply(f, both[0])));
        });
    return both[1];
  }

  /// exp F, where F begins with zero: X = exp F solves X' = F' X, X(0) = 1.
  Series exponential(Series f) {
    Series itself = new Series();
    Series[] both = split(itself);
    go.accept(() -> itself.copy(integrate(Ratio.ONE, multiply(differentiate(f), both[0]))));
    return both[1];
  }

  /// F(G), where G begins with zero: with F = f + x F' it is f + G F'(G).
  Series substitute(Series f, Series g) {
    return series(
        to -> {
          Series[] both = split(g);
          to.put(f.get());
          both[0].get();
          to.copy(multiply(both[0], substitute(f, both[1])));
        });
  }

  /// tan x: the inverse of arc tan, whose derivative is 1/(1+x^2); that is, T' = 1 + T T.
  Series tangent() {
    Series itself = new Series();
    Series[] outer = split(itself);
    Series[] inner = split(outer[0]);
    go.accept(
        () ->
            itself.copy(
                integrate(Ratio.ZERO, add(polynomial(Ratio.ONE), multiply(inner[0], inner[1])))));
    return outer[1];
  }

  /// The first coefficients.
  static List<Ratio> first(int n, Series series) throws InterruptedException {
    List<Ratio> list = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      list.add(series.get());
    }
    return list;
  }
}
