package capture

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"daybook/importers"
	"daybook/timeline"
)

// record is one record of a WARC or an ARC.
type record struct {
	name    string // "record 3 at byte 1234"
	kind    string // "response", "request", "metadata" …
	address string
	media   string // of its block
	when    timeline.When
	header  header
	left    io.LimitedReader // what is left of its block
}

var (
	errStray   = errors.New("belongs to no record of the archive")
	errLength  = errors.New("does not say how long it is, so that it cannot be read")
	errShort   = errors.New("is cut off: the archive ends before the record does")
	errNoPage  = errors.New("is a record about the capture and no page")
	errMoved   = errors.New("sends the reader to another address and holds no page")
	errSame    = errors.New("says that the page was the same as at another capture; its words are there")
	errEmpty   = errors.New("an answer without content")
	errDigest  = errors.New("the digest that the archive gives for it does not agree with its bytes")
	errUnknown = errors.New("is neither a page nor a picture, video, sound or PDF")
	errKept    = errors.New("is no page; it is kept as a file of its own")
)

// archive is a WARC or an ARC while it is read.
type archive struct {
	*reading
	ctx     context.Context
	r       *bufio.Reader
	at      int64 // bytes of the unpacked archive before what is read next
	records int
	columns int // of an ARC's header lines
}

func (x *reading) archive(ctx context.Context, s importers.Source) error {
	return opened(ctx, s, func(r io.Reader) error {
		a := &archive{reading: x, ctx: ctx, columns: arcColumns}
		if !isPacked(s.Head) {
			return a.read(r)
		}
		m := &packed{r: bufio.NewReaderSize(r, 64<<10)}
		for {
			if err := a.read(m); err != nil {
				return fmt.Errorf("%s: %w", s.Path, err)
			}
			if m.broken == nil {
				return nil
			}
			if err := a.out.Skip(fmt.Sprintf("packed part at byte %d", m.from), "", fmt.Errorf("cannot be unpacked to its end: %w", m.broken)); err != nil {
				return err
			}
			if found, err := m.resume(); err != nil || !found {
				return err
			}
		}
	})
}

// read reads records to the end of r.
func (a *archive) read(r io.Reader) error {
	a.r = bufio.NewReaderSize(r, 64<<10)
	for {
		if err := a.ctx.Err(); err != nil {
			return err
		}
		err := a.stray()
		if err != nil {
			return err
		}
		rec, err := a.next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if err := a.take(rec); err != nil {
			return err
		}
	}
}

// begins tells a line that begins a record.
func (a *archive) begins(line []byte) bool {
	switch {
	case bytes.HasPrefix(line, []byte("WARC/")) || bytes.HasPrefix(line, []byte("filedesc://")):
		return true
	case len(bytes.TrimSpace(line)) == 0:
		return false
	}
	return arcHeader(string(line), a.columns) != nil
}

// stray passes over lines that begin no record. Empty ones belong between
// records; others are a skip.
func (a *archive) stray() error {
	var words strings.Builder
	from, size := a.at, int64(0)
	for {
		line, err := a.r.Peek(4 << 10)
		if len(line) == 0 {
			if err != io.EOF {
				return err
			}
			break
		}
		text, _, whole := bytes.Cut(line, []byte("\n"))
		if a.begins(text) {
			break
		}
		n := len(text)
		if whole {
			n++
		}
		if len(bytes.TrimSpace(text)) > 0 || size > 0 {
			size += int64(n)
			words.Write(text[:min(len(text), maxWords-min(maxWords, words.Len()))])
			words.WriteByte('\n')
		}
		if _, err := a.r.Discard(n); err != nil {
			return err
		}
		a.at += int64(n)
	}
	if size == 0 {
		return nil
	}
	return a.out.Skip(fmt.Sprintf("bytes %d to %d", from, a.at), strings.ToValidUTF8(words.String(), "\ufffd"), errStray)
}

// next gives the record that begins here; io.EOF where nothing does.
func (a *archive) next() (*record, error) {
	start, err := a.r.Peek(5)
	if len(start) == 0 {
		if err == nil {
			err = io.EOF
		}
		return nil, err
	}
	a.records++
	rec := &record{name: fmt.Sprintf("record %d at byte %d", a.records, a.at)}
	if string(start) != "WARC/" {
		return rec, a.arc(rec)
	}
	h, n, err := readHeader(a.r, true)
	if err != nil {
		return nil, err
	}
	a.at += n
	rec.header, rec.kind, rec.address = h, h.get("warc-type"), strings.Trim(h.get("warc-target-uri"), "<>")
	rec.media = h.get("content-type")
	rec.when = instant(h.get("warc-date"))
	size, err := strconv.ParseInt(h.get("content-length"), 10, 64)
	a.limit(rec, size, err == nil && size >= 0)
	return rec, nil
}

// limit lets a record's block end where the record does.
func (a *archive) limit(rec *record, size int64, known bool) {
	if !known {
		size = -1
	}
	rec.left = io.LimitedReader{R: a.r, N: size}
}

// take makes an event or a skip of a record, and passes over what is left of it.
func (a *archive) take(rec *record) error {
	size := rec.left.N
	if size < 0 {
		return a.out.Skip(rec.name, rec.header.words(), errLength)
	}
	b := &block{archive: a, record: rec, sums: sumsOf(rec)}
	b.r = a.buffered(forBlock, b.sums.block.through(&rec.left))
	if err := b.read(); err != nil {
		return err
	}
	a.at += size - rec.left.N
	return nil
}

// instant reads the date of a record, which is UTC.
func instant(raw string) timeline.When {
	if w, ok := importers.ReadInstant(raw); ok && sane(w.Instant) {
		return w
	}
	return importers.Undated(raw)
}
