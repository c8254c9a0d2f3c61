// Package file takes every file that no other format claims, so that nothing a
// person added is missing from the timeline: letters, orders, saved web pages,
// office documents, notes. Each becomes one event, placed by the best date of
// its own, else by the date in its name, else by its file system time, and
// otherwise undated. It reads dates, titles and the first words; it renders
// nothing and knows no layout.
//
// The order of times is: capture of a saved page; creation; publication;
// last change; the date in the name; the file system time. The last two are
// weak and flagged so.
package file

import (
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/gabriel-vasile/mimetype"

	"daybook/importers"
	"daybook/timeline"
)

// Importer reads any file.
type Importer struct{}

// New makes the importer. It belongs at the end of the list.
func New() importers.Importer { return Importer{} }

// Info says what is read.
func (Importer) Info() importers.Info {
	return importers.Info{
		Name:    "file",
		Single:  true,
		Version: 7,
		Title:   "Any other file: letters, documents, saved web pages, notes",
		HowToGet: "Add the file as you have it. Keep its name and do not open and save it again: " +
			"that changes the dates it holds.",
		LeavesOut: []string{
			"The whole text is in the original; only its first words are shown.",
			"A date inside a document is written by the program that made it, by the clock of that computer.",
			"A saved web page says when it was saved, not when what is on it was posted.",
			"Which words of a page a style sheet in another file hides: they stand among its words. What the page hides by its own style, or shows only where no script runs, stands apart from them.",
		},
		Tried: []string{
			"PDF 1.3 to 2.0 (information dictionary and XMP)", "Word, Excel and PowerPoint since 2007", "OpenDocument",
			"Word, Excel and PowerPoint before 2007 (summary information)", "HTML, SingleFile, MHTML", "plain text",
		},
	}
}

// Claims is always true.
func (Importer) Claims(importers.Source) bool { return true }

// facts is what a reader finds in a file.
type facts struct {
	mediaType string
	times     []moment
	text      string // the first words
	textCut   bool   // there are more
	cut       bool   // the file ends too early
	inPart    error  // why it was not read to its end; nil: it was
	extra     timeline.Facts
	notes     []string
}

func (f *facts) set(key, text string) {
	if text = tidy(text, maxValue); text != "" && f.extra.Get(key) == "" {
		f.extra.Set(key, text)
	}
}

// lacks notes why the file was not read to its end.
func (f *facts) lacks(err error) {
	if err != nil {
		f.note("%v", err)
		f.inPart = err
	}
}

func (f *facts) note(format string, a ...any) {
	if len(f.notes) < 10 {
		f.notes = append(f.notes, fmt.Sprintf(format, a...))
	}
}

const (
	maxValue = 1 << 10 // of one fact
	maxText  = 4 << 10 // of the first words
)

// Import hands on one event: the file.
func (Importer) Import(ctx context.Context, s importers.Source, out importers.Output) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	f := &facts{extra: timeline.FactsOf("size", strconv.FormatInt(s.Size, 10))}
	if s.Size == 0 {
		f.note("empty file")
	} else {
		at := s.At()
		err := f.read(ctx, s, &window{at: at, size: s.Size, left: maxRead})
		if err = errors.Join(err, at.Close()); err != nil {
			return fmt.Errorf("%s: %w", s.Path, err)
		}
	}
	if err := out.Event(event(s, f)); err != nil {
		return err
	}
	return f.inPart
}

// read tells the format by the first bytes. Only a file that cannot be read at
// all is an error: what its contents lack is a note.
func (f *facts) read(ctx context.Context, s importers.Source, w *window) error {
	f.mediaType = mimetype.Detect(s.Head).String()
	var err error
	switch kind, _, _ := strings.Cut(f.mediaType, ";"); {
	case strings.HasPrefix(string(s.Head), "%PDF-") || kind == "application/pdf":
		err = f.pdf(w)
	case strings.HasPrefix(string(s.Head), "PK\x03\x04"):
		err = f.office(w)
	case strings.HasPrefix(string(s.Head), oleMagic):
		err = f.ole(w)
	case strings.HasPrefix(string(s.Head), "{\\rtf"):
		f.lacks(errors.New("RTF: its words stand among the marks of the program that wrote it, and are not read"))
	case isMHTML(s.Head):
		f.mediaType = "multipart/related"
		err = f.mhtml(s.Head)
	case kind == "text/html" || isHTML(s.Head):
		f.html(s.Head, s.Size > int64(len(s.Head)))
	case strings.HasPrefix(kind, "text/") || isText(s.Head):
		f.plain(s.Head, s.Size)
		err = wholeJSON(ctx, s)
	}
	if err == nil || errors.Is(err, errOfFile) || ctx.Err() != nil {
		return err
	}
	f.cut = errors.Is(err, io.ErrUnexpectedEOF)
	f.lacks(err)
	return nil
}

// event makes the one event of a file.
func event(s importers.Source, f *facts) timeline.Event {
	base := path.Base(s.Path)
	when, claims, flags := place(f.times, base, s)
	kind, _, _ := strings.Cut(f.mediaType, ";")
	e := timeline.Event{
		Kind:   timeline.Document,
		When:   when,
		Claims: claims,
		Flags:  flags,
		Text:   f.text,
		Files:  []timeline.Attachment{{Name: base, Path: s.Path, Type: kind}},
		Source: timeline.Pinpoint{Record: "file"},
		Extra:  f.extra,
	}
	switch {
	case strings.HasPrefix(kind, "audio/"):
		e.Kind = timeline.Audio
	case strings.HasPrefix(kind, "video/"):
		e.Kind = timeline.Video
	}
	if f.textCut {
		e.Flags = append(e.Flags, timeline.TextCut)
	}
	if f.cut {
		e.Flags = append(e.Flags, timeline.Truncated)
	}
	if len(f.notes) > 0 {
		e.Extra.Set("notes", strings.Join(f.notes, "; "))
	}
	slices.Sort(e.Flags)
	e.Flags = slices.Compact(e.Flags)
	return e
}

// maxRead is how much of a file is read past its head.
const maxRead = 4 << 20

var (
	errCut    = importers.CutError("the end is missing")
	errOfFile = errors.New("the file cannot be read")
)

// window reads pieces of a file within a budget.
type window struct {
	at   io.ReaderAt
	size int64
	left int64
}

// piece gives at most n bytes from off on.
func (w *window) piece(off, n int64) ([]byte, error) {
	n = max(0, min(n, w.size-off))
	if off < 0 || n > w.left {
		return nil, fmt.Errorf("more would have to be read than is (%d MiB)", maxRead>>20)
	}
	w.left -= n
	b := make([]byte, n)
	got, err := w.at.ReadAt(b, off)
	if err != nil && !errors.Is(err, io.EOF) {
		return nil, errors.Join(errOfFile, err)
	}
	return b[:got], nil
}

// ReadAt lets archive/zip read within the budget.
func (w *window) ReadAt(p []byte, off int64) (int, error) {
	if w.left -= int64(len(p)); w.left < 0 {
		return 0, fmt.Errorf("more would have to be read than is (%d MiB)", maxRead>>20)
	}
	return w.at.ReadAt(p, off)
}
