// Waiting times for a contended sync.Mutex, on two processors: what the Java program `waiting`
// measures, for Go. Prints a line "nanoseconds count" for each waiting time, rounded to three digits.
package main

import (
	"fmt"
	"os"
	"runtime"
	"strconv"
	"sync"
	"time"
)

const (
	goroutines = 8
	pause      = 100 * time.Microsecond
)

var (
	mutex  sync.Mutex
	inside int
)

func spin(d time.Duration) {
	for start := time.Now(); time.Since(start) < d; {
	}
}

func rounded(d time.Duration) int64 {
	n, scale := int64(d), int64(1)
	for n >= 1000 {
		n /= 10
		scale *= 10
	}
	return n * scale
}

func contend(short, rude bool, from, until time.Time) map[int64]int64 {
	waits := map[int64]int64{}
	for start := time.Now(); start.Before(until); start = time.Now() {
		mutex.Lock()
		locked := time.Now()
		inside++
		if inside != 1 {
			panic("two at a time")
		}
		// A wait that has begun in the warm-up counts: the longest ones would be missing.
		if locked.After(from) {
			waits[rounded(locked.Sub(start))]++
		}
		if short {
			spin(time.Microsecond)
		} else if rude {
			time.Sleep(pause)
		}
		inside--
		mutex.Unlock()
		if short {
			spin(100 * time.Nanosecond)
		} else if !rude {
			time.Sleep(pause)
		}
	}
	return waits
}

func millis(text string) time.Duration {
	n, err := strconv.Atoi(text)
	if err != nil {
		panic(err)
	}
	return time.Duration(n) * time.Millisecond
}

func main() {
	runtime.GOMAXPROCS(2)
	short := os.Args[1] == "short"
	from := time.Now().Add(millis(os.Args[2]))
	until := from.Add(millis(os.Args[3]))
	all := make([]map[int64]int64, goroutines)
	var running sync.WaitGroup
	running.Add(goroutines)
	for i := range all {
		i := i
		go func() {
			defer running.Done()
			all[i] = contend(short, !short && i == 0, from, until)
		}()
	}
	running.Wait()
	for i, waits := range all {
		if short || i != 0 {
			for nanos, count := range waits {
				fmt.Println(nanos, count)
			}
		}
	}
}
