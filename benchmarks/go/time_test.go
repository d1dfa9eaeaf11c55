package benchmarks

import (
	"math/rand/v2"
	"strconv"
	"testing"
	"time"
)

func BenchmarkTimerStop(b *testing.B) {
	stopped := 0
	for i := 0; i < b.N; i++ {
		if time.NewTimer(time.Hour).Stop() {
			stopped++
		}
	}
	expect(b, stopped, b.N)
}

func BenchmarkAfterFuncStop(b *testing.B) {
	nothing := func() {}
	for _, pending := range []int{1000, 1000000} {
		b.Run(strconv.Itoa(pending), func(b *testing.B) {
			others := make([]*time.Timer, pending)
			for i := range others {
				minutes := time.Duration(30 + rand.IntN(60))
				others[i] = time.AfterFunc(minutes*time.Minute, nothing)
			}
			stopped := 0
			b.ResetTimer()
			for i := 0; i < b.N; i++ {
				if time.AfterFunc(time.Hour, nothing).Stop() {
					stopped++
				}
			}
			b.StopTimer()
			expect(b, stopped, b.N)
			for _, other := range others {
				other.Stop()
			}
		})
	}
}

func BenchmarkTickerReceive(b *testing.B) {
	ticker := time.NewTicker(time.Nanosecond)
	ticks := 0
	for i := 0; i < b.N; i++ {
		if _, ok := <-ticker.C; ok {
			ticks++
		}
	}
	ticker.Stop()
	expect(b, ticks, b.N)
}
