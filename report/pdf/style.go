package pdf

// A Run is text of one look.
type Run struct {
	Text               string
	Bold, Italic, Mono bool
	Soft               bool   // grey: secondary text
	Link               string // an anchor of this document, before or after it

	pageOf string
	volume bool // the volume of that page, and not its number
}

// VolumeOf returns a run that prints in which file of a document of several the
// page of an anchor is.
func VolumeOf(anchor string) Run { return Run{pageOf: anchor, volume: true} }

// PageOf returns a run that prints the number of the page of an anchor, which
// may come later, as a link to it.
func PageOf(anchor string) Run { return Run{pageOf: anchor, Link: anchor} }

// A number that is not known yet is set as wide as pageDigits, or seriesDigits in
// a document of series, and written at the end; a wider one is set smaller.
const (
	pagePlaceholder = "0"
	pageDigits      = "000"
	seriesDigits    = "M000"
)

func (r *Run) look() variant {
	var v variant
	if r.Bold {
		v |= bold
	}
	if r.Italic {
		v |= italic
	}
	if r.Mono {
		v |= mono
	}
	return v
}

// ink is the colour of the run in a text of the colour body.
func (r *Run) ink(body ink) ink {
	switch {
	case r.Link != "":
		return blue
	case r.Soft:
		return grey
	}
	return body
}

// Style is the look of a paragraph.
type Style int

// The styles of paragraphs.
const (
	Body     Style = iota
	Small          // notes and legends
	Lead           // the sentence that opens a section
	Quote          // words of a message: indented, with a bar beside them
	Caption        // small and grey
	Code           // small, of one width: lines that must not be broken
	Listing        // small, of one width
	Title          // the title of a document
	Subtitle       // below it
	Centered
)

// An Align is where lines stand between the margins. Text that runs from right
// to left is turned: its start is the right.
type Align int

// The alignments.
const (
	Start Align = iota
	Middle
	End
)

// A setting is what a style means, in points.
type setting struct {
	size          float64
	lead          float64 // height of a line, in em
	before, after float64
	indent        float64
	align         Align
	ink           ink
	bar           bool // beside it
	drop          bool // before counts at the top of a page too
	bold, mono    bool
	fixed         bool // no larger where a document asks for large type
}

const (
	furnitureSize = 8 // of the header
	markSize      = 10
	footSize      = 10
	cellSize      = 8.5
	leading       = 1.38
)

func (s Style) setting() setting {
	set := setting{size: 10, lead: leading, after: 5, ink: black}
	switch s {
	case Small:
		set.size, set.after = 8.5, 4
	case Lead:
		set.size, set.after = 11.5, 7
	case Quote:
		set.indent, set.bar, set.after = 14, true, 6
	case Caption:
		set.size, set.ink, set.after = 8.5, grey, 8
	case Code:
		set.size, set.mono, set.fixed = 8, true, true
	case Listing:
		set.size, set.mono = 8, true
	case Title:
		set.size, set.before, set.after, set.bold, set.drop = 24, 42, 12, true, true
	case Subtitle:
		set.size, set.after, set.align, set.ink = 13, 10, Middle, grey
	case Centered:
		set.align = Middle
	}
	return set
}

// typed is a setting as this document prints it: no smaller and no closer than
// it asks.
func (d *Doc) typed(s setting) setting {
	if !s.fixed {
		s.size, s.lead = max(s.size, d.options.Points), max(s.lead, d.options.Lines)
	}
	return s
}

// heading returns the setting of a heading; level 1 is the highest.
func heading(level int) setting {
	set := setting{lead: 1.3, ink: black, bold: true}
	switch level {
	case 1:
		set.size, set.before, set.after = 17, 14, 7
	case 2:
		set.size, set.before, set.after = 13, 12, 5
	case 3:
		set.size, set.before, set.after = 11, 10, 4
	default:
		set.size, set.before, set.after = 10, 8, 3
	}
	return set
}

// apply gives every run what the style demands.
func (s setting) apply(runs []Run) []Run {
	if !s.bold && !s.mono {
		return runs
	}
	styled := make([]Run, len(runs))
	for i, run := range runs {
		run.Bold = run.Bold || s.bold
		run.Mono = run.Mono || s.mono
		styled[i] = run
	}
	return styled
}
