/// How the plots look: those of the report, and those of the programs beside it.
package dev.weft.benchmarks.plot;
