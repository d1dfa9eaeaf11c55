package benchmarks

import (
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
)

// shared has n goroutines share b.N operations, and waits for their end.
func shared(b *testing.B, n int, each func(operations int)) {
	var running sync.WaitGroup
	running.Add(n)
	for i := 0; i < n; i++ {
		share := b.N / n
		if i < b.N%n {
			share++
		}
		go func() {
			defer running.Done()
			each(share)
		}()
	}
	running.Wait()
}

func contenders(b *testing.B, numbers []int, run func(b *testing.B, n int)) {
	for _, n := range numbers {
		b.Run(strconv.Itoa(n), func(b *testing.B) { run(b, n) })
	}
}

func BenchmarkMutexUncontended(b *testing.B) {
	var mutex sync.Mutex
	counter := 0
	for i := 0; i < b.N; i++ {
		mutex.Lock()
		counter++
		mutex.Unlock()
	}
	expect(b, counter, b.N)
}

func BenchmarkMutexContended(b *testing.B) {
	contenders(b, []int{2, 4, 8}, func(b *testing.B, n int) {
		var mutex sync.Mutex
		counter := 0
		shared(b, n, func(operations int) {
			for i := 0; i < operations; i++ {
				mutex.Lock()
				counter++
				mutex.Unlock()
			}
		})
		expect(b, counter, b.N)
	})
}

func BenchmarkMutexWork(b *testing.B) {
	contenders(b, []int{2, 4, 8}, func(b *testing.B, n int) {
		var mutex sync.Mutex
		counter := 0
		shared(b, n, func(operations int) {
			random := uint64(operations)
			for i := 0; i < operations; i++ {
				random = work(random)
				mutex.Lock()
				counter++
				mutex.Unlock()
			}
			if random == 0 && operations != 0 {
				panic("that generator is never 0")
			}
		})
		expect(b, counter, b.N)
	})
}

func work(x uint64) uint64 {
	for i := 0; i < 50; i++ {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
	}
	return x
}

func BenchmarkRWMutexRead(b *testing.B) {
	var mutex sync.RWMutex
	counter := 0
	for i := 0; i < b.N; i++ {
		mutex.RLock()
		counter++
		mutex.RUnlock()
	}
	expect(b, counter, b.N)
}

func BenchmarkRWMutexWrite(b *testing.B) {
	var mutex sync.RWMutex
	counter := 0
	for i := 0; i < b.N; i++ {
		mutex.Lock()
		counter++
		mutex.Unlock()
	}
	expect(b, counter, b.N)
}

func BenchmarkRWMutexMixed(b *testing.B) {
	contenders(b, []int{2, 4, 8}, func(b *testing.B, n int) {
		var mutex sync.RWMutex
		written := 0
		shared(b, n, func(operations int) {
			for i := 1; i <= operations; i++ {
				if i%10 == 0 {
					mutex.Lock()
					written += 10
					mutex.Unlock()
				} else {
					mutex.RLock()
					if written < 0 {
						panic("read in the middle of a write")
					}
					mutex.RUnlock()
				}
			}
		})
	})
}

func BenchmarkWaitGroupAddDone(b *testing.B) {
	var group sync.WaitGroup
	for i := 0; i < b.N; i++ {
		group.Add(1)
		group.Done()
		group.Wait()
	}
}

func BenchmarkWaitGroupFanOut(b *testing.B) {
	const batch = 1_000
	var ran atomic.Int64
	var group sync.WaitGroup
	for left := b.N; left > 0; left -= batch {
		for i := min(left, batch); i > 0; i-- {
			group.Add(1)
			go func() {
				defer group.Done()
				ran.Add(1)
			}()
		}
		group.Wait()
	}
	expect(b, int(ran.Load()), b.N)
}

//go:noinline
func callOnce(once *sync.Once, runs *int) int {
	once.Do(func() { *runs++ })
	return 1
}

func BenchmarkOnceDone(b *testing.B) {
	var once sync.Once
	runs, calls := 0, 0
	for i := 0; i < b.N; i++ {
		calls += callOnce(&once, &runs)
	}
	expect(b, runs, 1)
	expect(b, calls, b.N)
}

func BenchmarkPoolGetPut(b *testing.B) {
	contenders(b, []int{1, 4, 8}, func(b *testing.B, n int) {
		pool := sync.Pool{New: func() any { return new([128]int) }}
		shared(b, n, func(operations int) {
			for i := 0; i < operations; i++ {
				object := pool.Get().(*[128]int)
				object[0]++
				pool.Put(object)
			}
		})
	})
}
