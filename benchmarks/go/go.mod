module dev.weft/benchmarks

go 1.21
