/// Go's concurrency for the JVM.
///
/// Start with the package `dev.weft`.
module dev.weft {
  requires static transitive org.jspecify;
  requires static java.instrument;
  requires static java.management;

  exports dev.weft.base;
}
