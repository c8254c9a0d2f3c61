package object

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"strconv"
)

// table reads the file's own table of objects, the newest part first.
func (f *File) table() error {
	const tail = 2048
	n := min(tail, f.size)
	end, err := f.bytes(f.size-n, int(n))
	if err != nil {
		return err
	}
	at := bytes.LastIndex(end, []byte("startxref"))
	if at < 0 {
		return fmt.Errorf("startxref: %w", ErrDamage)
	}
	l := Lexer{data: end, at: at + len("startxref")}
	v, err := l.Next()
	start, ok := v.(int)
	if err != nil || !ok {
		return fmt.Errorf("startxref: %w", ErrDamage)
	}
	seen := map[int64]bool{}
	todo := []int64{int64(start) + f.header}
	for len(todo) > 0 {
		section := todo[0]
		todo = todo[1:]
		if seen[section] {
			continue
		}
		if seen[section] = true; len(seen) > mostSections {
			return fmt.Errorf("more than %d tables: %w", mostSections, ErrDamage)
		}
		d, err := f.section(section)
		if err != nil {
			return err
		}
		for key, v := range d {
			if _, ok := f.trailer[key]; !ok {
				f.trailer[key] = v
			}
		}
		for _, key := range []Name{"XRefStm", "Prev"} {
			if at, ok := d[key].(int); ok {
				todo = append(todo, int64(at)+f.header)
			}
		}
	}
	if f.Dict(f.trailer["Root"]) == nil {
		return fmt.Errorf("no catalog: %w", ErrDamage)
	}
	return nil
}

// section reads one table, in the old form or as a stream.
func (f *File) section(at int64) (Dict, error) {
	head, err := f.bytes(at, int(min(32, max(0, f.size-at))))
	if err != nil {
		return nil, err
	}
	if bytes.HasPrefix(bytes.TrimLeft(head, " \r\n\t"), []byte("xref")) {
		return f.oldSection(at)
	}
	v, err := f.objectAt(at, -1)
	if err != nil {
		return nil, err
	}
	s, ok := v.(*Stream)
	if !ok || s.Dict["Type"] != Name("XRef") {
		return nil, fmt.Errorf("byte %d: no table of objects: %w", at, ErrDamage)
	}
	return s.Dict, f.streamSection(s)
}

// oldSection reads "xref" and its lines. A table is read in one piece: it has
// twenty bytes for each object.
func (f *File) oldSection(at int64) (Dict, error) {
	n := min(f.size-at, 64<<10)
	for {
		window, err := f.bytes(at, int(n))
		if err != nil {
			return nil, err
		}
		d, err := f.oldLines(window)
		if err == nil || n == f.size-at || n >= mostObject {
			return d, err
		}
		n = min(f.size-at, n*4)
	}
}

func (f *File) oldLines(window []byte) (Dict, error) {
	l := Lexer{data: window}
	if v, err := l.Next(); err != nil || v != Operator("xref") {
		return nil, fmt.Errorf("xref: %w", ErrDamage)
	}
	for {
		v, err := l.Next()
		if err != nil {
			return nil, err
		}
		if v == Operator("trailer") {
			break
		}
		first, ok := v.(int)
		v, err = l.Next()
		count, ok2 := v.(int)
		if err != nil || !ok || !ok2 || first < 0 || count < 0 || first > mostObjects || count > len(window)/18 {
			return nil, fmt.Errorf("xref: %w", ErrDamage)
		}
		for i := range count {
			if err := f.oldLine(&l, first+i); err != nil {
				return nil, err
			}
		}
	}
	l.refs = true
	v, err := l.Next()
	if err != nil {
		return nil, err
	}
	d, ok := v.(Dict)
	if !ok {
		return nil, fmt.Errorf("trailer: %w", ErrDamage)
	}
	return d, nil
}

func (f *File) oldLine(l *Lexer, number int) error {
	offset, err := l.Next()
	if err != nil {
		return err
	}
	if _, err = l.Next(); err != nil {
		return err
	}
	kind, err := l.Next()
	if err != nil {
		return err
	}
	at, ok := offset.(int)
	if !ok {
		return fmt.Errorf("xref: %w", ErrDamage)
	}
	if kind == Operator("n") {
		return f.put(number, place{offset: int64(at) + f.header})
	}
	return f.put(number, place{offset: -1})
}

// put notes where an object lies, unless a newer table has said so.
func (f *File) put(number int, p place) error {
	if number < 0 || number > mostObjects {
		return fmt.Errorf("object %d: more than %d objects: %w", number, mostObjects, ErrDamage)
	}
	if _, ok := f.places[number]; !ok {
		f.places[number] = p
	}
	return nil
}

// streamSection reads a table that is a stream.
func (f *File) streamSection(s *Stream) error {
	widths := f.Numbers(s.Dict["W"])
	if len(widths) != 3 {
		return fmt.Errorf("widths: %w", ErrDamage)
	}
	var w [3]int
	for i, n := range widths {
		if n < 0 || n > 8 {
			return fmt.Errorf("widths: %w", ErrDamage)
		}
		w[i] = int(n)
	}
	row := w[0] + w[1] + w[2]
	data, err := f.Data(s, mostHolder)
	if err != nil {
		return err
	}
	index := f.Numbers(s.Dict["Index"])
	if len(index) < 2 {
		size, _ := f.Int(s.Dict["Size"])
		index = []float64{0, float64(size)}
	}
	for i := 0; i+1 < len(index); i += 2 {
		first, count := int(index[i]), int(index[i+1])
		if row < 1 || first < 0 || count < 0 || count > len(data)/row+1 {
			return fmt.Errorf("index: %w", ErrDamage)
		}
		for n := range count {
			if len(data) < row {
				return nil
			}
			if err := f.put(first+n, streamLine(data[:row], w, f.header)); err != nil {
				return err
			}
			data = data[row:]
		}
	}
	return nil
}

func streamLine(line []byte, w [3]int, header int64) place {
	field := func(n int) (v int64) {
		for _, c := range line[:n] {
			v = v<<8 | int64(c)
		}
		line = line[n:]
		return v
	}
	kind := int64(1)
	if w[0] > 0 {
		kind = field(w[0])
	}
	a, b := field(w[1]), field(w[2])
	switch {
	case kind == 1 && a >= 0:
		return place{offset: a + header}
	case kind == 2 && a > 0 && a <= mostObjects && b >= 0 && b <= mostObjects:
		return place{holder: int(a), index: int(b)}
	}
	return place{offset: -1}
}

// remake looks through the file for its objects, as readers do where the table
// is damaged. The last of a number holds.
func (f *File) remake() error {
	f.places, f.trailer, f.holders = map[int]place{}, Dict{}, nil
	const step, lap = 1 << 20, 64
	for at := int64(0); at < f.size; at += step {
		piece, err := f.bytes(at, int(min(step+lap, f.size-at)))
		if err != nil {
			return err
		}
		f.find(piece, at, step)
	}
	if f.trailer["Root"] == nil {
		f.trailer["Root"] = f.findRoot()
	}
	if f.Dict(f.trailer["Root"]) == nil {
		if f.err != nil {
			return f.err
		}
		return ErrDamage
	}
	return nil
}

// find notes the objects and trailers that begin in the first step bytes of a
// piece.
func (f *File) find(piece []byte, at int64, step int) {
	word := []byte("obj")
	for i := 0; ; {
		next := bytes.Index(piece[i:], word)
		if next < 0 {
			break
		}
		i += next
		if number, start, ok := headBefore(piece, i); ok && start <= step && (start > 0 || at == 0) && len(f.places) < mostObjects && number <= mostObjects {
			f.places[number] = place{offset: at + int64(start)}
			f.open(number, at+int64(start))
		}
		i += len(word)
	}
	for i := 0; ; {
		next := bytes.Index(piece[i:], []byte("trailer"))
		if next < 0 || i+next >= step {
			return
		}
		i += next + len("trailer")
		window, err := f.bytes(at+int64(i), int(min(8<<10, f.size-at-int64(i))))
		if err != nil {
			return
		}
		l := Lexer{data: window, refs: true}
		if v, err := l.Next(); err == nil {
			if d, ok := v.(Dict); ok && d["Root"] != nil {
				f.trailer = d
			}
		}
	}
}

// open notes what an object stream holds, and takes a table's dictionary for the
// trailer.
func (f *File) open(number int, offset int64) {
	window, err := f.bytes(offset, int(min(512, f.size-offset)))
	if err != nil || !bytes.Contains(window, []byte("/ObjStm")) && !bytes.Contains(window, []byte("/XRef")) {
		return
	}
	v, err := f.objectAt(offset, number)
	s, ok := v.(*Stream)
	if err != nil || !ok {
		return
	}
	switch f.Name(s.Dict["Type"]) {
	case "XRef":
		f.trailer = s.Dict
	case "ObjStm":
		data, err := f.Data(s, mostHolder)
		count, _ := f.Int(s.Dict["N"])
		if err != nil || count > len(data) {
			return
		}
		l := Lexer{data: data}
		for i := range max(0, count) {
			v, err := l.Next()
			if _, err2 := l.Next(); err != nil || err2 != nil {
				return
			}
			if n, ok := v.(int); ok && n >= 0 && n <= mostObjects && len(f.places) < mostObjects {
				f.places[n] = place{holder: number, index: i}
			}
		}
	}
}

// headBefore reads "12 0 " backwards from the word obj.
func headBefore(piece []byte, i int) (number, start int, ok bool) {
	end := i
	field := func() (int, bool) {
		for end > 0 && isSpace(piece[end-1]) {
			end--
		}
		from := end
		for from > 0 && end-from < 10 && piece[from-1] >= '0' && piece[from-1] <= '9' {
			from--
		}
		n, err := strconv.Atoi(string(piece[from:end]))
		end = from
		return n, err == nil
	}
	if _, ok = field(); !ok {
		return 0, 0, false
	}
	number, ok = field()
	return number, end, ok
}

// findRoot looks for the catalog among the objects.
func (f *File) findRoot() any {
	for _, number := range slices.Sorted(maps.Keys(f.places)) {
		if d, ok := f.Object(number).(Dict); ok && d["Type"] == Name("Catalog") {
			return Ref{Number: number}
		}
	}
	return nil
}
