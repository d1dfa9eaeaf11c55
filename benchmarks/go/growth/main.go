// The time of each put while a map grows: what the Java program `growth` measures, for Go. Prints a
// line "nanoseconds count" for each time, rounded to three digits.
package main

import (
	"fmt"
	"os"
	"strconv"
	"time"
)

const (
	warmUps       = 5
	warmUpEntries = 500_000
)

var value = new(int)

func rounded(d time.Duration) int64 {
	n, scale := int64(d), int64(1)
	for n >= 1000 {
		n /= 10
		scale *= 10
	}
	return n * scale
}

func key(n int) int32 { return int32(uint32(n) * 0x9E3779B1) }

func fill(entries int) map[int64]int64 {
	times := map[int64]int64{}
	m := map[int32]*int{}
	before := time.Now()
	for i := 1; i <= entries; i++ {
		m[key(i)] = value
		now := time.Now()
		times[rounded(now.Sub(before))]++
		before = time.Now()
	}
	if len(m) != entries {
		panic(len(m))
	}
	return times
}

func main() {
	entries, err := strconv.Atoi(os.Args[1])
	if err != nil {
		panic(err)
	}
	for i := 0; i < warmUps; i++ {
		fill(min(entries, warmUpEntries))
	}
	for nanos, count := range fill(entries) {
		fmt.Println(nanos, count)
	}
}
