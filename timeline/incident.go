package timeline

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"daybook/evidence"
)

// IncidentDraft is what a person writes down. Only the time (or that it is not
// known) and their own words must be there; nothing is changed, not even a space.
type IncidentDraft struct {
	Occurred   When   `json:"-"` // its Precision says exact, about, day, month or not known; a Range has Until
	Noticed    When   `json:"-"` // if it was noticed later
	TimeSource string `json:"time_source,omitempty"`
	RecordedBy string `json:"recorded_by,omitempty"` // the actor of the case, when empty
	Late       string `json:"written_later,omitempty"`

	What       string `json:"what_happened"`
	ExactWords string `json:"exact_words,omitempty"`
	NearWords  bool   `json:"as_near_as_remembered,omitempty"`

	Place       IncidentPlace `json:"place,omitzero"`
	Channel     string        `json:"channel,omitempty"`
	Platform    string        `json:"platform,omitempty"`
	AccountFrom string        `json:"account_from,omitempty"`
	AccountTo   string        `json:"account_to,omitempty"`

	Who            string `json:"who_did_it,omitempty"`
	HowKnown       string `json:"how_known,omitempty"`
	Description    string `json:"description,omitempty"`
	AimedAt        string `json:"aimed_at,omitempty"`
	UnwantedSignal string `json:"unwanted_signal,omitempty"`

	Witnesses      []Witness `json:"witnesses,omitempty"`
	FeelingThen    string    `json:"feeling_then,omitempty"`
	FeelingAfter   string    `json:"feeling_after,omitempty"`
	FearedViolence string    `json:"feared_violence,omitempty"` // yes, no, unsure
	FearedWhy      string    `json:"feared_why,omitempty"`
	ChangeMade     string    `json:"change_made,omitempty"`
	Evidence       []int64   `json:"evidence,omitempty"` // items
	NoEvidence     string    `json:"no_evidence,omitempty"`
	MyReply        string    `json:"my_reply,omitempty"`
	ToldAnyone     []Told    `json:"told_anyone,omitempty"`
	ReportedTo     []Report  `json:"reported_to,omitempty"`
	Support        string    `json:"support_contacted,omitempty"`
	Children       string    `json:"children_present,omitempty"`
	OrderInForce   string    `json:"order_in_force,omitempty"`
	PrivateNote    string    `json:"private_note,omitempty"`

	Codes []string `json:"behaviour_codes,omitempty"` // become marks
	Tags  []string `json:"tags,omitempty"`

	// Protect are the details, of Protectable, that the other side never reads,
	// whatever is asked for. Place.Protected says the same of the place.
	Protect []string `json:"protect,omitempty"`
}

// What a person can keep from the other side, in every version of an incident.
const (
	ProtectPlace     = "place"
	ProtectWitnesses = "witnesses"
	ProtectFeelings  = "feelings"
	ProtectChanges   = "changes"
	ProtectReports   = "reports"
)

// Protectable are the details of an incident that can be protected.
func Protectable() []string {
	return []string{ProtectPlace, ProtectWitnesses, ProtectFeelings, ProtectChanges, ProtectReports}
}

// Protects tells that a detail is protected in this version.
func (d IncidentDraft) Protects(detail string) bool {
	return slices.Contains(d.Protect, detail) || detail == ProtectPlace && d.Place.Protected
}

// IncidentPlace is where it happened, in the person's words.
type IncidentPlace struct {
	Text      string  `json:"text,omitempty"`
	Type      string  `json:"type,omitempty"` // home, work, school, street, online
	Protected bool    `json:"protected,omitempty"`
	Lat       float64 `json:"lat,omitempty"`
	Lon       float64 `json:"lon,omitempty"`
	Fix       bool    `json:"fix,omitempty"`
}

// Witness is somebody who saw or heard it. Contact never leaves the case in
// what the other side may read.
type Witness struct {
	Name     string `json:"name"`
	Relation string `json:"relation,omitempty"`
	Saw      string `json:"saw,omitempty"`
	Willing  string `json:"willing,omitempty"`
	Contact  string `json:"contact,omitempty"`
}

// Told is somebody who was told of it.
type Told struct {
	Who  string `json:"who"`
	When string `json:"when,omitempty"`
	How  string `json:"how,omitempty"`
}

// Report is a report to the police or to another body.
type Report struct {
	To      string `json:"to"`
	How     string `json:"how,omitempty"`
	When    string `json:"when,omitempty"`
	Officer string `json:"officer,omitempty"`
	Number  string `json:"collar_number,omitempty"`
	Crime   string `json:"crime_number,omitempty"`
	Advice  string `json:"advice,omitempty"`
	Outcome string `json:"outcome,omitempty"`
	Next    string `json:"next,omitempty"`
}

// Written is an incident as the journal holds it: every version, the first one
// first. Nothing is ever taken out of it.
type Written struct {
	ID       ID
	Number   uint64 // of the journal entry of the first version
	Versions []Version
}

// Version is one version of an incident.
type Version struct {
	IncidentDraft
	Entry    uint64
	Hash     evidence.Hash // of the entry
	Recorded time.Time     // as the journal noted it
	By       string
	Reason   string // of a correction; empty for the first version
}

// Protects tells that a detail is protected: what one version protects, no other
// one gives away.
func (w Written) Protects(detail string) bool {
	return slices.ContainsFunc(w.Versions, func(v Version) bool { return v.Protects(detail) })
}

// First is the version that was written down first.
func (w Written) First() Version { return w.Versions[0] }

// Current is the latest version.
func (w Written) Current() Version { return w.Versions[len(w.Versions)-1] }

// Delay is how long after the incident the version was written; ok is false
// where the time of the incident is not known as an instant.
func (v Version) Delay() (d time.Duration, ok bool) {
	at := v.Occurred.Instant
	if at.IsZero() || v.Occurred.Precision == Undated {
		return 0, false
	}
	return v.Recorded.Sub(at), true
}

const (
	actionDelete   = "delete" // the case's own: an item and what was made of it is gone
	actionIncident = "incident"
	actionCorrect  = "incident correction"
	incidentSource = "incident"
	incidentRecord = "entry %d"
)

type writtenSubject struct {
	Incident ID `json:"incident,omitzero"`
}

// incidentEntry is a version in the journal.
type incidentEntry struct {
	Occurred *WireWhen `json:"occurred"`
	Noticed  *WireWhen `json:"noticed,omitempty"`
	Reason   string    `json:"reason,omitempty"`
	IncidentDraft
}

func (d IncidentDraft) entry(reason string) incidentEntry {
	d.Who = Spaced(d.Who) // a space too many would make another person
	return incidentEntry{wireWhenOf(d.Occurred), wireWhenOf(d.Noticed), reason, d}
}

func (e incidentEntry) draft() (IncidentDraft, error) {
	d := e.IncidentDraft
	var err error
	if d.Occurred, err = e.Occurred.when(); err != nil {
		return d, fmt.Errorf("occurred: %w", err)
	}
	if d.Noticed, err = e.Noticed.when(); err != nil {
		return d, fmt.Errorf("noticed: %w", err)
	}
	d.Occurred, d.Noticed = d.Occurred.stated(), d.Noticed.stated() // the first entries call it the source's
	return d, nil
}

// Check tells what must be put right before a draft can be saved, as one
// sentence. now is what the computer's clock shows.
func (d IncidentDraft) Check(now time.Time) error {
	switch {
	case strings.TrimSpace(d.What) == "":
		return errors.New("write what happened, in your own words")
	case !slices.Contains([]string{"", "yes", "no", "unsure"}, d.FearedViolence):
		return fmt.Errorf("feared violence: %q is none of yes, no, unsure", d.FearedViolence)
	}
	for _, p := range d.Protect {
		if !slices.Contains(Protectable(), p) {
			return fmt.Errorf("protect: %q is none of %s", p, strings.Join(Protectable(), ", "))
		}
	}
	if err := errors.Join(knownWhen(d.Occurred), knownWhen(d.Noticed)); err != nil {
		return err
	}
	if err := d.Occurred.Happened(now); err != nil {
		return fmt.Errorf("occurred: %w", err)
	}
	if d.Noticed.Precision == "" || d.Noticed.Precision == Undated {
		return nil // it need not be said
	}
	if err := d.Noticed.Happened(now); err != nil {
		return fmt.Errorf("noticed: %w", err)
	}
	if err := d.Noticed.NotBefore(d.Occurred); err != nil {
		return fmt.Errorf("noticed: %w", err)
	}
	return nil
}

// WriteIncident saves an incident. From then on it is locked.
func (x *Index) WriteIncident(ctx context.Context, d IncidentDraft) (Written, error) {
	if err := d.Check(time.Now()); err != nil {
		return Written{}, fmt.Errorf("incident: %w", err)
	}
	entries, err := x.record(ctx, draft{actionIncident, writtenSubject{}, d.entry("")})
	if err != nil {
		return Written{}, fmt.Errorf("incident: %w", err)
	}
	id := incidentID(entries[0])
	for _, m := range d.marks(id) {
		if _, err := x.Mark(ctx, m); err != nil {
			return Written{}, err
		}
	}
	return x.Incident(id)
}

func (d IncidentDraft) marks(id ID) []MarkDraft {
	var out []MarkDraft
	for _, c := range d.Codes {
		out = append(out, MarkDraft{Events: []ID{id}, Code: c})
	}
	for _, t := range d.Tags {
		out = append(out, MarkDraft{Events: []ID{id}, Tag: t})
	}
	return out
}

// Correct saves a new version of an incident; the older ones stay.
func (x *Index) Correct(ctx context.Context, id ID, d IncidentDraft, reason string) (Written, error) {
	if strings.TrimSpace(reason) == "" {
		return Written{}, errors.New("correction: say why")
	}
	if err := d.Check(time.Now()); err != nil {
		return Written{}, fmt.Errorf("correction: %w", err)
	}
	w, err := x.Incident(id)
	if err != nil {
		return Written{}, err
	}
	if err := x.Theirs(w.Versions[0].By); err != nil {
		return Written{}, fmt.Errorf("correction: %w", err)
	}
	if _, err := x.record(ctx, draft{actionCorrect, writtenSubject{id}, d.entry(reason)}); err != nil {
		return Written{}, fmt.Errorf("correction: %w", err)
	}
	return x.Incident(id)
}

// ErrTheirs means that somebody was to change what another wrote down.
var ErrTheirs = errors.New("their words are theirs alone; write down beside it what you know yourself")

// Theirs refuses to change what somebody else wrote down, as they named themself.
func (x *Index) Theirs(by string) error {
	if x.isAtKeyboard(by) {
		return nil
	}
	return fmt.Errorf("%s wrote it, and %s is at the keyboard: %w", by, x.ledger.actor(), ErrTheirs)
}

// isAtKeyboard tells that it is they who write, as they named themself.
func (x *Index) isAtKeyboard(name string) bool {
	return strings.EqualFold(strings.TrimSpace(name), strings.TrimSpace(x.ledger.actor()))
}

// SecondLinked tells that with this incident there are, for the first time, two that
// may be of one course: about the same person, or with nobody named in one of them.
func (x *Index) SecondLinked(id ID) bool {
	all := x.Incidents()
	linked := func(a, b Written) bool {
		one, other := Spaced(a.Current().Who), Spaced(b.Current().Who)
		return one == "" || other == "" || strings.EqualFold(one, other)
	}
	for j := range all {
		for _, before := range all[:j] {
			if linked(before, all[j]) {
				return all[j].ID == id && len(all[j].Versions) == 1
			}
		}
	}
	return false
}

// Incidents gives every incident in the order in which they were written down.
func (x *Index) Incidents() []Written {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return slices.Clone(x.diary.incidents)
}

// Incident gives one incident with all its versions.
func (x *Index) Incident(id ID) (Written, error) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	for _, w := range x.diary.incidents {
		if w.ID == id {
			return w, nil
		}
	}
	return Written{}, fmt.Errorf("incident %s: there is none in this case", id)
}

func incidentID(e entry) ID {
	return NewID(e.Hash, incidentSource, fmt.Sprintf(incidentRecord, e.Seq))
}

// diary is the incidents and the entries of registers, and the segment that is
// made from them.
type diary struct {
	incidents []Written
	registers []Registered
	segment   *segment
}

func (d *diary) apply(e entry) error {
	var in incidentEntry
	if err := json.Unmarshal(e.Detail, &in); err != nil {
		return err
	}
	draft, err := in.draft()
	if err != nil {
		return err
	}
	v := Version{draft, e.Seq, e.Hash, e.Time, cmp.Or(draft.RecordedBy, e.Actor), in.Reason}
	if e.Action == actionIncident {
		d.incidents = append(d.incidents, Written{incidentID(e), e.Seq, []Version{v}})
		return nil
	}
	var s writtenSubject
	if err := json.Unmarshal(e.Subject, &s); err != nil {
		return err
	}
	for i := range d.incidents {
		if d.incidents[i].ID == s.Incident {
			d.incidents = slices.Clone(d.incidents) // lists that were handed out stay as they are
			d.incidents[i].Versions = append(slices.Clip(d.incidents[i].Versions), v)
			return nil
		}
	}
	return fmt.Errorf("incident %s: it is corrected before it was written", s.Incident)
}

// rewriteDiary makes the segment of what a person wrote down again, in memory.
func (x *Index) rewriteDiary() error {
	m := memory{}
	w := newSegmentWriter(0, m.batch(), x.limits)
	var readings []*reading
	for _, in := range x.diary.written() {
		r := &reading{diary: true, hash: in.hash, written: in.incident}
		r.Importer, r.Version, r.Events = in.source, in.versions, 1
		e := in.event(r)
		shorten(&e)
		if err := w.event(&e, appendEvent(nil, &e, ""), in.texts); err != nil {
			return err
		}
		readings = append(readings, r)
	}
	if err := w.close(); err != nil {
		return err
	}
	s, err := openSegment(m, newCache(), w.extent())
	if err != nil {
		return fmt.Errorf("incidents: %w", err)
	}
	for i, r := range readings {
		s.parts = append(s.parts, part{uint32(i), uint32(i + 1), r})
	}
	s.renumber(x.names)
	x.diary.segment = s
	return nil
}

// event is the latest version as an event on the timeline.
func (w Written) event(r *reading) Event {
	v := w.Current()
	e := Event{ID: w.ID, Kind: Incident, When: v.Occurred, From: Party{Name: v.Who}, Thread: v.Channel, Text: v.What}
	e.Source = r.source()
	e.Source.Record = fmt.Sprintf(incidentRecord, v.Entry)
	e.Place = Place{Name: v.Place.Text, Lat: v.Place.Lat, Lon: v.Place.Lon, Fix: v.Place.Fix}
	e.Extra = Facts{}
	for _, f := range []struct{ name, value string }{
		{"exact words", v.ExactWords}, {"how known", v.HowKnown}, {"description", v.Description}, {"aimed at", v.AimedAt},
		{"platform", v.Platform}, {"account from", v.AccountFrom}, {"account to", v.AccountTo},
		{"recorded", v.Recorded.Format(time.RFC3339)}, {"recorded by", v.By},
	} {
		if f.value != "" {
			e.Extra.Set(f.name, f.value)
		}
	}
	if len(w.Versions) > 1 {
		e.Extra.Set("version", fmt.Sprint(len(w.Versions)))
		e.Extra.Set("reason of the correction", v.Reason)
		e.Extra.Set(FirstVersion, fmt.Sprintf(incidentRecord, w.Number))
		e.Extra.Set(FirstRecorded, w.First().Recorded.Format(time.RFC3339))
	}
	return e
}

// FirstRecorded is the fact that says when what was corrected was written down first:
// "recorded" is when it was corrected last.
const FirstRecorded = "first recorded"

// FirstVersion is the fact that names the entry of the first version of an
// incident that was corrected; its source is that of the last.
const FirstVersion = "first version"

// WrittenFirst is the record in which an incident was written down first.
func (e *Event) WrittenFirst() string { return cmp.Or(e.Extra.Get(FirstVersion), e.Source.Record) }

// Author is who wrote an incident or an entry of a register down, in this case
// or in another person's; empty for every other kind of event.
func (e *Event) Author() string {
	if e.Kind != Incident && !e.Kind.Register() {
		return ""
	}
	return cmp.Or(e.Extra.Get("recorded by"), e.Extra.Get("written down by"))
}

// Said is the time of an event as it is said to a reader.
func (e *Event) Said() When {
	if e.Kind == Incident || e.Kind.Register() {
		return e.When.Own()
	}
	return e.When
}

// Own is a time that a person wrote down themself, as it is said to a reader:
// they gave it by their own clock, and that this is the one of the case is no
// assumption about a file.
func (w When) Own() When {
	if w.Basis == AssumedZone {
		w.Basis = Stated
	}
	return w
}

// texts are the words of a version that a search finds it by, beside those of
// its event.
func (v Version) texts() []string {
	out := []string{v.ExactWords, v.HowKnown, v.Description, v.AimedAt, v.Platform, v.AccountFrom, v.AccountTo,
		v.UnwantedSignal, v.FeelingThen, v.FeelingAfter, v.FearedWhy, v.ChangeMade, v.NoEvidence, v.MyReply,
		v.Support, v.OrderInForce, v.PrivateNote, v.Late}
	for _, w := range v.Witnesses {
		out = append(out, w.Name, w.Relation, w.Saw)
	}
	for _, t := range v.ToldAnyone {
		out = append(out, t.Who, t.How)
	}
	for _, r := range v.ReportedTo {
		out = append(out, r.To, r.Officer, r.Number, r.Crime, r.Advice, r.Outcome)
	}
	return out
}
