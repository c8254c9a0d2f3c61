package model

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"daybook/assets/help"
	"daybook/timeline"
)

// IncidentForm is an incident as it is being typed: the times letter for
// letter, everything else as it will be saved.
type IncidentForm struct {
	Occurred TimeForm `json:"occurred"`
	Noticed  TimeForm `json:"noticed"`
	timeline.IncidentDraft

	Breaks   map[string]string `json:"breaks,omitempty"`   // whether it may break a term, by the term's key
	Reported map[string]string `json:"reported,omitempty"` // of what may break one: the number under which it was reported

	Corrects timeline.ID   `json:"corrects,omitzero"` // the incident that this is a new version of
	Reason   string        `json:"reason,omitempty"`
	Was      *IncidentForm `json:"was,omitempty"` // when correcting: the form as it was opened, with the times that it stood for
	WasWhen  timeline.When `json:"was_occurred,omitzero"`
	WasSeen  timeline.When `json:"was_noticed,omitzero"`

	Touched time.Time `json:"touched,omitzero"`
}

// Option is one answer that the form offers: the word that is saved, and the
// words that are shown.
type Option struct{ Value, Label string }

// TimeSources are the ways to know a time.
func TimeSources() []Option {
	return []Option{{"memory", "I remember"}, {"device clock", "A phone or clock"}, {"message stamp", "A message"}, {"CCTV clock", "A camera"}, {"witness", "Somebody told me"}}
}

// PlaceTypes are the sorts of place.
func PlaceTypes() []Option {
	return []Option{{"home", "Home"}, {"work", "Work"}, {"school", "School"}, {"street", "Street"}, {"online", "Online"}, {"elsewhere", "Elsewhere"}}
}

// YesNo are the answers to a question that may be left open.
func YesNo() []Option { return []Option{{"yes", "Yes"}, {"no", "No"}, {"unsure", "Not sure"}} }

// Occurred reads the first time of the form.
func (w *Writing) Occurred(now time.Time) Understood {
	was := w.Form.was(func(f IncidentForm) TimeForm { return f.Occurred })
	return w.Form.Occurred.readAgain(now.In(w.c.Zone()), was, w.Form.WasWhen)
}

// Noticed reads the second time; nothing at all is no mistake.
func (w *Writing) Noticed(now time.Time) Understood {
	if w.Form.Noticed.Empty() {
		return Understood{}
	}
	was := w.Form.was(func(f IncidentForm) TimeForm { return f.Noticed })
	return w.Form.Noticed.readAgain(now.In(w.c.Zone()), was, w.Form.WasSeen)
}

// was is a time of the form as it was opened; nil where it is no correction.
func (f IncidentForm) was(which func(IncidentForm) TimeForm) *TimeForm {
	if f.Was == nil {
		return nil
	}
	t := which(*f.Was)
	return &t
}

// readAgain takes a time that a correction left as it was to be what it was.
func (f TimeForm) readAgain(now time.Time, was *TimeForm, when timeline.When) Understood {
	if was != nil && *was == f && when.Precision != "" {
		return Understood{When: when, Words: when.Text(now.Location())}
	}
	return f.Read(now)
}

// Saved is said when an incident is saved.
type Saved struct {
	Event string // its ID
	Title string
	Text  string
	Also  []string // what is told once beside it; mostly nothing
}

// Save writes the incident down for good. What is in the way is said in one
// sentence, and the draft stays.
func (w *Writing) Save(ctx context.Context, now time.Time) (Saved, error) {
	if err := w.Keep(now); err != nil {
		return Saved{}, err
	}
	d, err := w.draft(now)
	if err != nil {
		return Saved{}, err
	}
	var in timeline.Written
	if !w.Correcting() {
		in, err = w.x.WriteIncident(ctx, d)
	} else {
		in, err = w.x.Correct(ctx, w.Form.Corrects, d, strings.TrimSpace(w.Form.Reason))
	}
	if err != nil {
		return Saved{}, err
	}
	v := in.Current()
	s := savedAs(in.ID, v.Entry, len(in.Versions), v.Recorded.In(w.c.Zone()))
	if w.x.SecondLinked(in.ID) {
		about, err := help.Reporting()
		if err != nil {
			return s, err
		}
		s.Also = append([]string{about.Title}, about.Lines...)
	}
	for _, err := range []error{w.sayOwn(ctx, in), w.answered(ctx, in, now)} {
		if err != nil {
			s.Also = append(s.Also, Sentence(err))
		}
	}
	return s, w.Discard()
}

// Witness, Told and Report are the lists of the form.
type (
	Witness = timeline.Witness
	Told    = timeline.Told
	Report  = timeline.Report
)

// filled gives what was filled in: a form offers a first witness who may be
// none.
func (f IncidentForm) filled() timeline.IncidentDraft {
	d := f.IncidentDraft
	d.Witnesses = withoutEmpty(d.Witnesses)
	d.ToldAnyone = withoutEmpty(d.ToldAnyone)
	d.ReportedTo = withoutEmpty(d.ReportedTo)
	return d
}

func withoutEmpty[T comparable](list []T) []T {
	var empty T
	var out []T
	for _, e := range list {
		if e != empty {
			out = append(out, e)
		}
	}
	return out
}

// Correcting tells that the form is a new version of an incident.
func (w *Writing) Correcting() bool { return w.Form.Corrects != (timeline.ID{}) }

// Field is a question of the form.
type Field string

// The questions in which something may lack.
const (
	WhatField     Field = "what"
	OccurredField Field = "occurred"
	NoticedField  Field = "noticed"
	ReasonField   Field = "reason"

	FolderField     Field = "folder"
	NameField       Field = "name"
	ActorField      Field = "actor"
	ZoneField       Field = "zone"
	PassphraseField Field = "passphrase"
	AgainField      Field = "again"
)

// Lack is the error of a form that cannot be saved yet: where, and what must be
// put right.
type Lack struct {
	Field Field
	At    TimePart
	err   error
}

func (l *Lack) Error() string { return l.err.Error() }

// Unwrap gives what must be put right.
func (l *Lack) Unwrap() error { return l.err }

// draft is what is saved; an error is a *Lack.
func (w *Writing) draft(now time.Time) (timeline.IncidentDraft, error) {
	d := w.Form.filled()
	if strings.TrimSpace(d.What) == "" {
		return d, &Lack{WhatField, DayPart, errors.New("write what happened, in your own words; a few are enough")}
	}
	occurred, noticed := w.Occurred(now), w.Noticed(now)
	switch {
	case occurred.Err != nil:
		return d, &Lack{OccurredField, occurred.At, occurred.Err}
	case noticed.Err != nil:
		return d, &Lack{NoticedField, noticed.At, fmt.Errorf("when you noticed it: %w", noticed.Err)}
	case noticed.When.NotBefore(occurred.When) != nil:
		return d, &Lack{NoticedField, DayPart, noticed.When.NotBefore(occurred.When)}
	case w.Correcting() && strings.TrimSpace(w.Form.Reason) == "":
		return d, &Lack{ReasonField, DayPart, errors.New("say why you correct it; both versions are kept")}
	}
	d.Occurred, d.Noticed = occurred.When, noticed.When
	return d, nil
}

// savedAs says that something is saved and locked.
func savedAs(id timeline.ID, entry uint64, versions int, at time.Time) Saved {
	on := at.Format("Monday 2 January 2006 at 15:04:05 MST")
	if versions > 1 {
		return Saved{Event: id.String(), Title: fmt.Sprintf("Version %d is saved as entry %d", versions, entry), Text: "It was written down on " + on + ". The earlier version stays beside it."}
	}
	return Saved{Event: id.String(), Title: fmt.Sprintf("Saved as entry %d", entry),
		Text: "It was written down on " + on + ". It is locked now: it can be corrected, and every version is kept. You can stop here, or add to it later."}
}

func incident(x *timeline.Index, event string) (timeline.Written, error) {
	id, err := timeline.ParseID(event)
	if err != nil {
		return timeline.Written{}, fmt.Errorf("incident %q: %w", event, err)
	}
	return x.Incident(id)
}

// Correct begins a new version of an incident, filled in with the latest.
func (d *Desk) Correct(event string) (*Writing, error) {
	_, x, err := d.held()
	if err != nil {
		return nil, err
	}
	in, err := incident(x, event)
	if err != nil {
		return nil, err
	}
	if err := x.Theirs(in.Versions[0].By); err != nil {
		return nil, err
	}
	v := in.Current()
	f := IncidentForm{IncidentDraft: v.IncidentDraft, Corrects: in.ID, WasWhen: v.Occurred, WasSeen: v.Noticed}
	f.Occurred, f.Noticed = timeForm(v.Occurred), timeForm(v.Noticed)
	f.SetOwn(len(ownMarks(x, in.ID)) > 0)
	was := f
	f.Was = &was
	return d.writing(f)
}

// timeForm fills a saved time in again, as near as the fields can say it.
func timeForm(w timeline.When) TimeForm {
	day := func(t time.Time, unit timeline.Precision) (day, clock string) {
		switch unit {
		case timeline.Year:
			return t.Format("2006"), ""
		case timeline.Month:
			return t.Format("January 2006"), ""
		case timeline.Day:
			return t.Format("2 January 2006"), ""
		case timeline.Second, timeline.Millisecond:
			return t.Format("2 January 2006"), t.Format("15:04:05")
		}
		return t.Format("2 January 2006"), t.Format("15:04")
	}
	first, last := w.Units()
	f := TimeForm{How: Exactly}
	switch w.Precision {
	case "":
		return TimeForm{How: About}
	case timeline.Undated:
		return TimeForm{How: NotSure}
	case timeline.Day:
		f.How = ThatDay
	case timeline.Month, timeline.Year:
		f.How = NotSure
	case timeline.About, timeline.Before, timeline.After:
		f.How = About
	case timeline.Range:
		f.How = Between
		f.UntilDay, f.UntilClock = day(w.Until, last)
	}
	at := w.Local
	if at.IsZero() {
		at = w.Instant
	}
	f.Day, f.Clock = day(at, first)
	return f
}
