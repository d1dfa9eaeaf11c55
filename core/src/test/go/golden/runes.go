package main

import (
	"bufio"
	"bytes"
	"fmt"
	"unicode/utf8"
)

// The bytes at which something changes.
var borders = []byte{0x00, 0x41, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf,
	0xe0, 0xe1, 0xec, 0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff}

func runes(out *bufio.Writer) {
	for length := 0; length <= 3; length++ {
		h := newHash()
		p := make([]byte, length)
		for i := 0; i < 1<<(8*length); i++ {
			for b := range p {
				p[b] = byte(i >> (8 * b))
			}
			h.addSequence(p)
		}
		fmt.Fprintln(out, "sequences", length, uint64(h))
	}
	fmt.Fprintln(out, "borders", 4, uint64(hashOfBorders()))
	fmt.Fprintln(out, "random", 4, uint64(hashOfFours()))
	fmt.Fprintln(out, "texts", 0, uint64(hashOfTexts()))
	fmt.Fprintln(out, "encode", 0, uint64(hashOfEncoding()))
}

func (h *hash) addSequence(p []byte) {
	r, width := utf8.DecodeRune(p)
	h.add(int(r)<<3 | width)
	r, width = utf8.DecodeLastRune(p)
	h.add(int(r)<<3 | width)
	h.add(utf8.RuneCount(p))
	h.addBool(utf8.Valid(p))
	h.addBool(utf8.FullRune(p))
}

func hashOfBorders() hash {
	h := newHash()
	for _, a := range borders {
		for _, b := range borders {
			for _, c := range borders {
				for _, d := range borders {
					h.addSequence([]byte{a, b, c, d})
				}
			}
		}
	}
	return h
}

func hashOfFours() hash {
	h := newHash()
	r := random(4)
	for range 2_000_000 {
		first := byte(0xef + r.next(7))
		h.addSequence([]byte{first, byte(r.next(256)), byte(0x80 + r.next(64)), byte(0x7e + r.next(66))})
	}
	return h
}

// Texts of whole runes and bad bytes, with stretches of ASCII.
func hashOfTexts() hash {
	h := newHash()
	r := random(7)
	for range 20_000 {
		h.addText(text(&r))
	}
	return h
}

func text(r *random) []byte {
	var p []byte
	for range r.next(12) {
		switch r.next(5) {
		case 0:
			p = append(p, byte(r.next(256)))
		case 1:
			p = utf8.AppendRune(p, rune(r.next(0x800)))
		case 2:
			p = utf8.AppendRune(p, rune(r.next(0x120000)))
		case 3:
			p = append(p, borders[r.next(len(borders))])
		case 4:
			for range r.next(40) {
				p = append(p, 'x')
			}
		}
	}
	return p
}

func (h *hash) addText(p []byte) {
	h.add(len(p))
	h.add(utf8.RuneCount(p))
	h.addBool(utf8.Valid(p))
	for offset, r := range string(p) {
		h.add(offset)
		h.add(int(r))
	}
	for _, r := range []rune(string(p)) {
		h.add(int(r))
	}
	for _, b := range []byte(string([]rune(string(p)))) {
		h.add(int(b))
	}
	for _, b := range bytes.ToValidUTF8(p, []byte("<>")) {
		h.add(int(b))
	}
}

func hashOfEncoding() hash {
	h := newHash()
	for r := rune(-2); r <= 0x110002; r++ {
		h.add(utf8.RuneLen(r))
		h.addBool(utf8.ValidRune(r))
		for _, b := range utf8.AppendRune(nil, r) {
			h.add(int(b))
		}
	}
	return h
}
