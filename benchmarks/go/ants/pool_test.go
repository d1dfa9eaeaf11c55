// Package ants runs the rows about worker pools with ants. It is a module of its own, so that the
// others need no library.
package ants

import (
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/panjf2000/ants/v2"
)

const (
	capacity = 50_000
	tasks    = 1_000_000 // at once
)

// submitted has a pool do b.N tasks, a million at a time, as ants' own benchmark does.
func submitted(b *testing.B, task func()) {
	pool, err := ants.NewPool(capacity, ants.WithExpiryDuration(10*time.Second))
	if err != nil {
		b.Fatal(err)
	}
	defer pool.Release()
	var ran atomic.Int64
	b.ResetTimer()
	for left := b.N; left > 0; left -= tasks {
		n := min(left, tasks)
		var running sync.WaitGroup
		running.Add(n)
		for i := 0; i < n; i++ {
			err := pool.Submit(func() {
				task()
				ran.Add(1)
				running.Done()
			})
			if err != nil {
				b.Fatal(err)
			}
		}
		running.Wait()
	}
	b.StopTimer()
	if int(ran.Load()) != b.N {
		b.Fatalf("%d of %d tasks were run", ran.Load(), b.N)
	}
}

func BenchmarkPoolSleeping(b *testing.B) {
	submitted(b, func() { time.Sleep(10 * time.Millisecond) })
}

func BenchmarkPoolShort(b *testing.B) {
	submitted(b, func() {})
}
