package model

import (
	"bytes"
	"cmp"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"daybook/evidence"
	"daybook/timeline"
)

// Writing is an incident that is being written down. Its form is filled in by
// one goroutine; what Due gave may run beside it.
type Writing struct {
	Form IncidentForm

	c     *evidence.Case
	x     *timeline.Index
	name  string
	mu    sync.Mutex
	kept  []byte    // as the draft holds it
	at    time.Time // when that was
	state int       // of the form, counted by Due, that is kept
	due   int       // the last state that Due gave
	ended bool      // saved or thrown away
}

// WriteDown begins an incident. Nothing is kept before something is typed.
func (d *Desk) WriteDown() (*Writing, error) {
	w, err := d.writing(blankForm())
	if err != nil {
		return nil, err
	}
	w.kept, err = w.text()
	return w, err
}

// blankForm takes “about” for granted, which claims less than “exactly”.
func blankForm() IncidentForm {
	return IncidentForm{Occurred: TimeForm{How: About}, Noticed: TimeForm{How: About}}
}

func (d *Desk) writing(f IncidentForm) (*Writing, error) {
	c, x, err := d.held()
	if err != nil {
		return nil, err
	}
	var name [8]byte
	if _, err := rand.Read(name[:]); err != nil {
		return nil, err
	}
	return &Writing{Form: f, c: c, x: x, name: hex.EncodeToString(name[:])}, nil
}

// Continue goes on with a draft.
func (d *Desk) Continue(name string) (*Writing, error) {
	c, x, err := d.held()
	if err != nil {
		return nil, err
	}
	drafts, err := c.Drafts()
	text, ok := drafts[name]
	if !ok {
		return nil, errors.Join(errors.New("this draft is not there any more"), err)
	}
	w := &Writing{c: c, x: x, name: name, kept: text}
	if err := json.Unmarshal(text, &w.Form); err != nil {
		return nil, fmt.Errorf("draft: %w", err)
	}
	w.at = w.Form.Touched
	return w, nil
}

// Keep keeps the draft, if it has changed since it was kept last. When it
// returns, a crash or a loss of power loses nothing of it.
func (w *Writing) Keep(now time.Time) error {
	keep, err := w.Due(now)
	if keep == nil || err != nil {
		return err
	}
	return keep()
}

// Leave keeps what was typed when the person goes elsewhere; a form that is
// empty again leaves no draft behind.
func (w *Writing) Leave(now time.Time) error {
	f := w.Form
	f.Touched, f.IncidentDraft = time.Time{}, f.filled()
	text, err := json.Marshal(f)
	if err != nil {
		return fmt.Errorf("draft: %w", err)
	}
	if blank, err := json.Marshal(blankForm()); err != nil || bytes.Equal(text, blank) {
		return errors.Join(err, w.Discard())
	}
	return w.Keep(now)
}

// Due gives what keeps the form as it stands now; nil when it is kept already.
// Any goroutine may call that, and late: an older state never takes the place of
// a newer one.
func (w *Writing) Due(now time.Time) (keep func() error, err error) {
	text, err := w.text()
	if err != nil {
		return nil, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.ended || bytes.Equal(text, w.kept) {
		return nil, nil
	}
	w.Form.Touched = now.Round(0)
	if text, err = w.text(); err != nil {
		return nil, err
	}
	w.due++
	state := w.due
	return func() error { return w.keep(text, state, now) }, nil
}

func (w *Writing) keep(text []byte, state int, now time.Time) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.ended || state < w.state {
		return nil
	}
	if err := w.c.KeepDraft(w.name, text); err != nil {
		return err
	}
	w.kept, w.at, w.state = text, now, state
	return nil
}

// text is the form as a draft holds it.
func (w *Writing) text() ([]byte, error) {
	text, err := json.Marshal(w.Form)
	if err != nil {
		return nil, fmt.Errorf("draft: %w", err)
	}
	return text, nil
}

// Status says what is kept, in one quiet line.
func (w *Writing) Status() string {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.at.IsZero() {
		return "Kept as you type. Not final yet."
	}
	return "Kept at " + w.at.In(w.c.Zone()).Format("15:04:05") + ". Not final yet."
}

// Discard throws the draft away.
func (w *Writing) Discard() error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.ended = true
	return w.c.DropDraft(w.name)
}

// DraftLine is a draft in the list of those that are open.
type DraftLine struct {
	Name  string
	Begin string // its first words
	When  string // when it was last written on
}

// Is tells whether a line of the drafts is this one.
func (w *Writing) Is(d DraftLine) bool { return d.Name == w.name }

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
		form IncidentForm
	}
	var list []draft
	for name, text := range texts {
		var f IncidentForm
		if err := json.Unmarshal(text, &f); err != nil {
			failed = errors.Join(failed, fmt.Errorf("draft %s: %w", name, err))
			continue
		}
		if f.savedIn(x) {
			failed = errors.Join(failed, c.DropDraft(name))
			continue
		}
		list = append(list, draft{name, f})
	}
	slices.SortFunc(list, func(a, b draft) int {
		return cmp.Or(b.form.Touched.Compare(a.form.Touched), cmp.Compare(a.name, b.name))
	})
	lines := make([]DraftLine, len(list))
	for i, e := range list {
		lines[i] = DraftLine{Name: e.name, Begin: e.form.begin(), When: "last written on " + longTime(e.form.Touched, c.Zone())}
	}
	return lines, failed
}

// savedIn tells whether this very form was saved as an incident.
func (f IncidentForm) savedIn(x *timeline.Index) bool {
	want, err := json.Marshal(f.filled())
	if err != nil {
		return false
	}
	for _, in := range x.Incidents() {
		for _, v := range in.Versions {
			if v.Recorded.Before(f.Touched) || v.Reason != strings.TrimSpace(f.Reason) {
				continue
			}
			v.RecordedBy = f.RecordedBy
			if got, err := json.Marshal(v.IncidentDraft); err == nil && bytes.Equal(got, want) {
				return true
			}
		}
	}
	return false
}

// begin is the first words of what was written.
func (f IncidentForm) begin() string {
	const most = 60
	s := oneLine(f.What)
	if s == "" {
		return "Nothing in your own words yet"
	}
	if runes := []rune(s); len(runes) > most {
		s = string(runes[:most]) + "…"
	}
	if f.Corrects != (timeline.ID{}) {
		s = "A correction: " + s
	}
	return s
}

func longTime(t time.Time, zone *time.Location) string {
	if t.IsZero() {
		return "an unknown time"
	}
	return t.In(zone).Format("Mon 2 Jan 2006 15:04")
}
