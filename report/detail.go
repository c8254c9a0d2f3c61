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
	ShowChanges   Detail = timeline.ProtectChanges   // what somebody changed because of an incident
	ShowReports   Detail = timeline.ProtectReports   // to whom it was reported, who was told, who gave support
	ShowOwn       Detail = "own-addresses"           // numbers, e-mail addresses and accounts of the owner of the exports
	ShowAddresses Detail = "addresses"               // numbers and e-mail addresses of everybody else
	ShowMetadata  Detail = "metadata"                // what files hold beside their picture: place, device, owner
	ShowDocuments Detail = "documents"               // files whose words or sound no page shows
	ShowClocks    Detail = "clocks"                  // the entries in which somebody said that a clock was wrong, with how they knew
	ShowSums      Detail = "sums"                    // the SHA-256 of files of words that the pack withholds, and the entries of their adding
)

// Details are all details with their words.
func Details() []Detail {
	return []Detail{ShowPlace, ShowWitnesses, ShowFeelings, ShowChanges, ShowReports, ShowOwn, ShowAddresses, ShowMetadata, ShowDocuments, ShowClocks, ShowSums}
}

// inWords puts details into words.
func inWords(details []Detail) (s []string) {
	for _, d := range details {
		s = append(s, detailWords[d])
	}
	return s
}

// says is what the cover of the pack says of what is in it.
func (b *Bundle) says() string {
	if b.Pack != Served && b.Private {
		return sayFullPack
	}
	if b.Pack != Served {
		return sayFullPack + " " + sayNotesOut
	}
	s := sayServedPack + " " + sayServedSee
	if len(b.Show) > 0 {
		s += " " + fmt.Sprintf(sayServedShows, strings.Join(inWords(slices.DeleteFunc(Details(), func(d Detail) bool { return !b.asked(d) })), "; "))
	}
	if b.About > 0 && !b.asked(ShowAddresses) {
		s += " " + agree(sayServedAbout, b.About)
	}
	if files := b.filesIn(); files != "" {
		s += " " + fmt.Sprintf(sayServedFiles, files)
	}
	return s
}

// asked tells whether a served pack shows a detail because it was asked for.
func (b *Bundle) asked(d Detail) bool { return slices.Contains(b.Show, d) }

// withoutBlocks list what is not in a served pack, and say what else was changed.
func (b *Bundle) withoutBlocks() []Block {
	var l Bullets
	for _, s := range slices.Concat(sayServedNone, inWords(slices.DeleteFunc(Details(), b.asked))) {
		l.Items = append(l.Items, say(s))
	}
	return []Block{para(sayServedNot), l, para(sayServedWords)}
}

// filesIn says what is in the pack as whole files; empty where nothing is.
func (b *Bundle) filesIn() string {
	var s []string
	for _, in := range b.filesByKind() {
		s = append(s, fmt.Sprintf("%d %s", in.N, in.Of()))
	}
	return strings.Join(s, ", ")
}

// Files are the exhibits that are in the bundle as whole files: whoever hands it over
// should look through each.
func (b *Bundle) Files() (in []Exhibit) {
	for _, e := range b.Exhibits {
		if e.File != "" {
			in = append(in, e)
		}
	}
	return in
}

// shows tells that this bundle shows a detail.
func (p *planner) shows(d Detail) bool {
	return p.b.Pack != Served || slices.Contains(p.sel.Show, d)
}

// readable gives the current version of an incident as this bundle shows it, and
// what it withholds of it.
func (p *planner) readable(w timeline.Written) (v timeline.Version, withheld []string) {
	v, withheld = p.asked(w)
	v, _ = p.gate.version(w.ID, v)
	return v, withheld
}

// withheldIn adds to the marks in a row what else of it a served pack withholds: parts
// of what was written down, words in it, and the versions before.
func (p *planner) withheldIn(r timeline.Row, marks []string) []string {
	if p.gate == nil {
		return marks
	}
	versions := 1
	if w, ok := p.written[r.ID]; ok {
		v, parts := p.asked(w)
		_, words := p.gate.version(w.ID, v)
		for _, m := range append(words, parts...) {
			marks = addMark(marks, m)
		}
		versions = len(w.Versions)
	} else if r.Kind.Register() {
		if e, err := p.x.Registered(r.ID); err == nil { // one of another person's case has no versions here
			versions = len(e.Versions)
		}
	}
	if versions > 1 {
		marks = addMark(marks, sayVersionsBefore)
	}
	return marks
}

// asked gives the current version of an incident with the parts that this bundle was
// asked for, and which it withholds. What any version protected is protected in this
// one.
func (p *planner) asked(w timeline.Written) (v timeline.Version, withheld []string) {
	return p.askedOf(w, w.Current())
}

// askedOf is asked of any version of an incident.
func (p *planner) askedOf(w timeline.Written, v timeline.Version) (asked timeline.Version, withheld []string) {
	if p.b.Pack != Served {
		if p.keepsNote(v) {
			return v, nil
		}
		v.PrivateNote = ""
		return v, []string{sayPrivateNote}
	}
	v.Codes, v.Tags, v.Protect, v.Reason, v.PrivateNote = nil, nil, nil, "", ""
	for _, s := range []*string{&v.Channel, &v.Platform, &v.AccountFrom} {
		*s = p.gate.addresses.typed(*s)
	}
	v.Place.Lat, v.Place.Lon, v.Place.Fix = 0, 0, false
	v.Noticed.Raw = p.gate.clean(v.Noticed.Raw)
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
	return v, withheld
}

// keepsNote tells that this bundle has the private note of a version, or that
// there is none.
func (p *planner) keepsNote(v timeline.Version) bool {
	return v.PrivateNote == "" || p.b.Pack != Served && p.sel.Private
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
	case ShowChanges:
		there = v.ChangeMade != ""
		v.ChangeMade = ""
	case ShowReports:
		there = len(v.ReportedTo)+len(v.ToldAnyone) > 0 || v.Support != ""
		v.ReportedTo, v.ToldAnyone, v.Support = nil, nil, ""
	case ShowFeelings:
		there = strings.Join([]string{v.FeelingThen, v.FeelingAfter, v.FearedViolence, v.FearedWhy}, "") != ""
		v.FeelingThen, v.FeelingAfter, v.FearedViolence, v.FearedWhy = "", "", "", ""
	}
	return there
}
