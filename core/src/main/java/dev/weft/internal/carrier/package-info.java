/// The one place that reaches into the JDK: virtual threads on carriers of our choice.
///
/// JDK 25 has no public way to give a virtual thread a scheduler, but it has a package-private
/// constructor that takes one. [dev.weft.internal.carrier.CarrierAccess] finds it when `java.lang`
/// is open to this module, and says why not when it cannot. Nothing else in Weft uses reflection.
@NullMarked
package dev.weft.internal.carrier;

import org.jspecify.annotations.NullMarked;
