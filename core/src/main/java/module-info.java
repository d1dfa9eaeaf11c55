/// Go's concurrency for the JVM.
///
/// Start with the package [dev.weft]: it has Go's words for static import, and leads to the other
/// packages.
///
/// At run time the module needs `java.base` only. If the package `java.lang` is open to it,
/// goroutines run on Weft's own scheduler, else on that of the JDK; see [dev.weft.scheduler].
module dev.weft {
  requires static transitive org.jspecify;
  requires static java.instrument;
  requires static java.management;

  exports dev.weft;
  exports dev.weft.base;
  exports dev.weft.channel;
  exports dev.weft.collections;
  exports dev.weft.context;
  exports dev.weft.defer;
  exports dev.weft.group;
  exports dev.weft.pool;
  exports dev.weft.scheduler;
  exports dev.weft.sync;
  exports dev.weft.time;
  exports dev.weft.internal.agent to
      java.instrument;

  uses dev.weft.internal.park.Runtime;

  provides dev.weft.internal.park.Runtime with
      dev.weft.scheduler.SchedulerRuntime;
}
