/// A program outside of Weft's packages, for tests that start a JVM.
@NullMarked
package launch;

import org.jspecify.annotations.NullMarked;
