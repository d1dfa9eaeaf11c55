/// Go's collections: an incrementally rehashing map.
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
