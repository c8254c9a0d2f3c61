package leak

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"strings"
)

// The digits of sums and of IDs are letters by chance: a Bea stands in 8bea6068. They count
// for nothing where they have a form in which a bundle writes them, and are no part of
// what is looked for: 64 or 32 digits, a UUID, groups of eight, and the eight that stand
// behind the number in the name of a file. Anybody's text may hold digits in other forms.

const (
	group      = 8 // digits
	wholeSum   = 8 // groups
	leastGroup = 2 // of them, where a sum is told by its beginning
	covered    = 'x'
)

// uuid is how long the parts of one are.
var uuid = [...]int{8, 4, 4, 4, 12}

// span is a part of a text, in bytes.
type span struct{ from, to int }

// sums gives the parts of a text that are digits of sums and IDs.
func sums(b []byte) (all []span) {
	var groups, parts []span
	flush := func() {
		for _, g := range groups {
			if len(groups) >= wholeSum || len(groups) >= leastGroup && mixed(b[g.from:g.to]) {
				all = append(all, g)
			}
		}
		groups = groups[:0]
	}
	for at := 0; at < len(b); {
		if !wordByte(b[at]) {
			if b[at] > ' ' {
				flush()
			}
			at++
			continue
		}
		parts = parts[:0] // of a word, between its hyphens
		for from := at; ; at++ {
			if at < len(b) && wordByte(b[at]) {
				continue
			}
			parts = append(parts, span{from, at})
			if at+1 >= len(b) || b[at] != '-' || !wordByte(b[at+1]) {
				break
			}
			from = at + 1
		}
		if one := parts[0]; len(parts) == 1 && one.to-one.from == group && hexDigits(b[one.from:one.to]) {
			groups = append(groups, one)
			continue
		}
		flush()
		all = append(all, ids(b, parts)...)
	}
	flush()
	return all
}

// ids are the parts of a word that are a sum or an ID.
func ids(b []byte, parts []span) (all []span) {
	for i := 0; i < len(parts); i++ {
		p := parts[i]
		digits := b[p.from:p.to]
		if n := len(digits); n != group && n != 32 && n != 64 || !hexDigits(digits) {
			continue
		}
		switch {
		case len(digits) > group:
			if mixed(digits) {
				all = append(all, p)
			}
		case isUUID(b, parts[i:]):
			all = append(all, span{p.from, parts[i+len(uuid)-1].to})
			i += len(uuid) - 1
		case i > 0 && parts[i-1].to-parts[i-1].from >= 6 && len(bytes.Trim(b[parts[i-1].from:parts[i-1].to], "0123456789")) == 0 && mixed(digits):
			all = append(all, p)
		}
	}
	return all
}

func isUUID(b []byte, parts []span) bool {
	if len(parts) < len(uuid) {
		return false
	}
	for i, n := range uuid {
		if p := parts[i]; p.to-p.from != n || !hexDigits(b[p.from:p.to]) {
			return false
		}
	}
	return mixed(b[parts[0].from:parts[len(uuid)-1].to])
}

// hexDigits tells that a word has no other letters than the small ones of sums.
func hexDigits(b []byte) bool {
	for _, c := range b {
		if (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// mixed tells of letters among figures: a number alone may be one of a telephone.
func mixed(b []byte) bool {
	return bytes.ContainsAny(b, "0123456789") && bytes.ContainsAny(b, "abcdef")
}

// bare is how the digits of a sum stand without what is between them.
func bare(b []byte) string { return strings.ReplaceAll(string(b), "-", "") }

// cover puts others in the place of the digits of sums and IDs, but of those that are
// looked for themselves.
func (l *look) cover(b []byte) {
	for _, s := range sums(b) {
		if digits := b[s.from:s.to]; !l.sought[bare(digits)] {
			for i := range digits {
				digits[i] = covered
			}
		}
	}
}

// withoutSums is a text in which a chance finds no word; every byte keeps its place.
func (l *look) withoutSums(text string) string {
	if l.sought == nil || len(text) < group {
		return text
	}
	b := []byte(text)
	l.cover(b)
	return string(b)
}

// sumsIn are the sums and IDs that secrets hold, and their groups.
func sumsIn(secrets []Secret) map[string]bool {
	all := map[string]bool{}
	for _, s := range secrets {
		b := []byte(strings.ToLower(s.Text))
		for _, in := range sums(b) {
			digits := bare(b[in.from:in.to])
			all[digits] = true
			for ; len(digits) > group; digits = digits[group:] { // it may be written in groups
				all[digits[:group]] = true
			}
			all[digits] = true
		}
	}
	return all
}

// sumless reads a text of any length so, line by line.
type sumless struct {
	l    *look
	in   *bufio.Reader
	line []byte // what is not handed on yet
}

func (r *sumless) Read(p []byte) (int, error) {
	if len(r.line) == 0 {
		line, err := r.in.ReadSlice('\n')
		if len(line) == 0 || err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, bufio.ErrBufferFull) {
			return 0, err
		}
		r.l.cover(line)
		r.line = line
	}
	n := copy(p, r.line)
	r.line = r.line[n:]
	return n, nil
}
