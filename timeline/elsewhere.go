package timeline

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/unicode/norm"
)

// The same message may stand in exports of two formats: a chat that was written
// out and the database that it came from. Neither is a copy of the other, so
// both are events; each names the other, as a reader would who compares them.
//
// Two events are linked where they are of one kind, of two formats, of the same
// words, of one time as far as the coarser of the two states it (a clock that was
// changed may mean one of two), and from the same sender: the same number or address, or the same name, or one direction
// where both sources say who their owner is. A call has no words; there the
// number or address must be the same.
//
// Two exports of one format are compared so where their conversations overlap; see
// overlap.go.

// mostBeside bounds how many events of one minute are compared with another.
const mostBeside = 2000

// linkable are the kinds that two formats may both hold.
func linkable(k Kind) bool { return k == Message || k == Call || k == Email || k == Post }

// elsewhere gives where another format, or another export of the chat that is not
// certain to be one, holds the same.
func (v *view) elsewhere(e *Event, doc uint32) []Pinpoint {
	if !linkable(e.Kind) || grain(e.When) == 0 || !v.severalFormats(e.Kind) && len(v.overlaps()) == 0 {
		return nil
	}
	s, pos := v.at(doc)
	importer := s.partOf(pos).reading.Importer
	var out []Pinpoint
	for _, other := range v.beside(doc) {
		o, err := v.event(other)
		if err != nil {
			continue // named by Verify
		}
		same := sameElsewhere(e, &o)
		if o.Source.Importer == importer {
			same = sameIn(e, &o, v.overlaps()[[2]chatIn{v.chatOf(doc), v.chatOf(other)}])
		}
		if same {
			out = append(out, o.Source)
		}
	}
	return out
}

// beside gives the events of the minutes of one that may be the same: of its kind,
// and of another format or of a conversation that overlaps with its own. Nothing is
// opened.
func (v *view) beside(doc uint32) (out []uint32) {
	s, pos := v.at(doc)
	kind, importer := s.kind[pos], s.partOf(pos).reading.Importer
	take := func(other uint32) {
		s, pos := v.at(other)
		if other == doc || s.kind[pos] != kind || slices.Contains(out, other) {
			return
		}
		if s.partOf(pos).reading.Importer != importer || v.overlaps()[[2]chatIn{v.chatOf(doc), v.chatOf(other)}] != nil {
			out = append(out, other)
		}
	}
	for _, ms := range s.moments(pos) {
		minute := ms - ((ms%minuteMillis)+minuteMillis)%minuteMillis
		lo, hi := v.between(v.inOrder, minute, minute+minuteMillis)
		for _, other := range v.order[lo:min(hi, lo+mostBeside)] {
			if s, pos := v.at(other); s.bits[pos]&bitInstant != 0 {
				take(other)
			}
		}
		for _, other := range v.undecidedIn(minute, minute+minuteMillis) {
			take(other.doc)
		}
	}
	return out
}

// moments are what an event's time can mean, where that is not more than two.
func (s *segment) moments(pos uint32) (out []int64) {
	if s.bits[pos]&bitInstant != 0 {
		return append(out, s.time[pos])
	}
	for _, p := range s.possible(pos) {
		if p.to-p.from <= minuteMillis {
			out = append(out, p.from)
		}
	}
	return out
}

// undecided is an event of a clock that was changed, at one of the two moments that
// it may mean.
type undecided struct {
	at  int64
	doc uint32
}

// undecidedIn gives those from one millisecond up to, and not with, another.
func (v *view) undecidedIn(from, to int64) []undecided {
	v.deciding.Do(func() {
		for slot, s := range v.segments {
			for i, p := range s.may {
				if doc := number(slot, p.pos); (i == 0 || s.may[i-1].pos != p.pos) && s.bits[p.pos]&bitInstant == 0 && v.live[slot].has(p.pos) && v.copies.as(doc) == doc {
					for _, at := range s.moments(p.pos) {
						v.undecided = append(v.undecided, undecided{at, doc})
					}
				}
			}
		}
		slices.SortStableFunc(v.undecided, func(a, b undecided) int { return cmp.Compare(a.at, b.at) })
	})
	at := func(ms int64) int {
		i, _ := slices.BinarySearchFunc(v.undecided, ms, func(u undecided, ms int64) int { return cmp.Compare(u.at, ms) })
		return i
	}
	return v.undecided[at(from):at(to)]
}

// inAnother tells whether an event stands in another source too; only one that
// has some of its kind beside it is opened.
func (v *view) inAnother(doc uint32) bool {
	s, pos := v.at(doc)
	kind := kindCodes[s.kind[pos]]
	if !linkable(kind) || !v.severalFormats(kind) && len(v.overlaps()) == 0 || len(v.beside(doc)) == 0 {
		return false
	}
	e, err := v.event(doc)
	return err == nil && len(v.elsewhere(&e, doc)) > 0 // a damaged one is named by Verify
}

// InAnother gives those of some places of the result whose event stands in another
// source too (Row.Elsewhere). It opens what has one of its kind beside it.
func (r *Result) InAnother(ctx context.Context, places []int32) (twice []int32, err error) {
	for n, i := range places {
		if n%1024 == 0 && ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if r.v.inAnother(r.docs[i]) {
			twice = append(twice, i)
		}
	}
	return twice, nil
}

// severalFormats tells whether live events of a kind come from more than one
// importer: mostly they do not, and nothing is compared.
func (v *view) severalFormats(k Kind) bool {
	v.comparing.Do(func() {
		first := map[uint8]string{}
		v.several = map[Kind]bool{}
		for _, s := range v.segments {
			for _, p := range s.parts {
				if !v.lives(p.reading) {
					continue
				}
				for _, kind := range s.kind[p.from:p.to] {
					if one, ok := first[kind]; !ok {
						first[kind] = p.reading.Importer
					} else if one != p.reading.Importer {
						v.several[kindCodes[kind]] = true
					}
				}
			}
		}
	})
	return v.several[k]
}

// grain is the unit that a time states, where that is a minute or less.
func grain(w When) time.Duration {
	switch w.Precision {
	case Millisecond, Second:
		return time.Second
	case Minute:
		return time.Minute
	}
	return 0
}

// sameTime tells that two times that state a minute or less may be one, as far as
// the coarser states it.
func sameTime(a, b When) bool {
	unit := max(grain(a), grain(b))
	if grain(a) == 0 || grain(b) == 0 {
		return false
	}
	for _, x := range a.moments() {
		for _, y := range b.moments() {
			if x.Truncate(unit).Equal(y.Truncate(unit)) {
				return true
			}
		}
	}
	return false
}

// moments are what a time can mean in its zone; none where that is not known.
func (w When) moments() []time.Time {
	if w.Instant.IsZero() && w.Zone == "" {
		return nil
	}
	first, last := w.Instant, w.Instant
	if w.Instant.IsZero() {
		first, last = Instants(w.Local, zones(nil).of(w.Zone))
	}
	return []time.Time{first, last}
}

func sameElsewhere(a, b *Event) bool {
	if !sameTime(a.When, b.When) {
		return false
	}
	words := plainWords(a.Text)
	if words != plainWords(b.Text) {
		return false
	}
	same, known := sameSender(a, b)
	if words == "" {
		return a.Kind == Call && known && same
	}
	if known {
		return same
	}
	outA, okA := direction(a)
	outB, okB := direction(b)
	if okA && okB {
		return outA == outB
	}
	return a.From.Name != "" && plainWords(a.From.Name) == plainWords(b.From.Name)
}

// plainWords leaves aside how characters are composed and lines are broken.
func plainWords(s string) string { return strings.Join(strings.Fields(norm.NFC.String(s)), " ") }

// sameSender compares the numbers or addresses of the senders, where both have
// one that means the same everywhere; where the sender has none in one of them,
// as the owner of a telephone mostly has, the others are compared.
func sameSender(a, b *Event) (same, known bool) {
	if x, y := worldwide(a.From), worldwide(b.From); x != "" && y != "" {
		return x == y, true
	}
	outA, okA := direction(a)
	outB, okB := direction(b)
	if !okA || !okB || !outA || !outB || len(a.To) != 1 || len(b.To) != 1 {
		return false, false
	}
	x, y := worldwide(a.To[0]), worldwide(b.To[0])
	return x == y, x != "" && y != ""
}

// worldwide is the handle of somebody that means the same in every source.
func worldwide(p Party) string {
	if p.Address == "" {
		return ""
	}
	if h := NewHandle(p, "", 0); h.Kind == PhoneHandle || h.Kind == EmailHandle {
		return h.Key
	}
	return ""
}

// direction tells whether the owner of the source sent it, where it says who
// the owner is.
func direction(e *Event) (sent, known bool) {
	return e.From.Owner, e.From.Owner || slices.ContainsFunc(e.To, func(p Party) bool { return p.Owner })
}
