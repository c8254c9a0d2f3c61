package main

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"daybook/timeline"
)

func textRows(w io.Writer, x *timeline.Index) rowWriter {
	named := ownersNamed(x)
	return rowWriter{func(r timeline.Row) error {
		r = named(r)
		line := r.Said().Text(x.Zone()) + "  " + fmt.Sprintf("%-8s", r.Title())
		for _, part := range []string{parties(r.Event), summary(r)} {
			if part != "" {
				line += "  " + visible(part)
			}
		}
		seen, err := x.Seen(&r)
		if err != nil {
			return err
		}
		said := append(otherTimes(r, x.Zone()), remarks(r)...)
		for _, s := range seen {
			said = append(said, s.Text())
		}
		for _, said := range said {
			line += " {" + visible(said) + "}"
		}
		_, err = fmt.Fprintln(w, line)
		return err
	}, nothing}
}

// ownersNamed gives rows in which the owner of an export, whom it does not name,
// has the name that the case knows them by.
func ownersNamed(x *timeline.Index) func(timeline.Row) timeline.Row {
	names := sync.OnceValue(func() map[string]string { return timeline.OwnerNames(x.People()) })
	return func(r timeline.Row) timeline.Row {
		called := func(p timeline.Party) timeline.Party {
			if p.Owner && p.Name == "" && p.Address == "" {
				p.Name = names()[timeline.NewHandle(p, r.Source.Importer, r.Source.Item).Key]
			}
			return p
		}
		r.From = called(r.From)
		r.To = slices.Clone(r.To)
		for i := range r.To {
			r.To[i] = called(r.To[i])
		}
		return r
	}
}

// withIDs prints the id of each event before it.
func withIDs(out io.Writer, w rowWriter) rowWriter {
	row := w.row
	w.row = func(r timeline.Row) error {
		if _, err := fmt.Fprint(out, r.ID, "  "); err != nil {
			return err
		}
		return row(r)
	}
	return w
}

// zoneAssumed says once what every such row only names.
func (t *terminal) zoneAssumed(ctx context.Context, x *timeline.Index, f timeline.Filter) error {
	f.FlagsAny = []timeline.Flag{timeline.ZoneAssumed}
	found, err := x.Find(ctx, f)
	if err != nil {
		return use(fmt.Errorf("--search: %w", err))
	}
	if found.Len() > 0 {
		t.say("“zone assumed”: the source shows a clock without a zone; a person, or this case, named the zone.")
	}
	return nil
}

// parties are who sent it and to whom, or with whom it was; empty where the source names nobody, as
// with a photo.
func parties(e timeline.Event) string {
	if e.From == (timeline.Party{}) && len(e.To) == 0 {
		if by := e.Author(); by != "" {
			return "written down by " + by
		}
		return ""
	}
	call := name
	if slices.Contains(e.Flags, timeline.NameLookalike) {
		call = func(p timeline.Party) string { return spelt(p, timeline.SpeltOut) }
	}
	s := call(e.From)
	if e.Kind == timeline.Incident {
		s = "about " + s
		if by := e.Author(); by != "" {
			s += ", written down by " + by
		}
	}
	var to []string
	for _, p := range e.To {
		to = append(to, call(p))
	}
	switch {
	case !e.Directed():
		return "with " + strings.Join(to, ", ")
	case len(to) > 0:
		s += " → " + strings.Join(to, ", ")
	}
	return s
}

func name(p timeline.Party) string { return spelt(p, timeline.Shown) }

// spelt is somebody as a source names them, with what the eye passes over.
func spelt(p timeline.Party, show func(string) string) string {
	switch {
	case p.Name != "" && p.Address != "":
		return show(p.Name) + " (" + show(p.Address) + ")"
	case p.Name != "":
		return show(p.Name)
	case p.Address != "":
		return show(p.Address)
	case p.Owner:
		return "the phone's owner"
	}
	return "not named"
}

// sender is who a table names as the one that it is from: nobody where the
// source names nobody, and for an incident, which nobody sent.
func sender(e timeline.Event) string {
	if e.Kind == timeline.Incident {
		return ""
	}
	return nameOrNone(e.From)
}

// subject is whom a table names as the one that an incident is about.
func subject(e timeline.Event) string {
	if e.Kind != timeline.Incident {
		return ""
	}
	return nameOrNone(e.From)
}

func nameOrNone(p timeline.Party) string {
	if p == (timeline.Party{}) {
		return ""
	}
	return name(p)
}

// summary is an event's text and files on one line.
func summary(r timeline.Row) string {
	s := r.Event.Text
	if s == "" {
		s = r.Extra.Get("subject")
	}
	if r.Kind == timeline.Call {
		s = callWent(r.Event)
	}
	for _, f := range r.Files {
		s += " [" + f.Name
		if f.Missing {
			s += ", not in the export"
		}
		s += "]"
	}
	return strings.TrimSpace(s)
}

// callWent is how a call went, in the source's own words.
func callWent(e timeline.Event) string {
	var parts []string
	for _, said := range []string{e.Text, e.Extra.Get("type"), e.Extra.Get("outcome"), e.Extra.Get("duration")} {
		if said != "" && !slices.Contains(parts, said) {
			parts = append(parts, said)
		}
	}
	return strings.Join(parts, ", ")
}

// otherTimes are what else the source says of the time, where it must be seen:
// of a letter always when it was received, and of every event whose times
// disagree.
func otherTimes(r timeline.Row, zone *time.Location) []string {
	if r.Kind != timeline.Email && !slices.Contains(r.Flags, timeline.TimesDisagree) {
		return nil
	}
	var said []string
	for _, c := range r.Claims {
		if !c.Chosen {
			said = append(said, c.Label+": "+c.When.Text(zone))
		}
	}
	return said
}

// remarks are what a reader must know of an event beside its words: what the
// source or the clock makes doubtful, that it was corrected, what was marked.
// That a zone was assumed stands beside the time already.
func remarks(r timeline.Row) []string {
	var said []string
	for _, f := range r.Flags {
		if f != timeline.ZoneAssumed || r.When.Basis != timeline.AssumedZone {
			said = append(said, r.Words(f)...)
		}
	}
	if v := r.Extra.Get("version"); v != "" && r.Kind == timeline.Incident {
		said = append(said, fmt.Sprintf("corrected, this is version %s: %s", v, r.Extra.Get("reason of the correction")))
	}
	if r.Again {
		said = append(said, "counted as "+r.Also[0].Text())
	} else if len(r.Also) > 0 {
		var where []string
		for _, p := range r.Also {
			where = append(where, p.Text())
		}
		said = append(said, "also in "+strings.Join(where, "; "))
	}
	if len(r.Elsewhere) > 0 {
		var where []string
		for _, p := range r.Elsewhere {
			where = append(where, p.Text())
		}
		said = append(said, "the same in another source: "+strings.Join(where, "; "))
	}
	for _, p := range r.Read {
		said = append(said, fmt.Sprintf("machine-read in its picture: “%s”", strings.ReplaceAll(p.Text, "\n", " / ")))
	}
	for _, m := range r.Marks {
		said = append(said, fmt.Sprintf("%s; journal entry %d", marked(m), m.Number))
	}
	return said
}

// coded is a code of behaviour in words, with the code by which mark and the
// filters take it.
func coded(code string) string {
	if words := timeline.BehaviourWords(code); words != code {
		return fmt.Sprintf("%s (%s)", words, code)
	}
	return code
}

// marked is what a mark says.
func marked(m timeline.Mark) string {
	parts := []string{coded(m.Code), m.Tag}
	if m.Exhibit {
		parts = append(parts, timeline.MarkExhibit)
	}
	if m.Note != "" {
		parts = append(parts, "note: "+m.Note)
	}
	if m.LeftOut != "" {
		parts = append(parts, "left out of served packs: "+m.LeftOut)
	}
	if m.Element != "" {
		parts = append(parts, "may show: "+m.Element)
	}
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}
