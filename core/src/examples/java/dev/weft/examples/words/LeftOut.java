package dev.weft.examples.words;

/// What was not counted, as numbers.
///
/// @param directories hidden directories and those with build output
/// @param links symbolic links
/// @param otherFiles files with another extension, and what is no regular file
/// @param binaries files that are no text
/// @param unreadable files and directories that could not be read, or not to their end
/// @param malformed places in texts that are not UTF-8
/// @param tooLong runs of letters that are too long to be words
record LeftOut(
    long directories,
    long links,
    long otherFiles,
    long binaries,
    long unreadable,
    long malformed,
    long tooLong) {}
