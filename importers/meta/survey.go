package meta

import (
	"errors"
	"io"
	"slices"
	"strings"

	"daybook/importers"
	"daybook/importers/page"
)

// A page of a conversation or a list is made of blocks: a heading (in a
// conversation the sender), the words, and the time last. Meta gives the parts
// new class names every few years, so that a block is known by its build: an
// element with several parts whose last holds a time and nothing else. What a
// person typed stands in a text inside a part and can build no element, so that
// of blocks inside one another the outermost is the block.

// layout is what a run over a page has found out.
type layout struct {
	blocks   []int64 // where each block begins, in order
	title    string
	names    []string // of the line "Participants: …"
	headed   bool     // some block marks its heading
	first    string   // the first time that needs a zone
	eitherBy string   // the first date that may be read in two orders
	dayFirst bool     // some date can only be read with the day first
	monFirst bool     // or with the month first
	zoned    bool     // every time has its zone

	clocks   clocks
	last     string // the last text that was tried
	lastTime bool   // it is a time
}

// maxBlocks is how many blocks of a page are known.
const maxBlocks = 4_000_000

// frame is an element that is open.
type frame struct {
	at     int64
	text   string // of everything inside, as far as it may be a time
	long   bool
	kids   int  // parts that have words
	time   bool // the last of them is a time
	marked bool // has the class of a block
	inner  []int64
}

// begin makes it the frame of an element that opens, in the room that the last
// at its depth has left.
func (fr *frame) begin(at int64, marked bool) {
	*fr = frame{at: at, marked: marked, inner: fr.inner[:0]}
}

// add takes the text of something inside.
func (fr *frame) add(text string, long bool) {
	fr.long = fr.long || long || len(fr.text)+len(text) > maxClock
	switch {
	case fr.long || text == "":
	case fr.text == "":
		fr.text = text
	default:
		fr.text += " " + text
	}
}

// lay goes over the page once.
func (r *reader) lay() (l layout, err error) {
	file, err := r.source.Open()
	if err != nil {
		return l, r.wrap(err)
	}
	defer func() { err = errors.Join(err, file.Close()) }()
	p := page.NewReader(importers.UntilDone(r.ctx, file))
	l.zoned = true
	stack := []frame{{}}
	for {
		piece, err := p.Next()
		if err == nil {
			stack = l.take(stack, piece)
			continue
		}
		var cut *page.CutError
		if !errors.Is(err, io.EOF) && !errors.As(err, &cut) {
			return l, err
		}
		l.blocks = stack[0].inner
		slices.Sort(l.blocks)
		return l, nil
	}
}

func (l *layout) take(stack []frame, p page.Piece) []frame {
	top := &stack[len(stack)-1]
	switch p.Kind {
	case page.Open:
		l.headed = l.headed || isHeading(p.Tag, p.Class)
		stack = slices.Grow(stack, 1)[:len(stack)+1]
		stack[len(stack)-1].begin(p.At, p.Class("_a6-g") || p.Class("_2lej"))
	case page.Words:
		words := strings.TrimSpace(p.Text)
		if p.Aside {
			if l.title == "" {
				l.title = words
			}
			return stack
		}
		l.participants(words)
		top.add(words, false)
	case page.Close:
		if len(stack) > 1 {
			l.close(&stack[len(stack)-2], top)
			stack = stack[:len(stack)-1]
		}
	}
	return stack
}

// close ends an element: it is a block, or its blocks are its parent's.
func (l *layout) close(up, fr *frame) {
	isTime := !fr.long && fr.text != "" && l.clock(fr.text)
	block := fr.kids >= 2 && fr.time && len(fr.inner) < 2 || fr.marked && (len(fr.inner) < 2)
	if block && (fr.long || fr.text != "") {
		fr.inner = append(fr.inner[:0], fr.at)
	}
	if len(up.inner)+len(fr.inner) <= maxBlocks {
		up.inner = append(up.inner, fr.inner...)
	}
	if fr.long || fr.text != "" {
		up.kids++
		up.time = isTime
	}
	up.add(fr.text, fr.long)
}

// clock tells whether a text is a time, and keeps what its likes leave open.
func (l *layout) clock(text string) bool {
	if text == l.last { // that of an element around the last
		return l.lastTime
	}
	c, ok := l.clocks.read(text, importers.DayFirst)
	if l.last, l.lastTime = text, ok; !ok {
		return false
	}
	if c.zone == nil {
		l.zoned = false
		if l.first == "" {
			l.first = text
		}
	}
	switch {
	case c.order != "" && l.eitherBy == "":
		l.eitherBy = text
	case c.order == "" && strings.Contains(text, "/"):
		day, _ := l.clocks.read(text, importers.DayFirst)
		l.dayFirst = l.dayFirst || day.local.Day() > 12 && strings.HasPrefix(strings.TrimLeft(text, "0"), itoa(day.local.Day()))
		l.monFirst = l.monFirst || day.local.Day() > 12 && !strings.HasPrefix(strings.TrimLeft(text, "0"), itoa(day.local.Day()))
	}
	return true
}

// participants takes the names of the line that older pages have above the
// conversation.
func (l *layout) participants(words string) {
	if list, ok := strings.CutPrefix(words, "Participants:"); ok && l.names == nil {
		for name := range strings.SplitSeq(list, ", ") {
			l.names = append(l.names, strings.TrimSpace(name))
		}
	}
}

// isHeading tells the part of a block that names the sender, or a list's entry.
func isHeading(tag string, class func(string) bool) bool {
	return tag == "h2" || class("_a6-h") || class("_2lek") || class("sender")
}

// ask asks for what the page leaves open, before anything is handed on.
func (r *reader) ask(l *layout) error {
	a := r.source.Assume
	if l.eitherBy != "" && a.DateOrder == "" && l.dayFirst == l.monFirst {
		ask := &importers.Ask{What: "date-order", Text: "Which comes first in the dates of this page, the day or the month?"}
		for _, order := range []importers.DateOrder{importers.DayFirst, importers.MonthFirst} {
			if c, ok := readClock(l.eitherBy, order); ok {
				ask.Choices = append(ask.Choices, importers.Choice{Value: string(order), Example: c.local.Format("2 January 2006 15:04")})
			}
		}
		return ask
	}
	if !l.zoned && l.first != "" && a.Zone == nil {
		return askZone(l.first)
	}
	return nil
}

// askZone asks in which zone an account's clock was.
func askZone(first string) error {
	ask := &importers.Ask{What: "zone", Text: "This page shows times without a time zone (the first is “" + first + "”). Which time zone was set in the account, or on the device, that made the download?"}
	for _, zone := range []struct{ name, place string }{{"Europe/London", "as clocks in Britain show it"}, {"Europe/Dublin", "as clocks in Ireland show it"},
		{"Europe/Berlin", "as clocks in Central Europe show it"}, {"America/New_York", "as clocks in New York show it"}, {"America/Los_Angeles", "as clocks in California show it"}, {"UTC", "in universal time"}} {
		ask.Choices = append(ask.Choices, importers.Choice{Value: zone.name, Example: first + ", " + zone.place})
	}
	return ask
}

// order is how dates of numbers are read.
func (r *reader) order(l *layout) importers.DateOrder {
	switch {
	case l.dayFirst && !l.monFirst:
		return importers.DayFirst
	case l.monFirst && !l.dayFirst:
		return importers.MonthFirst
	}
	return r.source.Assume.DateOrder
}
