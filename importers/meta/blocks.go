package meta

import (
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strconv"
	"strings"

	"daybook/importers"
	"daybook/importers/page"
	"daybook/timeline"
)

// pages reads one page of blocks.
type pages struct {
	*reader
	layout
	company
	about  about
	chat   bool // a conversation; else a list
	thread string
	order  importers.DateOrder
	dates  bool // the order of dates in numbers rests on an answer
	owner  owner
	extent extent
	n      int
	loose  []string // words that stand in no block, not yet handed on
	from   int64    // where the first of them stands
	head   string   // those above the first block
}

func (r *reader) page() (err error) {
	l, err := r.lay()
	if err != nil {
		return err
	}
	if len(l.blocks) == 0 {
		return importers.ErrNotMine
	}
	if err := r.ask(&l); err != nil {
		return err
	}
	file, err := r.source.Open()
	if err != nil {
		return r.wrap(err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	p := r.pages(l)
	err = p.read(page.NewReader(importers.UntilDone(r.ctx, file)))
	var cut *page.CutError
	if err != nil && !errors.As(err, &cut) {
		return err
	}
	if stop := p.end(); stop != nil {
		return stop
	}
	if cut != nil {
		return r.wrap(err)
	}
	return nil
}

func (r *reader) pages(l layout) *pages {
	p := &pages{reader: r, layout: l, about: aboutList(r.source.Path), owner: r.owner(), order: r.order(&l)}
	p.dates = l.eitherBy != "" && l.dayFirst == l.monFirst
	p.chat = threadFile.MatchString(r.source.Path) || len(l.names) > 0
	p.company = companyOf(l.names, p.owner, r.source.Assume.Owner)
	p.thread = l.title
	if threadFile.MatchString(r.source.Path) {
		if folder := path.Base(path.Dir(r.source.Path)); folder != l.title {
			p.thread = strings.TrimSpace(l.title + " (" + folder + ")")
		}
	}
	if !p.chat {
		p.thread = p.about.name
	}
	return p
}

// read goes through the page: blocks, and the words between them.
func (p *pages) read(in *page.Reader) error {
	for next := 0; ; {
		piece, err := in.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		if err := p.ctx.Err(); err != nil {
			return err
		}
		for next < len(p.blocks) && p.blocks[next] < piece.At {
			next++ // it began in the middle of a piece, as no block does
		}
		switch {
		case piece.Kind == page.Open && next < len(p.blocks) && p.blocks[next] == piece.At:
			next++
			block, err := in.Block(piece)
			if err != nil {
				var cut *page.CutError
				if !errors.As(err, &cut) && !errors.Is(err, io.EOF) {
					return err
				}
			}
			if err := p.block(block); err != nil {
				return err
			}
		case piece.Kind == page.Words && !piece.Aside:
			if words := strings.TrimSpace(piece.Text); words != "" {
				if len(p.loose) == 0 {
					p.from = piece.At
				}
				p.loose = append(p.loose, words)
			}
		}
	}
}

var (
	errLoose = errors.New("these words of the page stand in no entry")
	errClock = errors.New("this entry has no time that can be read")
)

// maxHead is how many bytes of words above the entries are told in a note; more
// are a skip.
const maxHead = 1 << 10

// flush hands on the words that stood before a block, or, above the first, keeps
// them for the note.
func (p *pages) flush() error {
	words := strings.Join(p.loose, "\n")
	p.loose = nil
	if p.n == 0 && p.head == "" && len(words) < maxHead {
		p.head = words
		return nil
	}
	if words == "" {
		return nil
	}
	return p.out.Skip(fmt.Sprintf("words at byte %d", p.from), words, errLoose)
}

func (p *pages) end() error {
	if err := p.flush(); err != nil {
		return err
	}
	if p.n == 0 {
		if err := p.out.Skip("the whole page", p.head, errClock); err != nil {
			return err
		}
	}
	first, last := p.extent.period()
	note := "page: " + p.title
	if p.head != "" {
		note += "; above the first entry: " + strings.ReplaceAll(p.head, "\n", " / ")
	}
	if len(note) > maxNote {
		note = strings.ToValidUTF8(note[:maxNote], "") + "…"
	}
	return p.out.Covers(first, last, note)
}

// block hands on one block.
func (p *pages) block(n *page.Node) error {
	if err := p.flush(); err != nil {
		return err
	}
	p.n++
	record := "entry " + strconv.Itoa(p.n) + " at byte " + strconv.FormatInt(n.At, 10)
	parts := partsOf(n)
	e := timeline.Event{Kind: timeline.Message, Thread: p.thread, Source: timeline.Pinpoint{Record: record}}
	at, c := p.timePart(parts)
	if at < 0 {
		if words := n.Words(); p.n == 1 && strings.HasPrefix(words, "Participants:") && len(words) < maxHead {
			p.n, p.head = 0, strings.TrimSpace(p.head+"\n"+words)
			return nil
		}
		return p.out.Skip(record, n.Words(), errClock)
	}
	raw := parts[at].Words()
	if n.Cut {
		flag(&e, timeline.Truncated)
	}
	if p.chat {
		p.message(&e, append(parts[:at:at], parts[at+1:]...))
	} else {
		p.entry(&e, append(parts[:at:at], parts[at+1:]...))
	}
	e.When = c.when(&e, p.source.Assume, raw)
	if c.order != "" && !p.dates {
		dropFlag(&e, timeline.AssumedOrder) // another date of the page shows it
	}
	p.extent.add(e.When)
	sameAs(&e, p.samePage(&e, raw))
	return p.out.Event(e)
}

// partsOf gives the parts of a block that have words or files: those of the
// innermost element that has several.
func partsOf(n *page.Node) []*page.Node {
	for {
		var parts []*page.Node
		for in := range n.Own() {
			if in.Says() || hasFile(in) {
				parts = append(parts, in)
			}
		}
		if len(parts) != 1 || parts[0].Tag == "table" {
			return parts
		}
		n = parts[0]
	}
}

// timePart finds the part that is the time: the last of a conversation's; in a
// list, where none is, an element of a part that is nothing else.
func (p *pages) timePart(parts []*page.Node) (int, clock) {
	if len(parts) == 0 {
		return -1, clock{}
	}
	last := len(parts) - 1
	if c, ok := p.clocks.read(parts[last].Words(), p.order); ok {
		return last, c
	}
	if p.chat {
		return -1, clock{}
	}
	for i, part := range parts {
		if c, ok := p.clocks.read(part.Words(), p.order); ok {
			return i, c
		}
	}
	return -1, clock{}
}

// message fills in a message: its sender is what the block marks as its heading,
// or the first part of a page on which nothing is marked.
func (p *pages) message(e *timeline.Event, parts []*page.Node) {
	switch {
	case len(parts) == 0:
	case isHeading(parts[0].Tag, parts[0].Class) || !p.headed:
		e.From = p.party(parts[0].Words())
		parts = parts[1:]
	}
	e.To = p.others(e.From.Name)
	p.body(e, parts)
}

// entry fills in an entry of a list.
func (p *pages) entry(e *timeline.Event, parts []*page.Node) {
	e.Kind = p.about.kind
	if p.about.from == theOwner {
		e.From = timeline.Party{Name: p.owner.name, Address: p.owner.account, Owner: true}
	}
	p.body(e, parts)
	if p.about.from == theOther {
		e.From = p.account(e.Text)
		e.To = []timeline.Party{{Name: p.owner.name, Address: p.owner.account, Owner: true}}
	}
}

// body takes the words, the reactions, the links and the files of parts.
func (p *pages) body(e *timeline.Event, parts []*page.Node) {
	var text []string
	for _, part := range parts {
		var reactions []string
		kept := without(part, func(n *page.Node) bool {
			if n.Tag == "ul" && (n.Class("_a6-q") || p.chat) {
				for li := range n.Own() {
					reactions = append(reactions, li.Words())
				}
				return true
			}
			return false
		})
		fact(e, "reactions", strings.Join(reactions, "; "))
		if words := kept.Words(); words != "" {
			text = append(text, words)
		}
		p.enclosed(e, kept)
	}
	say(e, strings.Join(text, "\n"))
}

// without is a node without some of what is in it: itself where that is nothing.
func without(n *page.Node, drop func(*page.Node) bool) *page.Node {
	var kept []*page.Node
	changed := false
	for i, in := range n.Nodes {
		out := in
		switch {
		case in.Tag == "":
		case drop(in):
			out = nil
		default:
			out = without(in, drop)
		}
		if out != in && !changed {
			changed, kept = true, slices.Clone(n.Nodes[:i])
		}
		if changed && out != nil {
			kept = append(kept, out)
		}
	}
	if !changed {
		return n
	}
	copied := *n
	copied.Nodes = kept
	return &copied
}

// enclosed lists the files that a part shows or leads to, and its links.
func (p *pages) enclosed(e *timeline.Event, part *page.Node) {
	seen := map[string]bool{}
	for n := range part.All() {
		uri := fileOf(n)
		switch {
		case uri == "" || seen[uri]:
			continue
		case n.Tag == "a" && (strings.Contains(uri, ":") || strings.HasPrefix(uri, "#")):
			fact(e, "link", uri)
		case len(e.Files) < maxNames:
			e.Files = append(e.Files, p.files.find(uri))
		}
		seen[uri] = true
	}
}

// fileOf is the file that an element shows or leads to.
func fileOf(n *page.Node) string {
	switch n.Tag {
	case "img", "video", "audio", "source":
		return n.Attr("src")
	case "a":
		return n.Attr("href")
	}
	return ""
}

func hasFile(n *page.Node) bool {
	for in := range n.All() {
		if fileOf(in) != "" {
			return true
		}
	}
	return false
}

func dropFlag(e *timeline.Event, f timeline.Flag) {
	for i, have := range e.Flags {
		if have == f {
			e.Flags = append(e.Flags[:i], e.Flags[i+1:]...)
			return
		}
	}
}

// samePage is the sum by which copies of one entry in overlapping pages are
// known.
func (p *pages) samePage(e *timeline.Event, raw string) string {
	c := conversation{folder: p.thread}
	return p.same(e, &c, "page "+raw, e.From.Name)
}
