package dev.weft.sync;

import org.jspecify.annotations.Nullable;

/// What a [SyncMap] says about a key: its value, and whether there was one.
///
/// It stands for Go's pairs `value, ok` and `actual, loaded`: a null value that is there differs
/// from one that is not.
///
/// @param <V> the type of the values
/// @param value the value; null if there is none, or if null is the value
/// @param ok whether the key was there
public record Loaded<V extends @Nullable Object>(@Nullable V value, boolean ok) {}
