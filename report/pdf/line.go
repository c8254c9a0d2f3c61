package pdf

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/go-text/typesetting/segmenter"

	"daybook/report/direction"
)

// An atom is what is placed on a line as one: a word or part of one, or the
// spaces after it, of one run and one direction.
type atom struct {
	word  *word
	run   *Run
	level direction.Level
	x     float64 // from the start of the line, in em
}

// A line is set text: its atoms in the order of the text, each with its place.
type line struct {
	atoms           []atom
	width           float64 // without the spaces at its end, in em
	ascent, descent float64 // in em
	rtl             bool    // the paragraph runs from right to left
	toEnd           bool    // it stands at the end of its column
}

// paragraphLimit is the longest stretch of text, in characters, that is set
// as one paragraph; a longer one goes on on a new line.
const paragraphLimit = 16_000

// wordLength is the longest stretch without a place to break that is shaped as
// one; a longer one may be broken anywhere.
const wordLength = 100

// setter breaks runs of text into lines.
type setter struct {
	*shaper
	breaks segmenter.Segmenter
	pageOf func(anchor string) (number string, known bool)
	// volumeOf is the same for the file in which the page is.
	volumeOf func(anchor string) (number string, known bool)
	slot     string // as wide as a page number that is not known yet
}

// lines sets runs to a width in em. There is at least one line.
func (s *setter) lines(runs []Run, width float64) []line {
	var all []line
	for _, paragraph := range s.paragraphs(runs) {
		all = append(all, s.paragraph(paragraph, width)...)
	}
	return all
}

// hanging sets runs as lines does; every line begins where the first one does, behind
// the blanks that it may begin with.
func (s *setter) hanging(runs []Run, width float64) []line {
	if len(runs) < 2 || runs[0].Text == "" || strings.Trim(runs[0].Text, " ") != "" {
		return s.lines(runs, width)
	}
	blank := s.word(runs[0].Text, runs[0].look(), false).advance
	all := s.lines(runs[1:], width-blank)
	for i := range all {
		if all[i].rtl {
			continue
		}
		for j := range all[i].atoms {
			all[i].atoms[j].x += blank
		}
		all[i].width += blank
	}
	return all
}

// paragraphs cuts runs at line ends and at paragraphLimit.
func (s *setter) paragraphs(runs []Run) [][]Run {
	all := [][]Run{nil}
	room := paragraphLimit
	for i := range runs {
		run := runs[i]
		rest := Visible(run.Text)
		if run.pageOf != "" {
			rest = s.number(&run)
		}
		for {
			head, tail, more := strings.Cut(rest, "\n")
			run.Text = head
			if cut := cutAt(head, room); cut < len(head) {
				run.Text, tail, more = head[:cut], rest[cut:], true
			} else if more {
				run.Text += " " // words of two lines are not one for who hears them
			}
			room -= len(run.Text)
			all[len(all)-1] = append(all[len(all)-1], run)
			if !more {
				break
			}
			all, room = append(all, nil), paragraphLimit
			rest = tail
		}
	}
	return all
}

// cutAt returns where to cut a text that does not fit in room: after the last
// space if there is one, never inside a character.
func cutAt(text string, room int) int {
	if len(text) <= max(room, 0) {
		return len(text)
	}
	cut := max(room, 1)
	if space := strings.LastIndexByte(text[:cut], ' '); space > 0 {
		return space + 1
	}
	for cut < len(text) && !utf8.RuneStart(text[cut]) {
		cut++
	}
	return cut
}

// A chunk is the text between two places where a line may end.
type chunk struct {
	atoms  []atom
	spaces []atom
	width  float64 // of atoms
	spaced float64 // of spaces
}

func (s *setter) paragraph(runs []Run, width float64) []line {
	text, ends := join(runs)
	runes := []rune(text)
	levels, rtl := direction.Levels(runes)
	filling := filler{setter: s, width: width, rtl: rtl}
	at := cursor{runs: runs, ends: ends, levels: levels}
	s.breaks.Init(runes)
	from := 0
	for parts := s.breaks.LineIterator(); parts.Next(); {
		part := parts.Line()
		to := part.Offset + len(part.Text)
		if to < len(runes) && stub(runes[from:to]) {
			continue
		}
		filling.add(s.chunk(text, runes[from:to], from, &at))
		from = to
	}
	return filling.finish()
}

// stub tells that a line should not end behind the beginning of a word: e-mail and
// MK/24 are not broken.
func stub(beginning []rune) bool {
	last := beginning[len(beginning)-1]
	if last != '-' && last != '/' {
		return false
	}
	letters := 0
	for _, r := range beginning {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters < 4
}

// join puts runs together; ends holds where each run ends, in bytes.
func join(runs []Run) (text string, ends []int) {
	if len(runs) == 1 {
		return runs[0].Text, []int{len(runs[0].Text)}
	}
	var all strings.Builder
	for _, run := range runs {
		all.WriteString(run.Text)
		ends = append(ends, all.Len())
	}
	return all.String(), ends
}

// cursor walks over a paragraph: bytes, runs and levels go together.
type cursor struct {
	runs   []Run
	ends   []int
	levels []direction.Level
	run    int
	byte   int
}

func (s *setter) chunk(text string, runes []rune, offset int, at *cursor) chunk {
	solid := len(runes)
	for solid > 0 && breakingSpace(runes[solid-1]) {
		solid--
	}
	var c chunk
	c.atoms = s.atoms(text, runes[:solid], offset, at)
	c.spaces = s.atoms(text, runes[solid:], offset+solid, at)
	for _, a := range c.atoms {
		c.width += a.word.advance
	}
	for _, a := range c.spaces {
		c.spaced += a.word.advance
	}
	return c
}

func breakingSpace(r rune) bool {
	return r == ' ' || r > 0x7F && r != 0xA0 && r != 0x202F && r != 0x2007 && unicode.IsSpace(r)
}

// atoms cuts runes where the run or the direction changes.
func (s *setter) atoms(text string, runes []rune, offset int, at *cursor) []atom {
	var made []atom
	for i := 0; i < len(runes); {
		for at.run < len(at.ends)-1 && at.byte >= at.ends[at.run] {
			at.run++
		}
		run := &at.runs[at.run]
		depth := direction.Level(0)
		if at.levels != nil {
			depth = at.levels[offset+i]
		}
		start := at.byte
		first := i
		for i < len(runes) && i-first < wordLength && at.byte < at.ends[at.run] && (at.levels == nil || at.levels[offset+i] == depth) {
			at.byte += utf8.RuneLen(runes[i])
			i++
		}
		made = append(made, atom{word: s.wordOf(text[start:at.byte], run, depth), run: run, level: depth})
	}
	return made
}

func (s *setter) wordOf(text string, run *Run, depth direction.Level) *word {
	if run.pageOf != "" {
		if _, known := s.numberOf(run); !known {
			return s.pageSlot(run.look())
		}
	}
	return s.word(text, run.look(), depth%2 == 1)
}

// number is the text of a page number: the placeholder when it is not known.
func (s *setter) number(run *Run) string {
	if number, known := s.numberOf(run); known {
		return number
	}
	return pagePlaceholder
}

func (s *setter) numberOf(run *Run) (number string, known bool) {
	if run.volume {
		return s.volumeOf(run.pageOf)
	}
	return s.pageOf(run.pageOf)
}

// pageSlot is the room that is kept for the number of a page.
func (s *setter) pageSlot(look variant) *word {
	digits := s.word(s.slot, look, false)
	return &word{text: pagePlaceholder, advance: digits.advance, ascent: digits.ascent, descent: digits.descent}
}

// filler fills lines with chunks.
type filler struct {
	*setter
	width float64
	rtl   bool
	lines []line
	atoms []atom
	used  float64
	tail  float64 // how much of used is spaces at the end
}

func (f *filler) add(c chunk) {
	if f.used+c.width > f.width && len(f.atoms) > 0 {
		f.end()
	}
	for _, a := range c.atoms {
		for f.used+a.word.advance > f.width && c.width > f.width {
			head, rest, ok := f.cut(a, f.width-f.used)
			if ok {
				f.place(head)
				a = rest
			}
			if len(f.atoms) == 0 {
				break
			}
			f.end()
		}
		f.place(a)
	}
	f.tail = 0
	for _, a := range c.spaces {
		f.place(a)
	}
	f.tail = c.spaced
}

func (f *filler) place(a atom) {
	if a.word.text == "" {
		return
	}
	f.atoms = append(f.atoms, a)
	f.used += a.word.advance
}

// cut splits an atom so that its head fits in room; on an empty line at least
// one cluster stays in the head.
func (f *filler) cut(a atom, room float64) (head, rest atom, ok bool) {
	if a.run.pageOf != "" {
		return a, a, false
	}
	ends := f.clusterEnds(a, room)
	least := 1
	if len(f.atoms) == 0 {
		least = 2
	}
	// Joined letters may be wider than they are alone.
	for len(ends) >= least && f.wordOf(a.word.text[:ends[len(ends)-1]], a.run, a.level).advance > room {
		ends = ends[:len(ends)-1]
	}
	if len(ends) == 0 || ends[len(ends)-1] == len(a.word.text) {
		return a, a, false
	}
	end := seam(a.word.text, ends)
	head, rest = a, a
	head.word = f.wordOf(a.word.text[:end], a.run, a.level)
	rest.word = f.wordOf(a.word.text[end:], a.run, a.level)
	return head, rest, true
}

// seam is where a word that is too long is broken: behind a sign that parts it, where
// one is in what fits, but in the first third of it, as names of files have.
func seam(text string, ends []int) int {
	for i := len(ends) - 1; i >= len(ends)/3; i-- {
		if strings.IndexByte("_-./@", text[ends[i]-1]) >= 0 {
			return ends[i]
		}
	}
	return ends[len(ends)-1]
}

// clusterEnds returns where the clusters of an atom end, in bytes, that fit in
// room one by one, and one more.
func (f *filler) clusterEnds(a atom, room float64) []int {
	var clusters segmenter.Segmenter
	clusters.Init([]rune(a.word.text))
	var ends []int
	wide, end := 0.0, 0
	for each := clusters.GraphemeIterator(); each.Next() && wide <= room; {
		text := string(each.Grapheme().Text)
		wide += f.wordOf(text, a.run, a.level).advance
		end += len(text)
		ends = append(ends, end)
	}
	return ends
}

func (f *filler) finish() []line {
	if len(f.atoms) > 0 || len(f.lines) == 0 {
		f.end()
	}
	return f.lines
}

// end closes the line: it gives every atom its place.
func (f *filler) end() {
	ln := line{atoms: f.atoms, width: f.used - f.tail, rtl: f.rtl}
	for _, a := range ln.atoms {
		ln.ascent, ln.descent = max(ln.ascent, a.word.ascent), max(ln.descent, a.word.descent)
	}
	ln.order()
	f.lines = append(f.lines, ln)
	f.atoms, f.used, f.tail = nil, 0, 0
}
