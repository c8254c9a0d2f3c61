package model

import (
	"context"
	"errors"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"time"

	"golang.org/x/sync/errgroup"

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

// hold opens each file of the document that was written and holds it against the
// rules that it was made after: a volume or a supplement as what it is.
func hold(ctx context.Context, bundle string, b *report.Bundle) (h Held, err error) {
	p, err := profiles.Named(b.Profile.Name)
	if err != nil {
		return h, err
	}
	files := b.Documents()
	verdicts := make([]lint.Verdict, len(files))
	g, within := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for i, d := range files {
		g.Go(func() (err error) {
			verdicts[i], err = holdFile(within, bundle, d, len(files) > 1, p, b.Moment.Time)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return h, err
	}
	for i, d := range files {
		one := heldOf(verdicts[i])
		if i == 0 {
			h.Court, h.Warnings = one.Court, one.Warnings
		}
		for _, f := range one.Faults {
			if len(files) > 1 {
				f.Text = path.Base(d.File) + ": " + f.Text
			}
			h.Faults = append(h.Faults, f)
		}
	}
	return h, nil
}

func holdFile(ctx context.Context, bundle string, d report.Document, volume bool, p profiles.Profile, now time.Time) (v lint.Verdict, err error) {
	f, err := os.Open(filepath.Join(bundle, filepath.FromSlash(d.File)))
	if err != nil {
		return v, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	st, err := f.Stat()
	if err != nil {
		return v, err
	}
	return lint.Hold(ctx, lint.File{Name: path.Base(d.File), Data: f, Size: st.Size(), First: d.First, Volume: volume}, p, now)
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
