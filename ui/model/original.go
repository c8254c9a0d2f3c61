package model

import (
	"bufio"
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Excerpt is the original's own text around an event's record.
type Excerpt struct {
	Note string
	Text string // nothing in it acts
}

const (
	excerptBefore = 1500 // bytes
	excerptAfter  = 3000
)

var (
	errNoOriginal = errors.New("this event was written down here; there is no file that it came from")
	errNoText     = errors.New("this file is no text that could be shown here; open a copy of it to see it")
)

// Original shows the bytes of the original around an event's record, where the
// record says in which line or at which byte it stands.
func (l *Look) Original(event int) (e Excerpt, err error) {
	rows, err := l.base.result.Rows(event, 1)
	switch {
	case err != nil:
		return Excerpt{}, err
	case len(rows) == 0 || rows[0].Source.Item == 0:
		return Excerpt{}, errNoOriginal
	}
	at := rows[0].Source
	o, err := l.base.c.Original(at.Hash)
	if err != nil {
		return Excerpt{}, err
	}
	defer func() { err = errors.Join(err, o.Close()) }()
	return excerptOf(o, at.Record)
}

// text is an original that is read as text.
type text interface {
	io.ReaderAt
	Size() int64
}

// excerptOf gives what stands around a record.
func excerptOf(o text, record string) (Excerpt, error) {
	byteAt, err := recordByte(o, record)
	if err != nil {
		return Excerpt{}, err
	}
	from := max(0, byteAt-excerptBefore)
	b := make([]byte, min(o.Size()-from, excerptBefore+excerptAfter))
	if n, err := o.ReadAt(b, from); err != nil && !errors.Is(err, io.EOF) {
		return Excerpt{}, err
	} else {
		b = b[:n]
	}
	if bytes.IndexByte(b, 0) >= 0 {
		return Excerpt{}, errNoText
	}
	mark := byteAt - from
	shown, _ := Visible(string(b[:mark])+"[HERE] "+string(b[mark:]), nil)
	return Excerpt{Note: fmt.Sprintf("The file as it came, around %s (byte %s). [HERE] stands where the record begins and is not in the file.",
		cmp.Or(record, "its beginning"), thousands(int(byteAt))), Text: shown}, nil
}

// recordByte is where a record begins, as far as its name says so.
func recordByte(o text, record string) (int64, error) {
	word, number, _ := strings.Cut(record, " ")
	number, _, _ = strings.Cut(number, " ")
	n, err := strconv.ParseInt(strings.Trim(number, ",:;"), 10, 64)
	switch {
	case err != nil:
		return 0, nil
	case word == "byte":
		return max(0, min(n, o.Size())), nil
	case word == "line":
		return lineByte(o, n)
	}
	return 0, nil
}

// lineByte is where a line begins, counted from 1.
func lineByte(o text, line int64) (int64, error) {
	in := bufio.NewReaderSize(io.NewSectionReader(o, 0, o.Size()), 1<<16)
	var at int64
	for n := int64(1); n < line; {
		b, err := in.ReadSlice('\n')
		at += int64(len(b))
		switch {
		case errors.Is(err, io.EOF):
			return at, nil
		case errors.Is(err, bufio.ErrBufferFull):
		case err != nil:
			return 0, err
		default:
			n++
		}
	}
	return at, nil
}
