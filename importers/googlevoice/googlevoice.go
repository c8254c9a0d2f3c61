// Package googlevoice reads the pages of Google Voice in a Google Takeout: text
// messages, calls, voicemails and recordings, each page with its sound and
// pictures beside it.
//
//	Voice/Calls/Jo Bell - Text - 2020-02-03T17_37_45Z.html
//	  div.hChatLog > div.message > abbr.dt[title=time] cite.sender a.tel[href=tel:…] .fn, q
//	Voice/Calls/+442079460123 - Missed - 2020-02-05T17_26_28Z.html
//	  div.haudio > div.contributor a.tel, abbr.published[title=time], abbr.duration, span.full-text
//
// Every time has its offset from UTC, which is that of the account's zone. The
// owner is the one whose name stands in an abbr element, as "Me"; somebody else
// of that name stands in a span. A long conversation is split over many pages.
// Where a page of two holds messages of the owner alone, the other one is only
// in the page's own name.
//
// Sources: the pages themselves, and the public readers of them.
package googlevoice

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"daybook/importers"
	"daybook/importers/page"
	"daybook/timeline"
)

// New gives the importer.
func New() importers.Importer { return importer{} }

type importer struct{}

func (importer) Info() importers.Info {
	return importers.Info{
		Name:    "googlevoice",
		Version: 3,
		Title:   "Google Voice",
		HowToGet: "On a computer, open takeout.google.com and sign in. Tap Deselect all, tick Voice, tap Next step and Create export. " +
			"Google sends an e-mail with a link, which works for seven days. Download every part and add the zip files here as they are, without unpacking them.",
		LeavesOut: []string{
			"Messages, calls and voicemails that were deleted for good.",
			"Whether and when a message was delivered or read.",
			"Whose number it is, beyond the name in your Google contacts at the time of the export.",
		},
		Tried: []string{"Pages of texts, groups, calls, voicemails and recordings, 2012 to 2026"},
	}
}

// Claims goes by the classes of the page's elements.
func (importer) Claims(s importers.Source) bool {
	ext := strings.ToLower(path.Ext(s.Path))
	return (ext == ".html" || ext == ".htm") && (bytes.Contains(s.Head, []byte(`class="hChatLog`)) || bytes.Contains(s.Head, []byte(`class="haudio"`)))
}

func (importer) Import(ctx context.Context, s importers.Source, out importers.Output) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	v := &voice{ctx: ctx, source: s, out: out}
	if err := v.around(); err != nil {
		return err
	}
	if err := v.walk(v.element); err != nil && !errors.Is(err, errEnough) {
		return err
	}
	return nil
}

// voice is a page while it is read.
type voice struct {
	ctx     context.Context
	source  importers.Source
	out     importers.Output
	title   string
	group   []timeline.Party // of a conversation of several
	other   timeline.Party   // of one of two
	labels  string
	deleted bool
	count   int
	also    page.Lines // words that belong to no record
}

// mostAlso is how much is told of what belongs to no record.
const mostAlso = 4 << 10

var errEnough = errors.New("enough was read")

// walk goes over the page; each takes what opens, and words outside of it.
func (v *voice) walk(each func(*page.Reader, page.Piece) error) (err error) {
	f, err := v.source.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", v.source.Path, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	r := page.NewReader(importers.UntilDone(v.ctx, f))
	for {
		p, err := r.Next()
		if err == nil {
			err = each(r, p)
		}
		if err == nil {
			continue
		}
		cut := (*page.CutError)(nil)
		switch {
		case errors.Is(err, io.EOF):
			return v.end()
		case errors.As(err, &cut):
			return errors.Join(v.end(), fmt.Errorf("%s: %w", v.source.Path, err))
		}
		return err
	}
}

// element reads a record, or keeps words that belong to none.
func (v *voice) element(r *page.Reader, p page.Piece) error {
	if err := v.ctx.Err(); err != nil {
		return err
	}
	record := p.Kind == page.Open && p.Tag == "div" && (p.Class("message") || p.Class("haudio"))
	known := p.Kind == page.Open && (p.Class("participants") || p.Class("tags") || p.Class("deletedStatusContainer") || p.Tag == "title")
	if !record && !known {
		if v.also.Len() < mostAlso {
			v.also.Add(p)
		}
		return nil
	}
	call := p.Class("haudio")
	n, err := r.Block(p)
	if err != nil && n == nil {
		return err
	}
	if !record {
		return err
	}
	hand := v.message
	if call {
		hand = v.call
	}
	return errors.Join(hand(n), err)
}

var errNothing = errors.New("this page holds no message and no call")

// end tells what the page says beside its records.
func (v *voice) end() error {
	if v.count == 0 {
		return v.out.Skip("page", importers.Shorten(v.also.String(), mostAlso), errNothing)
	}
	note := "title: " + v.title
	if words := v.also.String(); words != "" {
		note += "; outside of any record: " + importers.Shorten(words, mostAlso)
	}
	return v.out.Covers(timeline.When{}, timeline.When{}, note)
}

// around finds what the page says of all of its messages: its title, with whom
// it is, and at its end whether it was deleted.
func (v *voice) around() error {
	v.other = v.named()
	err := v.survey()
	if err != nil && !errors.Is(err, errEnough) {
		return err
	}
	return v.tail()
}

// survey reads as far as to the first message of another than the owner.
func (v *voice) survey() (err error) {
	f, err := v.source.Open()
	if err != nil {
		return fmt.Errorf("%s: %w", v.source.Path, err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	r := page.NewReader(importers.UntilDone(v.ctx, f))
	for {
		p, err := r.Next()
		if err != nil {
			return unlessEnds(err)
		}
		if p.Kind != page.Open || p.Tag != "title" && !p.Class("participants") && !p.Class("sender") {
			continue
		}
		list, title := p.Class("participants"), p.Tag == "title"
		n, err := r.Block(p)
		if n == nil {
			return err
		}
		switch {
		case title:
			v.title = joined(n)
		case list:
			v.group = parties(n)
			return nil
		default:
			if who := party(n); !who.Owner {
				v.other = who
				return nil
			}
		}
	}
}

// unlessEnds is nil where the page ends, which is told when it is read.
func unlessEnds(err error) error {
	cut := (*page.CutError)(nil)
	if errors.Is(err, io.EOF) || errors.As(err, &cut) {
		return nil
	}
	return err
}

// joined are the words of an element in one line, also those of a title.
func joined(n *page.Node) string {
	var b strings.Builder
	for in := range n.All() {
		b.WriteString(in.Text)
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

// tail reads the labels at the end of a page of messages.
func (v *voice) tail() error {
	const most = 8 << 10
	at := v.source.At()
	from := max(0, v.source.Size-most)
	b := make([]byte, v.source.Size-from)
	n, err := at.ReadAt(b, from)
	if err = errors.Join(ignoreEnd(err), at.Close()); err != nil {
		return fmt.Errorf("%s: %w", v.source.Path, err)
	}
	i := bytes.LastIndex(b[:n], []byte(`<div class="tags"`))
	if i < 0 {
		return nil
	}
	r := page.NewReader(bytes.NewReader(b[i:n]))
	for {
		p, err := r.Next()
		if err != nil {
			return nil // the bytes are in memory: this is their end
		}
		if p.Kind != page.Open || !p.Class("tags") && !p.Class("deletedStatusContainer") {
			continue
		}
		tags := p.Class("tags")
		n, _ := r.Block(p) // its end is that of the page
		if tags {
			_, v.labels, _ = strings.Cut(joined(n), ":")
			v.labels = strings.TrimSpace(v.labels)
		} else {
			v.deleted = strings.HasSuffix(joined(n), "True")
		}
	}
}

func ignoreEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return nil
	}
	return err
}
