package capture

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/transform"

	"daybook/importers"
	"daybook/importers/page"
	"daybook/timeline"
)

// kept is a page whose words were read.
type kept struct {
	title   string
	words   string
	hidden  string // words that it does not show
	mark    mark
	size    int64          // bytes as they came
	aside   map[string]int // bytes of what is no words of the page, by what it is
	charset string         // what it was read as, when nothing declares it
	damage  string
	packed  bool // SingleFile's form that is a zip as well
	cut     bool
}

// readPage reads HTML to its end. An error is that of the reader below; whatever
// is odd about the page is said in it.
func (x *reading) readPage(r io.Reader, contentType string) (*kept, error) {
	counted := &counter{r: r}
	b := x.buffered(forPage, counted)
	head, err := b.Peek(16 << 10)
	if err != nil && err != io.EOF {
		return nil, err
	}
	k := &kept{aside: map[string]int{}}
	enc, name, certain := charset.DetermineEncoding(head, contentType)
	var text io.Reader = b
	switch {
	case name == "utf-8" || !certain && isUTF8(head):
	case !certain:
		k.charset = name
		fallthrough
	default:
		text = transform.NewReader(b, enc.NewDecoder())
	}
	if err := k.read(page.NewReader(text)); err != nil {
		if counted.err != nil && counted.err != io.EOF {
			return nil, err
		}
		k.damage = err.Error()
	}
	if _, err := io.Copy(io.Discard, b); err != nil {
		return nil, err
	}
	k.size = counted.n
	return k, nil
}

// isUTF8 tells UTF-8 whose last letter may be cut.
func isUTF8(b []byte) bool {
	for range utf8.UTFMax {
		if utf8.Valid(b) {
			return true
		}
		b = b[:max(0, len(b)-1)]
	}
	return false
}

func (k *kept) read(r *page.Reader) error {
	text := page.Text{Most: importers.MostText}
	var title page.Lines
	var beside page.Piece // the element that is open whose content is no words of the page
	defer func() {
		k.words, k.hidden = text.Words()
		k.title, k.cut = strings.TrimSpace(title.String()), text.Cut
	}()
	for {
		p, err := r.Next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		switch {
		case p.Kind == page.Comment:
			k.comment(p.Text, !text.Any())
			continue
		case p.Kind == page.Open && beside.Tag == "" && isBeside(p.Tag):
			beside = page.Piece{Tag: p.Tag, Depth: p.Depth}
		case p.Kind == page.Close && p.Tag == beside.Tag && p.Depth == beside.Depth:
			beside = page.Piece{}
		case p.Kind == page.Words && beside.Tag != "":
			k.aside["<"+beside.Tag+">"] += len(p.Text)
		case p.Kind == page.Words && p.Aside && r.Inside("title"):
			p.Aside = false
			title.Add(p)
			continue
		}
		text.Add(p)
	}
}

func isBeside(tag string) bool {
	switch tag {
	case "script", "style", "template", "noscript", "iframe", "noembed", "noframes":
		return true
	}
	return false
}

// comment takes the mark of the program that saved the page: it stands before
// the page's first words.
func (k *kept) comment(text string, first bool) {
	k.aside["comments"] += len(text)
	if first && k.mark.program == "" {
		k.mark = markOf(text)
	}
	if k.mark.program == singleFile && strings.HasPrefix(text, "PK\x03\x04") {
		k.packed = true
	}
}

// event begins the event of a page.
func (k *kept) event(record string) (*timeline.Event, importers.Facts) {
	e := &timeline.Event{Kind: timeline.Document, Source: timeline.Pinpoint{Record: record}}
	facts := importers.FactsOf(e)
	facts.Say(k.words)
	facts.Add(timeline.NotShown, k.hidden)
	facts.Add("title", k.title)
	facts.Add("page", k.account())
	if k.charset != "" {
		facts.Add("letters", "the page does not say how its letters are written; they were read as "+k.charset)
	}
	if k.damage != "" {
		facts.Flag(timeline.Truncated)
		facts.Add("damage", k.damage)
	}
	if k.packed {
		facts.Flag(timeline.Undecoded)
		facts.Add("damage", "the page is packed inside this file, which is not opened here: unpack it as a zip and add what is in it")
	}
	if k.cut {
		facts.Flag(timeline.TextCut)
	}
	return e, facts
}

// account says what of the page's bytes is not among the words shown.
func (k *kept) account() string {
	s := fmt.Sprintf("%d bytes", k.size)
	for _, tag := range slices.Sorted(maps.Keys(k.aside)) {
		s += fmt.Sprintf(", %d of them in %s", k.aside[tag], tag)
	}
	if n := len(strings.Fields(k.hidden)); n > 0 {
		s += fmt.Sprintf("; words that it does not show: %d", n)
	}
	return s
}

const sameKey = timeline.SameKey

// sameOf is the key of a page: equal for two copies of one capture.
func sameOf(address string, e *timeline.Event) string {
	return importers.SameOf("page", address, e.When.Raw, e.Extra.Get("title"), e.Text)
}

// fileTime is the time of a page that says none: that of its file, which is weak.
func fileTime(s importers.Source) (timeline.When, []timeline.Flag) {
	w, flags, ok := s.FileTime()
	if !ok {
		return importers.Undated("the page does not say when it was kept"), nil
	}
	w.Raw += " (file system time)"
	return w, append(flags, timeline.WeakTime)
}

// counter counts what was read and keeps the error that ended it.
type counter struct {
	r   io.Reader
	n   int64
	err error
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	if err != nil {
		c.err = err
	}
	return n, err
}
