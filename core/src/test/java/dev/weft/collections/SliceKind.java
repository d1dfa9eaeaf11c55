package dev.weft.collections;

import org.jspecify.annotations.Nullable;

/// The kinds of slices, with what tests have to know of their elements.
enum SliceKind {
  REFERENCE(Slice.class, Object.class, 8),
  LONG(LongSlice.class, long.class, Long.BYTES),
  INT(IntSlice.class, int.class, Integer.BYTES),
  SHORT(ShortSlice.class, short.class, Short.BYTES),
  BYTE(ByteSlice.class, byte.class, Byte.BYTES),
  CHAR(CharSlice.class, char.class, Character.BYTES),
  FLOAT(FloatSlice.class, float.class, Float.BYTES),
  DOUBLE(DoubleSlice.class, double.class, Double.BYTES);

  final Class<?> slice;
  final Class<?> element;
  final int bytes;

  SliceKind(Class<?> slice, Class<?> element, int bytes) {
    this.slice = slice;
    this.element = element;
    this.bytes = bytes;
  }

  /// An element for a number from 0 to 100, 0 being the zero value.
  @Nullable Object element(int n) {
    return switch (this) {
      case REFERENCE -> n == 0 ? null : "e" + n;
      case LONG -> (long) n;
      case INT -> n;
      case SHORT -> (short) n;
      case BYTE -> (byte) n;
      case CHAR -> (char) n;
      case FLOAT -> (float) n;
      case DOUBLE -> (double) n;
    };
  }

  AnySlice nil() {
    return AnySlice.create(this, "nil");
  }

  AnySlice make(int len, int cap) {
    return AnySlice.create(this, "make", len, cap);
  }

  /// A slice of these elements, without room for more.
  AnySlice of(int... elements) {
    AnySlice made = make(elements.length, elements.length);
    for (int i = 0; i < elements.length; i++) {
      made.set(i, elements[i]);
    }
    return made;
  }
}
