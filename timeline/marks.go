package timeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Mark is what a person said about an event. It is never changed: taking it
// away is another entry in the journal.
type Mark struct {
	Number  uint64 // of its journal entry
	Event   ID
	Code    string // behaviour code: CONTACT, FOLLOW, …
	Tag     string
	Note    string
	Exhibit bool
	LeftOut string // why it is left out of bundles
	Element string // of an offence, which it may show: EW-PHA-2A/knowledge
	By      string
	At      time.Time
}

// MarkDraft is a mark to be made, on one event or on many.
type MarkDraft struct {
	Events  []ID
	Code    string
	Tag     string
	Note    string
	Exhibit bool
	LeftOut string
	Element string
}

// OwnAct is the tag of what the person did themself: it is no act of the other, and
// how it felt is not how theirs felt.
const OwnAct = "own_act"

// Own tells that marks say so.
func Own(marks []Mark) bool {
	return slices.ContainsFunc(marks, func(k Mark) bool { return k.Tag == OwnAct })
}

const (
	actionMark   = "mark"
	actionUnmark = "unmark"
	// marksInEntry keeps journal entries small when thousands of events are
	// marked at once.
	marksInEntry = 1000
)

type eventsSubject struct {
	Events []ID `json:"events"`
}

type markEntry struct {
	Code    string `json:"code,omitempty"`
	Tag     string `json:"tag,omitempty"`
	Note    string `json:"note,omitempty"`
	Exhibit bool   `json:"exhibit,omitempty"`
	LeftOut string `json:"left_out,omitempty"`
	Element string `json:"element,omitempty"`
}

type unmarkEntry struct {
	Mark   uint64 `json:"mark"`
	Reason string `json:"reason,omitempty"`
}

// marks is what the journal says about events.
type marks struct {
	of map[ID][]Mark
}

func newMarks() *marks { return &marks{of: map[ID][]Mark{}} }

func (m *marks) apply(e entry) error {
	var on eventsSubject
	if err := json.Unmarshal(e.Subject, &on); err != nil {
		return err
	}
	if e.Action == actionUnmark {
		var u unmarkEntry
		if err := json.Unmarshal(e.Detail, &u); err != nil {
			return err
		}
		for _, id := range on.Events {
			left := slices.DeleteFunc(slices.Clone(m.of[id]), func(k Mark) bool { return k.Number == u.Mark })
			if m.of[id] = left; len(left) == 0 {
				delete(m.of, id)
			}
		}
		return nil
	}
	var d markEntry
	if err := json.Unmarshal(e.Detail, &d); err != nil {
		return err
	}
	for _, id := range on.Events {
		m.of[id] = append(slices.Clip(m.of[id]), Mark{e.Seq, id, d.Code, d.Tag, d.Note, d.Exhibit, d.LeftOut, d.Element, e.Actor, e.Time})
	}
	return nil
}

// Words that a filter uses for marks that are neither code nor tag.
const (
	MarkExhibit = "exhibit"
	MarkLeftOut = "left-out"
)

func (k Mark) is(word string) bool {
	return word != "" && (k.Code == word || k.Tag == word ||
		word == MarkExhibit && k.Exhibit || word == MarkLeftOut && k.LeftOut != "")
}

// with gives the events that have any of the marks.
func (m *marks) with(words []string) map[ID]bool {
	out := map[ID]bool{}
	for id, list := range m.of {
		for _, k := range list {
			if slices.ContainsFunc(words, k.is) {
				out[id] = true
			}
		}
	}
	return out
}

// settled gives the events that have a code of behaviour, and what the person did
// themself, which needs none.
func (m *marks) settled() map[ID]bool {
	out := map[ID]bool{}
	for id, list := range m.of {
		if Own(list) || slices.ContainsFunc(list, func(k Mark) bool { return k.Code != "" }) {
			out[id] = true
		}
	}
	return out
}

// notes gives the words that people wrote about events.
func (m *marks) notes() map[ID][]string {
	out := map[ID][]string{}
	for id, list := range m.of {
		for _, k := range list {
			for _, s := range []string{k.Note, k.Tag, k.LeftOut} {
				if s != "" {
					out[id] = append(out[id], s)
				}
			}
		}
	}
	return out
}

// Mark writes a mark to the journal and shows it. The events must exist.
func (x *Index) Mark(ctx context.Context, d MarkDraft) ([]Mark, error) {
	detail := markEntry{d.Code, d.Tag, d.Note, d.Exhibit, d.LeftOut, d.Element}
	if detail == (markEntry{}) {
		return nil, errors.New("mark: it says nothing; give a code, a tag, a note, an exhibit, a reason to leave out or an element of an offence")
	}
	if err := x.exist(d.Events); err != nil {
		return nil, fmt.Errorf("mark: %w", err)
	}
	if err := x.canBeExhibits(d); err != nil {
		return nil, err
	}
	if err := x.canBeOwn(d.Tag, d.Events); err != nil {
		return nil, fmt.Errorf("mark: %w", err)
	}
	var drafts []draft
	for ids := range slices.Chunk(d.Events, marksInEntry) {
		drafts = append(drafts, draft{actionMark, eventsSubject{ids}, detail})
	}
	entries, err := x.record(ctx, drafts...)
	if err != nil {
		return nil, fmt.Errorf("mark: %w", err)
	}
	var out []Mark
	for i, e := range entries {
		for _, id := range drafts[i].subject.(eventsSubject).Events {
			out = append(out, Mark{e.Seq, id, d.Code, d.Tag, d.Note, d.Exhibit, d.LeftOut, d.Element, e.Actor, e.Time})
		}
	}
	return out, nil
}

// ErrNoOriginal means that what a person wrote down was to be an exhibit: it has no file to be produced. A court takes a person's own account
// from their statement, or from a signed copy that they produce.
var ErrNoOriginal = errors.New("it was written down here and has no file that could be an exhibit; " +
	"every bundle prints it, with all its versions, in the diary; " +
	"to produce it as an exhibit, print that page, sign and date it, and add the signed copy")

// canBeExhibits refuses what a person wrote down among what is to be exhibits.
func (x *Index) canBeExhibits(d MarkDraft) error {
	if !d.Exhibit {
		return nil
	}
	for _, w := range x.Incidents() {
		if slices.Contains(d.Events, w.ID) {
			return fmt.Errorf("event %s: %w", w.ID, ErrNoOriginal)
		}
	}
	for _, r := range x.Registers() {
		if slices.Contains(d.Events, r.ID) {
			return fmt.Errorf("event %s: %w", r.ID, ErrNoOriginal)
		}
	}
	return nil
}

// ErrOwnAct means that somebody was to say of another's incident whose act it was.
var ErrOwnAct = errors.New("whether it was their own act is theirs alone to say; write a note beside it instead")

// canBeOwn refuses to say, or to take back, that an incident is an own act of
// whoever wrote it, where it is somebody else who says so.
func (x *Index) canBeOwn(tag string, events []ID) error {
	if tag != OwnAct {
		return nil
	}
	for _, w := range x.Incidents() {
		if by := w.Versions[0].By; slices.Contains(events, w.ID) && !x.isAtKeyboard(by) {
			return fmt.Errorf("event %s: %s wrote it, and %s is at the keyboard: %w", w.ID, by, x.ledger.actor(), ErrOwnAct)
		}
	}
	return nil
}

// ErrTheirMark means that somebody was to take back what another said of an event.
var ErrTheirMark = errors.New("what they said of it is theirs alone to take back; make your own mark beside it, or write a note that says how you see it")

// TheirMark refuses to take back what somebody else said of an event: a behaviour, a tag
// or a note. That it is an exhibit, is left out, or may show an element says what becomes
// of it in the papers, and whoever makes these takes it back.
func (x *Index) TheirMark(k Mark) error {
	if says := k.Code != "" || k.Tag != "" || k.Note != "" && k.LeftOut == ""; !says || x.isAtKeyboard(k.By) {
		return nil
	}
	return fmt.Errorf("mark %d: %s made it, and %s is at the keyboard: %w", k.Number, k.By, x.ledger.actor(), ErrTheirMark)
}

func (x *Index) exist(ids []ID) error {
	if len(ids) == 0 {
		return errors.New("no event was named")
	}
	want := map[ID]bool{}
	for _, id := range ids {
		want[id] = true
	}
	x.mu.RLock()
	defer x.mu.RUnlock()
	for slot, s := range x.view.segments {
		b := newBitmap(s.len())
		s.mark(want, b)
		b.and(x.view.live[slot])
		b.each(func(pos uint32) { delete(want, s.ids[pos]) })
	}
	for _, id := range ids {
		if want[id] {
			return fmt.Errorf("event %s: there is none in this case", id)
		}
	}
	return nil
}

// Unmark takes a mark away from events; the journal keeps that it was there.
func (x *Index) Unmark(ctx context.Context, number uint64, reason string, events ...ID) error {
	x.mu.RLock()
	for _, id := range events {
		if !slices.ContainsFunc(x.marks.of[id], func(k Mark) bool { return k.Number == number }) {
			x.mu.RUnlock()
			return fmt.Errorf("event %s: it has no mark %d", id, number)
		}
	}
	x.mu.RUnlock()
	if len(events) == 0 {
		return errors.New("unmark: no event was named")
	}
	for _, k := range x.MarksOf(events[0]) {
		if k.Number == number {
			err := x.canBeOwn(k.Tag, events)
			if err == nil {
				err = x.TheirMark(k)
			}
			if err != nil {
				return fmt.Errorf("unmark: %w", err)
			}
		}
	}
	_, err := x.record(ctx, draft{actionUnmark, eventsSubject{events}, unmarkEntry{number, reason}})
	if err != nil {
		return fmt.Errorf("unmark: %w", err)
	}
	return nil
}

// MarksOf gives the marks of an event in the order in which they were made.
func (x *Index) MarksOf(id ID) []Mark {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return slices.Clone(x.marks.of[id])
}

// Bearing gives the events that a mark is on, by the number of its entry: none
// where it was taken away, or where the entry is no mark.
func (x *Index) Bearing(number uint64) []ID {
	var out []ID
	for _, id := range x.Marked() {
		if slices.ContainsFunc(x.MarksOf(id), func(k Mark) bool { return k.Number == number }) {
			out = append(out, id)
		}
	}
	return out
}

// Marked gives every event that has a mark.
func (x *Index) Marked() []ID {
	x.mu.RLock()
	defer x.mu.RUnlock()
	out := make([]ID, 0, len(x.marks.of))
	for id := range x.marks.of {
		out = append(out, id)
	}
	slices.SortFunc(out, func(a, b ID) int { return slices.Compare(a[:], b[:]) })
	return out
}
