/// Programs that show Weft at work; the tests run them.
@NullMarked
package dev.weft.examples;

import org.jspecify.annotations.NullMarked;
