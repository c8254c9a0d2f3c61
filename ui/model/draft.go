package model

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"daybook/timeline"
)

// Writing is an incident that is being written down.
type Writing struct {
	Form IncidentForm
	Kept
}

// WriteDown begins an incident.
func (d *Desk) WriteDown() (*Writing, error) { return d.writing(blankForm()) }

// blankForm takes “about” for granted, which claims less than “exactly”.
func blankForm() IncidentForm {
	return IncidentForm{Occurred: TimeForm{How: About}, Noticed: TimeForm{How: About}}
}

func (d *Desk) writing(f IncidentForm) (*Writing, error) {
	w := &Writing{Form: f}
	if err := w.begin(d, &w.Form); err != nil {
		return nil, err
	}
	return w, nil
}

// Continue goes on with a draft of an incident.
func (d *Desk) Continue(name string) (*Writing, error) {
	w := &Writing{}
	if err := w.goOn(d, name, &w.Form); err != nil {
		return nil, err
	}
	return w, nil
}

// Discard throws a draft away, whatever it is of.
func (d *Desk) Discard(l DraftLine) error {
	c, _, err := d.held()
	if err != nil {
		return err
	}
	return c.DropDraft(l.Name)
}

func (f *IncidentForm) touch(at time.Time)      { f.Touched = at }
func (f *IncidentForm) touched() time.Time      { return f.Touched }
func (f *IncidentForm) shown() *[]int64         { return &f.Evidence }
func (f *IncidentForm) register() timeline.Kind { return "" }

func (f *IncidentForm) blank() bool {
	empty := *f
	empty.Touched, empty.IncidentDraft = time.Time{}, f.filled()
	return sameText(empty, blankForm())
}

// DraftLine is a draft in the list of those that are open.
type DraftLine struct {
	Name     string
	Begin    string        // its first words
	When     string        // when it was last written on
	Register timeline.Kind // whose entry it is; empty of an incident
}

// Is tells whether a line of the drafts is this one.
func (k *Kept) Is(d DraftLine) bool { return d.Name == k.name }

// Drafts lists what is being written and is not saved, the latest first. What
// was saved before a crash could take its draft away is taken away now.
func (d *Desk) Drafts() ([]DraftLine, error) {
	c, x, err := d.held()
	if err != nil {
		return nil, err
	}
	texts, failed := c.Drafts()
	type draft struct {
		name string
		form typed
	}
	var list []draft
	for name, text := range texts {
		form, err := formOf(text)
		if err != nil {
			failed = errors.Join(failed, fmt.Errorf("draft %s: %w", name, err))
			continue
		}
		if form.savedIn(x) {
			failed = errors.Join(failed, c.DropDraft(name))
			continue
		}
		list = append(list, draft{name, form})
	}
	slices.SortFunc(list, func(a, b draft) int {
		return cmp.Or(b.form.touched().Compare(a.form.touched()), cmp.Compare(a.name, b.name))
	})
	lines := make([]DraftLine, len(list))
	for i, e := range list {
		lines[i] = DraftLine{e.name, e.form.begin(), "last written on " + longTime(e.form.touched(), c.Zone()), e.form.register()}
	}
	return lines, failed
}

// formOf is the form that a draft holds: that of an entry names its register.
func formOf(text []byte) (typed, error) {
	var of struct {
		Register timeline.Kind `json:"register"`
	}
	err := json.Unmarshal(text, &of)
	var form typed = &IncidentForm{}
	if of.Register != "" {
		form = &RegisterForm{}
	}
	if err == nil {
		err = json.Unmarshal(text, form)
	}
	return form, err
}

// savedIn tells whether this very form was saved as an incident.
func (f *IncidentForm) savedIn(x *timeline.Index) bool {
	for _, in := range x.Incidents() {
		for _, v := range in.Versions {
			if v.Recorded.Before(f.Touched) || v.Reason != strings.TrimSpace(f.Reason) {
				continue
			}
			v.RecordedBy = f.RecordedBy
			if sameText(v.IncidentDraft, f.filled()) {
				return true
			}
		}
	}
	return false
}

// begin is the first words of what was written.
func (f *IncidentForm) begin() string {
	s := firstWords(f.What)
	if f.Corrects != (timeline.ID{}) {
		s = "A correction: " + s
	}
	return s
}

// sameText tells that two things are one as a draft keeps them.
func sameText(a, b any) bool {
	one, err := json.Marshal(a)
	two, other := json.Marshal(b)
	return err == nil && other == nil && bytes.Equal(one, two)
}

// NothingWritten stands for the first words where there are none.
const NothingWritten = "Nothing in your own words yet"

// firstWords are those of what was written, as a list shows it.
func firstWords(text string) string {
	const most = 60
	s := oneLine(text)
	if s == "" {
		return NothingWritten
	}
	if runes := []rune(s); len(runes) > most {
		s = string(runes[:most]) + "…"
	}
	return s
}

func longTime(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return "an unknown time"
	}
	return t.In(zone).Format("Mon 2 Jan 2006 15:04")
}
