/// Counts the words of a directory tree with goroutines: a model of how Weft is used.
///
/// ```
/// walker --files--> parsers --pieces--> merger --> report
/// ```
///
/// [dev.weft.examples.words.Pipeline] is where all concurrency is: it starts the goroutines and
/// joins them with channels. What each of them does is sequential code that knows nothing of it:
/// `Walker` finds files, `Parser` turns one file into counts, `Merger` adds them up. `WordCount`
/// has the main method.
@NullMarked
package dev.weft.examples.words;

import org.jspecify.annotations.NullMarked;
