package report

import (
	"fmt"
	"slices"
	"strings"

	"daybook/timeline"
)

// Detail is something of the life of those who kept the case that a served pack
// withholds unless it is asked for.
type Detail string

// The details, in the order in which they are named.
const (
	ShowPlace     Detail = timeline.ProtectPlace     // where an incident happened
	ShowWitnesses Detail = timeline.ProtectWitnesses // their names, and which children were there
	ShowFeelings  Detail = timeline.ProtectFeelings  // how it felt, and what was feared
	ShowOwn       Detail = "own-addresses"           // numbers, e-mail addresses and accounts of the owner of the exports
	ShowAddresses Detail = "addresses"               // numbers and e-mail addresses of everybody else
	ShowMetadata  Detail = "metadata"                // what files hold beside their picture: place, device, owner
	ShowDocuments Detail = "documents"               // files whose words or sound no page shows
	ShowClocks    Detail = "clocks"                  // the entries in which somebody said that a clock was wrong, with how they knew
)

// Details are all details with their words.
func Details() []Detail {
	return []Detail{ShowPlace, ShowWitnesses, ShowFeelings, ShowOwn, ShowAddresses, ShowMetadata, ShowDocuments, ShowClocks}
}

// inWords puts details into words.
func inWords(details []Detail) string {
	var s []string
	for _, d := range details {
		s = append(s, detailWords[d])
	}
	return strings.Join(s, "; ")
}

// says is what the cover of the pack says of what is in it.
func (b *Bundle) says() string {
	if b.Pack != Served {
		return sayFullPack
	}
	asked := func(d Detail) bool { return slices.Contains(b.Show, d) }
	s := fmt.Sprintf(sayServedPack, inWords(slices.DeleteFunc(Details(), asked)))
	if len(b.Show) > 0 {
		s += " " + fmt.Sprintf(sayServedShows, inWords(slices.DeleteFunc(Details(), func(d Detail) bool { return !asked(d) })))
	}
	if b.About > 0 && !asked(ShowAddresses) {
		s += " " + fmt.Sprintf(sayServedAbout, b.About)
	}
	return s
}

// shows tells that this bundle shows a detail.
func (p *planner) shows(d Detail) bool {
	return p.b.Pack != Served || slices.Contains(p.sel.Show, d)
}

// readable gives the current version of an incident as this bundle shows it, and
// what it withholds of it. What any version protected is protected in this one.
func (p *planner) readable(w timeline.Written) (v timeline.Version, withheld []string) {
	v = w.Current()
	if p.b.Pack != Served {
		return v, nil
	}
	v.Tags, v.Reason = nil, ""
	v.PrivateNote, v.Support, v.ReportedTo, v.ToldAnyone, v.ChangeMade = "", "", nil, nil, ""
	v.Place.Lat, v.Place.Lon, v.Place.Fix = 0, 0, false
	v.Witnesses = slices.Clone(v.Witnesses)
	for i := range v.Witnesses {
		v.Witnesses[i].Contact = ""
	}
	for _, d := range Details() {
		if p.shows(d) && !w.Protects(string(d)) {
			continue
		}
		if take(&v, d) {
			withheld = append(withheld, string(d))
		}
	}
	return p.gate.version(w.ID, v), withheld
}

// take takes a detail out of a version and tells whether it was there.
func take(v *timeline.Version, d Detail) (there bool) {
	switch d {
	case ShowPlace:
		there = v.Place.Text+v.Place.Type != ""
		v.Place = timeline.IncidentPlace{}
	case ShowWitnesses:
		there = len(v.Witnesses) > 0 || v.Children != ""
		v.Witnesses, v.Children = nil, ""
	case ShowOwn:
		there = v.AccountTo != ""
		v.AccountTo = ""
	case ShowFeelings:
		there = strings.Join([]string{v.FeelingThen, v.FeelingAfter, v.FearedViolence, v.FearedWhy}, "") != ""
		v.FeelingThen, v.FeelingAfter, v.FearedViolence, v.FearedWhy = "", "", "", ""
	}
	return there
}
