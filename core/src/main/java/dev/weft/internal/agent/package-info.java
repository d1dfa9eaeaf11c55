/// The Java agent that opens `java.lang` to Weft, for launches that cannot take `--add-opens`.
@NullMarked
package dev.weft.internal.agent;

import org.jspecify.annotations.NullMarked;
