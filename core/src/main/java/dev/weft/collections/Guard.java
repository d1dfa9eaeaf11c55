package dev.weft.collections;

import static java.lang.invoke.ConstantBootstraps.fieldVarHandle;
import static java.lang.invoke.MethodHandles.lookup;

import dev.weft.base.FatalError;
import java.lang.invoke.VarHandle;
import java.util.AbstractMap;
import org.jspecify.annotations.Nullable;

/// Detects that several threads use a map at the same time, and counts its changes.
///
/// One word does both: it is odd while somebody changes the map, and another one after each change.
/// So it takes the place of Go's flag (MAP-39), and iterators see by it whether what they have
/// copied is still true.
///
/// A writer notes the word when it begins to search, and may only change the map if the word is
/// still the same: a change by anybody else since then is found, not only one at the same moment.
/// The word is odd while nothing but our own code runs, so a method of a key that looks into the
/// map it is in does no harm; only inside a set of equal hashes keys are compared while it is odd.
///
/// The accesses are opaque: neither ordered nor atomic together, but the JIT may not leave any out.
/// Nothing more is needed, since detection is the best effort only (MAP-8): two writers may both
/// pass, and then at least one of them finds at its end that the word is not its own, unless they
/// end at the same moment. The map is then marked as broken.
///
/// Whoever reads or changes a map beside another thread may also run into arrays that do not fit
/// each other. What comes of that is explained before it gets out ([#explained]).
abstract sealed class Guard<K extends @Nullable Object, V extends @Nullable Object>
    extends AbstractMap<K, V> permits Table {

  /// The word of a map that two writers have changed together: odd for ever, so that all who come
  /// are told.
  private static final int BROKEN = -1;

  private static final String PACKAGE = "dev.weft.collections.";

  private static final VarHandle CHANGES =
      fieldVarHandle(lookup(), "changes", VarHandle.class, Guard.class, int.class);

  @SuppressWarnings("UnusedVariable") // by its handle only
  private int changes;

  /// By who reads, after hashing. The word, to see by it whether somebody has written since.
  final int reading() {
    int seen = (int) CHANGES.getOpaque(this);
    if ((seen & 1) != 0) {
      throw readBesideWrite();
    }
    return seen;
  }

  /// By who wants to write, after hashing. The word, for [#begin].
  final int writing() {
    int seen = (int) CHANGES.getOpaque(this);
    if ((seen & 1) != 0) {
      throw writeBesideWrite();
    }
    return seen;
  }

  /// By an iterator, before it looks at its map.
  final int iterating() {
    int seen = (int) CHANGES.getOpaque(this);
    if ((seen & 1) != 0) {
      throw iterationBesideWrite();
    }
    return seen;
  }

  /// Whether nobody has changed the map since the word was this.
  final boolean isUnchanged(int seen) {
    return (int) CHANGES.getOpaque(this) == seen;
  }

  /// Before the first change. Until [#end] nothing may be called that can throw, unless in a `try`.
  final void begin(int seen) {
    if ((int) CHANGES.getOpaque(this) != seen) {
      throw writeBesideWrite();
    }
    CHANGES.setOpaque(this, seen + 1);
  }

  /// After the last change. The word for the next [#begin].
  final int end(int seen) {
    if ((int) CHANGES.getOpaque(this) != seen + 1) {
      CHANGES.setOpaque(this, BROKEN);
      throw writeBesideWrite();
    }
    CHANGES.setOpaque(this, seen + 2);
    return seen + 2;
  }

  /// By who found nothing: that may be because somebody was moving it.
  final void checkUnchanged(int seen) {
    if ((int) CHANGES.getOpaque(this) != seen) {
      throw readBesideWrite();
    }
  }

  final FatalError readBesideWrite() {
    return misuse("concurrent map read and map write");
  }

  final FatalError writeBesideWrite() {
    return misuse("concurrent map writes");
  }

  final FatalError iterationBesideWrite() {
    return misuse("concurrent map iteration and map write");
  }

  /// What to throw for an exception in the middle of a search or a change. In a map that one thread
  /// uses our own code has none; what methods of keys throw is passed on.
  ///
  /// @param inside the exception
  /// @param told what to throw if it is from here
  /// @return the exception, if it is from elsewhere
  static RuntimeException explained(RuntimeException inside, FatalError told) {
    if (isFromHere(inside.getStackTrace())) {
      told.initCause(inside);
      throw told;
    }
    return inside;
  }

  /// Without a trace it is: the JVM leaves traces out when it has thrown many, and methods of keys
  /// that throw again and again are not to be expected.
  private static boolean isFromHere(StackTraceElement[] trace) {
    for (StackTraceElement frame : trace) {
      String name = frame.getClassName();
      if (!name.equals("java.util.Arrays") && !name.equals("java.lang.System")) {
        return name.startsWith(PACKAGE);
      }
    }
    return true;
  }

  private FatalError misuse(String what) {
    return new FatalError(
        what
            + " on IncrementalHashMap@"
            + Integer.toHexString(System.identityHashCode(this))
            + ": it is not for several threads at once, and what it holds cannot be trusted any more."
            + " Protect it by an RWMutex, or take a SyncMap. (With one thread: a method of a key has"
            + " changed the map that it was called by, or the stack has overflowed in a change.)");
  }
}
