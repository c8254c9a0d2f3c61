package report

import (
	"fmt"
	"strings"
	"time"

	"daybook/timeline"
)

// incidents takes what was written down up to the moment. An incident's number is
// its place among them in the order in which they were first written down: the
// journal only grows, so the number never changes, whatever a bundle holds.
func (p *planner) incidents() {
	p.written, p.nth = map[timeline.ID]timeline.Written{}, map[timeline.ID]int{}
	for _, w := range p.x.Incidents() {
		p.written[w.ID] = w
		if first := w.Versions[0].Entry; p.sel.Moment.Entries == 0 || first < p.sel.Moment.Entries {
			p.nth[w.ID] = len(p.nth) + 1
		}
	}
}

// incident makes the row of something that a person wrote down: its own words
// whole, every field of the version that this pack shows, and for the diary every
// earlier version.
func (p *planner) incident(out *Row, r *timeline.Row, w timeline.Written) error {
	v, withheld := p.readable(w)
	if p.b.Pack == Served {
		v.Who = r.From.Name // without an address that is withheld
	}
	r.Incident = &v
	out.Text = v.What
	out.Place = v.Place.Text
	out.Record, out.Entry = fmt.Sprintf(sayOwnWords, v.Entry), v.Entry
	for _, n := range v.Evidence {
		f, err := p.evidence(n)
		if err != nil {
			return err
		}
		out.Files = append(out.Files, f)
	}
	out.Facts, out.More = p.shortFacts(w, v), maybe(longFacts(v, p.b.Zone), factWithheld, strings.Join(withheld, ", "))
	out.Detail = append(p.shortFacts(w, v), out.More...)
	var err error
	if out.Said, out.Stated, err = p.stated(w, v); err != nil {
		return err
	}
	if len(w.Versions) == 1 {
		return nil
	}
	if p.b.Pack == Served {
		out.Flags = append(out.Flags, corrected(len(w.Versions)))
		return nil
	}
	out.Versions = len(w.Versions)
	out.Earlier, err = p.versions(w)
	return err
}

// corrected says in a served pack that there are earlier versions, and nothing
// of what they were: a correction may have struck out what gives somebody away.
func corrected(versions int) string {
	return agree(sayEarlier, versions, versions-1)
}

// evidence is an item that a person named with an incident.
func (p *planner) evidence(n int64) (File, error) {
	if p.labels[n] == "" {
		return File{Name: fmt.Sprintf(sayItem, n), Note: sayNoItem}, nil
	}
	item, err := p.c.Item(n)
	f := File{Name: visible(p.gate.clean(item.Name)), Item: n, Label: p.labels[n]}
	if c := p.items[n]; c == nil || len(c.rows) == 0 { // nothing in this bundle leads to it
		f.Item, f.Label, f.Note = 0, "", sayNotInBundle
	}
	if p.family.files[item.Hash] {
		f.Note = sayFamilyPaper
	}
	return f, err
}

// shortFacts are what the chronology says of an incident beside its words: the version
// that is shown, and when it was written down first, which a correction does not move.
func (p *planner) shortFacts(w timeline.Written, v timeline.Version) []Fact {
	first := w.First()
	at := stamp(first.Recorded)
	if unit, _ := v.Occurred.Units(); !unit.WholeDay() {
		since := timeline.Version{IncidentDraft: v.IncidentDraft, Recorded: first.Recorded}
		if d, ok := since.Delay(); ok {
			at += ", " + delay(d)
		}
	}
	by := func(at, who string) []Run { return append(say(at+", "+wordBy+" "), quote(who)...) }
	if len(w.Versions) == 1 {
		return append(ownFacts(v), fact(factWritten, by(at, v.By)))
	}
	return append(ownFacts(v), fact(factWrittenFirst, by(at, p.gate.clean(first.By))), fact(factCorrected, by(stamp(v.Recorded), v.By)))
}

// ownFacts are the words that were said, and how the person knows who it was.
func ownFacts(v timeline.Version) []Fact {
	facts := maybe(nil, factExactWords, v.ExactWords)
	if v.ExactWords != "" && v.NearWords {
		facts = append(facts, fact("", say(sayNearWords)))
	}
	return maybe(facts, factHowKnown, v.HowKnown)
}

// When an incident was written down, and when its words were corrected last.
const (
	factWritten      = "Written down"
	factWrittenFirst = "First written down"
	factCorrected    = "Last corrected"
)

// factReason names what is about a correction itself, factWithheld what a served
// pack does not show of an incident.
const (
	factReason   = "Reason of the correction"
	factWithheld = "Withheld from this pack"
)

// longFacts are the fields of an incident that only the diary shows. A field
// that was left empty is not shown; zone is that of the bundle.
func longFacts(v timeline.Version, zone *time.Location) []Fact {
	var facts []Fact
	for _, f := range []struct{ name, value string }{
		{factReason, v.Reason}, {"Noticed", noticed(v, zone)}, {"Where the time is from", v.TimeSource}, {"Written later", v.Late},
		{"Kind of place", v.Place.Type}, {"Channel", v.Channel}, {"Platform", v.Platform}, {"Account it came from", v.AccountFrom}, {"Account it went to", v.AccountTo},
		{factDescription, v.Description}, {"Aimed at", v.AimedAt}, {factAskedToStop, v.UnwantedSignal},
		{factFeelingThen, v.FeelingThen}, {factFeelingAfter, v.FeelingAfter}, {factFeared, v.FearedViolence}, {factFearedWhy, v.FearedWhy},
		{factChanged, v.ChangeMade}, {"No item because", v.NoEvidence}, {factOwnReply, v.MyReply},
		{"Support", v.Support}, {"Children present", v.Children}, {factInForce, v.OrderInForce}, {"Private note", v.PrivateNote},
	} {
		facts = maybe(facts, f.name, f.value)
	}
	for _, w := range v.Witnesses {
		facts = append(facts, fact(factWitness, quote(join(w.Name, w.Relation, w.Saw, w.Willing, w.Contact))))
	}
	for _, t := range v.ToldAnyone {
		facts = append(facts, fact(factToldTo, quote(join(t.Who, t.When, t.How))))
	}
	for _, r := range v.ReportedTo {
		facts = append(facts, fact(factReported, quote(join(r.To, r.How, r.When, r.Officer, r.Number, r.Crime, r.Advice, r.Outcome, r.Next))))
	}
	return facts
}

// noticed is when an incident was noticed. A day that is not the incident's own is
// a date: “that day” would be the incident's.
func noticed(v timeline.Version, zone *time.Location) string {
	if day := showTime(v.Noticed, zone).Day; v.Noticed.Precision == timeline.Day && day != showTime(v.Occurred, zone).Day {
		return day
	}
	return whenText(v.Noticed, zone)
}

func whenText(w timeline.When, zone *time.Location) string {
	if w.Precision == "" {
		return ""
	}
	return w.Own().Text(zone)
}

// join sets the parts that are there in one line; a sentence ends as it was written.
func join(parts ...string) string {
	var s strings.Builder
	for _, p := range parts {
		switch said := strings.TrimRight(s.String(), " \n"); {
		case p == "":
			continue
		case said == "":
		case strings.ContainsAny(said[len(said)-1:], ".!?"):
			s.WriteString(" ")
		default:
			s.WriteString("; ")
		}
		s.WriteString(p)
	}
	return s.String()
}
