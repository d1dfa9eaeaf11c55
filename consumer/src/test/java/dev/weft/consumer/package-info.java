/// Weft as those see it who depend on it: the artifacts, and a foreign project that uses them.
package dev.weft.consumer;
