package dev.weft.collections;

/// Marks the types of this package that cannot be keys of a map, as their counterparts in Go
/// cannot: maps and slices (MAP-4).
interface Unhashable {}
