/// Go's collections: slices, text as runes, and a map that rehashes by and by.
///
/// [dev.weft.collections.Slice] is a part of an array that can grow, for references;
/// [dev.weft.collections.LongSlice] and its relatives are for primitive types, and
/// [dev.weft.collections.Runes] reads UTF-8. `docs/slices.md` explains them.
///
/// [dev.weft.collections.IncrementalHashMap] is a `java.util.Map` that never stops to rehash: it
/// grows by one bucket at each insert. None of the types is meant for several threads at once.
///
/// A reader of the implementation starts at `Table`, which explains buckets, tags and addresses;
/// `Growth` explains how a table doubles without a pause, and `Walk` how entries are visited while
/// it does. `docs/map.md` explains the whole.
@NullMarked
package dev.weft.collections;

import org.jspecify.annotations.NullMarked;
