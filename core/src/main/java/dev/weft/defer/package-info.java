/// `defer`, `panic` and `recover`: work that is done when a function ends, however it ends, and
/// that may look at what ended it.
///
/// Start with [dev.weft.defer.Defer], a scope that takes what is to be done at its end and can
/// recover what ended it. [dev.weft.defer.Panic] carries a value that is no exception.
///
/// `docs/defer.md` compares this with `try`-with-resources and with Go.
@NullMarked
package dev.weft.defer;

import org.jspecify.annotations.NullMarked;
