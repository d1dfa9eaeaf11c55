/// Weft: Go's concurrency for the JVM.
///
/// [dev.weft.Go] has Go's words for static import; start there. The packages below it have the
/// types.
@NullMarked
package dev.weft;

import org.jspecify.annotations.NullMarked;
