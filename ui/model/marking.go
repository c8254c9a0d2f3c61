package model

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"daybook/report"
	"daybook/timeline"
	"daybook/timeline/casework"
)

// MarkForm is what a person says about the events that they picked.
type MarkForm struct {
	Code    string // behaviour
	Known   string // a tag by which patterns, papers and packs go
	Tag     string // of the person's own
	Note    string
	Exhibit bool
	Own     bool   // what the person who keeps the record did themself
	LeftOut string // why they are left out of bundles that the other side reads
	Element string // of an offence, which they may show
}

// lawHeld is the law that the open case goes by.
func (d *Desk) lawHeld(ctx context.Context) (casework.Law, error) {
	c, _, err := d.held()
	if err != nil {
		return casework.Law{}, err
	}
	return casework.LawOf(ctx, c, 0)
}

// MarkCodes are the behaviours that can be chosen: those of the law that the case
// goes by.
func (d *Desk) MarkCodes(ctx context.Context) ([]Option, error) {
	l, err := d.lawHeld(ctx)
	if err != nil {
		return nil, err
	}
	var out []Option
	for _, b := range l.Behaviours() {
		out = append(out, Option{b.Code, b.Title})
	}
	return out, nil
}

// MarkTags are the tags by which patterns, papers and packs go, but for that of an own
// act, which is asked for apart.
func (d *Desk) MarkTags(ctx context.Context) ([]Option, error) {
	l, err := d.lawHeld(ctx)
	if err != nil {
		return nil, err
	}
	var out []Option
	for _, t := range l.Tags() {
		if t.Tag != timeline.OwnAct {
			out = append(out, Option{t.Tag, t.Label})
		}
	}
	return out, nil
}

// LeaveOutReasons are the reasons that can be chosen; other words may be
// written too.
func LeaveOutReasons() []Option {
	var out []Option
	for _, r := range report.Reasons() {
		out = append(out, Option{r.Text, r.Text})
	}
	return out
}

// Marked is a mark that was made, and how to take it back.
type Marked struct {
	Note    string // "10 events marked"
	entries map[uint64][]timeline.ID
}

// drafts are the marks of a form: a mark has one tag, and each further one is a mark of
// its own.
func (f MarkForm) drafts(ids []timeline.ID) []timeline.MarkDraft {
	d := timeline.MarkDraft{Events: ids, Code: f.Code, Tag: strings.TrimSpace(f.Tag), Note: strings.TrimSpace(f.Note),
		Exhibit: f.Exhibit, LeftOut: report.ReasonText(strings.TrimSpace(f.LeftOut)), Element: f.Element}
	var all []timeline.MarkDraft
	for _, tag := range []string{f.own(), f.Known, d.Tag} { // that of an own act, which may be refused, first
		if tag != "" {
			all = append(all, timeline.MarkDraft{Events: ids, Tag: tag})
		}
	}
	if len(all) == 0 {
		return []timeline.MarkDraft{d}
	}
	d.Tag = all[len(all)-1].Tag
	all[len(all)-1] = d
	return all
}

// own is the tag of an own act, where it is one.
func (f MarkForm) own() string {
	if f.Own {
		return timeline.OwnAct
	}
	return ""
}

// Mark marks the picked events of a look, in the journal first.
func (d *Desk) Mark(ctx context.Context, l *Look, picked *Selection, f MarkForm) (Marked, error) {
	c, x, err := d.writable()
	if err != nil {
		return Marked{}, err
	}
	ids := l.PickedIDs(picked)
	if len(ids) == 0 {
		return Marked{}, errors.New("pick at least one event first")
	}
	m := Marked{Note: count(len(ids), "event") + " marked", entries: map[uint64][]timeline.ID{}}
	for _, draft := range f.drafts(ids) {
		marks, err := x.Mark(ctx, draft)
		if err != nil {
			return Marked{}, err
		}
		for _, k := range marks {
			m.entries[k.Number] = append(m.entries[k.Number], k.Event)
		}
	}
	law, err := casework.LawOf(ctx, c, 0)
	if err != nil {
		return m, err
	}
	if said := casework.OwnTag(law.Tags(), strings.TrimSpace(f.Tag)); said != "" {
		m.Note += ". " + said
	}
	return m, nil
}

// Unmark takes a mark back that was just made. The journal keeps both.
func (d *Desk) Unmark(ctx context.Context, m Marked) error {
	_, x, err := d.held()
	if err != nil {
		return err
	}
	for number, ids := range m.entries {
		if err := x.Unmark(ctx, number, "taken back right away", ids...); err != nil {
			return err
		}
	}
	return nil
}

// UnmarkOne takes one mark away from the event that bears it, however long ago it
// was made. The journal keeps both, and why.
func (d *Desk) UnmarkOne(ctx context.Context, m MarkLine, why string) error {
	_, x, err := d.writable()
	if err != nil {
		return err
	}
	return x.Unmark(ctx, m.entry, strings.TrimSpace(why), m.event)
}

// PickedIDs names picked events in the order of the list.
func (l *Look) PickedIDs(picked *Selection) []timeline.ID {
	var places []int
	picked.each(func(e int) { places = append(places, e) })
	slices.Sort(places)
	out := make([]timeline.ID, 0, len(places))
	for _, e := range places {
		if id, ok := l.ID(e); ok {
			out = append(out, id)
		}
	}
	return out
}

// Picked says how many events are picked, and of how many a search found which
// the line is: "3 picked", "2 of 14".
func (l *Look) Picked(s *Selection) string {
	if s.Len() == 0 {
		return ""
	}
	return thousands(s.Len()) + " picked"
}

// PlaceOf says where an event stands among those shown: "3 of 12".
func (l *Look) PlaceOf(event int) string {
	i, ok := slices.BinarySearch(l.shown, int32(event))
	if !ok {
		return ""
	}
	return fmt.Sprintf("%s of %s", thousands(i+1), thousands(len(l.shown)))
}
