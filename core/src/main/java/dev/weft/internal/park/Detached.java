package dev.weft.internal.park;

import dev.weft.base.Body;

/// A body that takes over nothing from the thread that happens to start it: a worker, which serves
/// many after that one.
public interface Detached extends Body {}
