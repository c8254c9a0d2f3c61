package model

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"daybook/timeline"
	"daybook/timeline/casework"
)

// TermAsked is a term that was in force when an incident happened, of which the
// form asks whether the incident may break it.
type TermAsked struct {
	Key    string // under which the form keeps the answer
	Called string // what the order is
	Text   string // the term

	order  timeline.ID
	number int
	law    string // its name in the law of the case; empty: nobody said
	at     time.Time
}

// Terms are those in force on the day of the form. A correction asks no more:
// its first version did.
func (w *Writing) Terms(now time.Time) []TermAsked {
	if w.Correcting() {
		return nil
	}
	u := w.Occurred(now)
	at, ok := u.When.Order()
	if u.Err != nil || !ok {
		return nil
	}
	var out []TermAsked
	for _, l := range w.x.LiveTerms(at) {
		out = append(out, TermAsked{fmt.Sprintf("%s/%d", l.Order, l.Number), oneLine(l.Called), oneLine(l.Text), l.Order, l.Number, l.Law, at})
	}
	return out
}

// LawOf is what the law of the day calls the order of a term, and breaking it; empty
// where nobody said which order of the law it is, or the law of that day has none.
func (w *Writing) LawOf(ctx context.Context, t TermAsked) (string, error) {
	if t.law == "" {
		return "", nil
	}
	l, err := casework.LawOf(ctx, w.c, 0)
	if err != nil {
		return "", err
	}
	o, known := l.Order(t.law, t.at.In(w.x.Zone()))
	if !known {
		return "", nil
	}
	text := "In the law of that day: " + oneLine(o.Label)
	if o.Breach != "" {
		text += "; of breaking it: " + oneLine(o.Breach)
	}
	return text + ".", nil
}

// MayBreak keeps an answer; an empty one takes it back.
func (w *Writing) MayBreak(t TermAsked, answer string) {
	if w.Form.Breaks == nil {
		w.Form.Breaks = map[string]string{}
	}
	w.Form.Breaks[t.Key] = answer
	if answer == "" {
		delete(w.Form.Breaks, t.Key)
	}
}

// answered writes the answers about terms down, each as an entry of the register
// of possible breaches, with the incident.
func (w *Writing) answered(ctx context.Context, in timeline.Written, now time.Time) error {
	v := in.Current()
	for _, t := range w.Terms(now) {
		answer := w.Form.Breaks[t.Key]
		if answer == "" {
			continue
		}
		d := timeline.RegisterDraft{Kind: timeline.Breach, When: v.Occurred, Words: v.What, Events: []timeline.ID{in.ID},
			Fields: map[string]string{"order": t.order.String(), "term": strconv.Itoa(t.number), "may": answer}}
		if _, err := w.x.Enter(ctx, d); err != nil {
			return fmt.Errorf("the incident is saved; whether it may break “%s” is not: %w", t.Text, err)
		}
	}
	return nil
}
