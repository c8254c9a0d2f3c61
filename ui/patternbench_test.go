package ui

import (
	"context"
	"testing"
	"time"

	"daybook/evidence/keys"
	"daybook/ui/model"
)

// BenchmarkPattern measures how long the pages of patterns and of people count a
// million events. All of it is beside the window.
func BenchmarkPattern(b *testing.B) {
	ctx := context.Background()
	d := &model.Desk{Weak: true, Cost: keys.LeastCost()}
	if err := d.Unlock(ctx, manyEvents(b), "tin whistle", nil); err != nil {
		b.Fatal(err)
	}
	var p *model.Pattern
	look := func(q model.PatternQuery) {
		var err error
		if p, err = d.Pattern(ctx, q, p); err != nil {
			b.Fatal(err)
		}
	}
	var f *model.Figures
	for b.Loop() {
		for _, step := range []struct {
			name string
			do   func()
		}{
			{"first look", func() { p = nil; look(model.PatternQuery{}) }},
			{"months", func() { f = p.Months(model.ByBehaviour) }},
			{"months by kind", func() { f = p.Months(model.ByKind) }},
			{"hours", func() { f = p.Hours() }},
			{"events of one figure", func() { f.Only(0, 12) }},
			{"before and after", func() {
				m, err := p.MomentAt("12 Mar 2020 14:30")
				if err != nil {
					b.Fatal(err)
				}
				if _, err := p.Around(ctx, m, 180, model.ByKind); err != nil {
					b.Fatal(err)
				}
			}},
			{"silences", func() {
				if _, err := p.Silences(ctx, 3); err != nil {
					b.Fatal(err)
				}
			}},
			{"one person", func() { look(model.PatternQuery{Person: p.People()[0].Key, Sent: true}) }},
			{"occasions", func() { look(model.PatternQuery{Occasions: true}) }},
			{"months of occasions", func() { f = p.Months(model.ByKind) }},
			{"people", func() {
				if _, err := d.People(ctx); err != nil {
					b.Fatal(err)
				}
			}},
		} {
			from := time.Now()
			step.do()
			b.Logf("%-22s %s", step.name, time.Since(from).Round(time.Millisecond))
		}
	}
	if err := d.Lock(); err != nil {
		b.Error(err)
	}
}
