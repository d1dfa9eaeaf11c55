/// The leaf that every other package may use: bodies that throw and errors that are fatal.
///
/// Start with [dev.weft.base.Body].
@NullMarked
package dev.weft.base;

import org.jspecify.annotations.NullMarked;
