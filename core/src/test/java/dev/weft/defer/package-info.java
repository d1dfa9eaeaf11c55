@NullMarked
package dev.weft.defer;

import org.jspecify.annotations.NullMarked;
