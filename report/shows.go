package report

import "slices"

// Shown is how often a served pack shows something, for whoever hands it over.
type Shown struct {
	What string `json:"what"`
	N    int    `json:"n"`
}

// showing counts what the other side can read in this bundle.
func (p *planner) showing() []Shown {
	if p.b.Pack != Served {
		return nil
	}
	places, witnesses, feelings, incidents := 0, 0, 0, 0
	for id, w := range p.written {
		if p.chosen != nil && !p.chosen[id] || p.out[id] {
			continue
		}
		v, _ := p.readable(w)
		incidents++
		places += min(1, len(v.Place.Text))
		witnesses += len(v.Witnesses)
		feelings += min(1, len(v.FeelingThen+v.FeelingAfter+v.FearedViolence+v.FearedWhy))
	}
	all := []Shown{
		{"rows", p.b.Rows - p.b.LeftOut}, {"names of people", len(p.named)}, {sayShowsAddresses, len(p.addresses.shown)},
		{sayShowsIncidents, incidents}, {"places of incidents", places}, {"names of witnesses", witnesses}, {"feelings and fears", feelings},
		{"pictures", p.exhibitsThat(func(e Exhibit) bool { return e.Show == ShowPicture })},
		{sayShowsRecords, p.exhibitsThat(func(e Exhibit) bool { return e.Show == ShowTranscript || e.Show == ShowText })},
		{"whole files", p.exhibitsThat(func(e Exhibit) bool { return e.File != "" })},
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
