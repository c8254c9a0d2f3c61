package report

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

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
		{"rows", p.b.Rows - p.b.LeftOut, "row"}, {sayShowsNames, len(p.peopleNamed()), sayShowsName},
		{sayShowsAddresses, addresses, sayShowsAddress},
		{sayShowsIncidents, incidents, sayShowsIncident}, {"places of incidents", places, "place of an incident"},
		{"names of witnesses", witnesses, "name of a witness"}, {"feelings and fears", feelings, "feeling or fear"},
		{"entries of registers", p.m.Registers, "entry of a register"},
		{"changes that were made", changes, "change that was made"}, {sayShowsReports, reports, sayShowsReport},
		{sayShowsPictures, p.exhibitsThat(func(e Exhibit) bool { return e.Show == ShowPicture }), sayShowsPicture},
		{sayShowsFilms, p.exhibitsThat(func(e Exhibit) bool { return e.Show == ShowFrames }), sayShowsFilm},
		{sayShowsFrames, p.each(func(e Exhibit) int { return len(e.Frames) }), sayShowsFrame},
		{sayShowsLevels, p.exhibitsThat(func(e Exhibit) bool { return e.Show == ShowLevel }), sayShowsLevel},
		{sayShowsPDFs, p.exhibitsThat(func(e Exhibit) bool { return e.Sheets > 0 }), sayShowsPDF},
		{sayShowsPages, p.each(func(e Exhibit) int { return e.Sheets }), sayShowsPage},
		{sayShowsRecords, p.exhibitsThat(func(e Exhibit) bool { return e.Show == ShowTranscript || e.Show == ShowText }), sayShowsRecord},
	}
	for _, s := range p.b.filesByKind() {
		all = append(all, Shown{fmt.Sprintf(sayShowsWhole, s.What), s.N, fmt.Sprintf(sayShowsWholeOne, s.one)})
	}
	return slices.DeleteFunc(all, func(s Shown) bool { return s.N == 0 })
}

// filesByKind counts what is in the pack as files, by what they are.
func (b *Bundle) filesByKind() []Shown {
	all := []Shown{{sayShowsPictures, 0, sayShowsPicture}, {sayFilesFilms, 0, sayFilesFilm}, {sayFilesSounds, 0, sayFilesSound}, {sayFilesTexts, 0, sayFilesText}, {sayFilesOthers, 0, sayFilesOther}}
	kinds := map[string]int{"image": 0, "video": 1, "audio": 2, "text": 3, "message": 3}
	for _, e := range b.Exhibits {
		kind, known := kinds[major(e.Type)]
		if !known {
			kind = len(all) - 1
		}
		if e.File != "" {
			all[kind].N++
		}
	}
	return slices.DeleteFunc(all, func(s Shown) bool { return s.N == 0 })
}

func (p *planner) exhibitsThat(have func(Exhibit) bool) int {
	return p.each(func(e Exhibit) int {
		if have(e) {
			return 1
		}
		return 0
	})
}

// each sums what the exhibits have.
func (p *planner) each(has func(Exhibit) int) (n int) {
	for _, e := range p.b.Exhibits {
		n += has(e)
	}
	return n
}

// noteNames notes the names of people that a reader of a row can read: what stands in the
// place of an address is none, nor is what stands in the place of a protected word. It
// notes their addresses too.
func (p *planner) noteNames(r, shown timeline.Row, marks []string) {
	if p.gate != nil {
		p.gate.addresses.note(r)
	}
	p.noteName(p.nameRead(r.From, shown.From, r), marks)
	for i := range r.To {
		p.noteName(p.nameRead(r.To[i], shown.To[i], r), marks)
	}
	if r.Source.Item == 0 {
		p.noteName(p.gate.clean(r.Author()), marks)
	}
}

func (p *planner) noteName(name string, marks []string) {
	for _, m := range append(marks[:len(marks):len(marks)], sayAddress) {
		name = strings.ReplaceAll(name, m, "")
	}
	if strings.ContainsFunc(name, unicode.IsLetter) && !isAddress(name) {
		p.named[strings.TrimSpace(name)] = true
	}
}

// nameRead is the name of somebody that a row prints; empty where it prints none.
func (p *planner) nameRead(was, shown timeline.Party, r timeline.Row) string {
	switch {
	case shown == timeline.Party{Owner: true}:
		return p.ownerName(r.Source.Item)
	case was.Name != "" && was.Name != was.Address && !isAddress(was.Name), p.gate == nil:
		return shown.Name
	case shown.Name != was.Name: // a number stands in the place of an address
		return p.gate.clean(p.gate.addresses.called[timeline.NewHandle(was, r.Source.Importer, r.Source.Item).Key])
	}
	return ""
}

// peopleNamed are all that stand in the pack: those of its rows, of who made it and of who added
// what.
func (p *planner) peopleNamed() map[string]bool {
	p.noteName(p.m.By, nil)
	for _, e := range p.b.Exhibits {
		p.noteName(e.By, nil)
	}
	return p.named
}
