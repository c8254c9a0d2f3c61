package whatsapp

import (
	"bytes"
	"errors"
	"fmt"
	"strings"
	"time"

	"daybook/importers"
)

// order says which of a date's three numbers is the day, the month and the
// year.
type order struct {
	name             importers.DateOrder
	day, month, year int
}

// orders are those that a shape allows: a number of four digits is the year.
// Year, day, month is in no locale's pattern and is taken only when the file
// cannot be read otherwise.
func orders(h *head) []order {
	switch {
	case h.date[0].w == 4:
		return []order{{importers.YearFirst, 2, 1, 0}, {importers.DayFirst, 1, 2, 0}}
	case h.date[1].w == 4:
		return []order{{importers.DayFirst, 0, 2, 1}, {importers.MonthFirst, 2, 0, 1}}
	case h.date[2].w == 4:
		return []order{{importers.DayFirst, 0, 1, 2}, {importers.MonthFirst, 1, 0, 2}}
	}
	return []order{{importers.DayFirst, 0, 1, 2}, {importers.MonthFirst, 1, 0, 2}, {importers.YearFirst, 2, 1, 0}}
}

// firstYear is the year WhatsApp began. No two-digit year can be earlier.
const firstYear = 2009

// read gives a date in the order o.
func (o order) read(date *[3]number, c calendar) (day int64, ok bool) {
	y := date[o.year].v
	if date[o.year].w <= 2 {
		if y += 2000; y < firstYear {
			return 0, false
		}
	}
	return c.day(y, date[o.month].v, date[o.day].v)
}

// evidence gathers, over a whole file and in constant memory, what speaks for
// and against each order.
type evidence struct {
	cal      calendar
	cases    []orderCase
	lines    int
	prev     [3]number
	changes  [3]int      // how often each number differs from the line before
	examples [][3]number // the first different dates
}

type orderCase struct {
	order
	never      bool  // the file's first line, which no sender can have written, has no date in this order
	impossible int   // dates that are none in this order
	back       int   // steps to an earlier day
	named      int   // dates that the name of an attachment in the same line confirms
	prev       int64 // day of the line before
}

// contradictions weighs the two kinds of evidence against an order alike:
// messages are exported in the order of their time.
func (c *orderCase) contradictions() int {
	if c.never {
		return decisive
	}
	return c.impossible + c.back
}

func newEvidence(h *head) evidence {
	e := evidence{cal: calendarOf(longest(h.date))}
	for _, o := range orders(h) {
		e.cases = append(e.cases, orderCase{order: o})
	}
	return e
}

func longest(date [3]number) number {
	n := date[0]
	for _, d := range date[1:] {
		if d.w > n.w {
			n = d
		}
	}
	return n
}

// add weighs one header; named is the date in the name of an attachment in the
// same line, 0 when there is none; first tells the file's first line.
func (e *evidence) add(h *head, named int64, first bool) {
	e.lines++
	same := e.lines > 1 && h.date == e.prev
	if same && named == 0 {
		e.repeat()
		return
	}
	for i := range h.date {
		if e.lines > 1 && h.date[i] != e.prev[i] {
			e.changes[i]++
		}
	}
	e.prev = h.date
	if !same && len(e.examples) < 3 {
		e.examples = append(e.examples, h.date)
	}
	for i := range e.cases {
		c := &e.cases[i]
		day, ok := c.read(&h.date, e.cal)
		if !ok {
			c.impossible++
			c.never = c.never || first
			continue
		}
		if day < c.prev {
			c.back++
		}
		c.prev = day
		if named == day {
			c.named++
		}
	}
}

// repeat weighs a header of the same date as the one before.
func (e *evidence) repeat() {
	for i := range e.cases {
		if _, ok := e.cases[i].read(&e.prev, e.cal); !ok {
			e.cases[i].impossible++
		}
	}
}

// verdict is the order of a file and what it rests on.
type verdict struct {
	order
	reason  string
	assumed bool
}

var errNoDate = errors.New("the dates of this chat are none in any order of day, month and year")

// decide weighs the evidence: contradictions first, then the names of
// attachments, then the person's answer, and last, as a weak reason that is
// flagged, which number changes most.
func (e *evidence) decide(answer importers.DateOrder) (verdict, error) {
	left := e.leastContradicted()
	if len(left) == 0 {
		return verdict{}, errNoDate
	}
	if len(left) == 1 {
		return verdict{order: left[0].order, reason: e.why(left[0])}, nil
	}
	if best, ok := mostNamed(left); ok {
		return verdict{order: best.order, reason: fmt.Sprintf("it agrees with the dates in the names of attachments, %d of them", best.named)}, nil
	}
	if left[0].year == 0 && left[0].name == importers.YearFirst && left[1].year == 0 {
		return verdict{order: left[0].order, reason: "the year stands first, and no phone writes the day before the month then"}, nil
	}
	for _, c := range left {
		if c.name == answer {
			return verdict{order: c.order, reason: "this is the answer that was given; the file leaves it open", assumed: true}, nil
		}
	}
	if best, n, ok := e.mostChanged(left); ok {
		return verdict{order: best.order, reason: fmt.Sprintf("a weak reason: the number that would be the day changes %d times and the others do not", n), assumed: true}, nil
	}
	return verdict{}, e.ask(left)
}

// leastContradicted gives the orders that nothing speaks against; or else the
// one that has not a quarter of the contradictions of any other.
func (e *evidence) leastContradicted() []orderCase {
	var free, possible []orderCase
	for _, c := range e.cases {
		if c.contradictions() == 0 {
			free = append(free, c)
		}
		if c.impossible < e.lines && !c.never {
			possible = append(possible, c)
		}
	}
	if len(free) > 0 {
		return free
	}
	if len(possible) == 1 {
		return possible
	}
	for i, c := range possible {
		clear := true
		for j, other := range possible {
			clear = clear && (i == j || c.contradictions()*4 <= other.contradictions())
		}
		if clear {
			return []orderCase{c}
		}
	}
	return possible
}

func (e *evidence) why(c orderCase) string {
	if len(e.cases) == 1 {
		return "its shape allows no other"
	}
	var against []string
	for _, other := range e.cases {
		if other.order != c.order {
			against = append(against, fmt.Sprintf("%s would make %d impossible and step back %d times", other.words(), other.impossible, other.back))
		}
	}
	return fmt.Sprintf("of %d dates, %s", e.lines, strings.Join(against, ", "))
}

// mostNamed gives the order that the names of attachments clearly confirm.
func mostNamed(left []orderCase) (best orderCase, ok bool) {
	for _, c := range left {
		if c.named > best.named {
			best = c
		}
	}
	for _, c := range left {
		if c.order != best.order && c.named*4 > best.named {
			return best, false
		}
	}
	return best, best.named > 0
}

// mostChanged gives the order whose day changes while day and month of no
// other reading do, at least four times.
func (e *evidence) mostChanged(left []orderCase) (best orderCase, n int, ok bool) {
	const enough = 4
	for _, c := range left {
		if e.changes[c.day] >= enough && e.changes[c.month] == 0 && e.changes[c.year] == 0 {
			return c, e.changes[c.day], true
		}
	}
	return best, 0, false
}

// ask is the question to a person, with the first dates in each order.
func (e *evidence) ask(left []orderCase) *importers.Ask {
	a := &importers.Ask{What: "date-order", Text: "This chat does not show by itself whether its dates begin with the day or the month. How do they read?"}
	for _, c := range left {
		var dates []string
		for _, d := range e.examples {
			if day, ok := c.read(&d, e.cal); ok {
				dates = append(dates, at(day*86400).Format("2 January 2006"))
			}
		}
		a.Choices = append(a.Choices, importers.Choice{Value: string(c.name), Example: strings.Join(dates, ", ")})
	}
	return a
}

// words names an order in plain words.
func (o order) words() string {
	names := [3]string{}
	names[o.day], names[o.month], names[o.year] = "day", "month", "year"
	return strings.Join(names[:], "-")
}

// seconds is a header's wall clock as seconds from 1970; ok is false when it
// is no date in this order.
func (o order) seconds(h *head, c calendar) (s int64, ok bool) {
	day, ok := o.read(&h.date, c)
	hour, _ := h.half.hour(h.clock[0].v)
	return day*86400 + int64(hour*3600+h.clock[1].v*60+h.clock[2].v), ok
}

// nameDate finds the date in the name of an attachment that a line names:
// IMG-20240131-WA0001.jpg, or 00000042-PHOTO-2024-01-31-21-05-33.jpg. It is a
// day counted from 1970, 0 when there is none.
func nameDate(text []byte) int64 {
	if i := bytes.Index(text, []byte("-WA")); i >= 9 && text[i-9] == '-' {
		return parseDay("20060102", text[i-8:i])
	}
	for i := bytes.Index(text, []byte("-20")); i > 0 && i+20 <= len(text); {
		if text[i-1] >= 'A' && text[i-1] <= 'Z' {
			return parseDay("2006-01-02-15-04-05", text[i+1:i+20])
		}
		next := bytes.Index(text[i+1:], []byte("-20"))
		if next < 0 {
			break
		}
		i += 1 + next
	}
	return 0
}

func parseDay(layout string, b []byte) int64 {
	t, err := time.Parse(layout, string(b))
	if err != nil {
		return 0 // a name that only looks like one with a date
	}
	return t.Unix() / 86400
}
