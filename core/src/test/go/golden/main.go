// Command golden writes what Go does into files that the tests of dev.weft.collections compare with.
// The files are checked in, so that the tests need no Go. To write them anew, in this folder:
//
//	go run . ../../resources/dev/weft/collections
package main

import (
	"bufio"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
)

func main() {
	write("growth.txt", growth)
	write("bounds.txt", bounds)
	write("runes.txt", runes)
}

func write(name string, content func(*bufio.Writer)) {
	file, err := os.Create(filepath.Join(os.Args[1], name))
	if err != nil {
		panic(err)
	}
	out := bufio.NewWriter(file)
	fmt.Fprintf(out, "# written by core/src/test/go/golden with %s\n", runtime.Version())
	content(out)
	if err := out.Flush(); err != nil {
		panic(err)
	}
	if err := file.Close(); err != nil {
		panic(err)
	}
}

// random is a generator that the tests have too.
type random uint64

func (r *random) next(bound int) int {
	*r = *r*6364136223846793005 + 1442695040888963407
	return int(uint64(*r)>>33) % bound
}

// hash is one that the tests have too.
type hash uint64

func newHash() hash {
	return 0xcbf29ce484222325
}

func (h *hash) add(value int) {
	*h = (*h ^ hash(value)) * 0x100000001b3
}

func (h *hash) addBool(value bool) {
	if value {
		h.add(1)
	} else {
		h.add(0)
	}
}
