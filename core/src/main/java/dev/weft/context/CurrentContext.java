package dev.weft.context;

import dev.weft.base.Body;
import dev.weft.base.ThrowingRunnable;
import dev.weft.internal.park.Runtime;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/// The context that is bound to what runs: a scoped value, which is handed on to the goroutines
/// that are started meanwhile.
final class CurrentContext {

  private static final ScopedValue<Context> CURRENT = ScopedValue.newInstance();

  static { // from the first binding on, each start of a goroutine asks for it
    Runtime.onSpawn(CurrentContext::carry);
  }

  private CurrentContext() {}

  static Context get() {
    return CURRENT.orElse(Context.background());
  }

  static <T extends @Nullable Object> T call(Context context, Callable<? extends T> body)
      throws Exception {
    return ScopedValue.where(CURRENT, context).<T, Exception>call(body::call);
  }

  static <X extends Throwable> void run(Context context, ThrowingRunnable<X> body) throws X {
    ScopedValue.where(CURRENT, context)
        .<@Nullable Object, X>call(
            () -> {
              body.run();
              return null;
            });
  }

  private static Body carry(Body body) {
    if (!CURRENT.isBound()) {
      return body;
    }
    Context context = CURRENT.get();
    return () -> run(context, body::run);
  }
}
