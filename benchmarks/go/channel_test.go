package benchmarks

import (
	"math/big"
	"strconv"
	"sync"
	"testing"
	"time"
)

// What is sent are pointers to what exists beforehand, as in the Java rows.
var (
	number  = 1_000_000
	element = &number
)

type channel = chan *int

func sendAll(ch channel, elements int) {
	for i := 0; i < elements; i++ {
		ch <- element
	}
}

func receiveAll(ch channel, elements int) (received int) {
	for i := 0; i < elements; i++ {
		if <-ch == element {
			received++
		}
	}
	return received
}

func expect(b *testing.B, done, expected int) {
	if done != expected {
		b.Fatalf("%d of %d operations were done", done, expected)
	}
}

func BenchmarkUncontended(b *testing.B) {
	ch := make(channel, 1)
	received := 0
	for i := 0; i < b.N; i++ {
		ch <- element
		if <-ch == element {
			received++
		}
	}
	expect(b, received, b.N)
}

func BenchmarkSpsc(b *testing.B) {
	for _, capacity := range []int{0, 1, 8, 128} {
		b.Run(strconv.Itoa(capacity), func(b *testing.B) {
			ch := make(channel, capacity)
			go sendAll(ch, b.N)
			expect(b, receiveAll(ch, b.N), b.N)
		})
	}
}

func BenchmarkMpmc(b *testing.B) {
	const each = 4
	for _, capacity := range []int{0, 128} {
		b.Run(strconv.Itoa(capacity), func(b *testing.B) {
			ch := make(channel, capacity)
			var received [each]int
			var running sync.WaitGroup
			running.Add(2 * each)
			for i := 0; i < each; i++ {
				i := i
				share := b.N / each
				if i < b.N%each {
					share++
				}
				go func() {
					defer running.Done()
					sendAll(ch, share)
				}()
				go func() {
					defer running.Done()
					received[i] = receiveAll(ch, share)
				}()
			}
			running.Wait()
			all := 0
			for _, n := range received {
				all += n
			}
			expect(b, all, b.N)
		})
	}
}

func BenchmarkPingPong(b *testing.B) {
	ping, pong := make(channel), make(channel)
	go func() {
		for i := 0; i < b.N; i++ {
			pong <- <-ping
		}
	}()
	returned := 0
	for i := 0; i < b.N; i++ {
		ping <- element
		if <-pong == element {
			returned++
		}
	}
	expect(b, returned, b.N)
}

func BenchmarkSpawnReceive(b *testing.B) {
	results := make(channel)
	body := func() { results <- element }
	received := 0
	for i := 0; i < b.N; i++ {
		go body()
		if <-results == element {
			received++
		}
	}
	expect(b, received, b.N)
}

func BenchmarkChain(b *testing.B) {
	const length = 10_000
	for left := b.N; left > 0; left -= length {
		n := min(left, length)
		leftmost := make(channel)
		rightmost := leftmost
		for i := 0; i < n; i++ {
			right := make(channel)
			go func(left, right channel) { left <- <-right }(rightmost, right)
			rightmost = right
		}
		rightmost <- element
		if <-leftmost != element {
			b.Fatal("another element left the chain")
		}
	}
}

func BenchmarkSelectReady(b *testing.B) {
	b.Run("2", func(b *testing.B) {
		ready(b, 2, func(c []channel) *int {
			select {
			case e := <-c[0]:
				return e
			case e := <-c[1]:
				return e
			}
		})
	})
	b.Run("4", func(b *testing.B) {
		ready(b, 4, func(c []channel) *int {
			select {
			case e := <-c[0]:
				return e
			case e := <-c[1]:
				return e
			case e := <-c[2]:
				return e
			case e := <-c[3]:
				return e
			}
		})
	})
	b.Run("8", func(b *testing.B) {
		ready(b, 8, func(c []channel) *int {
			select {
			case e := <-c[0]:
				return e
			case e := <-c[1]:
				return e
			case e := <-c[2]:
				return e
			case e := <-c[3]:
				return e
			case e := <-c[4]:
				return e
			case e := <-c[5]:
				return e
			case e := <-c[6]:
				return e
			case e := <-c[7]:
				return e
			}
		})
	})
}

func ready(b *testing.B, cases int, receive func([]channel) *int) {
	channels := make([]channel, cases)
	for i := range channels {
		channels[i] = make(channel, 1)
	}
	received := 0
	for i := 0; i < b.N; i++ {
		channels[i&(cases-1)] <- element
		if receive(channels) == element {
			received++
		}
	}
	expect(b, received, b.N)
}

func BenchmarkSelectDefault(b *testing.B) {
	first, second := make(channel), make(channel)
	nothing := 0
	for i := 0; i < b.N; i++ {
		select {
		case <-first:
		case <-second:
		default:
			nothing++
		}
	}
	expect(b, nothing, b.N)
}

func BenchmarkSelectBlocking(b *testing.B) {
	selects(b, func(first, second channel) *int {
		select {
		case e := <-first:
			return e
		case e := <-second:
			return e
		}
	})
}

func BenchmarkSelectTimeout(b *testing.B) {
	selects(b, func(first, second channel) *int {
		timeout := time.NewTimer(time.Hour)
		defer timeout.Stop()
		select {
		case e := <-first:
			return e
		case e := <-second:
			return e
		case <-timeout.C:
			panic("an hour passed")
		}
	})
}

func selects(b *testing.B, await func(first, second channel) *int) {
	there := [2]channel{make(channel), make(channel)}
	back := [2]channel{make(channel), make(channel)}
	go func() {
		for i := 0; i < b.N; i++ {
			back[i&1] <- await(there[0], there[1])
		}
	}()
	returned := 0
	for i := 0; i < b.N; i++ {
		there[i&1] <- element
		if await(back[0], back[1]) == element {
			returned++
		}
	}
	expect(b, returned, b.N)
}

func BenchmarkPrimeSieve(b *testing.B) {
	for _, primes := range []int{500, 2000} {
		b.Run(strconv.Itoa(primes), func(b *testing.B) {
			numbers := numbersToPrime(primes)
			b.ResetTimer()
			for i := 0; i < b.N; i++ {
				sieve(b, numbers, primes)
			}
		})
	}
}

// numbersToPrime has an n at place n, up to the given prime.
func numbersToPrime(primes int) (numbers []int) {
	for n := 0; primes > 0; n++ {
		numbers = append(numbers, n)
		if big.NewInt(int64(n)).ProbablyPrime(0) {
			primes--
		}
	}
	return numbers
}

func sieve(b *testing.B, numbers []int, primes int) {
	ch := make(channel)
	go generate(numbers, ch)
	for i := 1; i < primes; i++ {
		out := make(channel)
		go filter(*<-ch, ch, out)
		ch = out
	}
	last, end := <-ch, <-ch
	if last != &numbers[len(numbers)-1] || end != &numbers[0] {
		b.Fatalf("the last prime is %d, and %d follows", *last, *end)
	}
}

func generate(numbers []int, out channel) {
	for i := 2; i < len(numbers); i++ {
		out <- &numbers[i]
	}
	out <- &numbers[0]
}

func filter(prime int, in, out channel) {
	for {
		n := <-in
		if *n%prime != 0 || *n == 0 {
			out <- n
		}
		if *n == 0 {
			return
		}
	}
}
