package dev.weft.scheduler;

/// Which backend a scheduler has, and why.
///
/// @param backend [Backend#GPM] or [Backend#JDK]
/// @param reason one sentence for people; for the jdk backend it says what would help, if anything
public record BackendChoice(Backend backend, String reason) {}
