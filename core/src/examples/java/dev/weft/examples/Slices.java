package dev.weft.examples;

import dev.weft.collections.ByteSlice;
import dev.weft.collections.LongSlice;
import dev.weft.collections.RuneCursor;
import dev.weft.collections.Runes;
import java.util.StringJoiner;

/// What one has to know of slices: how they grow, what they share, and what they keep alive.
public final class Slices {

  private Slices() {}

  /// Shows each.
  ///
  /// @param args none
  public static void main(String[] args) {
    System.out.println("growth: " + growth(1_000));
    System.out.println("aliasing: " + aliasing());
    System.out.println("third index: " + thirdIndex());
    System.out.println("leak: " + leak());
    System.out.println("runes: " + runes());
  }

  /// The capacities that a slice goes through: it doubles while it is small, and later grows by
  /// about a quarter.
  static String growth(int elements) {
    StringJoiner capacities = new StringJoiner(" ");
    LongSlice s = LongSlice.nil();
    for (int i = 0; i < elements; i++) {
      int before = s.cap();
      s = s.append(i);
      if (s.cap() != before) {
        capacities.add(String.valueOf(s.cap()));
      }
    }
    return capacities.toString();
  }

  /// The part has room up to the capacity of the whole, so what is appended to it lands in the
  /// array that both share.
  static String aliasing() {
    LongSlice whole = LongSlice.of(1, 2, 3, 4);
    LongSlice part = whole.slice(0, 2).append(9);
    return whole + " and " + part;
  }

  /// The cure: a third index that leaves the part no room. Appending then moves it elsewhere.
  static String thirdIndex() {
    LongSlice whole = LongSlice.of(1, 2, 3, 4);
    LongSlice part = whole.slice(0, 2, 2).append(9);
    return whole + " and " + part;
  }

  /// Two elements of a large array keep all of it from the collector, unless they are cloned.
  static String leak() {
    LongSlice large = LongSlice.make(1_000_000);
    LongSlice small = large.slice(0, 2);
    LongSlice own = small.clone();
    return small.len() + " elements in an array of " + small.cap() + ", cloned of " + own.cap();
  }

  /// Text is bytes. A cursor goes through its code points; a byte that begins none counts as one.
  static String runes() {
    ByteSlice text = Runes.bytes("a\u00e9\u4e2d").append((byte) 0xFF).append((byte) 'z');
    StringJoiner shown = new StringJoiner(" ");
    RuneCursor cursor = Runes.range(text);
    while (cursor.next()) {
      shown.add(Integer.toHexString(cursor.rune()) + "@" + cursor.offset());
    }
    return text.len() + " bytes, " + Runes.count(text) + " runes: " + shown;
  }
}
