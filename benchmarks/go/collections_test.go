package benchmarks

import (
	"math/rand"
	"strconv"
	"testing"
	"unicode/utf8"
)

// The keys of the Java rows: a bijection of numbers, so different numbers give different keys.

func scattered(n int) int32 { return int32(uint32(n) * 0x9E3779B1) }

func intKey(n int) int32 { return scattered(n) }

func longKey(n int) int64 { return int64(scattered(n))<<20 + int64(n) }

func stringKey(n int) string { return "key-" + strconv.Itoa(int(scattered(n))) }

func mixedKey(n int) any {
	switch n % 3 {
	case 0:
		return intKey(n)
	case 1:
		return longKey(n)
	default:
		return stringKey(n)
	}
}

func keysFrom[K any](first, count int, key func(int) K) []K {
	keys := make([]K, count)
	for i := range keys {
		keys[i] = key(first + i)
	}
	return keys
}

func shuffled[K any](keys []K) []K {
	random := rand.New(rand.NewSource(42))
	random.Shuffle(len(keys), func(i, j int) { keys[i], keys[j] = keys[j], keys[i] })
	return keys
}

// A mapRow has all that a row about maps needs; values are pointers, as in Java.
type mapRow[K comparable] struct {
	inserted, equal, others []K
	full                    map[K]*int
	next                    int
}

func newMapRow[K comparable](size int, key func(int) K) *mapRow[K] {
	r := &mapRow[K]{
		inserted: keysFrom(1, size, key),
		equal:    shuffled(keysFrom(1, size, key)),
		others:   shuffled(keysFrom(1+size, size, key)),
	}
	r.full = r.filled()
	return r
}

func (r *mapRow[K]) filled() map[K]*int {
	m := make(map[K]*int)
	for _, key := range r.inserted {
		m[key] = element
	}
	return m
}

func (r *mapRow[K]) key(asked []K) K {
	key := asked[r.next]
	if r.next++; r.next == len(asked) {
		r.next = 0
	}
	return key
}

func (r *mapRow[K]) countFound(b *testing.B, asked []K) (found int) {
	for i := 0; i < b.N; i++ {
		if r.full[r.key(asked)] != nil {
			found++
		}
	}
	return found
}

type mapOperations interface {
	get(b *testing.B)
	getMissing(b *testing.B)
	put(b *testing.B)
	removePut(b *testing.B)
	iterate(b *testing.B)
	fill(b *testing.B)
}

func (r *mapRow[K]) get(b *testing.B) { expect(b, r.countFound(b, r.equal), b.N) }

func (r *mapRow[K]) getMissing(b *testing.B) { expect(b, r.countFound(b, r.others), 0) }

func (r *mapRow[K]) put(b *testing.B) {
	for i := 0; i < b.N; i++ {
		r.full[r.key(r.equal)] = element
	}
	expect(b, len(r.full), len(r.inserted))
}

func (r *mapRow[K]) removePut(b *testing.B) {
	for i := 0; i < b.N; i++ {
		key := r.key(r.equal)
		value := r.full[key]
		delete(r.full, key)
		r.full[key] = value
	}
	expect(b, len(r.full), len(r.inserted))
}

func (r *mapRow[K]) iterate(b *testing.B) {
	seen := 0
	for seen < b.N {
		for _, value := range r.full {
			if value == element {
				seen++
			}
			if seen == b.N {
				break
			}
		}
	}
	expect(b, seen, b.N)
}

func (r *mapRow[K]) fill(b *testing.B) {
	size := len(r.inserted)
	for done := 0; done < b.N; {
		m := make(map[K]*int)
		for _, key := range r.inserted[:min(size, b.N-done)] {
			m[key] = element
		}
		done += len(m)
	}
}

func onMaps(b *testing.B, run func(mapOperations, *testing.B)) {
	rows := map[string]func(size int) mapOperations{
		"INTEGER": func(size int) mapOperations { return newMapRow(size, intKey) },
		"LONG":    func(size int) mapOperations { return newMapRow(size, longKey) },
		"STRING":  func(size int) mapOperations { return newMapRow(size, stringKey) },
		"MIXED":   func(size int) mapOperations { return newMapRow(size, mixedKey) },
	}
	for name, create := range rows {
		b.Run(name, func(b *testing.B) {
			withEach(b, []int{1_000, 100_000, 1_000_000}, func(b *testing.B, size int) {
				row := create(size)
				b.ResetTimer()
				run(row, b)
			})
		})
	}
}

func BenchmarkMapGet(b *testing.B)        { onMaps(b, mapOperations.get) }
func BenchmarkMapGetMissing(b *testing.B) { onMaps(b, mapOperations.getMissing) }
func BenchmarkMapPut(b *testing.B)        { onMaps(b, mapOperations.put) }
func BenchmarkMapRemovePut(b *testing.B)  { onMaps(b, mapOperations.removePut) }
func BenchmarkMapIterate(b *testing.B)    { onMaps(b, mapOperations.iterate) }
func BenchmarkMapFill(b *testing.B)       { onMaps(b, mapOperations.fill) }

const appended = 1_000_000

// What is stored here escapes, as what the Java rows return.
var made any

func appendEach[T any](b *testing.B, next func(i int) T) {
	for done := 0; done < b.N; {
		var s []T
		for i := 0; i < appended && done < b.N; i++ {
			s = append(s, next(i))
			done++
		}
		made = s
	}
}

func BenchmarkLongAppend(b *testing.B) {
	appendEach(b, func(i int) int64 { return int64(i) })
}

func BenchmarkReferenceAppend(b *testing.B) {
	appendEach(b, func(int) *int { return element })
}

func BenchmarkLongSum(b *testing.B) {
	s := make([]int64, 100_000)
	for i := range s {
		s[i] = int64(i)
	}
	b.ResetTimer()
	var sum int64
	for done := 0; done < b.N; {
		for i := 0; i < len(s) && done < b.N; i++ {
			sum += s[i]
			done++
		}
	}
	made = sum
}

// One operation is one byte, so a text of 65,536 bytes is counted as often as it takes.
func BenchmarkRuneCount(b *testing.B) {
	withEach(b, []int{0, 16}, func(b *testing.B, every int) {
		const size = 65_536
		text := make([]byte, 0, size)
		runes := 0
		for len(text) < size-3 {
			if every == 0 || runes%every != 0 {
				text = append(text, 'x')
			} else {
				text = append(text, "€"...)
			}
			runes++
		}
		for len(text) < size {
			text = append(text, 'x')
			runes++
		}
		b.ResetTimer()
		for done := 0; done < b.N; done += size {
			if utf8.RuneCount(text) != runes {
				b.Fatal("miscounted")
			}
		}
	})
}
