package main

import (
	"bufio"
	"fmt"
	"slices"
)

// What is stored here lives on the heap, and so has the capacities of the allocator.
var sink any

func growth(out *bufio.Writer) {
	ofSize[int8](out, 1)
	ofSize[int16](out, 2)
	ofSize[int32](out, 4)
	ofSize[int64](out, 8)
	for _, n := range []int{0, 1, 2, 3, 5, 8, 9, 31, 33, 100, 1000, 1025, 8191, 10000, 40000} {
		text := make([]byte, n)
		for i := range text {
			text[i] = 'a'
		}
		s := string(text)
		inRunes, inBytes := []rune(s), []byte(s)
		sink = inRunes
		fmt.Fprintln(out, "runes", 4, n, cap(inRunes))
		sink = inBytes
		fmt.Fprintln(out, "bytes", 1, n, cap(inBytes))
	}
}

func ofSize[T any](out *bufio.Writer, size int) {
	fmt.Fprint(out, "one-by-one ", size)
	var s []T
	before := 0
	for cap(s) < 3_000_000 {
		var zero T
		s = append(s[:cap(s)], zero)
		sink = s
		if cap(s) != before {
			before = cap(s)
			fmt.Fprint(out, " ", before)
		}
	}
	fmt.Fprintln(out)
	r := random(size)
	for range 400 {
		capacity := r.next(1 << r.next(18))
		length := r.next(capacity + 1)
		more := r.next(1 << r.next(18))
		s := make([]T, length, capacity)
		sink = s
		t := append(s, make([]T, more)...)
		sink = t
		fmt.Fprintln(out, "append", size, length, capacity, more, cap(t))
		t = slices.Grow(s, more)
		sink = t
		fmt.Fprintln(out, "grow", size, length, capacity, more, cap(t))
		t = slices.Clone(s)
		sink = t
		fmt.Fprintln(out, "clone", size, length, capacity, 0, cap(t))
		t = slices.Insert(s, length/2, make([]T, more)...)
		sink = t
		fmt.Fprintln(out, "insert", size, length, capacity, more, cap(t))
	}
}
