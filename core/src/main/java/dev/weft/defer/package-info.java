/// `defer`, `panic` and `recover`: work that is done when a function ends, however it ends, and
/// that may look at what ended it.
///
/// Start with [dev.weft.defer.Defer].
@NullMarked
package dev.weft.defer;

import org.jspecify.annotations.NullMarked;
