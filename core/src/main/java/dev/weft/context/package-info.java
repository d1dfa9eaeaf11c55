/// Go's contexts: when to stop, how long there is, and what belongs to a request.
///
/// A reader starts with [dev.weft.context.Context]. `CancelContext` explains how cancelling goes
/// down a tree; `CurrentContext` how a context gets into the goroutines that are started meanwhile.
/// `docs/context.md` explains the whole.
@NullMarked
package dev.weft.context;

import org.jspecify.annotations.NullMarked;
