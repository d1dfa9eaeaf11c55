/// Tests of the source tree rather than of behaviour: package arrows, exports, API, file sizes.
@NullMarked
package dev.weft.gates;

import org.jspecify.annotations.NullMarked;
