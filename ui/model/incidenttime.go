package model

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"daybook/timeline"
)

// Sure says how sure a person is of a time.
type Sure string

// How sure a person can be of a time.
const (
	Exactly Sure = "exactly"
	About   Sure = "about"
	Between Sure = "between"
	ThatDay Sure = "that day"
	NotSure Sure = "not sure"
)

// Sures lists them in the order in which they are offered.
func Sures() []Sure { return []Sure{Exactly, About, Between, ThatDay, NotSure} }

// Which of two: a clock that is put back shows an hour twice.
const (
	First       = "first"
	Second      = "second"
	EitherOfTwo = "either"
)

// TimeForm is a time as a person types it, letter for letter.
type TimeForm struct {
	How        Sure   `json:"how,omitempty"`
	Day        string `json:"day,omitempty"`
	Clock      string `json:"clock,omitempty"`
	UntilDay   string `json:"until_day,omitempty"`
	UntilClock string `json:"until_clock,omitempty"`
	Which      string `json:"which,omitempty"`
}

// Empty tells that nothing was typed.
func (f TimeForm) Empty() bool {
	return strings.TrimSpace(f.Day+f.Clock+f.UntilDay+f.UntilClock) == "" && f.How != NotSure
}

// HasClock, HasUntil tell which fields belong to how sure the person is.
func (f TimeForm) HasClock() bool { return f.How != ThatDay && f.How != NotSure }

// HasUntil tells whether an end belongs to it.
func (f TimeForm) HasUntil() bool { return f.How == Between }

// Understood is what a time form says.
type Understood struct {
	When  timeline.When
	Words string   // what was understood, for the person to compare; empty while nothing is typed
	Twice string   // a question that must be answered: the clock showed this time twice
	Back  bool     // it did, and the answer may be changed
	Err   error    // what must be put right
	At    TimePart // and where
}

// TimePart is a field of a time.
type TimePart int

// The parts of a time; the day where nothing else is to blame.
const (
	DayPart TimePart = iota
	ClockPart
	UntilDayPart
	UntilClockPart
	WhichPart
)

// Sentence is what stands below the fields: the words, the question, or what
// must be put right.
func (u Understood) Sentence() string {
	switch {
	case u.Err != nil && u.Twice == "":
		return Sentence(u.Err)
	case u.Twice != "":
		return u.Twice
	}
	return Sentence(errors.New(u.Words))
}

// Read understands the form. now is what the person's clock shows, in the zone
// of the case.
func (f TimeForm) Read(now time.Time) Understood {
	if f.Empty() {
		return Understood{Err: errors.New("say when it happened; “about”, “that day” or “not sure” will do")}
	}
	now = now.Truncate(time.Minute)
	switch f.How {
	case Exactly, About, "":
		return f.moment(now)
	case Between:
		return f.between(now)
	case ThatDay:
		return f.day(now)
	case NotSure:
		return f.unsure(now)
	}
	return Understood{Err: fmt.Errorf("%q says nothing of how sure the time is", f.How)}
}

func (f TimeForm) unsure(now time.Time) Understood {
	if strings.TrimSpace(f.Day) == "" {
		w, err := timeline.Typed("not sure", "", "", now.Location())
		return Understood{When: w, Words: "no time: you are not sure when it was", Err: err}
	}
	d, err := readDay(f.Day, now)
	if err != nil {
		return Understood{Err: err}
	}
	how := timeline.Precision("")
	words := "some time in " + d.words(now)
	if d.unit == timeline.Day {
		how, words = timeline.About, "about "+d.words(now)
	}
	return typedTime(d.typed(), "", how, words, now)
}

func (f TimeForm) day(now time.Time) Understood {
	d, err := readDay(f.Day, now)
	if err == nil && d.unit != timeline.Day {
		err = fmt.Errorf("%s is not one day; if you do not know which, choose “not sure”", d.words(now))
	}
	if err != nil {
		return Understood{Err: err}
	}
	return typedTime(d.typed(), "", "", "some time on "+d.words(now), now)
}

// moment reads a day and a clock; about a whole day will do where the person is
// not sure of the clock.
func (f TimeForm) moment(now time.Time) Understood {
	d, err := readDay(f.Day, now)
	if err != nil {
		return Understood{Err: err}
	}
	how, about := timeline.Precision(""), ""
	if f.How == About {
		how, about = timeline.About, "about "
	}
	if strings.TrimSpace(f.Clock) == "" {
		if f.How != About {
			return Understood{Words: d.words(now), Err: errors.New("write the time of day too, or choose “that day”"), At: ClockPart}
		}
		return typedTime(d.typed(), "", how, about+d.words(now), now)
	}
	m, err := d.at(f.Clock, now)
	if err != nil {
		return Understood{Err: err, At: atClock(d, ClockPart)}
	}
	words := about + m.words() + ", " + d.words(now)
	switch timeline.Ambiguous(m.local, now.Location()) {
	case "never":
		return Understood{Words: words, Err: fmt.Errorf("the clocks went forward then, and no clock showed %s; look at the time again, or choose “that day”", m.clock()), At: ClockPart}
	case "twice":
		return f.twice(m, how, words, now)
	}
	return typedTime(m.typed(), "", how, words, now)
}

// twice asks which of two, and takes “not sure” as the time from the one to the
// other.
func (f TimeForm) twice(m moment, how timeline.Precision, words string, now time.Time) Understood {
	u := f.oneOfTwo(m, how, words, now)
	u.Back = true
	return u
}

func (f TimeForm) oneOfTwo(m moment, how timeline.Precision, words string, now time.Time) Understood {
	first, second := m.offsets(now.Location())
	switch f.Which {
	case First:
		return typedTime(first, "", how, words+", the first time, before the clocks went back", now)
	case Second:
		return typedTime(second, "", how, words+", the second time, after the clocks went back", now)
	case EitherOfTwo:
		return typedTime(first, second, timeline.Range, words+", the first or the second time", now)
	}
	return Understood{Words: words, Twice: fmt.Sprintf("The clocks went back then, so every clock showed %s twice. Which of the two was it?", m.clock()),
		Err: fmt.Errorf("say which of the two: the clocks went back then, and %s came twice", m.clock()), At: WhichPart}
}

// between reads both ends. Where the clock showed an end twice, the wider range
// is meant.
func (f TimeForm) between(now time.Time) Understood {
	from, err := readDay(f.Day, now)
	if err != nil {
		return Understood{Err: err}
	}
	to := from
	if strings.TrimSpace(f.UntilDay) != "" {
		if to, err = readDay(f.UntilDay, now); err != nil {
			return Understood{Err: err, At: UntilDayPart}
		}
	}
	if from.unit != timeline.Day || to.unit != timeline.Day {
		return f.betweenMonths(from, to, now)
	}
	if (strings.TrimSpace(f.Clock) == "") != (strings.TrimSpace(f.UntilClock) == "") {
		at := ClockPart
		if strings.TrimSpace(f.UntilClock) == "" {
			at = UntilClockPart
		}
		return Understood{Words: from.words(now), Err: errors.New("write the time of day at both ends, or at neither"), At: at}
	}
	if strings.TrimSpace(f.Clock) == "" {
		if from == to {
			return Understood{Words: from.words(now), Err: errors.New("write the two ends, or choose “that day”"), At: ClockPart}
		}
		return typedTime(from.typed(), to.typed(), timeline.Range, "between "+from.words(now)+" and "+to.words(now), now)
	}
	a, err := from.at(f.Clock, now)
	if err != nil {
		return Understood{Err: err, At: atClock(from, ClockPart)}
	}
	b, err := to.at(f.UntilClock, now)
	if err != nil {
		return Understood{Err: err, At: atClock(to, UntilClockPart)}
	}
	words := "between " + a.words() + " and " + b.words() + ", " + from.words(now)
	if from != to {
		words = "between " + a.words() + ", " + from.words(now) + ", and " + b.words() + ", " + to.words(now)
	}
	for i, m := range []moment{a, b} {
		if timeline.Ambiguous(m.local, now.Location()) == "never" {
			return Understood{Words: words, Err: fmt.Errorf("the clocks went forward then, and no clock showed %s; look at the time again", m.clock()), At: []TimePart{ClockPart, UntilClockPart}[i]}
		}
	}
	first, last := a.typed(), b.typed()
	if timeline.Ambiguous(a.local, now.Location()) != "" || timeline.Ambiguous(b.local, now.Location()) != "" {
		first, _ = a.offsets(now.Location())
		_, last = b.offsets(now.Location())
	}
	return typedTime(first, last, timeline.Range, words, now)
}

// atClock says whether a refused clock is to blame itself, or that it has no day.
func atClock(d date, clock TimePart) TimePart {
	if d.unit == timeline.Day {
		return clock
	}
	return clock - 1
}

func (f TimeForm) betweenMonths(from, to date, now time.Time) Understood {
	if strings.TrimSpace(f.Clock+f.UntilClock) != "" {
		return Understood{Err: errors.New("a time of day needs a day; write the day, or leave the time of day out")}
	}
	if from == to {
		return Understood{Err: fmt.Errorf("%s is both ends; write another end, or choose “not sure”", from.words(now))}
	}
	return typedTime(from.typed(), to.typed(), timeline.Range, "between "+from.words(now)+" and "+to.words(now), now)
}

// typedTime hands on what was understood, in the one form that the record takes.
func typedTime(text, until string, how timeline.Precision, words string, now time.Time) Understood {
	w, err := timeline.Typed(text, until, how, now.Location())
	if err != nil {
		return Understood{Words: words, Err: errors.New("the end is before the beginning; look at both again")}
	}
	u := Understood{When: w, Words: words}
	if t, ok := w.Order(); ok && t.After(now.Add(time.Minute)) && !w.Instant.IsZero() {
		u.Err = fmt.Errorf("this is still to come: %s; look at the date again", words)
	}
	return u
}
