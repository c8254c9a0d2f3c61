package model

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"daybook/timeline"
	"daybook/timeline/casework"
)

// Side is one of two parts of what is counted that are set side by side: a period,
// or a channel as the list by channel names it.
type Side struct {
	Period
	Channel string
}

// SideBySide counts two parts of what is counted by one thing: all of both first,
// and the raw count of both in each row. It may be called beside the window.
func (d *Desk) SideBySide(ctx context.Context, p *Pattern, sides [2]Side, by string) (*Figures, error) {
	var both [2]*Pattern
	var names [2]Heading
	for i, s := range sides {
		var err error
		switch {
		case s.Channel != "":
			both[i], err = p.Channel(ctx, s.Channel)
			names[i] = Heading{Short: cut(oneLine(s.Channel), 28), Long: oneLine(s.Channel)}
		case i == 1 && s.Period == Period{}:
			err = errors.New("type the days of the period that is to stand beside it")
		default:
			q := p.Query
			q.From, q.To, q.Occasions = s.From, s.To, false
			both[i], err = d.Pattern(ctx, q, p)
			names[i] = p.period(s.Period)
		}
		if err != nil {
			return nil, err
		}
	}
	return both[0].Beside(ctx, both[1], names, by)
}

// period is a period in words, as it was understood.
func (p *Pattern) period(of Period) Heading {
	switch {
	case of == Period{}:
		return Heading{Short: "all days", Long: "all days"}
	case of.From == "":
		return Heading{Short: "until", Group: p.shortDay(of.To), Long: "until " + p.day(of.To)}
	case of.To == "":
		return Heading{Short: "since", Group: p.shortDay(of.From), Long: "from " + p.day(of.From)}
	}
	return Heading{Short: p.shortDay(of.From), Group: "to " + p.shortDay(of.To), Long: p.day(of.From) + " to " + p.day(of.To)}
}

// shortDay is a typed day where there is little room.
func (p *Pattern) shortDay(typed string) string {
	d, err := ParseDate(typed, p.base.x.Zone())
	if err != nil || !d.Next.Equal(d.First.AddDate(0, 0, 1)) {
		return oneLine(typed)
	}
	return d.First.Format("2 Jan 2006")
}

// Beside sets what two patterns count side by side, under their names.
func (p *Pattern) Beside(ctx context.Context, other *Pattern, names [2]Heading, by string) (*Figures, error) {
	var both [2]casework.Pattern
	for i, q := range []*Pattern{p, other} {
		m, err := q.material(ctx)
		if err != nil {
			return nil, err
		}
		if both[i], err = m.Pattern(ctx, by); err != nil {
			return nil, err
		}
		from, to, err := period(q.Query.From, q.Query.To, q.base.x.Zone())
		if err != nil {
			return nil, err
		}
		all, err := m.All(ctx, from, to)
		if err != nil {
			return nil, err
		}
		both[i].Figures = append([]casework.Figure{all}, both[i].Figures...)
	}
	return besides(both, names, by, p.titles), nil
}

// besides are two patterns as one table of two columns.
func besides(both [2]casework.Pattern, names [2]Heading, by string, titles map[string]string) *Figures {
	f := &Figures{Name: both[0].Title, Unit: "event", Columns: names[:],
		Rule: strings.TrimSpace(both[0].Rule + " The counts of both stand beside each other as they are; nothing is concluded from them.")}
	for i, n := range names {
		if note := both[i].Figures[0].Note; note != "" {
			f.Note = strings.TrimSpace(fmt.Sprintf("%s %s: %s.", f.Note, n.Long, note))
		}
	}
	pairs := casework.Beside(both[0], both[1])
	for i, pair := range pairs {
		name := figureName(by, pair.Key, titles)
		if i == 0 {
			name = "all"
		}
		if g := oneLine(pair.Group); g != "" {
			name = g + ": " + name
		}
		f.Rows = append(f.Rows, Heading{Short: name, Long: name})
		f.N = append(f.N, []int{pair.Beside[0].N, pair.Beside[1].N})
		f.pairs = append(f.pairs, [2][]timeline.ID{pair.Beside[0].Events, pair.Beside[1].Events})
	}
	f.Drawn = len(f.Rows)
	return f
}

// cut shortens a name to so many letters.
func cut(name string, most int) string {
	if letters := []rune(name); len(letters) > most {
		return string(letters[:most-1]) + "…"
	}
	return name
}

// Channels are the names of the channels, the one with most events first.
func (p *Pattern) Channels(ctx context.Context) ([]string, error) {
	l, err := p.List(ctx, "channel", 0)
	if err != nil {
		return nil, err
	}
	figures := slices.Clone(l.p.Figures)
	slices.SortStableFunc(figures, func(a, b casework.Figure) int { return b.N - a.N })
	var names []string
	for _, f := range figures {
		names = append(names, f.Key)
	}
	return names, nil
}

// Channel is the pattern of one channel alone, as the list by channel names it.
func (p *Pattern) Channel(ctx context.Context, name string) (*Pattern, error) {
	l, err := p.List(ctx, "channel", 0)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc(l.p.Figures, func(f casework.Figure) bool { return f.Key == name })
	if i < 0 {
		return nil, fmt.Errorf("channel %q: there is none of this name", name)
	}
	in := make(map[timeline.ID]bool, l.p.Figures[i].N)
	for _, id := range l.p.Figures[i].Events {
		in[id] = true
	}
	out := func(i int32) bool { return !in[p.base.result.IDs(int(i), 1)[0]] }
	one := *p
	one.list = slices.DeleteFunc(slices.Sorted(slices.Values(p.list)), out)
	one.undated = slices.DeleteFunc(slices.Clone(p.undated), out)
	one.Query.Occasions, one.ends, one.narrow = false, nil, true
	return &one, nil
}
