// Package capture reads pages of the web that somebody kept: MHTML, HTML saved
// with SingleFile, HTTrack or a browser, Safari's .webarchive, the archives WARC
// and ARC, and the lists that a WACZ holds beside its WARC.
//
// A page is one event at the time of its capture, with its address, its title
// and its words. The time of capture says when somebody's computer kept the
// page, not when anything on it was written. Nothing is rendered, fetched or
// run: what a script would have put on the page is not among its words. What the
// page hides by its own style is kept apart from them, as timeline.NotShown; so are
// the words of a <template> and of a <noscript>: whoever runs scripts, as nearly
// everybody does, sees none of them.
//
// What is no page (requests, redirects, style sheets, scripts) is a skip with
// its own words; pictures, videos, sounds and PDFs are kept as files. Digests
// that an archive gives for its records are worked out again, and what does not
// agree is said.
//
// Sources: RFC 2557; ISO 28500 (WARC 1.0 and 1.1); the Internet Archive's ARC
// file format 1.0; the WACZ specification 1.1.1.
package capture

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"regexp"
	"strings"

	"daybook/importers"
)

// New gives the importer.
func New() importers.Importer { return importer{} }

type importer struct{}

func (importer) Info() importers.Info {
	return importers.Info{
		Name:    "capture",
		Version: 4,
		Title:   "Web page that was kept (MHTML, SingleFile, WARC, WACZ, webarchive)",
		HowToGet: "In Chrome or Edge on a computer, open the page, press Ctrl+S and choose \"Webpage, Single File\". " +
			"In Safari, choose File, Save As, and the format Web Archive. " +
			"The free add-on SingleFile for Firefox, Chrome and Edge keeps a page with its address and the time of saving: press its button and add the file here. " +
			"ArchiveWeb.page and other archiving programs give WARC or WACZ files; add them as they are.",
		LeavesOut: []string{
			"When the things on the page were written: only when the page was kept.",
			"What was not loaded when the page was kept: replies behind a button, the rest of a long list.",
			"What a page looks like: its words are shown, nothing is rendered and no script is run.",
			"Which words of a page a style sheet in another file hides: they stand among its words. What the page hides by its own style, or shows only where no script runs, stands apart from them.",
			"In HTML saved by a browser and in a webarchive: the time of saving, other than the file's own.",
			"Pages packed with Brotli or Zstandard inside a WARC: named, and their words are not read.",
		},
		Tried: []string{
			"MHTML of Chrome, Edge and Internet Explorer", "SingleFile 2021 to 2024", "HTML saved by a browser, HTTrack",
			"WARC 1.0 and 1.1 (plain and packed record by record)", "ARC 1", "WACZ 1.1.1", "Safari webarchive",
		},
	}
}

// marked is the comment by which a program marks a page that it saved.
var marked = regexp.MustCompile(`<!--\s*(?:Page saved with SingleFile|saved from url=\(\d{1,6}\)|Mirrored from [^>]{0,900} by HTTrack )`)

// Claims goes by the first bytes, and for HTML by the mark of the program that
// saved it.
func (importer) Claims(s importers.Source) bool { return formOf(s) != nil }

// form reads a source of one kind.
type form func(*reading, context.Context, importers.Source) error

func formOf(s importers.Source) form {
	head := bytes.TrimPrefix(s.Head, []byte("\ufeff"))
	ext := strings.ToLower(path.Ext(s.Path))
	switch {
	case bytes.HasPrefix(head, []byte("WARC/")) || bytes.HasPrefix(head, []byte("filedesc://")), isPacked(head):
		return (*reading).archive
	case bytes.HasPrefix(head, []byte("bplist00")) && bytes.Contains(head, []byte("WebMainResource")),
		bytes.HasPrefix(head, []byte("<?xml")) && bytes.Contains(head, []byte("<key>WebMainResource</key>")):
		return (*reading).webarchive
	case isPageList(head):
		return (*reading).pageList
	case path.Base(s.Path) == "datapackage.json" && bytes.Contains(head, []byte(`"wacz_version"`)):
		return (*reading).fileList
	case path.Base(s.Path) == "datapackage-digest.json" && bytes.Contains(head, []byte(`"datapackage.json"`)):
		return (*reading).listDigest
	case isMHTML(head, ext):
		return (*reading).mhtml
	case bytes.HasPrefix(bytes.TrimSpace(head), []byte("<")) && marked.Match(head):
		return (*reading).saved
	}
	return nil
}

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	read := formOf(s)
	if read == nil {
		return importers.ErrNotMine
	}
	return read(&reading{out: out}, ctx, s)
}

// reading is a file while it is read.
type reading struct {
	out  importers.Output
	room [3]*bufio.Reader // used again for each record, of which an archive has very many
}

// buffered reads r with the room of one purpose.
func (x *reading) buffered(purpose int, r io.Reader) *bufio.Reader {
	if x.room[purpose] == nil {
		x.room[purpose] = bufio.NewReaderSize(nil, 16<<10)
	}
	x.room[purpose].Reset(r)
	return x.room[purpose]
}

// What room is for.
const (
	forBlock = iota
	forBody
	forPage
)

// opened gives a source's file, which ends with the context.
func opened(ctx context.Context, s importers.Source, read func(io.Reader) error) error {
	f, err := s.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", s.Path, err)
	}
	return errors.Join(read(importers.UntilDone(ctx, f)), f.Close())
}

// saved reads a page that a program saved with its mark.
func (x *reading) saved(ctx context.Context, s importers.Source) error {
	return opened(ctx, s, func(r io.Reader) error {
		p, err := x.readPage(r, "")
		if err != nil {
			return fmt.Errorf("%s: %w", s.Path, err)
		}
		e, facts := p.event("page")
		mark := p.mark
		if mark.when.Precision == "" {
			mark.when, mark.flags = fileTime(s)
		}
		e.When = mark.when
		facts.Flag(mark.flags...)
		facts.Add("address", mark.address)
		facts.Add("kept with", mark.program)
		facts.Add("mark of the program", mark.words)
		e.Extra.Set(sameKey, sameOf(mark.address, e))
		return x.out.Event(*e)
	})
}

// isPacked tells gzip with a WARC or an ARC inside.
func isPacked(head []byte) bool {
	if !bytes.HasPrefix(head, []byte{0x1f, 0x8b, 8}) {
		return false
	}
	g, err := gzip.NewReader(bytes.NewReader(head))
	if err != nil {
		return false
	}
	first := make([]byte, len("filedesc://"))
	n, _ := io.ReadFull(g, first) // a head that is cut has fewer bytes, which then are compared
	return bytes.HasPrefix(first[:n], []byte("WARC/")) || string(first[:n]) == "filedesc://"
}
