package meta

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"daybook/importers"
	"daybook/importers/page"
	"daybook/timeline"
)

// Until 2018 all messages were on one page, messages.htm, one conversation after
// another, newest first:
//
//	<div class="thread">Ann, Bob
//	  <div class="message"><div class="message_header">
//	    <span class="user">Ann</span>
//	    <span class="meta">Friday, October 4, 2013 at 10:05pm PDT</span>
//	  </div></div>
//	  <p>words</p>

// oldReader reads such a page.
type oldReader struct {
	*reader
	company
	thread string
	opened bool            // a conversation has begun whose names come next
	next   *timeline.Event // a message whose words come next
	raw    string
	clock  clock
	n      int
	extent extent
}

func (r *reader) oldPage() (err error) {
	if err := r.askOld(); err != nil {
		return err
	}
	file, err := r.source.Open()
	if err != nil {
		return r.wrap(err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	o := &oldReader{reader: r}
	err = o.read(page.NewReader(importers.UntilDone(r.ctx, file)))
	var cut *page.CutError
	if err != nil && !errors.As(err, &cut) {
		return err
	}
	if stop := o.end(cut != nil); stop != nil {
		return stop
	}
	if cut != nil {
		return r.wrap(err)
	}
	return nil
}

// askOld looks for the first time that has no zone of its own.
func (r *reader) askOld() error {
	if r.source.Assume.Zone != nil {
		return nil
	}
	file, err := r.source.Open()
	if err != nil {
		return r.wrap(err)
	}
	in := page.NewReader(importers.UntilDone(r.ctx, file))
	first := ""
	for first == "" {
		piece, err := in.Next()
		if err != nil {
			if r.ctx.Err() != nil {
				return errors.Join(r.ctx.Err(), file.Close())
			}
			break // the reading proper says what is wrong
		}
		if piece.Kind == page.Words {
			if c, ok := readClock(strings.TrimSpace(piece.Text), importers.DayFirst); ok && c.zone == nil {
				first = strings.TrimSpace(piece.Text)
			}
		}
	}
	if err := file.Close(); err != nil || first == "" {
		return err
	}
	return askZone(first)
}

func (o *oldReader) read(in *page.Reader) error {
	for {
		piece, err := in.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err == nil {
			err = o.ctx.Err()
		}
		if err == nil {
			err = o.piece(in, piece)
		}
		if err != nil {
			return err
		}
	}
}

func (o *oldReader) piece(in *page.Reader, p page.Piece) error {
	switch {
	case p.Kind == page.Open && p.Class("thread"):
		o.thread, o.company, o.opened = "", company{}, true
		return o.flush()
	case p.Kind == page.Open && p.Class("message"):
		if err := o.flush(); err != nil {
			return err
		}
		n, err := in.Block(p)
		if stop := o.head(n); stop != nil {
			return stop
		}
		return pageEnd(err)
	case p.Kind == page.Open && p.Tag == "p" && o.next != nil:
		n, err := in.Block(p)
		say(o.next, n.Words())
		o.enclosed(n)
		if n.Cut {
			flag(o.next, timeline.Truncated)
		}
		if stop := o.flush(); stop != nil {
			return stop
		}
		return pageEnd(err)
	case p.Kind == page.Words && !p.Aside && strings.TrimSpace(p.Text) != "":
		return o.words(p)
	}
	return nil
}

// pageEnd is nil at the end of a page, which the next piece tells again.
func pageEnd(err error) error {
	var cut *page.CutError
	if errors.Is(err, io.EOF) || errors.As(err, &cut) {
		return nil
	}
	return err
}

// words are the names above a conversation, or belong to nothing.
func (o *oldReader) words(p page.Piece) error {
	text := strings.TrimSpace(p.Text)
	if o.opened {
		o.thread, o.opened = text, false
		names := strings.Split(text, ", ")
		o.company = companyOf(names, owner{}, o.source.Assume.Owner)
		return nil
	}
	if err := o.flush(); err != nil {
		return err
	}
	return o.out.Skip(fmt.Sprintf("words at byte %d", p.At), text, errLoose)
}

// head begins a message.
func (o *oldReader) head(n *page.Node) error {
	o.n++
	record := fmt.Sprintf("message %d at byte %d", o.n, n.At)
	user, meta := n.First("user"), n.First("meta")
	raw := meta.Words()
	c, ok := readClock(raw, importers.DayFirst)
	if !ok {
		return o.out.Skip(record, n.Words(), errClock)
	}
	e := &timeline.Event{Kind: timeline.Message, Thread: o.thread, Source: timeline.Pinpoint{Record: record}}
	e.From = o.party(user.Words())
	e.To = o.others(e.From.Name)
	o.next, o.raw, o.clock = e, raw, c
	return nil
}

// enclosed lists the files that words show.
func (o *oldReader) enclosed(n *page.Node) {
	for in := range n.All() {
		if uri := fileOf(in); uri != "" && in.Tag != "a" && len(o.next.Files) < maxNames {
			o.next.Files = append(o.next.Files, o.files.find(uri))
		}
	}
}

// flush hands on the message whose words were waited for.
func (o *oldReader) flush() error {
	e := o.next
	if e == nil {
		return nil
	}
	o.next = nil
	e.When = o.clock.when(e, o.source.Assume, o.raw)
	o.extent.add(e.When)
	c := conversation{folder: o.thread}
	sameAs(e, o.same(e, &c, "page "+o.raw, e.From.Name))
	return o.out.Event(*e)
}

func (o *oldReader) end(cut bool) error {
	if o.next != nil && cut {
		flag(o.next, timeline.Truncated)
	}
	if err := o.flush(); err != nil {
		return err
	}
	if o.n == 0 && !cut {
		return o.out.Skip("the whole page", "", errors.New("the page holds no messages"))
	}
	first, last := o.extent.period()
	return o.out.Covers(first, last, fmt.Sprintf("page of all messages: %d messages", o.n))
}
