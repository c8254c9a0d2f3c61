package object

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
)

// A File is a PDF that is read where it lies.
type File struct {
	r      io.ReaderAt
	size   int64
	header int64 // bytes before the first of the PDF

	places   map[int]place
	trailer  Dict
	holders  []*holder // object streams in hand, the last used at the end
	reading  map[int]bool
	inflater io.ReadCloser
	faults   []string
	damaged  bool
	work     int64 // bytes that may still be read or unpressed
	err      error
}

// place is where an object lies: at an offset, or in an object stream.
type place struct {
	offset int64
	holder int // number of the object stream; 0: none
	index  int
}

// holder is an object stream that was unpressed.
type holder struct {
	number  int
	data    []byte
	offsets []int
}

// What a file may ask for.
const (
	mostObjects  = 2_000_000
	mostSections = 4096      // of the table of objects
	mostObject   = 32 << 20  // bytes of an object that is no stream
	mostHolder   = 32 << 20  // bytes of an object stream
	keptHolders  = 24        // object streams in hand
	keptBytes    = 64 << 20  // of all of them
	leastWork    = 512 << 20 // bytes read and unpressed, whatever the size of the file
	workPerByte  = 24
	mostFaults   = 20
)

// What a file can be told apart by.
var (
	ErrNotPDF = errors.New("this is no PDF file")
	ErrDamage = errors.New("this PDF file is damaged so far that it cannot be read")
	// ErrWork is of a file that was made to keep its reader busy, or is damaged so
	// that it does.
	ErrWork = errors.New("this PDF file asks for more work than its size explains")
)

// Open reads the table of objects of a file; one whose table is damaged is
// looked through for its objects, and says so (Faults).
func Open(r io.ReaderAt, size int64) (*File, error) {
	f := &File{r: r, size: size, places: map[int]place{}, trailer: Dict{}, reading: map[int]bool{}, work: leastWork + workPerByte*size}
	head, err := f.bytes(0, int(min(1024, size)))
	if err != nil {
		return nil, err
	}
	at := bytes.Index(head, []byte("%PDF-"))
	if at < 0 {
		return nil, ErrNotPDF
	}
	f.header = int64(at)
	if err := f.table(); err != nil {
		if f.err != nil {
			return nil, f.err
		}
		f.damaged = true
		f.fault("its table of objects is damaged and was made again")
		if err := f.remake(); err != nil {
			return nil, err
		}
	}
	return f, nil
}

// Trailer is the dictionary that leads to everything else.
func (f *File) Trailer() Dict { return f.trailer }

// Size is how many bytes the file has.
func (f *File) Size() int64 { return f.size }

// Faults are what was found wrong with the file so far, each once.
func (f *File) Faults() []string { return slices.Clone(f.faults) }

// Damaged tells that objects of the file may be lost: its table had to be made again, or
// one that it names cannot be read.
func (f *File) Damaged() bool { return f.damaged }

// Err is why the file is not read further: it asks for too much, or the disk
// fails.
func (f *File) Err() error { return f.err }

func (f *File) fault(what string) {
	if len(f.faults) < mostFaults && !slices.Contains(f.faults, what) {
		f.faults = append(f.faults, what)
	}
}

// spend pays for work.
func (f *File) spend(n int) error {
	if f.work -= int64(n); f.work < 0 && f.err == nil {
		f.err = ErrWork
	}
	return f.err
}

func (f *File) bytes(at int64, n int) ([]byte, error) {
	if err := f.spend(n); err != nil {
		return nil, err
	}
	if at < 0 || n < 0 || at+int64(n) > f.size {
		return nil, fmt.Errorf("byte %d: %w", at, ErrEnd)
	}
	out := make([]byte, n)
	if read, err := f.r.ReadAt(out, at); read < n {
		f.err = fmt.Errorf("read the file: %w", err)
		return nil, f.err
	}
	return out, nil
}

// Object gives an object by its number; nil where there is none or it cannot be
// read.
func (f *File) Object(number int) any {
	p, ok := f.places[number]
	if !ok || f.err != nil || f.reading[number] {
		return nil
	}
	f.reading[number] = true
	defer delete(f.reading, number)
	var v any
	var err error
	if p.holder != 0 {
		v, err = f.held(p)
	} else {
		v, err = f.objectAt(p.offset, number)
	}
	if err != nil {
		f.damaged = f.damaged || p.holder != 0 || p.offset > 0 // at -1: a free one, which is none
		f.fault(fmt.Sprintf("object %d cannot be read", number))
		return nil
	}
	return v
}

// objectAt reads an object that stands by itself in the file.
func (f *File) objectAt(offset int64, number int) (any, error) {
	for n := int64(2 << 10); ; n *= 4 {
		n = min(n, f.size-offset)
		window, err := f.bytes(offset, int(n))
		if err != nil {
			return nil, err
		}
		l := Lexer{data: window, refs: true}
		v, err := l.object(number, offset)
		whole := offset+n >= f.size
		if !l.met && !errors.Is(err, ErrEnd) || whole || n >= mostObject {
			return v, err
		}
	}
}

// object reads "1 0 obj" and what follows; number -1 takes any. What it says holds only
// where it has not met the end of what is in hand.
func (l *Lexer) object(number int, offset int64) (any, error) {
	var head [3]any
	for i := range head {
		var err error
		if head[i], err = l.Next(); err != nil {
			return nil, err
		}
	}
	if n, ok := head[0].(int); !ok || number >= 0 && n != number || head[2] != Operator("obj") {
		return nil, fmt.Errorf("object %d: %w", number, errSyntax)
	}
	v, err := l.Next()
	if err != nil {
		return nil, err
	}
	if op, ok := v.(Operator); ok {
		if op == "endobj" {
			return nil, nil
		}
		return nil, fmt.Errorf("object %d: %w", number, errSyntax)
	}
	d, ok := v.(Dict)
	if !ok {
		return v, nil
	}
	l.space()
	rest := l.Rest()
	word := []byte("stream")
	switch {
	case !bytes.HasPrefix(rest, word[:min(len(word), len(rest))]):
		return d, nil
	case len(rest) < len(word)+2:
		return d, ErrEnd // whether it is a stream is not in hand
	}
	start := l.at + len(word)
	if l.data[start] == '\r' {
		start++
	}
	if start < len(l.data) && l.data[start] == '\n' {
		start++
	}
	return &Stream{Dict: d, start: offset + int64(start)}, nil
}

// held reads an object of an object stream.
func (f *File) held(p place) (any, error) {
	h, err := f.holder(p.holder)
	if err != nil {
		return nil, err
	}
	if p.index >= len(h.offsets) || h.offsets[p.index] > len(h.data) {
		return nil, errSyntax
	}
	l := Lexer{data: h.data, at: h.offsets[p.index], refs: true}
	v, err := l.Next()
	if err := f.spend(l.at - h.offsets[p.index]); err != nil {
		return nil, err
	}
	if _, ok := v.(Operator); ok {
		return nil, errSyntax
	}
	return v, err
}

// holder unpresses an object stream, or finds it in hand.
func (f *File) holder(number int) (*holder, error) {
	for i, h := range f.holders {
		if h.number == number {
			f.holders = append(slices.Delete(f.holders, i, i+1), h)
			return h, nil
		}
	}
	p, ok := f.places[number]
	if !ok || p.holder != 0 || f.reading[number] {
		return nil, errSyntax
	}
	s := f.Stream(Ref{Number: number})
	if s == nil {
		return nil, errSyntax
	}
	data, err := f.Data(s, mostHolder)
	if err != nil {
		return nil, err
	}
	count, _ := f.Int(s.Dict["N"])
	first, _ := f.Int(s.Dict["First"])
	if count < 0 || count > len(data) || first < 0 || first > len(data) {
		return nil, errSyntax
	}
	h := &holder{number: number, data: data}
	l := Lexer{data: data[:first]}
	for range count {
		_, err := l.Next()
		at, err2 := l.Next()
		offset, ok := at.(int)
		if err != nil || err2 != nil || !ok || offset < 0 || offset > len(data)-first {
			return nil, errSyntax
		}
		h.offsets = append(h.offsets, first+offset)
	}
	f.keep(h)
	return h, nil
}

// keep holds an object stream in hand and lets the oldest go.
func (f *File) keep(h *holder) {
	f.holders = append(f.holders, h)
	total := 0
	for _, h := range f.holders {
		total += len(h.data)
	}
	for len(f.holders) > 1 && (len(f.holders) > keptHolders || total > keptBytes) {
		total -= len(f.holders[0].data)
		f.holders = slices.Delete(f.holders, 0, 1)
	}
}
