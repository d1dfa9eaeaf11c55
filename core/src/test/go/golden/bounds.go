package main

import (
	"bufio"
	"fmt"
	"strings"
)

var indexes = []int{-2, -1, 0, 1, 2, 3, 4, 5, 6}

func bounds(out *bufio.Writer) {
	boundsOf(out, "some", make([]int64, 3, 5))
	boundsOf(out, "nil", nil)
	for _, length := range indexes {
		for _, capacity := range indexes {
			try(out, fmt.Sprintln("make", length, capacity), func() []int64 {
				s := make([]int64, length, capacity)
				sink = s
				return s
			})
		}
	}
}

func boundsOf(out *bufio.Writer, name string, s []int64) {
	for _, i := range indexes {
		try(out, fmt.Sprintln(name, "get", i), func() []int64 { _ = s[i]; return s })
		try(out, fmt.Sprintln(name, "from", i), func() []int64 { return s[i:] })
		for _, j := range indexes {
			try(out, fmt.Sprintln(name, "two", i, j), func() []int64 { return s[i:j] })
			for _, k := range indexes {
				try(out, fmt.Sprintln(name, "three", i, j, k), func() []int64 { return s[i:j:k] })
			}
		}
	}
	try(out, fmt.Sprintln(name, "array", 2), func() []int64 { a := [2]int64(s); return a[:] })
	try(out, fmt.Sprintln(name, "array", 4), func() []int64 { a := [4]int64(s); return a[:] })
}

func try(out *bufio.Writer, what string, body func() []int64) {
	what = strings.TrimSpace(what)
	defer func() {
		if err := recover(); err != nil {
			text := strings.TrimPrefix(fmt.Sprint(err), "runtime error: ")
			fmt.Fprintf(out, "%s: %s\n", what, text)
		}
	}()
	s := body()
	fmt.Fprintf(out, "%s: len %d cap %d nil %t\n", what, len(s), cap(s), s == nil)
}
