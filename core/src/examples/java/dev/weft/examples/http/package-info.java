/// A small HTTP service: a context for each request, a timeout, a bounded pool, and an end that
/// loses no request.
///
/// Start with [dev.weft.examples.http.Service]; [dev.weft.examples.http.HttpService] is the
/// program.
@NullMarked
package dev.weft.examples.http;

import org.jspecify.annotations.NullMarked;
