package benchmarks

import (
	"context"
	"testing"
	"time"
)

func derived(b *testing.B, derive func(parent context.Context) (context.Context, context.CancelFunc)) {
	parent, end := context.WithCancel(context.Background())
	defer end()
	done := 0
	b.ResetTimer()
	for i := 0; i < b.N; i++ {
		ctx, cancel := derive(parent)
		cancel()
		if ctx.Err() != nil {
			done++
		}
	}
	b.StopTimer()
	expect(b, done, b.N)
}

func BenchmarkContextCancel(b *testing.B) { derived(b, context.WithCancel) }

func BenchmarkContextTimeout(b *testing.B) {
	derived(b, func(parent context.Context) (context.Context, context.CancelFunc) {
		return context.WithTimeout(parent, time.Hour)
	})
}

func BenchmarkContextTree(b *testing.B) {
	const children = 10_000
	contexts := make([]context.Context, children)
	cancels := make([]context.CancelFunc, children)
	done := 0
	for left := b.N; left > 0; left -= children {
		n := min(left, children)
		parent, cancel := context.WithCancel(context.Background())
		for i := 0; i < n; i++ {
			contexts[i], cancels[i] = context.WithCancel(parent)
		}
		cancel()
		for i := 0; i < n; i++ {
			if contexts[i].Err() != nil {
				done++
			}
		}
	}
	expect(b, done, b.N)
}
