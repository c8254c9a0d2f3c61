// Package jsonfile walks a JSON file of any size from front to back, holding no
// more of it than one value. It knows JSON and no format: importers of formats
// that come as JSON say which parts they want, and everything else is named.
//
// A walk:
//
//	f, err := jsonfile.Open(ctx, source)     // a byte order mark is passed over
//	defer f.Close()
//	for name, err := range f.Members() {     // of the object that stands here
//		if err != nil {
//			return err                       // *Broken, the end of ctx, or of the disk
//		}
//		switch name {
//		case "title":
//			v, err := f.Value()
//			…
//		case "messages":
//			for v, err := range f.Records(&m) {  // of the array that stands here, each read into m
//				…                                // v.Record is "messages[12] at byte 3456"
//				if v.Bad != nil {
//					out.Skip(v.Record, v.Text(), v.Bad)
//				}
//			}
//		}
//	}
//	err = f.End()                            // something follows: *Broken
//	err = f.SkipUnread(out)                  // one skip for every part that the loops left
//
// What a loop's body leaves is passed over and kept in Unread, by its path, with
// how often it came and how many bytes it has, so that all bytes of a file are
// accounted for. Members of what is no object are none, and so are Elements of
// what is no array: null, {} and [] are all "no elements", as exports have it.
//
// A record that is JSON without a fault, as nearly all are, is decoded in the one
// go in which it is passed over. Of any other the walk finds the extent itself,
// by strings and brackets alone, and the library decodes it: it says what is
// wrong, and is what the quick way agrees with. A value that is too large
// (MaxValue), too deep (MaxDepth) or no JSON inside is therefore one record
// that cannot be decoded, and the walk goes on behind it. Decoding allows a name
// that comes twice in an object (the last one holds) and bytes that are no UTF-8
// (each becomes U+FFFD), knowingly: exports have both.
//
// A file of one JSON value a line (JSONL, NDJSON) is read by Lines, where a
// broken line costs that line. JavaScript in front of the value (X archives:
// "window.YTD.tweets.part0 = [") is passed over by SkipAssignment.
package jsonfile

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"

	"daybook/importers"
)

// The limits of one value. Real records are far below them.
const (
	MaxValue = 16 << 20 // bytes of a value that is read whole
	MaxDepth = 64       // values inside one another, in a value that is read whole, and in the walk
)

const chunk = 128 << 10 // what is read from the file at once

// File is a JSON file while it is walked. One goroutine uses it.
type File struct {
	ctx  context.Context
	file fs.File
	r    io.Reader
	buf  []byte
	pos  int   // of what comes next
	keep int   // of the first byte that must stay in buf; -1 when none must
	base int64 // offset of buf[0] in the file
	end  error // why no more can be read: io.EOF or worse

	missing error // of lines: the last one is cut off

	path    []step
	names   [MaxDepth]string // of the last member at each depth
	fresh   bool             // a value stands here, and nobody has touched it
	unread  unread
	words   []byte // the record of a value, while it is put together
	room    []byte // a text without its escapes, while it is
	rest    []byte // the members of a record that its struct has no field for
	piece   []byte // of memory for bytes that stay
	strings importers.Strings
	plans   plans
	called  map[string]string // names of members, by how they stand in the file
	flat    rows
	leaves  rows
}

// Open opens a source's file at its first value.
func Open(ctx context.Context, s importers.Source) (*File, error) {
	file, err := s.Open()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.Path, err)
	}
	f := New(ctx, file)
	f.file = file
	return f, nil
}

// New walks what a reader gives.
func New(ctx context.Context, r io.Reader) *File {
	f := &File{ctx: ctx, r: importers.UntilDone(ctx, r), keep: -1, fresh: true, plans: plans{}, called: map[string]string{}, leaves: rows{opened: true}}
	if f.fill(3) && string(f.buf[:3]) == "\ufeff" {
		f.pos = 3
	}
	return f
}

// Close closes the file that Open opened.
func (f *File) Close() error {
	if f.file == nil {
		return nil
	}
	return f.file.Close()
}

// Offset is how far the walk has come.
func (f *File) Offset() int64 { return f.base + int64(f.pos) }

// Broken is the error of a file that cannot be followed from some byte on. What
// was read before it stays.
type Broken struct {
	At  int64
	Why error
}

func (b *Broken) Error() string { return fmt.Sprintf("byte %d: %v", b.At, b.Why) }

// Unwrap gives the reason; io.ErrUnexpectedEOF for a file that is cut off.
func (b *Broken) Unwrap() error { return b.Why }

// broken tells why nothing can be read here: the end of the context, an error of
// the disk, the end of the file, or what is wrong with it.
func (f *File) broken(why string) error {
	switch {
	case f.pos < len(f.buf):
		return &Broken{f.Offset(), errors.New(why)}
	case f.end == nil || errors.Is(f.end, io.EOF):
		return &Broken{f.Offset(), importers.CutError(f.inside() + "the file is cut off here")}
	}
	return f.end
}

func (f *File) inside() string {
	if p := f.where(); p != "" {
		return "inside " + p + " "
	}
	return ""
}

// End tells whether the walk has come to the end of the file. What is left of
// the value itself is passed over first, and kept in Unread.
func (f *File) End() error {
	if f.missing != nil {
		return f.missing
	}
	if err := f.leave(0); err != nil {
		return err
	}
	f.space()
	if f.pos < len(f.buf) {
		return f.broken("something follows the end of the JSON")
	}
	if errors.Is(f.end, io.EOF) {
		return nil
	}
	return f.end
}

// SkipAssignment passes over JavaScript in front of the value, up to and with
// its first "=", and gives it. Where the value stands first it does nothing.
func (f *File) SkipAssignment() (string, error) {
	f.space()
	const most = 1 << 10
	for n := 0; n < most; n++ {
		if !f.fill(n + 1) {
			f.pos = len(f.buf)
			break
		}
		switch c := f.buf[f.pos+n]; {
		case c == '=':
			words := string(f.buf[f.pos : f.pos+n])
			f.pos += n + 1
			return words, nil
		case n == 0 && (c == '{' || c == '['):
			return "", nil
		}
	}
	return "", f.broken("no value is assigned here")
}
