package model

import (
	"context"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"time"

	"daybook/evidence"
	"daybook/report"
	"daybook/timeline"
)

// Issued is a bundle that was made for good, in ready strings. The case keeps its
// rows, labels and page numbers.
type Issued struct {
	Number int
	Text   string // what it is: "full pack, made on 26 Nov 2026, with 14 exhibits and pages to 38"
	Served bool

	frozen report.Frozen
	zone   *time.Location
}

// Issued lists the bundles that were made for good, the last one first.
func (d *Desk) Issued(ctx context.Context) (list []Issued, err error) {
	c, x, err := d.held()
	if err != nil {
		return nil, err
	}
	all, err := report.FrozenBundles(ctx, c)
	if err != nil {
		return nil, err
	}
	for i := len(all) - 1; i >= 0; i-- {
		f := all[i]
		what := string(f.Pack) + " pack"
		if f.Continues != 0 {
			what = fmt.Sprintf("%s supplement to bundle %d", f.Pack, f.Continues)
		}
		list = append(list, Issued{Number: f.Bundle, Served: f.Pack == report.Served, frozen: f, zone: x.Zone(),
			Text: capital(fmt.Sprintf("%s, made on %s, with %s and pages to %s", what, f.Made.In(x.Zone()).Format("2 Jan 2006, 15:04"), count(len(f.Exhibits), "exhibit"), f.Last.Label))})
	}
	return list, nil
}

// Supplement are the choices of a supplement to the bundle: what was chosen then is
// chosen again.
func (b Issued) Supplement() (Handover, error) {
	f := b.frozen
	h := Handover{Continues: f.Bundle, Served: b.Served, Court: f.Profile, Order: f.Chosen.Order, Without: f.Chosen.Withhold}
	for _, d := range f.Chosen.Show {
		h.Show = append(h.Show, string(d))
	}
	for _, n := range f.Chosen.About {
		h.About = append(h.About, strconv.FormatInt(n, 10))
	}
	for _, n := range f.Chosen.Filter.People {
		h.People = append(h.People, strconv.FormatInt(n, 10))
	}
	const day = "2 Jan 2006"
	if from := f.Chosen.Filter.From; !from.IsZero() {
		h.From = from.In(b.zone).Format(day)
	}
	if to := f.Chosen.Filter.To; !to.IsZero() {
		h.To = to.In(b.zone).AddDate(0, 0, -1).Format(day)
	}
	again, err := h.filter(b.zone)
	if err != nil {
		return Handover{}, err
	}
	if !sameChoice(again, f.Chosen.Filter) {
		return Handover{}, fmt.Errorf("bundle %d was made in a terminal, with a choice of rows that this window does not have; make its supplement there", f.Bundle)
	}
	return h, nil
}

// sameChoice tells whether two filters let the same through.
func sameChoice(a, b timeline.Filter) bool {
	if !a.From.Equal(b.From) || !a.To.Equal(b.To) {
		return false
	}
	a.From, a.To, b.From, b.To = time.Time{}, time.Time{}, time.Time{}, time.Time{}
	return reflect.DeepEqual(a, b)
}

// Since says, line by line, what has changed since a bundle was made: what was
// chosen for it is chosen again. It changes nothing in the case.
func (d *Desk) Since(ctx context.Context, b Issued, progress evidence.Progress) ([]string, error) {
	c, x, err := d.held()
	if err != nil {
		return nil, err
	}
	sel := d.selection(progress)
	sel.Draft, sel.Since = true, b.Number
	sel.Choose(b.frozen.Chosen)
	planned, err := report.Plan(ctx, c, x, sel, report.General, b.frozen.Pack)
	if err != nil {
		return nil, err
	}
	return changed(planned.Changes), nil
}

// changed says changes in words.
func changed(c *report.Changes) (lines []string) {
	if c == nil || c.None() {
		return []string{"Nothing has come, gone or changed."}
	}
	say := func(n int, of, what string) {
		if n > 0 {
			lines = append(lines, verb(n, of, "has", "have")+" "+what+".")
		}
	}
	say(c.Added.Len(), "row", "come")
	say(len(c.Changed), "row", "changed")
	for i, r := range c.Changed {
		if i == namesShown {
			lines = append(lines, fmt.Sprintf("– and %s more", thousands(len(c.Changed)-i)))
			break
		}
		lines = append(lines, "– "+rowThere(r))
	}
	if note := c.Note(); note != "" {
		lines = append(lines, note)
	}
	say(len(c.Withheld), "row", "been left out")
	say(len(c.Shown), "row", "been taken in again")
	say(len(c.Gone), "row", "gone")
	say(len(c.New), "exhibit", "come")
	say(len(c.NotHere), "exhibit", "gone")
	return lines
}

// rowThere names a row as it was issued, and what of it has changed.
func rowThere(r report.ChangedRow) string {
	var issued []string
	for _, i := range r.Issued {
		issued = append(issued, i.String())
	}
	s := strings.Join(issued, "; ")
	if len(r.Parts) > 0 {
		s += ": " + strings.Join(r.Parts, ", ")
	}
	return s
}

// Cuts are into what files the document of a bundle can be cut.
func Cuts() []Option {
	return []Option{
		{"", "One file, or as the court’s rules say"},
		{"10MB", "Files of 10 MB at most, for e-mail"}, {"25MB", "Files of 25 MB at most"},
		{"350", "Files of 350 pages at most, a binder each"}, {"500", "Files of 500 pages at most"},
	}
}

// volumes are the limits of a file that were chosen.
func (h Handover) volumes() report.VolumeLimits {
	switch h.Cut {
	case "10MB":
		return report.VolumeLimits{Bytes: 10e6}
	case "25MB":
		return report.VolumeLimits{Bytes: 25e6}
	case "350":
		return report.VolumeLimits{Pages: 350}
	case "500":
		return report.VolumeLimits{Pages: 500}
	}
	return report.VolumeLimits{}
}
