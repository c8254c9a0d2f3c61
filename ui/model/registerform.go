package model

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"daybook/assets/papers"
	"daybook/assets/registers"
	"daybook/report"
	"daybook/timeline"
)

// RegisterForm is an entry of a register as it is being typed: its dates letter
// for letter, everything else as it will be saved.
type RegisterForm struct {
	Occurred TimeForm          `json:"occurred"`
	Until    TimeForm          `json:"until"`
	ToDo     TimeForm          `json:"to_do"`
	Days     map[string]string `json:"days"` // fields that are days, as typed
	timeline.RegisterDraft

	Corrects timeline.ID   `json:"corrects,omitzero"` // the entry that this is a new version of
	Reason   string        `json:"reason,omitempty"`
	Was      *RegisterForm `json:"was,omitempty"` // when correcting: the form as it was opened, with the times that it stood for
	WasWhen  timeline.When `json:"was_when,omitzero"`
	WasEnds  timeline.When `json:"was_ends,omitzero"`
	WasDue   timeline.When `json:"was_due,omitzero"`

	Touched time.Time `json:"touched,omitzero"`

	begun *RegisterForm // as it began, with what the program put into it; nil: empty
}

// Entering is an entry of a register that is being written down.
type Entering struct {
	Form RegisterForm
	Kind registers.Register // what the form asks for
	Kept

	words papers.Translation // in which it asks, where that is not the window's language
}

// Say gives a text of the form in the language in which it asks.
func (e *Entering) Say(text string) string { return e.words.Say(text) }

// Needed marks a question that must be answered, in that language; empty where it
// is the window's.
func (e *Entering) Needed(question string) string {
	if e.words == nil {
		return ""
	}
	return strings.ReplaceAll(e.Say("{{.Question}} (needed)"), "{{.Question}}", e.Say(question))
}

// NeededIf is Needed of a question that must be answered where another has an answer.
func (e *Entering) NeededIf(question, answer string) string {
	if e.words == nil {
		return ""
	}
	asks := strings.NewReplacer("{{.Question}}", e.Say(question), "{{.Answer}}", e.Say(answer))
	return asks.Replace(e.Say("{{.Question}} (needed if the answer above is “{{.Answer}}”)"))
}

// speak lets the form ask in a language.
func (e *Entering) speak(language string) (err error) {
	if e.words, err = papers.In(language); err != nil {
		return err
	}
	k := &e.Kind
	texts := []*string{&k.Title, &k.About, &k.Why, &k.Words, &k.Dates.Occurred, &k.Dates.Ends, &k.Dates.Due, &k.Events}
	k.Fields = slices.Clone(k.Fields)
	for i := range k.Fields {
		texts = append(texts, &k.Fields[i].Label, &k.Fields[i].Why)
	}
	for _, text := range texts {
		*text = e.Say(*text)
	}
	return nil
}

// The questions of a form of a register in which something may lack; its own
// fields go by their names.
const (
	EndsField  Field = "ends"
	DueField   Field = "due"
	TermsField Field = "terms"
)

func blankEntry(kind timeline.Kind) RegisterForm {
	return RegisterForm{Occurred: TimeForm{How: ThatDay}, Until: TimeForm{How: ThatDay}, ToDo: TimeForm{How: ThatDay},
		Days: map[string]string{}, RegisterDraft: timeline.RegisterDraft{Kind: kind, Fields: map[string]string{}}}
}

// Enter begins an entry of a register, about some events.
func (d *Desk) Enter(kind timeline.Kind, about ...timeline.ID) (*Entering, error) {
	f := blankEntry(kind)
	f.Events = about
	return d.entering(f)
}

func (d *Desk) entering(f RegisterForm) (*Entering, error) {
	e := &Entering{Form: f}
	if err := e.begin(d, &e.Form); err != nil {
		return nil, err
	}
	return e, e.ofKind()
}

func (e *Entering) ofKind() (err error) {
	e.Kind, err = e.x.Register(e.Form.Kind)
	return err
}

// ContinueEntry goes on with a draft of an entry.
func (d *Desk) ContinueEntry(name string) (*Entering, error) {
	e := &Entering{}
	if err := e.goOn(d, name, &e.Form); err != nil {
		return nil, err
	}
	return e, e.ofKind()
}

// CorrectEntry begins a new version of an entry, filled in with the latest.
func (d *Desk) CorrectEntry(event string) (*Entering, error) {
	_, x, err := d.held()
	if err != nil {
		return nil, err
	}
	r, err := registered(x, event)
	if err != nil {
		return nil, err
	}
	v := r.Current()
	f := blankEntry(v.Kind)
	f.RegisterDraft, f.Corrects, f.WasWhen, f.WasEnds, f.WasDue = v.RegisterDraft, r.ID, v.When, v.Ends, v.Due
	f.Occurred, f.Until, f.ToDo = timeForm(v.When), dayForm(v.Ends, x.Zone()), dayForm(v.Due, x.Zone())
	f.Fields = maps.Clone(v.Fields)
	if f.Fields == nil {
		f.Fields = map[string]string{}
	}
	kind, err := x.Register(v.Kind)
	if err != nil {
		return nil, err
	}
	for _, field := range kind.Fields {
		if at, err := time.Parse(time.DateOnly, v.Fields[field.ID]); field.Type == registers.Day && err == nil {
			f.Days[field.ID] = at.Format("2 January 2006")
		}
	}
	was := f
	was.Fields, was.Days = maps.Clone(f.Fields), maps.Clone(f.Days)
	f.Was = &was
	return d.entering(f)
}

func registered(x *timeline.Index, event string) (timeline.Registered, error) {
	id, err := timeline.ParseID(event)
	if err != nil {
		return timeline.Registered{}, fmt.Errorf("entry %q: %w", event, err)
	}
	return x.Registered(id)
}

// dayForm is a date that was said, as a day.
func dayForm(w timeline.When, zone *time.Location) TimeForm {
	f := TimeForm{How: ThatDay}
	if at, ok := shown(w, zone); ok {
		f.Day = at.Format("2 January 2006")
	}
	return f
}

// beginning is a form that stands for nothing written yet, whatever is in it.
func (f RegisterForm) beginning() RegisterForm {
	begun := f
	begun.Fields, begun.Days = withValues(f.Fields), withValues(f.Days)
	f.begun = &begun
	return f
}

// words are the person's own. An answer that nothing is done about yet, or that it
// does not apply, needs none beside that.
func (f *RegisterForm) words() string {
	state := f.Fields["state"]
	if f.Kind != timeline.Answer || strings.TrimSpace(f.Words) != "" || state == report.StateAnswered {
		return f.Words
	}
	return cmp.Or(strings.TrimSpace(f.Fields["reason"]), state)
}

func (f *RegisterForm) touch(at time.Time)      { f.Touched = at }
func (f *RegisterForm) touched() time.Time      { return f.Touched }
func (f *RegisterForm) shown() *[]int64         { return &f.Items }
func (f *RegisterForm) register() timeline.Kind { return f.Kind }

func (f *RegisterForm) blank() bool {
	empty := *f
	empty.Touched, empty.Events = time.Time{}, nil
	empty.Fields, empty.Days, empty.Terms = withValues(f.Fields), withValues(f.Days), withoutEmpty(f.Terms)
	begun := blankEntry(f.Kind)
	if f.begun != nil {
		begun = *f.begun
	}
	return sameText(empty, begun)
}

func withValues(m map[string]string) map[string]string {
	out := map[string]string{}
	for k, v := range m {
		if v = strings.TrimSpace(v); v != "" {
			out[k] = v
		}
	}
	return out
}

// begin is the first words of what was written.
func (f *RegisterForm) begin() string {
	s := firstWords(f.Words)
	if f.Corrects != (timeline.ID{}) {
		s = "A correction: " + s
	}
	return s
}

// savedIn tells whether this very form was saved.
func (f *RegisterForm) savedIn(x *timeline.Index) bool {
	want, lack := f.filled(x, f.Touched.In(x.Zone()))
	if lack != nil {
		return false
	}
	for _, r := range x.Registers(f.Kind) {
		for _, v := range r.Versions {
			if !v.Recorded.Before(f.Touched) && v.Reason == strings.TrimSpace(f.Reason) && sameText(v.RegisterDraft, want) {
				return true
			}
		}
	}
	return false
}

// Correcting tells that the form is a new version of an entry.
func (e *Entering) Correcting() bool { return e.Form.Corrects != (timeline.ID{}) }

// Theirs says whose words these are where they are not those of whoever is at the
// keyboard: they stay as they are, and everything else can be put right.
func (e *Entering) Theirs() string {
	if !e.Correcting() {
		return ""
	}
	r, err := e.x.Registered(e.Form.Corrects)
	if err != nil || e.x.Theirs(r.Versions[0].By) == nil {
		return ""
	}
	return r.Versions[0].By
}

// Answered is what the entry that is corrected says in a field.
func (e *Entering) Answered(f registers.Field) (a Answer) {
	if r, err := e.x.Registered(e.Form.Corrects); err == nil {
		a = fieldAnswer(e.x, f, r.Current())
	}
	return a
}

// was is a time of the form as it was opened; nil where it is no correction.
func (f RegisterForm) was(which func(RegisterForm) TimeForm) *TimeForm {
	if f.Was == nil {
		return nil
	}
	t := which(*f.Was)
	return &t
}

// Occurred reads when it was.
func (e *Entering) Occurred(now time.Time) Understood {
	return e.Form.Occurred.readAgain(now.In(e.c.Zone()), e.Form.was(func(f RegisterForm) TimeForm { return f.Occurred }), e.Form.WasWhen)
}

// Ends reads until when it holds; nothing at all is no mistake.
func (e *Entering) Ends(now time.Time) Understood {
	return e.Form.Until.readAhead(now.In(e.c.Zone()), e.Form.was(func(f RegisterForm) TimeForm { return f.Until }), e.Form.WasEnds)
}

// ToDo reads by when something is to be done; nothing at all is no mistake.
func (e *Entering) ToDo(now time.Time) Understood {
	return e.Form.ToDo.readAhead(now.In(e.c.Zone()), e.Form.was(func(f RegisterForm) TimeForm { return f.ToDo }), e.Form.WasDue)
}

// DayOf reads a field that is a day; nothing at all is no mistake.
func (e *Entering) DayOf(id string) func(time.Time) Understood {
	return func(now time.Time) Understood {
		return TimeForm{How: ThatDay, Day: e.Form.Days[id]}.readAhead(now.In(e.c.Zone()), nil, timeline.When{})
	}
}

// readAhead reads a day that may be to come.
func (f TimeForm) readAhead(now time.Time, was *TimeForm, when timeline.When) Understood {
	if f.Empty() {
		return Understood{}
	}
	if was != nil && *was == f && when.Precision != "" {
		return Understood{When: when, Words: when.Text(now.Location())}
	}
	d, err := readDayAhead(f.Day, now)
	if err == nil && d.unit != timeline.Day {
		err = fmt.Errorf("%s is not one day; write the day too", d.words(now))
	}
	if err != nil {
		return Understood{Err: err}
	}
	w, err := timeline.Typed(d.typed(), "", "", now.Location())
	return Understood{When: w, Words: d.words(now), Err: err}
}

// filled is the form as it is saved; its times are not read. An error is a *Lack.
func (f *RegisterForm) filled(x *timeline.Index, now time.Time) (timeline.RegisterDraft, error) {
	d := f.RegisterDraft
	d.Words, d.Fields, d.Terms = f.words(), withValues(f.Fields), withoutEmpty(f.Terms)
	kind, err := x.Register(f.Kind)
	if err != nil {
		return d, err
	}
	for _, field := range kind.Fields {
		if field.Type != registers.Day {
			continue
		}
		delete(d.Fields, field.ID)
		u := TimeForm{How: ThatDay, Day: f.Days[field.ID]}.readAhead(now, nil, timeline.When{})
		if u.Err != nil {
			return d, &Lack{Field(field.ID), DayPart, u.Err}
		}
		if at, ok := u.When.Order(); ok && u.When.Precision == timeline.Day {
			d.Fields[field.ID] = at.In(now.Location()).Format(time.DateOnly)
		}
	}
	if len(d.Fields) == 0 {
		d.Fields = nil
	}
	return d, nil
}

// draft is what is saved; an error is a *Lack where a field is to blame.
func (e *Entering) draft(now time.Time) (timeline.RegisterDraft, error) {
	if strings.TrimSpace(e.Form.words()) == "" {
		return e.Form.RegisterDraft, &Lack{WhatField, DayPart, errors.New("write it in your own words; a few are enough")}
	}
	occurred, ends, due := e.Occurred(now), e.Ends(now), e.ToDo(now)
	for _, t := range []struct {
		field Field
		read  Understood
	}{{OccurredField, occurred}, {EndsField, ends}, {DueField, due}} {
		err := t.read.Err
		if err == nil && t.read.When.Precision != "" {
			err = t.read.When.NotBefore(occurred.When)
		}
		if err != nil {
			return e.Form.RegisterDraft, &Lack{t.field, t.read.At, err}
		}
	}
	d, err := e.Form.filled(e.x, now.In(e.c.Zone()))
	if err != nil {
		return d, err
	}
	d.When, d.Ends, d.Due = occurred.When, ends.When, due.When
	if err := e.missing(d); err != nil {
		return d, err
	}
	var old timeline.RegisterDraft
	if was, err := e.x.Registered(e.Form.Corrects); e.Correcting() && err == nil {
		old = was.Current().RegisterDraft
	}
	return d, e.x.CheckOver(d, old, now)
}

// missing finds the first field that must be said and is not.
func (e *Entering) missing(d timeline.RegisterDraft) error {
	for _, f := range e.Kind.Fields {
		on, wanted, conditional := f.If()
		if f.Type == registers.Money && d.Fields[f.ID] != "" {
			if err := timeline.Amount(d.Fields[f.ID]); err != nil {
				return &Lack{Field(f.ID), DayPart, err}
			}
		}
		if d.Fields[f.ID] != "" || !f.Required && (!conditional || d.Fields[on] != wanted) {
			continue
		}
		why := errors.New("this must be said; a few words are enough")
		if f.Type == registers.Choice || f.Type == registers.Entry || f.Type == registers.Term {
			why = errors.New("choose one of these")
		}
		return &Lack{Field(f.ID), DayPart, why}
	}
	for _, t := range d.Terms {
		if strings.TrimSpace(t.Text) == "" {
			return &Lack{TermsField, DayPart, errors.New("say of each term what it forbids or asks for")}
		}
	}
	if e.Correcting() && strings.TrimSpace(e.Form.Reason) == "" {
		return &Lack{ReasonField, DayPart, errors.New("say why you correct it; both versions are kept")}
	}
	return nil
}

// Save writes the entry down for good. What is in the way is said in one
// sentence, and the draft stays.
func (e *Entering) Save(ctx context.Context, now time.Time) (Saved, error) {
	if err := e.Keep(now); err != nil {
		return Saved{}, err
	}
	d, err := e.draft(now)
	if err != nil {
		return Saved{}, err
	}
	var r timeline.Registered
	if e.Correcting() {
		r, err = e.x.Amend(ctx, e.Form.Corrects, d, strings.TrimSpace(e.Form.Reason))
	} else {
		r, err = e.x.Enter(ctx, d)
	}
	if err != nil {
		return Saved{}, err
	}
	v := r.Current()
	saved := savedAs(r.ID, v.Entry, len(r.Versions), v.Recorded.In(e.c.Zone()))
	if e.Kind.Final {
		saved.Text = "It is locked now and is never changed. What is new is another one."
	}
	return saved, e.Discard()
}

// Others are the entries that a field may name.
func (e *Entering) Others(f registers.Field) []Option {
	var out []Option
	for _, r := range e.x.Registers(timeline.Kind(f.Of)) {
		v := r.Current()
		label := firstWords(v.Words)
		if sort := v.Fields["sort"]; sort != "" {
			label = Capital(sort) + ": " + label
		}
		out = append(out, Option{r.ID.String(), label})
	}
	return out
}

// TermsOf are the terms of the entry that another field of the form names. The one that
// the corrected entry names stands there in the words that it had then.
func (e *Entering) TermsOf() []Option {
	for _, f := range e.Kind.Fields {
		if f.Type != registers.Entry {
			continue
		}
		r, err := registered(e.x, e.Form.Fields[f.ID])
		if err != nil {
			return nil // none is named yet
		}
		var out []Option
		for i, t := range r.Current().Terms {
			n := strconv.Itoa(i + 1)
			out = append(out, Option{n, n + ": " + oneLine(t.String())})
		}
		return e.asNamed(out, f.ID)
	}
	return nil
}

func (e *Entering) asNamed(offered []Option, order string) []Option {
	was, err := e.x.Registered(e.Form.Corrects)
	if !e.Correcting() || err != nil || was.Current().Fields[order] != e.Form.Fields[order] {
		return offered
	}
	t, ok := e.x.NamedTerm(was.Current())
	if !ok || t.Now == "" {
		return offered
	}
	own := Option{strconv.Itoa(t.Number), fmt.Sprintf("%d: %s (%s)", t.Number, oneLine(t.Term.String()), oneLine(t.Since(e.x.Zone())))}
	if i := slices.IndexFunc(offered, func(o Option) bool { return o.Value == own.Value }); i >= 0 {
		offered[i] = own
		return offered
	}
	return append(offered, own)
}

// Linked are the events that the entry is about.
func (e *Entering) Linked() ([]Linked, error) {
	return linked(context.Background(), e.x, e.Form.Events)
}

// Unlink takes an event out of the form.
func (e *Entering) Unlink(id timeline.ID) {
	var rest []timeline.ID
	for _, other := range e.Form.Events {
		if other != id {
			rest = append(rest, other)
		}
	}
	e.Form.Events = rest
}

// Link puts events into the form, each once.
func (e *Entering) Link(ids ...timeline.ID) {
	for _, id := range ids {
		e.Unlink(id)
		e.Form.Events = append(e.Form.Events, id)
	}
}
