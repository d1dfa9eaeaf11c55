/// A program for each chapter of the guide, `docs/guide`. It checks what the chapter says; the
/// chapter shows the parts of it between `// snippet: name` and `// end`. The tests run it.
@NullMarked
package dev.weft.examples.guide;

import org.jspecify.annotations.NullMarked;
