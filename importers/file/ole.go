package file

import (
	"encoding/binary"
	"fmt"
	"strings"
	"time"

	"daybook/timeline"
)

const (
	oleMagic  = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
	summaryID = "\xe0\x85\x9f\xf2\xf9\x4f\x68\x10\xab\x91\x08\x00\x2b\x27\xb3\xd9"
	maxProps  = 100
)

// ole reads the summary information of a Word, Excel or PowerPoint file from
// before 2007. It looks for the summary's own mark near the start and the end
// and takes what follows it to lie in one piece, which writers see to.
func (f *facts) ole(w *window) error {
	const near = 1 << 20
	for _, off := range []int64{0, max(near, w.size-near)} {
		b, err := w.piece(off, near)
		if err != nil {
			return err
		}
		if i := strings.Index(string(b), summaryID); i >= 0 && i+20 <= len(b) {
			// the set begins 28 bytes before its mark; the section lies where
			// the word after the mark says
			at := i - 28 + int(binary.LittleEndian.Uint32(b[i+16:]))
			if at < 0 || at > len(b) {
				return fmt.Errorf("summary: %w", errCut)
			}
			return f.summary(b[at:])
		}
		if w.size <= near {
			break
		}
	}
	return nil
}

// summary reads one section: size, count, then number and offset of each
// property.
func (f *facts) summary(b []byte) error {
	if len(b) < 8 {
		return fmt.Errorf("summary: %w", errCut)
	}
	n := min(int(binary.LittleEndian.Uint32(b[4:])), maxProps)
	for i := range n {
		at := 8 + 8*i
		if len(b) < at+8 {
			return fmt.Errorf("summary: %w", errCut)
		}
		id, off := binary.LittleEndian.Uint32(b[at:]), int(binary.LittleEndian.Uint32(b[at+4:]))
		if off < 0 || off+8 > len(b) {
			continue
		}
		f.summaryValue(id, b[off:])
	}
	return nil
}

var summaryFacts = map[uint32]string{2: "title", 3: "subject", 4: "author", 6: "comment", 8: "last saved by", 9: "revision", 18: "made with"}

func (f *facts) summaryValue(id uint32, b []byte) {
	switch binary.LittleEndian.Uint32(b) {
	case 64: // a file time
		if len(b) < 12 {
			return
		}
		switch id {
		case 11:
			f.fileTime(-1, "last printed", b[4:])
		case 12:
			f.fileTime(created, "document created", b[4:])
		case 13:
			f.fileTime(modified, "document last saved", b[4:])
		}
	case 30: // a text
		n := int(binary.LittleEndian.Uint32(b[4:]))
		if name := summaryFacts[id]; name != "" && n > 0 && n <= maxValue && 8+n <= len(b) {
			text, _, _ := strings.Cut(string(b[8:8+n]), "\x00")
			f.set(name, text)
		}
	}
}

// fileTime reads tenths of microseconds since 1601, in UTC. Zero is not set.
func (f *facts) fileTime(s sort, label string, b []byte) {
	v := binary.LittleEndian.Uint64(b)
	const toUnix = 11_644_473_600
	sec := int64(v/10_000_000) - toUnix
	if v == 0 || sec < 0 || sec > 1<<33 {
		return
	}
	t := time.Unix(sec, 0).UTC()
	raw := t.Format("2006-01-02T15:04:05Z")
	if s < 0 {
		f.set(label, raw)
		return
	}
	f.times = append(f.times, moment{sort: s, label: label, raw: raw, t: t, zone: utc, prec: timeline.Second})
}
