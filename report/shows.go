package report

import (
	"slices"

	"daybook/timeline"
)

// Shown is how often a served pack shows something, for whoever hands it over.
type Shown struct {
	What string `json:"what"` // in the plural, whatever N is
	N    int    `json:"n"`

	one string
}

// Of is what is shown, in the number in which there is of it.
func (s Shown) Of() string {
	if s.N == 1 {
		return s.one
	}
	return s.What
}

// showing counts what the other side can read in this bundle.
func (p *planner) showing() []Shown {
	if p.b.Pack != Served {
		return nil
	}
	places, witnesses, feelings, changes, reports, incidents := 0, 0, 0, 0, 0, 0
	for id, w := range p.written {
		if p.chosen != nil && !p.chosen[id] || p.out[id] {
			continue
		}
		v, _ := p.readable(w)
		incidents++
		places += min(1, len(v.Place.Text))
		witnesses += len(v.Witnesses)
		feelings += min(1, len(v.FeelingThen+v.FeelingAfter+v.FearedViolence+v.FearedWhy))
		changes += min(1, len(v.ChangeMade))
		reports += len(v.ReportedTo) + len(v.ToldAnyone) + min(1, len(v.Support))
	}
	changes, reports = changes+p.entered[timeline.LifeChange], reports+p.entered[timeline.ReportMade]
	addresses := 0
	for handle := range p.gate.addresses.shown {
		if p.gate.printed(handle) {
			addresses++
		}
	}
	all := []Shown{
		{"rows", p.b.Rows - p.b.LeftOut, "row"}, {"names of people", len(p.named), "name of a person"},
		{sayShowsAddresses, addresses, sayShowsAddress},
		{sayShowsIncidents, incidents, sayShowsIncident}, {"places of incidents", places, "place of an incident"},
		{"names of witnesses", witnesses, "name of a witness"}, {"feelings and fears", feelings, "feeling or fear"},
		{"entries of registers", p.m.Registers, "entry of a register"},
		{"changes that were made", changes, "change that was made"}, {sayShowsReports, reports, sayShowsReport},
		{sayShowsPictures, p.exhibitsThat(func(e Exhibit) bool { return e.Show == ShowPicture }), sayShowsPicture},
		{sayShowsFilms, p.exhibitsThat(func(e Exhibit) bool { return e.Show == ShowFrames }), sayShowsFilm},
		{sayShowsRecords, p.exhibitsThat(func(e Exhibit) bool { return e.Show == ShowTranscript || e.Show == ShowText }), sayShowsRecord},
		{"whole files", p.exhibitsThat(func(e Exhibit) bool { return e.File != "" }), "whole file"},
	}
	return slices.DeleteFunc(all, func(s Shown) bool { return s.N == 0 })
}

func (p *planner) exhibitsThat(have func(Exhibit) bool) (n int) {
	for _, e := range p.b.Exhibits {
		if have(e) {
			n++
		}
	}
	return n
}
