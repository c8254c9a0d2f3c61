package model

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"daybook/evidence"
	"daybook/timeline"
)

// typed is a form that a draft keeps, letter for letter.
type typed interface {
	touch(time.Time) // it was written on last
	touched() time.Time
	blank() bool // nothing was typed into it
	begin() string
	savedIn(*timeline.Index) bool // this very form was saved
	shown() *[]int64              // the items that show it
	register() timeline.Kind      // whose entry it is; empty of an incident
}

// Kept is a form that is kept as it is typed. The form is filled in by one
// goroutine; what Due gave may run beside it.
type Kept struct {
	form  typed
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

// begin takes a form that nothing is kept of yet: before something is typed
// into it, nothing is.
func (k *Kept) begin(d *Desk, form typed) (err error) {
	if k.c, k.x, err = d.held(); err != nil {
		return err
	}
	var name [8]byte
	if _, err := rand.Read(name[:]); err != nil {
		return err
	}
	k.form, k.name = form, hex.EncodeToString(name[:])
	k.kept, err = k.text()
	return err
}

// goOn takes up the form of a draft.
func (k *Kept) goOn(d *Desk, name string, form typed) (err error) {
	if k.c, k.x, err = d.held(); err != nil {
		return err
	}
	drafts, err := k.c.Drafts()
	text, ok := drafts[name]
	if !ok {
		return errors.Join(errors.New("this draft is not there any more"), err)
	}
	if err := json.Unmarshal(text, form); err != nil {
		return fmt.Errorf("draft: %w", err)
	}
	k.form, k.name, k.kept, k.at = form, name, text, form.touched()
	return nil
}

// Keep keeps the draft, if it has changed since it was kept last. When it
// returns, a crash or a loss of power loses nothing of it.
func (k *Kept) Keep(now time.Time) error {
	keep, err := k.Due(now)
	if keep == nil || err != nil {
		return err
	}
	return keep()
}

// Leave keeps what was typed when the person goes elsewhere; a form that is
// empty again leaves no draft behind.
func (k *Kept) Leave(now time.Time) error {
	if k.form.blank() {
		return k.Discard()
	}
	return k.Keep(now)
}

// Due gives what keeps the form as it stands now; nil when it is kept already.
// Any goroutine may call that, and late: an older state never takes the place of
// a newer one.
func (k *Kept) Due(now time.Time) (keep func() error, err error) {
	text, err := k.text()
	if err != nil {
		return nil, err
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.ended || bytes.Equal(text, k.kept) {
		return nil, nil
	}
	k.form.touch(now.Round(0))
	if text, err = k.text(); err != nil {
		return nil, err
	}
	k.due++
	state := k.due
	return func() error { return k.keep(text, state, now) }, nil
}

func (k *Kept) keep(text []byte, state int, now time.Time) error {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.ended || state < k.state {
		return nil
	}
	if err := k.c.KeepDraft(k.name, text); err != nil {
		return err
	}
	k.kept, k.at, k.state = text, now, state
	return nil
}

// text is the form as a draft holds it.
func (k *Kept) text() ([]byte, error) {
	text, err := json.Marshal(k.form)
	if err != nil {
		return nil, fmt.Errorf("draft: %w", err)
	}
	return text, nil
}

// Status says what is kept, in one quiet line.
func (k *Kept) Status() string {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.at.IsZero() {
		return "Kept as you type. Not final yet."
	}
	return "Kept at " + k.at.In(k.c.Zone()).Format("15:04:05") + ". Not final yet."
}

// Discard throws the draft away.
func (k *Kept) Discard() error {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.ended = true
	return k.c.DropDraft(k.name)
}

// ReadOnly says why nothing can be written into the case now; empty where it
// can.
func (k *Kept) ReadOnly() string {
	if readOnly, why := k.c.ReadOnly(); readOnly {
		return "Nothing can be written into this case now: " + why
	}
	return ""
}

// EvidenceLine is an item that belongs to what is being written.
type EvidenceLine struct {
	Item  int64
	Label string
	Answer
	File File
}

// Evidence lists the items that were added to the form.
func (k *Kept) Evidence() []EvidenceLine {
	var out []EvidenceLine
	for _, n := range *k.form.shown() {
		p := itemPart(k.c, n)
		out = append(out, EvidenceLine{n, p.Label, p.Answer, p.File})
	}
	return out
}

// Show adds items to what shows it; each once.
func (k *Kept) Show(items ...int64) {
	list := k.form.shown()
	for _, n := range items {
		if !slices.Contains(*list, n) {
			*list = append(*list, n)
		}
	}
}

// Unshow takes an item out of the form; it stays in the case.
func (k *Kept) Unshow(item int64) {
	list := k.form.shown()
	*list = slices.DeleteFunc(*list, func(n int64) bool { return n == item })
}
