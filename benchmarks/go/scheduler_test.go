// Package benchmarks has the rows of the Java benchmarks that exist in Go, under the same names.
//
// What a row measures and what one operation is stands in the Java class of that name.
package benchmarks

import (
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

func yieldTimes(times int) {
	for i := 0; i < times; i++ {
		runtime.Gosched()
	}
}

func BenchmarkGoschedAlone(b *testing.B) {
	yieldTimes(b.N)
}

func BenchmarkGoschedPair(b *testing.B) {
	var other sync.WaitGroup
	other.Add(1)
	go func() {
		defer other.Done()
		yieldTimes(b.N / 2)
	}()
	yieldTimes(b.N - b.N/2)
	other.Wait()
}

// Go has no park for its users: the ping-pong goes through two unbuffered channels.
func BenchmarkParkPair(b *testing.B) {
	ping, pong := make(chan struct{}), make(chan struct{})
	go func() {
		for range ping {
			pong <- struct{}{}
		}
		close(pong)
	}()
	for i := 0; i < b.N; i++ {
		ping <- struct{}{}
		<-pong
	}
	close(ping)
	<-pong
}

// The same, but whoever waits for the ball does so with a deadline that does not come.
func BenchmarkTimedWaiterPair(b *testing.B) {
	ping, pong := make(chan struct{}), make(chan struct{})
	go func() {
		for receiveWithin(ping) {
			pong <- struct{}{}
		}
		close(pong)
	}()
	for i := 0; i < b.N; i++ {
		ping <- struct{}{}
		receiveWithin(pong)
	}
	close(ping)
	<-pong
}

func receiveWithin(ball <-chan struct{}) bool {
	deadline := time.NewTimer(time.Hour)
	defer deadline.Stop()
	select {
	case _, open := <-ball:
		return open
	case <-deadline.C:
		panic("an hour passed")
	}
}

func BenchmarkSpawnChain(b *testing.B) {
	var ended sync.WaitGroup
	ended.Add(1)
	left := b.N
	var link func()
	link = func() {
		left--
		if left > 0 {
			go link()
		} else {
			ended.Done()
		}
	}
	go link()
	ended.Wait()
}

func BenchmarkSpawnThousand(b *testing.B) {
	const batch = 1000
	var ran atomic.Int64
	for left := b.N; left > 0; left -= batch {
		n := min(left, batch)
		var running sync.WaitGroup
		running.Add(n)
		for i := 0; i < n; i++ {
			go func() {
				ran.Add(1)
				running.Done()
			}()
		}
		running.Wait()
	}
	if ran.Load() != int64(b.N) {
		b.Fatalf("%d of %d ran", ran.Load(), b.N)
	}
}

func BenchmarkSpawnTree(b *testing.B) {
	const nodes = 1023
	for left := b.N; left > 0; left -= nodes {
		n := min(left, nodes)
		var growing sync.WaitGroup
		growing.Add(n)
		var grow func(node int)
		grow = func(node int) {
			for child := 2 * node; child <= 2*node+1 && child <= n; child++ {
				go grow(child)
			}
			growing.Done()
		}
		go grow(1)
		growing.Wait()
	}
}

func BenchmarkBehindTwoHogs(b *testing.B) {
	for i := 0; i < b.N; i++ {
		var ran atomic.Bool
		var hogs sync.WaitGroup
		hogs.Add(2)
		go func() {
			defer hogs.Done()
			compute(&ran)
		}()
		go func() {
			defer hogs.Done()
			go ran.Store(true)
			compute(&ran)
		}()
		hogs.Wait()
	}
}

func compute(enough *atomic.Bool) {
	const limit = 100 * time.Millisecond
	begin := time.Now()
	for !enough.Load() && time.Since(begin) < limit {
	}
}
