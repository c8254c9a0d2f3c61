package report

import (
	"context"
	"fmt"
	"iter"
	"strings"

	"daybook/assets/profiles"
)

// Section is a part of the bundle that has a bookmark and a line in the index.
// Its blocks are laid out in order, then its parts.
type Section struct {
	Part   profiles.PartID // which part of the bundle; empty for what is within one
	Letter string          // of the pages, where they are counted by section and one begins here
	Group  string          // title of the section that begins here
	Mark   string          // on each of its pages
	Wide   bool            // its pages lie on their side
	Title  string
	Anchor string
	Blocks []Block
	// Apart puts every part on a page of its own.
	Apart bool
	// Parts are the sections in it, when it has any: as many as there are
	// exhibits, so they are made as they are walked.
	Parts func(context.Context) iter.Seq2[Section, error]
}

// Block is one of the kinds below; a writer has one case for each.
type Block interface{ block() }

// The kinds of block.
type (
	// Para is a paragraph.
	Para struct {
		Runs []Run
		Look Look
	}
	// Bullets is a list.
	Bullets struct{ Items [][]Run }
	// Facts are names and values in two columns.
	Facts struct{ List []Fact }
	// Table is walked, not held. Its first column counts or names the row.
	Table struct {
		Title  string
		Cols   []Col
		Counts []int // its columns whose numbers stand below each other, to be compared
		Tight  bool  // its rows stand close to each other, as those of an index
		Rows   func(context.Context) iter.Seq2[Line, error]
		Count  int  // how many rows it has, where they may be many
		Timed  bool // its first column has numbers of rows and its second times, which are not broken
	}
	// Picture is the still of an exhibit.
	Picture struct{ Item int64 }
	// Frames are those of an exhibit that is a film, and Level is how loud one that is a
	// sound is over its time.
	Frames struct{ Item int64 }
	Level  struct{ Item int64 }
	// Pages are those of an exhibit that is a PDF, each on a page of its own.
	Pages struct{ Item int64 }
	// Excerpt is the beginning of an exhibit's own text, or the headers of a
	// letter, which end at its first empty line.
	Excerpt struct {
		Item    int64
		Lines   int
		Headers bool
	}
	// Chart is a chart of bars; a table beside it has the same numbers.
	Chart struct {
		Title string
		Bars  []Bar
	}
	// QR is a code to be photographed, as a PNG, with its caption.
	QR struct {
		PNG     []byte
		Caption string
	}
	// Commands are lines to be typed, as they are.
	Commands struct{ Text string }
)

func (Para) block()     {}
func (Bullets) block()  {}
func (Facts) block()    {}
func (Table) block()    {}
func (Picture) block()  {}
func (Frames) block()   {}
func (Level) block()    {}
func (Excerpt) block()  {}
func (Pages) block()    {}
func (Chart) block()    {}
func (QR) block()       {}
func (Commands) block() {}

// Bar is one bar of a chart.
type Bar struct {
	Name string
	N    int
}

// Look is the look of a paragraph.
type Look int

// The looks.
const (
	Body    Look = iota
	Lead         // the sentence that a page opens with
	Title        // of the whole
	Listing      // text that was read, line by line
)

// Col is a column; Share is its part of the width.
type Col struct {
	Title string
	Share float64
}

// Line is one line of a table. One of a single cell stands across all columns.
type Line struct {
	Anchor string
	Cells  [][]Run
	Leads  bool // the next line belongs to it, and stands on the same page
}

// Run is a piece of text. Evidence is text that we did not write: it may be in
// any script and direction.
type Run struct {
	Text     string
	Bold     bool
	Mono     bool
	Soft     bool // what the program says beside words of the source: grey on paper
	Evidence bool
	Link     string // an anchor in this bundle
	VolumeOf string // print in which volume the page of this anchor is; left out as PageOf is
	PageOf   string // print the number of this anchor's page after the text; pages of HTML have none, and leave the run out
}

func say(text string) []Run              { return []Run{{Text: text}} }
func quote(text string) []Run            { return []Run{{Text: text, Evidence: true}} }
func mono(text string) []Run             { return []Run{{Text: text, Mono: true}} }
func para(text string) Para              { return Para{Runs: say(text)} }
func link(text, to string) Run           { return Run{Text: text, Link: to} }
func onPage(of string) Run               { return Run{Text: ", p.\u00a0", PageOf: of} }
func rowAnchor(n int) string             { return fmt.Sprintf("row-%d", n) }
func itemAnchor(n int64) string          { return fmt.Sprintf("exhibit-%d", n) }
func diaryAnchor(n int) string           { return fmt.Sprintf("diary-%d", n) }
func lineAnchor(n int) string            { return fmt.Sprintf("line-%d", n) }
func fact(name string, value []Run) Fact { return Fact{Name: name, Value: value} }

// lines walks a few lines that are held in memory.
func lines(all []Line) func(context.Context) iter.Seq2[Line, error] {
	return func(ctx context.Context) iter.Seq2[Line, error] {
		return func(yield func(Line, error) bool) {
			for _, l := range all {
				if err := ctx.Err(); err != nil {
					yield(Line{}, err)
					return
				}
				if !yield(l, nil) {
					return
				}
			}
		}
	}
}

// plain is the text of runs, as a reader of text alone sees it.
func plain(runs []Run) string {
	var b strings.Builder
	for _, r := range runs {
		b.WriteString(r.Text)
		if r.PageOf != "" {
			b.WriteString("<" + r.PageOf + ">")
		}
	}
	return b.String()
}

// Spans are row numbers in order, runs of them kept as one.
type Spans []Span

// Span is the rows First to Last.
type Span struct{ First, Last int }

// Add takes the next row number; numbers only grow.
func (s *Spans) Add(n int) {
	if k := len(*s) - 1; k >= 0 && n <= (*s)[k].Last+1 {
		(*s)[k].Last = max((*s)[k].Last, n)
		return
	}
	*s = append(*s, Span{n, n})
}

// Len is how many rows they are.
func (s Spans) Len() int {
	n := 0
	for _, p := range s {
		n += p.Last - p.First + 1
	}
	return n
}
