// Package canary looks for what a program must not leave: words of a case that
// can be read in a file, in any of the forms in which a word stands there, and
// calls to the system that write elsewhere or reach for a network. It is for
// the tests of the programs, and knows no case.
package canary

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"unicode"
	"unicode/utf16"
)

// Shortest is the length in bytes of the shortest word that is searched for: in
// 100 MB of noise, six chosen bytes come about once in millions of runs.
const Shortest = 6

// Words gives texts and each of their words, as they are and in small letters,
// as far as they are long enough.
func Words(texts ...string) []string {
	set := map[string]bool{}
	for _, text := range texts {
		if len(text) >= Shortest {
			set[text[:min(len(text), 40)]] = true
		}
		for _, w := range strings.FieldsFunc(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if len(w) >= Shortest {
				set[w], set[strings.ToLower(w)] = true, true
			}
		}
	}
	all := make([]string, 0, len(set))
	for w := range set {
		all = append(all, w)
	}
	slices.Sort(all)
	return all
}

// Pairs gives each two words that follow each other: one alone of a list of
// short words says nothing.
func Pairs(words []string) (all []string) {
	for ; len(words) > 1; words = words[1:] {
		all = append(all, words[0]+" "+words[1])
	}
	return all
}

// Needles finds many words in many forms at once: a word is looked at where its
// first three bytes are.
type Needles struct {
	first [1 << 24 / 64]uint64
	by    map[uint32][]needle
}

type needle struct {
	bytes []byte
	what  string
}

// New makes needles of words of at least Shortest bytes.
func New(words []string) *Needles {
	n := &Needles{by: map[uint32][]needle{}}
	for _, w := range words {
		for form, b := range forms(w) {
			k := key(b)
			n.first[k/64] |= 1 << (k % 64)
			n.by[k] = append(n.by[k], needle{b, fmt.Sprintf("%q (%s)", w, form)})
		}
	}
	return n
}

func key(b []byte) uint32 { return uint32(b[0])<<16 | uint32(b[1])<<8 | uint32(b[2]) }

// In gives the words that stand in data, with their forms.
func (n *Needles) In(data []byte) (found []string) {
	for i := 0; i+2 < len(data); i++ {
		k := key(data[i:])
		if n.first[k/64]>>(k%64)&1 == 0 {
			continue
		}
		for _, x := range n.by[k] {
			if bytes.HasPrefix(data[i:], x.bytes) {
				found = append(found, x.what)
			}
		}
	}
	return found
}

// Below gives a sentence for each word that stands in a file below a folder, or
// in a file's name, and how many files were read.
func (n *Needles) Below(dir string) (found []string, files int, err error) {
	err = filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		seen := n.In([]byte(strings.TrimPrefix(name, dir)))
		if d.Type().IsRegular() {
			files++
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			seen = append(seen, n.In(data)...)
		}
		for _, s := range seen {
			found = append(found, fmt.Sprintf("%s can be read in %s", s, name))
		}
		return nil
	})
	return found, files, err
}

// forms are the ways in which a word can stand in a file. Of base64 there are
// three: a word begins at the first, second or third byte of a group.
func forms(w string) map[string][]byte {
	units := utf16.Encode([]rune(w))
	little, big := make([]byte, 0, 2*len(units)), make([]byte, 0, 2*len(units))
	for _, u := range units {
		little = binary.LittleEndian.AppendUint16(little, u)
		big = binary.BigEndian.AppendUint16(big, u)
	}
	all := map[string][]byte{"UTF-8": []byte(w), "UTF-16LE": little, "UTF-16BE": big, "hex": []byte(hex.EncodeToString([]byte(w)))}
	for shift := range 3 {
		// The characters that depend on this word alone.
		text := base64.RawStdEncoding.EncodeToString(append(make([]byte, shift), w...))
		from, to := (8*shift+5)/6, 8*(shift+len(w))/6
		all[fmt.Sprintf("base64 at %d", shift)] = []byte(text[from:to])
	}
	return all
}
