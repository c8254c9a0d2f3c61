package anonymise

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/richardlehane/mscfb"
)

// compoundMagic begins the files in which Outlook keeps a message.
const compoundMagic = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

var errNoMessage = errors.New("is a compound file that holds no message")

// A sheet is a compound file in memory that knows which of its bytes were
// written anew.
type sheet struct {
	data []byte
	new  []bool
}

func (s *sheet) ReadAt(p []byte, at int64) (int, error) { return bytes.NewReader(s.data).ReadAt(p, at) }

func (s *sheet) WriteAt(p []byte, at int64) (int, error) {
	if at < 0 || at+int64(len(p)) > int64(len(s.data)) {
		return 0, io.ErrShortWrite
	}
	for i := range p {
		s.data[int(at)+i], s.new[int(at)+i] = p[i], true
	}
	return len(p), nil
}

// message writes a message of Outlook over, stream by stream in its place. What
// belongs to no stream is emptied: sectors keep what once stood in them.
func (s *scribe) message(data []byte) (out []byte, err error) {
	// The library trusts what a file says of itself.
	defer func() {
		if r := recover(); r != nil {
			out, err = nil, fmt.Errorf("its directory makes no sense: %v", r)
		}
	}()
	over := &sheet{bytes.Clone(data), make([]bool, len(data))}
	doc, err := mscfb.New(over)
	if err != nil {
		return nil, err
	}
	message := false
	for f, err := doc.Next(); err != io.EOF; f, err = doc.Next() {
		if err != nil {
			return nil, err
		}
		message = message || f.Name == properties && len(f.Path) == 0
		if f.FileInfo().IsDir() || f.Size <= 0 {
			continue
		}
		was := make([]byte, min(f.Size, int64(len(data))))
		if n, err := f.ReadAt(was, 0); n < len(was) && err != nil {
			return nil, err
		}
		if n, err := f.WriteAt(s.property(f.Path, f.Name, was), 0); n < len(was) && err != nil {
			return nil, err
		}
	}
	if !message {
		return nil, errNoMessage
	}
	over.keepDirectory()
	for i, written := range over.new {
		if !written {
			over.data[i] = 0
		}
	}
	return over.data, nil
}

const (
	properties = "__properties_version1.0"
	substance  = "__substg1.0_"
)

// property writes one stream anew, in as many bytes.
func (s *scribe) property(path []string, name string, b []byte) []byte {
	switch {
	case name == properties:
		return s.fixed(path, b)
	case len(path) > 0 && path[len(path)-1] == "__nameid_version1.0":
		if name == substance+"00040102" {
			return encode16(s.outlook(decode16(b, binary.LittleEndian)), binary.LittleEndian)
		}
		return b
	case strings.HasPrefix(name, substance) && strings.HasSuffix(name, "001F"):
		return fitted(encode16(s.outlook(decode16(b, binary.LittleEndian)), binary.LittleEndian), len(b))
	case strings.HasPrefix(name, substance) && strings.HasSuffix(name, "001E"):
		return fitted([]byte(s.bytes(string(b), s.outlook)), len(b))
	case strings.HasPrefix(name, substance+"1009"):
		return emptyRTF(len(b))
	}
	return fitted(s.blob("", b), len(b))
}

// outlook writes a text in as much room, and keeps what Outlook's own classes and
// kinds of addresses are called.
func (s *scribe) outlook(in string) string {
	switch {
	case strings.HasPrefix(in, "IPM."), in == "SMTP", in == "EX", looksLikeType(in):
		return in
	}
	if isHeader(in) {
		if out := s.mail(in); len(out) == len(in) {
			return out
		}
	}
	return s.over(in)
}

// fitted fills up with spaces what became shorter, and cuts what became longer.
func fitted(b []byte, size int) []byte {
	if len(b) < size {
		b = append(b, bytes.Repeat([]byte(" "), size-len(b))...)
	}
	return b[:size]
}

// fixed moves the times among the properties that have a size of their own.
func (s *scribe) fixed(path []string, b []byte) []byte {
	const entry, instant = 16, 0x40
	at := 32 // of the message itself
	if n := len(path); n > 0 && strings.HasSuffix(path[n-1], "_3701000D") {
		at = 24
	} else if n > 0 {
		at = 8
	}
	for ; at+entry <= len(b); at += entry {
		if binary.LittleEndian.Uint16(b[at:]) != instant {
			continue
		}
		since := binary.LittleEndian.Uint64(b[at+8:]) // 1601, in tenths of microseconds
		const unix = 116444736000000000
		if since < unix || since > 2*unix {
			continue
		}
		if s.learning {
			s.calendar.saw(time.Unix(int64(since-unix)/1e7, 0).UTC())
		}
		binary.LittleEndian.PutUint64(b[at+8:], uint64(int64(since)+int64(s.calendar.weeks)*secondsOfWeek*1e7))
	}
	return b
}

// emptyRTF is a body of rich text that says nothing, in so many bytes.
func emptyRTF(size int) []byte {
	b := make([]byte, size)
	if size < 24 {
		return b
	}
	binary.LittleEndian.PutUint32(b, uint32(size-4))
	binary.LittleEndian.PutUint32(b[4:], uint32(size-16))
	copy(b[8:], "MELA")
	copy(b[16:], fitted([]byte(`{\rtf1}`), size-16))
	return b
}

// keepDirectory marks what makes a compound file one: its header, its tables
// and its directory.
func (s *sheet) keepDirectory() {
	size := 1 << binary.LittleEndian.Uint16(s.data[30:])
	keep := func(from, to int) {
		for i := from; i < min(to, len(s.new)); i++ {
			s.new[i] = true
		}
	}
	sector := func(n uint32) []byte {
		at := (int(n) + 1) * size
		if at+size > len(s.data) {
			return nil
		}
		return s.data[at : at+size]
	}
	keep(0, size)
	table := []uint32{}
	tables := func(list []byte) {
		for ; len(list) >= 4; list = list[4:] {
			n := binary.LittleEndian.Uint32(list)
			if part := sector(n); part != nil {
				keep((int(n)+1)*size, (int(n)+2)*size)
				for ; len(part) >= 4; part = part[4:] {
					table = append(table, binary.LittleEndian.Uint32(part))
				}
			}
		}
	}
	tables(s.data[76:512])
	for n, i := binary.LittleEndian.Uint32(s.data[68:]), 0; sector(n) != nil && i < len(s.data)/size; i++ {
		part := sector(n)
		keep((int(n)+1)*size, (int(n)+2)*size)
		tables(part[:size-4])
		n = binary.LittleEndian.Uint32(part[size-4:])
	}
	for _, first := range []int{48, 60} { // the directory, and the table of the small streams
		for n, i := binary.LittleEndian.Uint32(s.data[first:]), 0; sector(n) != nil && int(n) < len(table) && i <= len(table); i++ {
			keep((int(n)+1)*size, (int(n)+2)*size)
			n = table[n]
		}
	}
}
