package model

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"daybook/evidence"
	"daybook/timeline"
)

// IncidentLine is a saved incident in the list of them.
type IncidentLine struct {
	Event string // its ID
	When  string // as it happened
	Begin string // its first words
	Entry string // "entry 12, 2 versions"
}

// Incidents lists what was written down, the latest written first.
func (d *Desk) Incidents() ([]IncidentLine, error) {
	c, x, err := d.held()
	if err != nil {
		return nil, err
	}
	var lines []IncidentLine
	for _, in := range x.Incidents() {
		v := in.Current()
		l := IncidentLine{Event: in.ID.String(), When: Sentence(fmt.Errorf("%s", happened(v.Occurred, c.Zone()))), Begin: firstWords(v.What), Entry: fmt.Sprintf("entry %d", in.Number)}
		if n := len(in.Versions); n > 1 {
			l.Entry += fmt.Sprintf(", %d versions", n)
		}
		lines = append(lines, l)
	}
	slices.Reverse(lines)
	return lines, nil
}

// IncidentPage is a saved incident, to be read.
type IncidentPage struct {
	Event    string // its ID
	Title    string
	Theirs   string        // who wrote it, where that is not who is at the keyboard: nobody else corrects it
	Versions []VersionPage // the latest first
}

// VersionPage is one version of an incident.
type VersionPage struct {
	Title   string // "Version 2 of 2"
	Written string // when, by whom, how long after it happened
	Reason  string // of a correction
	Parts   []Part
}

// Part is one answer of the form as it was saved.
type Part struct {
	Label string
	Answer
	Was   *Answer // in the version before, where that was another; nil: it is the same
	Apart bool    // never leaves the case in what the other side may read
	File  File    // that shows it, where the part is one; its item is 0 for none
}

// Answer is what was typed, and behind it what was chosen, which our own words say: a
// time, a choice, that there is nothing.
type Answer struct{ Typed, Chosen string }

func (a Answer) empty() bool { return a == Answer{} }

// Text is the whole of it in English.
func (a Answer) Text() string { return join(a.Typed, a.Chosen) }

// nothing stands for an answer that there is none of.
func nothing() Answer { return Answer{Chosen: "nothing"} }

// Incident gives a saved incident with every version.
func (d *Desk) Incident(event string) (IncidentPage, error) {
	c, x, err := d.held()
	if err != nil {
		return IncidentPage{}, err
	}
	in, err := incident(x, event)
	if err != nil {
		return IncidentPage{}, err
	}
	p := IncidentPage{Event: event, Title: Sentence(fmt.Errorf("%s", happened(in.Current().Occurred, c.Zone())))}
	if x.Theirs(in.Versions[0].By) != nil {
		p.Theirs = oneLine(in.Versions[0].By)
	}
	var before []Part
	for i, v := range in.Versions {
		page := VersionPage{Reason: v.Reason, Parts: parts(c, v), Written: written(v, c.Zone())}
		if len(in.Versions) > 1 {
			page.Title = fmt.Sprintf("Version %d of %d", i+1, len(in.Versions))
		}
		plain := slices.Clone(page.Parts)
		if i > 0 {
			page.Parts = compared(page.Parts, before)
		}
		before = plain
		p.Versions = append(p.Versions, page)
	}
	slices.Reverse(p.Versions)
	return p, nil
}

func happened(w timeline.When, zone *time.Location) string {
	if w.Precision == timeline.Undated {
		return "time not known"
	}
	w.Basis = "" // that the person's own zone is meant goes without saying here
	return w.Text(zone)
}

func written(v timeline.Version, zone *time.Location) string {
	s := fmt.Sprintf("Written down on %s as entry %d", v.Recorded.In(zone).Format("Mon 2 Jan 2006 at 15:04:05 MST"), v.Entry)
	if v.By != "" {
		s += " by " + v.By
	}
	if d, ok := v.Delay(); ok && d >= 0 {
		s += ", " + long(d) + " after it happened"
	}
	return s + ". Locked."
}

// long says a duration in its largest unit, to the nearest one from an hour on.
func long(d time.Duration) string {
	const day = 24 * time.Hour
	switch {
	case d < time.Minute:
		return "less than a minute"
	case d < time.Hour:
		return count(int(d.Minutes()), "minute")
	case d < day-time.Hour/2:
		return "about " + count(int(d.Round(time.Hour).Hours()), "hour")
	}
	return "about " + count(int((d+day/2)/day), "day")
}

// compared notes beside each part what it was before, and gives those that were
// taken out.
func compared(now, before []Part) []Part {
	was := map[string]Answer{}
	for _, p := range before {
		was[p.Label] = p.Answer
	}
	var out []Part
	for _, p := range now {
		if old, ok := was[p.Label]; !ok {
			none := nothing()
			p.Was = &none
		} else if old != p.Answer {
			p.Was = &old
		}
		delete(was, p.Label)
		out = append(out, p)
	}
	for _, p := range before {
		if _, gone := was[p.Label]; gone {
			out = append(out, Part{Label: p.Label, Answer: nothing(), Was: &p.Answer, Apart: p.Apart})
		}
	}
	return out
}

// parts gives what was answered, in the order of the form.
func parts(c *evidence.Case, v timeline.Version) []Part {
	var out []Part
	answer := func(label string, a Answer) {
		if !a.empty() {
			out = append(out, Part{Label: label, Answer: a})
		}
	}
	add := func(label, text string) { answer(label, Answer{Typed: text}) }
	chosen := func(label, text string) { answer(label, Answer{Chosen: text}) }
	apart := func(label, text string) {
		if text != "" {
			out = append(out, Part{Label: label, Answer: Answer{Typed: text}, Apart: true})
		}
	}
	add("What happened", v.What)
	words := Answer{Typed: v.ExactWords}
	if v.ExactWords != "" && v.NearWords {
		words.Chosen = "as near as remembered"
	}
	answer("The words that were used", words)
	chosen("When", happened(v.Occurred, c.Zone()))
	chosen("How the time is known", label(TimeSources(), v.TimeSource))
	if v.Noticed.Precision != "" {
		chosen("Noticed", happened(v.Noticed, c.Zone()))
	}
	add("Written later", v.Late)
	where := Answer{v.Place.Text, strings.ToLower(label(PlaceTypes(), v.Place.Type))}
	answer("Where", where)
	if v.Place.Protected && !where.empty() {
		out[len(out)-1].Apart = true
	}
	add("Through", join(v.Platform, v.Channel))
	add("From the account", v.AccountFrom)
	add("To the account", v.AccountTo)
	add("Who", v.Who)
	add("How you know", v.HowKnown)
	if slices.Contains(v.Tags, timeline.OwnAct) {
		chosen("Something you did yourself", "Yes")
	}
	add("What they looked or sounded like", v.Description)
	add("Aimed at", v.AimedAt)
	add("Said before about contact", v.UnwantedSignal)
	for i, w := range v.Witnesses {
		who := fmt.Sprintf("Witness %d", i+1)
		apart(who, join(w.Name, w.Relation))
		add(who+" saw or heard", w.Saw)
		add(who+" is willing to say so", w.Willing)
		apart(who+": how to reach them", w.Contact)
	}
	add("How it felt then", v.FeelingThen)
	add("How it felt afterwards", v.FeelingAfter)
	answer("Afraid of violence", Answer{v.FearedWhy, label(YesNo(), v.FearedViolence)})
	add("What changed", v.ChangeMade)
	add("What you did or answered", v.MyReply)
	for _, t := range v.ToldAnyone {
		add("Told "+t.Who, join(t.When, t.How))
	}
	for _, r := range v.ReportedTo {
		to := "Reported to " + r.To
		add(to, join(r.When, r.How))
		add(to+", the reference", r.Crime)
		add(to+", the officer", r.Officer)
		add(to+", the number", r.Number)
		add(to+", the advice", r.Advice)
		add(to+", the outcome", r.Outcome)
		add(to+", what comes next", r.Next)
	}
	add("Help you asked for", v.Support)
	add("Children there", v.Children)
	add("Order in force", v.OrderInForce)
	for _, n := range v.Evidence {
		out = append(out, itemPart(c, n))
	}
	add("Nothing to show it", v.NoEvidence)
	apart("Private note", v.PrivateNote)
	return out
}

func label(options []Option, value string) string {
	for _, o := range options {
		if o.Value == value {
			return o.Label
		}
	}
	return value
}

func join(parts ...string) string {
	return strings.Join(slices.DeleteFunc(parts, func(s string) bool { return s == "" }), ", ")
}

// itemPart is a file that shows it.
func itemPart(c *evidence.Case, n int64) Part {
	p := Part{Label: fmt.Sprintf("Item %d", n), File: fileOf(c, n)}
	it, err := c.Item(n)
	if err != nil {
		p.Chosen = "cannot be read: " + err.Error()
		return p
	}
	p.Answer = Answer{oneLine(it.Name), size(it.Size)}
	if it.Deleted {
		p.Chosen += ", deleted"
	}
	return p
}

// fileOf is an item as a file that can be shown.
func fileOf(c *evidence.Case, n int64) File {
	it, err := c.Item(n)
	if err != nil || it.Deleted {
		return File{}
	}
	return File{Name: oneLine(it.Name), Item: n, Hash: it.Hash, Sort: fileSort(timeline.Attachment{Type: it.Type}, timeline.Document)}
}

// size says how large a file is.
func size(n int64) string {
	switch {
	case n < 1000:
		return count(int(n), "byte")
	case n < 1_000_000:
		return fmt.Sprintf("%d kB", n/1000)
	case n < 1_000_000_000:
		return fmt.Sprintf("%.1f MB", float64(n)/1e6)
	}
	return fmt.Sprintf("%.1f GB", float64(n)/1e9)
}
