package model

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
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
	Lacks  string // what the case does not hold of the order, and a breach of it needs; empty: nothing

	Beside [2]string // what whoever is asked should know of the order, each in a sentence

	order  timeline.ID
	number int
	law    string // its name in the law of the case; empty: nobody said
	at     time.Time
}

// Terms are those in force on the day of the form. A correction asks of those alone
// that were not in force on the day that stood there before: of the others its first
// version asked.
func (w *Writing) Terms(now time.Time) []TermAsked {
	u := w.Occurred(now)
	at, ok := u.When.Order()
	if u.Err != nil || !ok {
		return nil
	}
	var before []timeline.LiveTerm
	if was, ok := w.Form.WasWhen.Order(); ok && w.Correcting() {
		before = w.x.LiveTerms(was)
	}
	var out []TermAsked
	for _, l := range w.x.LiveTerms(at) {
		if !slices.ContainsFunc(before, func(b timeline.LiveTerm) bool { return b.Order == l.Order && b.Number == l.Number }) {
			asked := TermAsked{Key: fmt.Sprintf("%s/%d", l.Order, l.Number), Called: oneLine(l.Called), Text: oneLine(l.Text), Lacks: w.lacks(l.Order), order: l.Order, number: l.Number, law: l.Law, at: at}
			for i, s := range casework.BesideTerm(w.x, l, w.Form.Who, w.x.Zone()) {
				asked.Beside[i] = Capital(oneLine(s)) + "."
			}
			out = append(out, asked)
		}
	}
	return out
}

// lacks says what a breach of an order needs and the case does not hold: when it
// was served and how, and the order itself.
func (w *Writing) lacks(order timeline.ID) string {
	r, err := w.x.Registered(order)
	if err != nil {
		return ""
	}
	v := r.Current()
	var list []string
	for _, f := range []struct{ id, name string }{{"served", "the day on which it was served"}, {"served_how", "how it was served"}} {
		if v.Fields[f.id] == "" {
			list = append(list, f.name)
		}
	}
	if len(v.Items) == 0 {
		list = append(list, "a copy of it")
	}
	return strings.Join(list, ", ")
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

// ReportedUnder keeps the number under which what may break a term was reported.
func (w *Writing) ReportedUnder(t TermAsked, number string) {
	if w.Form.Reported == nil {
		w.Form.Reported = map[string]string{}
	}
	w.Form.Reported[t.Key] = number
	if number == "" {
		delete(w.Form.Reported, t.Key)
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
		if number := strings.TrimSpace(w.Form.Reported[t.Key]); number != "" && answer == "yes" {
			d.Fields["reported"] = number
		}
		if _, err := w.x.Enter(ctx, d); err != nil {
			return fmt.Errorf("the incident is saved; whether it may break “%s” is not: %w", t.Text, err)
		}
	}
	return nil
}
