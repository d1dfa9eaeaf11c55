package benchmarks

import (
	"math/rand"
	"runtime"
	"strconv"
	"sync"
	"testing"
)

var amounts = []int{1, 10, 100, 1_000, 10_000, 100_000}

func withEach(b *testing.B, amounts []int, run func(b *testing.B, n int)) {
	for _, n := range amounts {
		b.Run(strconv.Itoa(n), func(b *testing.B) { run(b, n) })
	}
}

// together has n goroutines share b.N operations, and measures from when all have been
// started.
func together(b *testing.B, n int, each func(operations int)) {
	start := make(chan struct{})
	var running sync.WaitGroup
	running.Add(n)
	for i := 0; i < n; i++ {
		share := b.N / n
		if i < b.N%n {
			share++
		}
		go func() {
			defer running.Done()
			<-start
			each(share)
		}()
	}
	runtime.Gosched()
	b.ResetTimer()
	close(start)
	running.Wait()
}

func BenchmarkYields(b *testing.B) {
	withEach(b, amounts[1:], func(b *testing.B, n int) {
		together(b, n, yieldTimes)
	})
}

func BenchmarkPairs(b *testing.B) {
	withEach(b, amounts, func(b *testing.B, n int) {
		together(b, n, func(operations int) {
			there, back := make(channel), make(channel)
			go func() {
				for e := range there {
					back <- e
				}
			}()
			for k := 0; k < operations; k++ {
				there <- element
				<-back
			}
			close(there)
		})
	})
}

func BenchmarkChannels(b *testing.B) {
	withEach(b, amounts, func(b *testing.B, n int) {
		all := make([]channel, n)
		for i := range all {
			all[i] = make(channel, 1)
		}
		rand.Shuffle(n, func(i, j int) { all[i], all[j] = all[j], all[i] })
		b.ResetTimer()
		received, next := 0, 0
		for i := 0; i < b.N; i++ {
			ch := all[next]
			if next++; next == n {
				next = 0
			}
			ch <- element
			if <-ch == element {
				received++
			}
		}
		expect(b, received, b.N)
	})
}

func BenchmarkWaiters(b *testing.B) {
	withEach(b, amounts, func(b *testing.B, n int) {
		ch := make(channel)
		var running sync.WaitGroup
		running.Add(n)
		for i := 0; i < n; i++ {
			go func() {
				defer running.Done()
				for range ch {
				}
			}()
		}
		runtime.Gosched()
		b.ResetTimer()
		sendAll(ch, b.N)
		b.StopTimer()
		close(ch)
		running.Wait()
	})
}
