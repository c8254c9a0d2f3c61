package model

import (
	"math"
	"slices"
	"sort"
	"time"

	"daybook/timeline"
)

// Sort is what a line of the list is.
type Sort int

// The sorts of line.
const (
	DayLine   Sort = iota // the day that the lines below belong to
	EventLine             // one event
	FoldLine              // a run of events folded into one line
)

// Class is how tall a line is drawn. What a class measures is the window's
// business; it is told by Measure.
type Class uint8

// The classes.
const (
	DayClass     Class = iota // a day's heading
	BareClass                 // a head and no text
	LineClass                 // a head and one line of text
	TwoClass                  // a head and two lines
	ThreeClass                // a head, two lines, and one of files
	PictureClass              // a head, text and a picture
	classes
)

// undatedDay is the day under which the events without a time stand.
const undatedDay = math.MaxInt32

// Rows is a list as it is drawn, from top to bottom: days, events and folded
// runs, each with its height. It holds four bytes and a class for each line and
// no text, so that a million lines cost some megabytes, and every position is
// exact at any length of the list.
type Rows struct {
	events []int32 // shown, as places in the survey
	days   []dayHead
	folds  []*fold
	lines  []int32 // an event's place, or ^(2*day) or ^(2*fold+1)
	class  []Class
	height [classes]float64
	tops   []float64 // of each block of lines, and the end of the last
	survey *timeline.Survey
	guess  []Class // of each kind
}

type dayHead struct {
	day  int32
	n    int // events
	line int32
}

// block is how many lines have one entry in tops: what is counted one by one
// when a line is looked up.
const block = 256

// newRows lays out events in order. folded tells which run an event belongs to,
// if any.
func newRows(s *timeline.Survey, events []int32, folds []*fold) *Rows {
	r := &Rows{survey: s, events: events, folds: folds}
	for _, k := range timeline.Kinds() {
		r.guess = append(r.guess, guess(k))
	}
	for c := range r.height {
		r.height[c] = 1
	}
	r.layout()
	return r
}

// layout makes the lines again.
func (r *Rows) layout() {
	r.lines, r.class, r.days = make([]int32, 0, len(r.events)+len(r.events)/64), make([]Class, 0, len(r.events)+len(r.events)/64), nil
	next, folded := 0, r.folded()
	for _, e := range r.events {
		r.under(r.dayOf(e))
		switch {
		case folded == nil || !folded[e]:
			r.put(e)
		case next < len(r.folds) && r.folds[next].events[0] == e:
			r.putFold(next)
			next++
		}
		r.days[len(r.days)-1].n++
	}
	r.sum(0)
}

// folded marks the events that stand in a run; nil where there is none.
func (r *Rows) folded() []bool {
	if len(r.folds) == 0 {
		return nil
	}
	in := make([]bool, len(r.survey.Kind))
	for _, f := range r.folds {
		for _, e := range f.events {
			in[e] = true
		}
	}
	return in
}

// under begins a day, unless it is the one that the last line stands under.
func (r *Rows) under(day int32) {
	if n := len(r.days); n > 0 && r.days[n-1].day == day {
		return
	}
	r.days = append(r.days, dayHead{day: day, line: int32(len(r.lines))})
	r.lines = append(r.lines, ^int32(2*(len(r.days)-1)))
	r.class = append(r.class, DayClass)
}

func (r *Rows) put(event int32) {
	r.lines, r.class = append(r.lines, event), append(r.class, r.guess[r.survey.Kind[event]])
}

// putFold puts the line of a run and, when it is open, its events below.
func (r *Rows) putFold(n int) {
	r.lines, r.class = append(r.lines, ^int32(2*n+1)), append(r.class, BareClass)
	if f := r.folds[n]; f.open {
		for _, e := range f.events {
			r.put(e)
		}
	}
}

func (r *Rows) dayOf(event int32) int32 {
	if int(event) >= len(r.survey.Day) {
		return undatedDay
	}
	return r.survey.Day[event]
}

// guess is how tall an event of a kind is taken to be, until its text is read.
func guess(k timeline.Kind) Class {
	switch k {
	case timeline.Photo, timeline.Shot, timeline.Video:
		return PictureClass
	case timeline.Call, timeline.Location, timeline.Login:
		return BareClass
	}
	return LineClass
}

// Measure says how tall the classes are, from the least.
func (r *Rows) Measure(heights Heights) {
	if heights != r.height {
		r.height = heights
		r.sum(0)
	}
}

// Heights are what Measure takes.
type Heights = [classes]float64

// sum adds the heights up from a block on.
func (r *Rows) sum(from int) {
	blocks := (len(r.lines) + block - 1) / block
	if from == 0 {
		r.tops = make([]float64, blocks+1)
	}
	for b := from; b < blocks; b++ {
		y := r.tops[b]
		for _, c := range r.class[b*block : min((b+1)*block, len(r.class))] {
			y += r.height[c]
		}
		r.tops[b+1] = y
	}
}

// SetClass says how tall a line turned out to be.
func (r *Rows) SetClass(line int, c Class) {
	by := r.height[c] - r.height[r.class[line]]
	r.class[line] = c
	for b := line/block + 1; b < len(r.tops); b++ {
		r.tops[b] += by
	}
}

// ClassOf is how tall a line is.
func (r *Rows) ClassOf(line int) Class { return r.class[line] }

// Len is how many lines there are; Events, how many events they stand for.
func (r *Rows) Len() int    { return len(r.lines) }
func (r *Rows) Events() int { return len(r.events) }

// Total is the height of the whole list.
func (r *Rows) Total() float64 { return r.tops[len(r.tops)-1] }

// Height is that of one line.
func (r *Rows) Height(line int) float64 { return r.height[r.class[line]] }

// Top is where a line begins.
func (r *Rows) Top(line int) float64 {
	y := r.tops[line/block]
	for _, c := range r.class[line/block*block : line] {
		y += r.height[c]
	}
	return y
}

// At is the line at a height; the nearest one for what is outside.
func (r *Rows) At(y float64) int {
	b := sort.Search(len(r.tops)-1, func(b int) bool { return r.tops[b+1] > y })
	if b == len(r.tops)-1 {
		return len(r.lines) - 1
	}
	at := r.tops[b]
	last := min((b+1)*block, len(r.lines)) - 1
	for i := b * block; i < last; i++ {
		if at += r.Height(i); at > y {
			return i
		}
	}
	return last
}

// Sort tells what a line is.
func (r *Rows) Sort(line int) Sort {
	n := r.lines[line]
	switch {
	case n >= 0:
		return EventLine
	case ^n%2 == 0:
		return DayLine
	}
	return FoldLine
}

// Event is the place of a line's event; of a folded run, its first one. A day
// has none.
func (r *Rows) Event(line int) (int, bool) {
	switch r.Sort(line) {
	case EventLine:
		return int(r.lines[line]), true
	case FoldLine:
		return int(r.foldAt(line).events[0]), true
	}
	return 0, false
}

// EventsAt are the events that a line stands for.
func (r *Rows) EventsAt(line int) []int32 {
	switch r.Sort(line) {
	case EventLine:
		return r.lines[line : line+1]
	case FoldLine:
		return r.foldAt(line).events
	}
	return nil
}

// All are the events of the whole list.
func (r *Rows) All() []int32 { return r.events }

func (r *Rows) foldAt(line int) *fold { return r.folds[^r.lines[line]/2] }

// Line finds the line of an event, or of the run that it is folded into.
func (r *Rows) Line(event int) (int, bool) {
	d := sort.Search(len(r.days), func(d int) bool { return int(r.firstOf(d)) > event }) - 1
	if d < 0 {
		return 0, false
	}
	run, folded := 0, false
	for i := int(r.days[d].line) + 1; i < r.dayEnd(d); i++ {
		if int(r.lines[i]) == event {
			return i, true
		}
		if r.lines[i] >= 0 {
			continue
		}
		if _, in := slices.BinarySearch(r.foldAt(i).events, int32(event)); in {
			run, folded = i, true
		}
	}
	return run, folded
}

// firstOf is the first event that stands under a day.
func (r *Rows) firstOf(d int) int32 {
	e, _ := r.Event(int(r.days[d].line) + 1)
	return int32(e)
}

func (r *Rows) dayEnd(d int) int {
	if d+1 < len(r.days) {
		return int(r.days[d+1].line)
	}
	return len(r.lines)
}

// Day is a day's heading.
type Day struct {
	Line int // where it stands
	Next int // line of the next day's heading; Len where there is none
	Name string
	N    string // "12 events"
}

// DayOf is the heading that a line stands under.
func (r *Rows) DayOf(line int) Day {
	d := sort.Search(len(r.days), func(d int) bool { return int(r.days[d].line) > line }) - 1
	head := r.days[d]
	return Day{Line: int(head.line), Next: r.dayEnd(d), Name: dayName(head.day), N: count(head.n, "event")}
}

// LineAt is the first line of the day on or after a moment by the clock of the
// case; the last line, where none is.
func (r *Rows) LineAt(ms int64) int {
	i := sort.Search(len(r.events), func(i int) bool {
		e := int(r.events[i])
		return e >= len(r.survey.Time) || r.survey.Time[e] >= ms
	})
	if i == len(r.events) {
		return len(r.lines) - 1
	}
	line, ok := r.Line(int(r.events[i]))
	if !ok {
		return 0
	}
	if head := int(r.DayOf(line).Line); head == line-1 {
		return head
	}
	return line
}

func dayName(day int32) string {
	if day == undatedDay {
		return "Without a date"
	}
	return time.Unix(int64(day)*24*60*60, 0).UTC().Format("Monday 2 January 2006")
}

// Fold opens or closes the run at a line.
func (r *Rows) Fold(line int, open bool) {
	f := r.foldAt(line)
	if f.open == open {
		return
	}
	f.open = open
	known := make(map[int32]Class)
	for i, n := range r.lines {
		if n >= 0 && r.class[i] != r.guess[r.survey.Kind[n]] {
			known[n] = r.class[i]
		}
	}
	r.layout()
	for i, n := range r.lines {
		if c, ok := known[n]; ok {
			r.class[i] = c
		}
	}
	r.sum(0)
}

// Folded tells whether the run at a line is closed.
func (r *Rows) Folded(line int) bool { return !r.foldAt(line).open }
