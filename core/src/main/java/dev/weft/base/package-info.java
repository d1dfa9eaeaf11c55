/// The leaf that every other package stands on: bodies that may throw, and the errors that are not
/// for handling.
///
/// A reader starts at [dev.weft.base.Body], what a goroutine runs.
@NullMarked
package dev.weft.base;

import org.jspecify.annotations.NullMarked;
