package model

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"time"

	"daybook/assets/profiles"
	"daybook/report"
	"daybook/report/lint"
)

// Courts are whose rules a bundle can be made after, the usual ones first.
func Courts() ([]Option, error) {
	all, err := profiles.All()
	if err != nil {
		return nil, err
	}
	var list []Option
	for _, p := range all {
		list = append(list, Option{Value: p.ID, Label: p.Name})
	}
	return list, nil
}

// rules are those that were chosen.
func (h Handover) rules() (report.Profile, error) {
	if h.Court == "" {
		return report.General, nil
	}
	p, err := profiles.Named(h.Court)
	return report.ProfileOf(p), err
}

// Held is what a bundle's document was found to keep and to lack of a court's
// rules, in ready strings.
type Held struct {
	Court    string    // its title
	Faults   []Warning // each with what to do
	Warnings []string  // of the rules themselves: how old they are, how they were read
}

// hold opens the document that was written and holds it against the rules that
// it was made after.
func hold(ctx context.Context, bundle, court string, now time.Time) (h Held, err error) {
	p, err := profiles.Named(court)
	if err != nil {
		return h, err
	}
	name := filepath.Join(bundle, "data", "bundle.pdf")
	f, err := os.Open(name)
	if err != nil {
		return h, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	st, err := f.Stat()
	if err != nil {
		return h, err
	}
	v, err := lint.Hold(ctx, lint.File{Name: filepath.Base(name), Data: f, Size: st.Size()}, p, now)
	if err != nil {
		return h, err
	}
	return heldOf(v), nil
}

func heldOf(v lint.Verdict) Held {
	h := Held{Court: v.Title, Warnings: v.Warnings}
	for _, f := range v.Findings {
		if f.Advice {
			continue
		}
		found := f.Found
		if len(f.Pages) > 0 {
			found = capital(lint.Spans(f.Pages)) + ": " + found
		}
		h.Faults = append(h.Faults, Warning{Text: oneLine(found), Names: []string{f.Next, f.Source.String()}})
	}
	return h
}
