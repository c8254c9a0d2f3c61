package importers

import (
	"iter"
	"slices"
	"strconv"
	"unicode/utf8"

	"daybook/timeline"
)

// The limits of what an event shows of one record. The whole is in the original.
const (
	MostText = 1 << 20  // bytes of its text
	MostFact = 16 << 10 // bytes of any other value
)

// Facts notes facts of an event under the names that a source gives them. A name
// that is taken, or that the program uses itself, gets a number behind it: a
// source cannot say what Daybook says.
type Facts struct{ *timeline.Event }

// FactsOf begins an event's facts.
func FactsOf(e *timeline.Event) Facts {
	if e.Extra == nil {
		e.Extra = make(timeline.Facts, 0, 8)
	}
	return Facts{e}
}

const (
	mostFacts = 500 // of an event
	mostAlike = 100 // of these, of one name
)

// Add notes a fact; an empty one is none.
func (f Facts) Add(name, value string) {
	if value == "" {
		return
	}
	name = Shorten(name, 100)
	base := name
	if len(f.Extra) >= mostFacts {
		f.Flag(timeline.TextCut)
		return
	}
	for n := 2; timeline.Identifies(name) || f.Extra.Get(name) != ""; n++ {
		if n > mostAlike {
			f.Flag(timeline.TextCut)
			return
		}
		name = base + " (" + strconv.Itoa(n) + ")"
	}
	f.Extra.Set(name, f.short(value, MostFact))
}

// Others notes what a record has beside, each under a name that says nothing yet.
func (f Facts) Others(named iter.Seq2[string, string]) {
	for name, value := range named {
		if f.Extra.Get(name) == "" {
			f.Add(name, value)
		}
	}
}

// Say sets the event's text.
func (f Facts) Say(text string) { f.Text = f.short(text, MostText) }

func (f Facts) short(s string, most int) string {
	if len(s) > most {
		f.Flag(timeline.TextCut)
	}
	return Shorten(s, most)
}

// Flag sets flags, each once.
func (f Facts) Flag(flags ...timeline.Flag) {
	for _, flag := range flags {
		if !slices.Contains(f.Flags, flag) {
			f.Flags = append(f.Flags, flag)
		}
	}
}

// Dispute says that two statements of a source about who an event is from or to
// cannot both be so. Neither is taken: it comes from nobody, nobody in it is the
// owner, and those whom the statements name stand as whom it was with.
func (f Facts) Dispute(statements string, named ...timeline.Party) {
	f.From, f.To = timeline.Party{}, nil
	for _, p := range named {
		if p.Owner = false; p != (timeline.Party{}) && !slices.Contains(f.To, p) {
			f.To = append(f.To, p)
		}
	}
	f.Differ(statements)
}

// Differ keeps two statements that cannot both be so, with the flag that says it.
func (f Facts) Differ(statements string) {
	f.Flag(timeline.PartiesDiffer)
	f.Add(timeline.StatedParties, statements)
}

// Shorten cuts a text between characters.
func Shorten(s string, most int) string {
	if len(s) <= most {
		return s
	}
	for most > 0 && !utf8.RuneStart(s[most]) {
		most--
	}
	return s[:most]
}

// Undated is the time of a record that has none that can be read.
func Undated(raw string) timeline.When {
	if raw == "" {
		raw = "not stated"
	}
	return timeline.When{Basis: timeline.UnknownZone, Precision: timeline.Undated, Raw: Shorten(raw, MostFact)}
}
