package timeline

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"daybook/evidence"
)

// WireEvent is an event as one line of JSON: what timeline --format jsonl
// prints and a bundle's events.jsonl holds. Field names are stable.
type WireEvent struct {
	ID        ID               `json:"id"`
	Kind      Kind             `json:"kind"`
	When      WireWhen         `json:"when"`
	From      *WireParty       `json:"from"` // null for an incident, which nobody sent
	To        []WireParty      `json:"to"`
	Directed  *bool            `json:"directed,omitempty"` // false where the source does not say who sent it: those in to are who it was with
	Text      string           `json:"text"`
	Files     []WireFile       `json:"files"`
	Place     *WirePlace       `json:"place"`
	Source    WireSource       `json:"source"`
	Marks     []WireMark       `json:"marks"`
	Flags     []Flag           `json:"flags"`
	Thread    string           `json:"thread,omitempty"`
	Extra     Facts            `json:"extra,omitempty"`
	Claims    []WireClaim      `json:"claims,omitempty"`
	Incident  *WireIncident    `json:"incident,omitempty"`     // what else was written down with an incident
	About     *WireParty       `json:"about,omitempty"`        // whom an incident is about
	Author    string           `json:"written_by,omitempty"`   // who wrote an incident down
	Also      []WireSource     `json:"also,omitempty"`         // the other exports that hold the same message
	Again     bool             `json:"again,omitempty"`        // it is counted as the first of also
	Read      []WireRead       `json:"machine_read,omitempty"` // what was searched for and read in pictures by a program
	Elsewhere []WireSource     `json:"elsewhere,omitempty"`    // the same in exports of other formats or telephones, which are events of their own
	Differs   []WireDifference `json:"differs,omitempty"`      // what other exports of the same chat have in its place
}

// WireWhen is a time: instant in UTC with a Z, local without a zone; both empty
// where they are not known. Until is as local is, or as instant where there is no
// local (older lines leave its Z out).
type WireWhen struct {
	Instant   string    `json:"instant"`
	Local     string    `json:"local"`
	Zone      string    `json:"zone"`
	Basis     Basis     `json:"basis"`
	Precision Precision `json:"precision"`
	Raw       string    `json:"raw"`
	Until     string    `json:"until,omitempty"`
}

// WireParty is somebody as the source names them.
type WireParty struct {
	Name    string `json:"name"`
	Address string `json:"address"`
	Owner   bool   `json:"owner,omitempty"`
	Called  string `json:"called,omitempty"` // the name that a person gave of an owner whom the source does not name
}

// WireFile is a file that a record names.
type WireFile struct {
	Name    string        `json:"name"`
	Item    int64         `json:"item"`
	SHA256  evidence.Hash `json:"sha256"`
	Missing bool          `json:"missing"`
	Path    string        `json:"path,omitempty"`
	Type    string        `json:"type,omitempty"`
	Note    string        `json:"note,omitempty"`
}

// WirePlace is where something happened; lat and lon are there together or not
// at all.
type WirePlace struct {
	Name string   `json:"name"`
	Lat  *float64 `json:"lat,omitempty"`
	Lon  *float64 `json:"lon,omitempty"`
}

// WireSource leads to the record in the original.
type WireSource struct {
	Item     int64         `json:"item"`
	SHA256   evidence.Hash `json:"sha256"`
	Path     string        `json:"path"`
	Record   string        `json:"record"`
	Importer string        `json:"importer"`
	Version  int           `json:"version"`
}

// WireIncident is an incident field by field, as its entry in the journal has it.
type WireIncident struct {
	Noticed *WireWhen `json:"noticed,omitempty"`
	Reason  string    `json:"reason,omitempty"` // of the correction
	IncidentDraft
}

// WireDifference is what another export of the same chat has in the place of an
// event; the record is empty where it has nothing there.
type WireDifference struct {
	How    How        `json:"how"` // words, file, sender, time, zone or absent
	Source WireSource `json:"source"`
	Zone   string     `json:"zone,omitempty"` // in which the other export was read
}

// WireRead is what a program read in a picture, where a search found it: an aid.
type WireRead struct {
	SHA256 evidence.Hash `json:"sha256"`
	Engine string        `json:"engine"`
	Text   string        `json:"text"`
}

// WireMark is what a person said about the event.
type WireMark struct {
	Entry   uint64 `json:"entry"`
	Code    string `json:"code,omitempty"`
	Tag     string `json:"tag,omitempty"`
	Note    string `json:"note,omitempty"`
	Exhibit bool   `json:"exhibit,omitempty"`
	LeftOut string `json:"left_out,omitempty"`
	Element string `json:"element,omitempty"`
	By      string `json:"by"`
	At      string `json:"at"`
}

// WireClaim is one of several times that the source gives.
type WireClaim struct {
	Label  string   `json:"label"`
	When   WireWhen `json:"when"`
	Chosen bool     `json:"chosen,omitempty"`
	Note   string   `json:"note,omitempty"`
}

const localForm = "2006-01-02T15:04:05.999999999"

// Wire gives the JSON form of a row.
func (r Row) Wire() WireEvent {
	e := &r.Event
	w := WireEvent{ID: e.ID, Kind: e.Kind, When: WireTime(e.Said()), To: []WireParty{}, Text: e.Text,
		Files: []WireFile{}, Marks: []WireMark{}, Flags: []Flag{}, Thread: e.Thread, Extra: e.Extra,
		Source: wireSource(e.Source), Again: r.Again, Author: e.Author()}
	if v := r.Incident; v != nil {
		w.Incident = &WireIncident{wireWhenOf(v.Noticed.Own()), v.Reason, v.IncidentDraft}
	}
	for _, p := range r.Also {
		w.Also = append(w.Also, wireSource(p))
	}
	for _, p := range r.Elsewhere {
		w.Elsewhere = append(w.Elsewhere, wireSource(p))
	}
	for _, d := range r.Differs {
		w.Differs = append(w.Differs, WireDifference{d.How, wireSource(d.With), d.Zone})
	}
	for _, p := range r.Read {
		w.Read = append(w.Read, WireRead{p.Picture, p.Engine, p.Text})
	}
	if !e.Directed() {
		w.Directed = new(bool)
	}
	if e.From != (Party{}) {
		from := r.party(e.From)
		if w.From = &from; e.Kind == Incident {
			w.From, w.About = nil, &from
		}
	}
	for _, p := range e.To {
		w.To = append(w.To, r.party(p))
	}
	for _, f := range e.Files {
		w.Files = append(w.Files, WireFile{f.Name, f.Item, f.Hash, f.Missing, f.Path, f.Type, f.Note})
	}
	if e.Place != (Place{}) {
		w.Place = &WirePlace{Name: e.Place.Name}
		if e.Place.Fix {
			w.Place.Lat, w.Place.Lon = &e.Place.Lat, &e.Place.Lon
		}
	}
	for _, m := range r.Marks {
		w.Marks = append(w.Marks, WireMark{m.Number, m.Code, m.Tag, m.Note, m.Exhibit, m.LeftOut, m.Element, m.By, m.At.Format(time.RFC3339)})
	}
	w.Flags = append(w.Flags, e.Flags...)
	for _, c := range e.Claims {
		w.Claims = append(w.Claims, WireClaim{c.Label, WireTime(c.When), c.Chosen, c.Note})
	}
	return w
}

func (r *Row) party(p Party) WireParty {
	w := WireParty{Name: p.Name, Address: p.Address, Owner: p.Owner}
	if p.Owner && p.Name == "" {
		w.Called = r.Owner
	}
	return w
}

// party is the inverse of Row.party.
func (w WireParty) party(r *Row) Party {
	r.Owner = cmp.Or(r.Owner, w.Called)
	return Party{w.Name, w.Address, w.Owner}
}

func wireSource(p Pinpoint) WireSource {
	return WireSource{p.Item, p.Hash, p.Path, p.Record, p.Importer, p.Version}
}

func (w WireSource) pinpoint() Pinpoint {
	return Pinpoint{w.Item, w.SHA256, w.Path, w.Record, w.Importer, w.Version}
}

// WireTime gives the JSON form of a time.
func WireTime(w When) WireWhen {
	out := WireWhen{Zone: w.Zone, Basis: w.Basis, Precision: w.Precision, Raw: w.Raw}
	if !w.Instant.IsZero() {
		out.Instant = w.Instant.UTC().Format(time.RFC3339Nano)
	}
	if !w.Local.IsZero() {
		out.Local = w.Local.Format(localForm)
	}
	switch {
	case w.Until.IsZero():
	case w.Local.IsZero():
		out.Until = w.Until.UTC().Format(time.RFC3339Nano)
	default:
		out.Until = w.Until.Format(localForm)
	}
	return out
}

func wireWhenOf(w When) *WireWhen {
	if w == (When{}) {
		return nil
	}
	out := WireTime(w)
	return &out
}

// AppendJSONL appends a row as one line of JSON.
func (r Row) AppendJSONL(b []byte) ([]byte, error) {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(r.Wire()); err != nil {
		return b, fmt.Errorf("event %s: %w", r.ID, err)
	}
	return append(b, buf.Bytes()...), nil
}

// ParseJSONL reads what AppendJSONL wrote.
func ParseJSONL(line []byte) (Row, error) {
	var w WireEvent
	if err := json.Unmarshal(line, &w); err != nil {
		return Row{}, fmt.Errorf("event: %w", err)
	}
	return w.Row()
}

// Row is the inverse of Row.Wire.
func (w WireEvent) Row() (Row, error) {
	r := Row{Event: Event{ID: w.ID, Kind: w.Kind, Text: w.Text, Thread: w.Thread, Extra: w.Extra, Source: w.Source.pinpoint()}, Again: w.Again}
	for _, s := range w.Also {
		r.Also = append(r.Also, s.pinpoint())
	}
	for _, s := range w.Elsewhere {
		r.Elsewhere = append(r.Elsewhere, s.pinpoint())
	}
	for _, d := range w.Differs {
		r.Differs = append(r.Differs, Difference{d.How, d.Source.pinpoint(), d.Zone})
	}
	for _, p := range w.Read {
		r.Read = append(r.Read, InPicture{Picture: p.SHA256, Engine: p.Engine, Text: p.Text})
	}
	var err error
	if r.When, err = w.When.Time(); err != nil {
		return Row{}, fmt.Errorf("event %s: %w", w.ID, err)
	}
	if in := w.Incident; in != nil {
		r.Incident = &Version{IncidentDraft: in.IncidentDraft, Reason: in.Reason}
		r.Incident.Occurred = r.When
		if r.Incident.Noticed, err = in.Noticed.when(); err != nil {
			return Row{}, fmt.Errorf("event %s: noticed: %w", w.ID, err)
		}
	}
	if who := cmp.Or(w.About, w.From); who != nil { // older lines have an incident's under from
		r.From = who.party(&r)
	}
	for _, p := range w.To {
		r.To = append(r.To, p.party(&r))
	}
	for _, f := range w.Files {
		r.Files = append(r.Files, Attachment{Name: f.Name, Path: f.Path, Item: f.Item, Hash: f.SHA256, Type: f.Type, Missing: f.Missing, Note: f.Note})
	}
	if w.Place != nil {
		r.Place.Name = w.Place.Name
		if w.Place.Lat != nil && w.Place.Lon != nil {
			r.Place.Lat, r.Place.Lon, r.Place.Fix = *w.Place.Lat, *w.Place.Lon, true
		}
	}
	for _, m := range w.Marks {
		at, err := time.Parse(time.RFC3339, m.At)
		if err != nil {
			return Row{}, fmt.Errorf("event %s: mark: %w", w.ID, err)
		}
		r.Marks = append(r.Marks, Mark{m.Entry, w.ID, m.Code, m.Tag, m.Note, m.Exhibit, m.LeftOut, m.Element, m.By, at})
	}
	if len(w.Flags) > 0 {
		r.Flags = w.Flags
	}
	for _, c := range w.Claims {
		at, err := c.When.Time()
		if err != nil {
			return Row{}, fmt.Errorf("event %s: claim: %w", w.ID, err)
		}
		r.Claims = append(r.Claims, Claim{c.Label, at, c.Chosen, c.Note})
	}
	return r, known(&r.Event)
}

// Time is the inverse of WireTime.
func (w WireWhen) Time() (When, error) {
	out := When{Zone: w.Zone, Basis: w.Basis, Precision: w.Precision, Raw: w.Raw}
	for _, f := range []struct {
		to         *time.Time
		form, text string
	}{{&out.Instant, time.RFC3339Nano, w.Instant}, {&out.Local, localForm, w.Local}, {&out.Until, localForm, strings.TrimSuffix(w.Until, "Z")}} {
		if f.text == "" {
			continue
		}
		t, err := time.Parse(f.form, f.text)
		if err != nil {
			return When{}, fmt.Errorf("time: %w", err)
		}
		*f.to = t.UTC()
	}
	return out, nil
}

func (w *WireWhen) when() (When, error) {
	if w == nil {
		return When{}, nil
	}
	return w.Time()
}
