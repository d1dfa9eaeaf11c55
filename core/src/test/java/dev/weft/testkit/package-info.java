/// What the tests of every package share: the mode they run in, threads of each kind, where the
/// project's files are, and what is printed when a test hangs.
@NullMarked
package dev.weft.testkit;

import org.jspecify.annotations.NullMarked;
