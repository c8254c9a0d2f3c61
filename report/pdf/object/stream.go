package object

import (
	"bytes"
	"encoding/ascii85"
	"errors"
	"fmt"
	"io"
	"maps"
	"strings"

	"github.com/klauspost/compress/zlib"
	"golang.org/x/image/tiff/lzw"
)

// mostFilters is how many filters a stream may lie behind.
const mostFilters = 4

var (
	errFilter = errors.New("a filter that is not known")
	errLong   = errors.New("a stream is longer than is read")
)

// Data gives what a stream holds behind its filters, up to so many bytes: a
// longer one, and a picture in a form of its own, is an error.
func (f *File) Data(s *Stream, most int) ([]byte, error) {
	raw, err := f.raw(s)
	if err != nil {
		return nil, err
	}
	filters, parms := f.list(s.Dict["Filter"]), f.list(s.Dict["DecodeParms"])
	if len(filters) > mostFilters {
		return nil, errFilter
	}
	data := raw
	for i, filter := range filters {
		data, err = f.decode(f.Name(filter), data, most)
		if f.spend(len(data)) != nil {
			return nil, f.err
		}
		if err != nil {
			return nil, err
		}
		if i < len(parms) {
			if data, err = f.unpredict(data, f.Dict(parms[i])); err != nil {
				return nil, err
			}
		}
	}
	if len(data) > most {
		return nil, errLong
	}
	return data, nil
}

// Picture gives a stream that is a JPEG or a JPEG 2000 as such a file, without the
// filters around it, with the name of its own filter and what is said of that; the name
// is empty where it is neither.
func (f *File) Picture(s *Stream) (kind Name, parms any, data []byte, err error) {
	filters, all := f.list(s.Dict["Filter"]), f.list(s.Dict["DecodeParms"])
	last := len(filters) - 1
	if last < 0 {
		return "", nil, nil, nil
	}
	kind = f.Name(filters[last])
	if kind == "DCT" {
		kind = "DCTDecode"
	}
	if kind != "DCTDecode" && kind != "JPXDecode" {
		return "", nil, nil, nil
	}
	if last < len(all) {
		parms, all = f.Resolve(all[last]), all[:last]
	}
	around := &Stream{Dict: maps.Clone(s.Dict), start: s.start}
	around.Dict["Filter"], around.Dict["DecodeParms"] = filters[:last], all
	data, err = f.Data(around, mostStream)
	return kind, parms, data, err
}

// list is an array, or the one thing that stands in place of it.
func (f *File) list(v any) Array {
	switch v := f.Resolve(v).(type) {
	case nil:
		return nil
	case Array:
		return v
	default:
		return Array{v}
	}
}

// Raw gives the bytes of a stream as they lie in the file, behind their filters.
func (f *File) Raw(s *Stream) ([]byte, error) { return f.raw(s) }

// raw gives the bytes of a stream as they lie in the file.
func (f *File) raw(s *Stream) ([]byte, error) {
	length, ok := f.Int(s.Dict["Length"])
	if !ok || length < 0 || int64(length) > f.size-s.start || !f.endsAt(s.start+int64(length)) {
		f.fault("the length of a stream is wrong")
		var err error
		if length, err = f.findEnd(s.start); err != nil {
			return nil, err
		}
	}
	if length > mostStream {
		return nil, errLong
	}
	return f.bytes(s.start, length)
}

// mostStream is how many bytes of a stream are held at once, as they lie in
// the file.
const mostStream = 256 << 20

// endsAt tells whether a stream ends at an offset.
func (f *File) endsAt(at int64) bool {
	tail, err := f.bytes(at, int(min(20, f.size-at)))
	return err == nil && bytes.HasPrefix(bytes.TrimLeft(tail, "\r\n \t"), []byte("endstream"))
}

// findEnd looks for the end of a stream that does not say how long it is.
func (f *File) findEnd(start int64) (int, error) {
	const step = 64 << 10
	word := []byte("endstream")
	for at := start; at < f.size && at-start < mostStream; at += step {
		piece, err := f.bytes(at, int(min(step+int64(len(word)), f.size-at)))
		if err != nil {
			return 0, err
		}
		if i := bytes.Index(piece, word); i >= 0 {
			return int(at-start) + i, nil
		}
	}
	return 0, fmt.Errorf("a stream has no end: %w", ErrEnd)
}

func (f *File) decode(filter Name, data []byte, most int) ([]byte, error) {
	switch filter {
	case "FlateDecode", "Fl":
		return f.inflate(data, most)
	case "LZWDecode", "LZW":
		return readAll(lzw.NewReader(bytes.NewReader(data), lzw.MSB, 8), most)
	case "ASCIIHexDecode", "AHx":
		end := bytes.IndexByte(data, '>')
		if end < 0 {
			end = len(data)
		}
		return unhex(data[:end]), nil
	case "ASCII85Decode", "A85":
		text, _, _ := strings.Cut(strings.TrimPrefix(strings.TrimSpace(string(data)), "<~"), "~>")
		return readAll(io.NopCloser(ascii85.NewDecoder(strings.NewReader(text))), most)
	case "RunLengthDecode", "RL":
		return runLength(data, most)
	}
	return nil, errFilter
}

// inflate unpresses with the same tables again and again: a file has a stream or
// two for each page.
func (f *File) inflate(data []byte, most int) ([]byte, error) {
	var err error
	if again, ok := f.inflater.(zlib.Resetter); ok {
		err = again.Reset(bytes.NewReader(data), nil)
	} else {
		f.inflater, err = zlib.NewReader(bytes.NewReader(data))
	}
	if err != nil {
		f.inflater = nil
		return nil, err
	}
	return readAll(f.inflater, most)
}

// readAll reads a stream to its end. One that breaks off gives what there was:
// readers show that much.
func readAll(r io.ReadCloser, most int) ([]byte, error) {
	out, err := io.ReadAll(io.LimitReader(r, int64(most)+1))
	if len(out) > most {
		return nil, errLong
	}
	if closing := r.Close(); err == nil {
		err = closing
	}
	if err != nil && len(out) == 0 {
		return nil, err
	}
	return out, nil
}

func runLength(data []byte, most int) ([]byte, error) {
	var out []byte
	for i := 0; i < len(data); {
		n := int(data[i])
		i++
		switch {
		case n == 128:
			return out, nil
		case n < 128:
			end := min(len(data), i+n+1)
			out = append(out, data[i:end]...)
			i = end
		case i < len(data):
			out = append(out, bytes.Repeat(data[i:i+1], 257-n)...)
			i++
		}
		if len(out) > most {
			return nil, errLong
		}
	}
	return out, nil
}

// unpredict takes back what was done to rows of bytes to press them better.
func (f *File) unpredict(data []byte, parms Dict) ([]byte, error) {
	predictor, _ := f.Int(parms["Predictor"])
	if predictor < 10 {
		if predictor > 1 {
			return nil, errFilter // of pictures alone
		}
		return data, nil
	}
	width := func(key Name, usual int) int {
		if n, ok := f.Int(parms[key]); ok {
			return n
		}
		return usual
	}
	bits := width("Colors", 1) * width("BitsPerComponent", 8)
	if bits < 1 || bits > 512 || width("Columns", 1) < 1 || width("Columns", 1) > 1<<20 {
		return nil, errFilter
	}
	pixel, row := (bits+7)/8, (bits*width("Columns", 1)+7)/8
	out := make([]byte, 0, len(data))
	above := make([]byte, row)
	for len(data) > 1 {
		kind, line := data[0], data[1:min(len(data), row+1)]
		data = data[1+len(line):]
		unfilter(kind, line, above, pixel)
		out = append(out, line...)
		copy(above, line)
	}
	return out, nil
}

func unfilter(kind byte, line, above []byte, pixel int) {
	for i := range line {
		var left, corner byte
		if i >= pixel {
			left, corner = line[i-pixel], above[i-pixel]
		}
		switch kind {
		case 1:
			line[i] += left
		case 2:
			line[i] += above[i]
		case 3:
			line[i] += byte((int(left) + int(above[i])) / 2)
		case 4:
			line[i] += paeth(left, above[i], corner)
		}
	}
}

func paeth(a, b, c byte) byte {
	p := int(a) + int(b) - int(c)
	near := func(n byte) int { return max(p-int(n), int(n)-p) }
	switch {
	case near(a) <= near(b) && near(a) <= near(c):
		return a
	case near(b) <= near(c):
		return b
	}
	return c
}
