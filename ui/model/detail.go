package model

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"daybook/evidence"
	"daybook/timeline"
)

// Fact is one line of the details: what it is, and what it says.
type Fact struct{ Name, Text string }

// Detail is everything that is known of one event, in ready strings.
type Detail struct {
	ID      timeline.ID
	Kind    timeline.Kind
	Title   string // "Message from Dan R"
	When    string
	Text    string // the whole text, safe to be drawn
	Hits    [][2]int
	Raw     string // the text as the source has it, to be copied
	Files   []File
	People  []Fact
	Flags   []string // what a reader must know, in plain words
	Times   []TimeLine
	Read    []Fact // what a program read in its pictures: an aid
	Origin  []Fact // where it came from, to the line
	More    []Fact // what else the source gives
	Marks   []MarkLine
	Written []Fact // versions of what a person wrote down
	Journal []Fact
	Thread  string
	Item    int64 // that it was read from; 0: it was written down here
}

// TimeLine is one of the times that a source gives.
type TimeLine struct {
	Label, When, Note string
	Chosen            bool
}

// MarkLine is one mark, and by whom it was made.
type MarkLine struct {
	Text, By string
	Theirs   string // who made it, where that is not who is at the keyboard and they alone take it back

	entry uint64
	event timeline.ID // that bears it: a copy of the one that is shown may
}

// Detail reads everything about an event. It may be called beside the window.
func (l *Look) Detail(ctx context.Context, event int) (Detail, error) {
	b := l.base
	rows, err := b.result.Rows(event, 1)
	if err != nil {
		return Detail{}, err
	}
	if len(rows) == 0 {
		return Detail{}, fmt.Errorf("event %d: there is none in this list", event)
	}
	r := rows[0]
	d := Detail{ID: r.ID, Kind: r.Kind, When: r.Said().Text(b.x.Zone()), Raw: r.Text, Files: files(r.Event), Thread: r.Thread, Item: r.Source.Item}
	if err := b.lengths(ctx, d.Files); err != nil {
		return d, err
	}
	d.Text, d.Hits = Visible(said(r.Event), r.Hits)
	f, named := b.cast.face(b.survey.From[event])
	switch d.Title = Capital(r.Title()); {
	case r.Kind == timeline.Incident:
		d.Title = Capital(incidentTitle(&r.Event, f))
	case named:
		d.Title += " from " + f.Name
	}
	d.People = people(r.Event)
	for _, f := range r.Flags {
		d.Flags = append(d.Flags, r.Words(f)...)
	}
	d.Times = times(r.Event, b.x.Zone())
	if err := d.read(b.x, &r); err != nil {
		return d, err
	}
	d.More = more(r)
	var codes map[string]string
	if len(r.Marks) > 0 {
		if codes, err = codeTitles(ctx, b.c); err != nil {
			return d, err
		}
	}
	for _, m := range r.Marks {
		line := MarkLine{Text: markText(m, codes), By: m.By + ", " + shortTime(m.At, b.x.Zone()), entry: m.Number, event: m.Event}
		if b.x.TheirMark(m) != nil {
			line.Theirs = oneLine(m.By)
		}
		d.Marks = append(d.Marks, line)
	}
	if d.Origin, err = b.origin(r.Event); err != nil {
		return d, err
	}
	if r.Kind == timeline.Incident {
		d.Written = b.written(r.ID)
	}
	d.Journal, err = b.journal(ctx, r.Event)
	return d, err
}

// lengths gives sound and film their length where the message does not say it
// and the file itself does.
func (b *base) lengths(ctx context.Context, files []File) error {
	for i, f := range files {
		if f.Item == 0 || f.Length != "" || f.Sort != SoundFile && f.Sort != FilmFile {
			continue
		}
		found, err := b.x.Find(ctx, timeline.Filter{Sources: []int64{f.Item}})
		if err != nil {
			return err
		}
		rows, err := found.Rows(0, min(1, found.Len()))
		if err != nil {
			return err
		}
		for _, r := range rows {
			files[i].Length = length(r.Extra.Get("duration"))
		}
		if rec, _, err := b.x.Recording(f.Hash); files[i].Length == "" && err == nil && rec.Length > 0 { // a damaged one is made again
			files[i].Length = length(rec.Length.String())
		}
	}
	return nil
}

// Capital gives a text its first letter large.
func Capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

func shortTime(t time.Time, zone *time.Location) string { return t.In(zone).Format("2 Jan 2006 15:04") }

func people(e timeline.Event) []Fact {
	var out []Fact
	if e.From != (timeline.Party{}) {
		name := "From"
		if e.Kind == timeline.Incident {
			name = "About"
		}
		out = append(out, Fact{name, party(e.From)})
	}
	for _, p := range e.To {
		out = append(out, Fact{towards(e), party(p)})
	}
	if e.Thread != "" {
		out = append(out, Fact{"Conversation", oneLine(e.Thread)})
	}
	return out
}

// towards names what those are to whom an event went, or with whom it was.
func towards(e timeline.Event) string {
	if !e.Directed() {
		return "With"
	}
	return "To"
}

// TheOwner stands for whom an export names in no other way.
const TheOwner = "whose export it is"

// party is somebody as the source prints them.
func party(p timeline.Party) string {
	name := cmp.Or(p.Name, p.Address)
	switch {
	case name == "" && p.Owner:
		return TheOwner
	case p.Name != "" && p.Address != "" && p.Name != p.Address:
		name += " <" + p.Address + ">"
	}
	name = oneLine(name)
	if p.Owner {
		name += " (whose export it is)"
	}
	return name
}

// times are all the times that the source gives, and which one was taken.
func times(e timeline.Event, zone *time.Location) []TimeLine {
	out := []TimeLine{{Label: "As the source has it", When: oneLine(cmp.Or(e.When.Raw, "no time"))}}
	if why := e.Said().Basis.Text(e.When.Zone); why != "" {
		out[0].Note = why
	}
	for _, c := range e.Claims {
		out = append(out, TimeLine{Label: c.Label, When: c.When.Text(zone), Note: c.Note, Chosen: c.Chosen})
	}
	return out
}

func more(e timeline.Row) []Fact {
	var out []Fact
	for _, p := range e.Also {
		out = append(out, Fact{"Also in", oneLine(p.Text())})
	}
	for _, p := range e.Elsewhere {
		out = append(out, Fact{"The same in another source", oneLine(fmt.Sprintf("%s (%s)", p.Text(), p.Importer))})
	}
	if e.Place.Name != "" {
		out = append(out, Fact{"Place", oneLine(e.Place.Name)})
	}
	if e.Place.Fix {
		out = append(out, Fact{"Position", fmt.Sprintf("%.6f, %.6f", e.Place.Lat, e.Place.Lon)})
	}
	for _, f := range e.Extra.Sorted() {
		if timeline.Identifies(f.Name) {
			continue // what it tells stands under “Also in”
		}
		out = append(out, Fact{Capital(f.Name), oneLine(f.Value)})
	}
	return out
}

// markText says what a mark is; codes are the titles of codes.
func markText(m timeline.Mark, codes map[string]string) string {
	var parts []string
	if m.Code != "" {
		parts = append(parts, titledCode(m.Code, codes))
	}
	switch m.Tag {
	case "":
	case timeline.OwnAct:
		parts = append(parts, markLabel(m.Tag))
	default:
		parts = append(parts, "tag “"+oneLine(m.Tag)+"”")
	}
	if m.Exhibit {
		parts = append(parts, "exhibit")
	}
	if m.LeftOut != "" {
		parts = append(parts, "left out of served packs: "+oneLine(m.LeftOut))
	}
	if m.Note != "" {
		parts = append(parts, "note: "+oneLine(m.Note))
	}
	if m.Element != "" {
		parts = append(parts, "may show: "+oneLine(m.Element))
	}
	return strings.Join(parts, "; ")
}

// origin leads from an event to its record in the original.
func (b *base) origin(e timeline.Event) ([]Fact, error) {
	if e.Source.Item == 0 {
		return []Fact{{"Written down", "in this case, " + e.Source.Record + " of the record"}}, nil
	}
	item, err := b.item(e.Source.Item)
	if err != nil {
		return nil, err
	}
	out := []Fact{
		{"File", oneLine(item.Path)},
		{"Place in it", e.Source.Record},
		{"Item", fmt.Sprint(item.Number)},
		{"Read as", fmt.Sprintf("%s, version %d", cmp.Or(sourceTitles()[e.Source.Importer], e.Source.Importer), e.Source.Version)},
	}
	for at := item; at.Parent != 0; {
		parent, err := b.item(at.Parent)
		if err != nil {
			return out, err
		}
		out = append(out, Fact{"Inside", fmt.Sprintf("%s (item %d)", oneLine(parent.Name), parent.Number)})
		at = parent
	}
	out = append(out,
		Fact{"Added", shortTime(item.Added, b.x.Zone()) + " by " + oneLine(item.By)},
		Fact{"Size", size(item.Size)},
		Fact{"Fingerprint (SHA-256)", item.Hash.String()})
	if item.Deleted {
		out = append(out, Fact{"Deleted", "the file was removed from this case; the record of it stays"})
	}
	return out, nil
}

// written are the versions of what a person wrote down.
func (b *base) written(id timeline.ID) []Fact {
	w, err := b.x.Incident(id)
	if err != nil {
		return nil
	}
	var out []Fact
	for i, v := range w.Versions {
		text := shortTime(v.Recorded, b.x.Zone()) + " by " + oneLine(v.By)
		if v.Reason != "" {
			text += ", because: " + oneLine(v.Reason)
		}
		out = append(out, Fact{fmt.Sprintf("Version %d", i+1), text})
	}
	return out
}

// journal are the entries of the record about an event and the item that it
// came from.
func (b *base) journal(ctx context.Context, e timeline.Event) ([]Fact, error) {
	var out []Fact
	for entry, err := range b.c.Journal(ctx) {
		if err != nil {
			return out, err
		}
		if ctx.Err() != nil {
			return out, ctx.Err()
		}
		if what := aboutEvent(entry, e); what != "" {
			out = append(out, Fact{fmt.Sprintf("Entry %d", entry.Seq), fmt.Sprintf("%s, %s: %s", shortTime(entry.Time, b.x.Zone()), oneLine(entry.Actor), what)})
		}
	}
	return out, nil
}

// entrySubject is what entries say they are about, as far as events and items
// go.
type entrySubject struct {
	Events   []timeline.ID `json:"events"`
	Event    timeline.ID   `json:"event"`
	Incident timeline.ID   `json:"incident"`
	Item     int64         `json:"item"`
}

// aboutEvent says in words what an entry does to an event; empty where it is
// about something else.
func aboutEvent(entry evidence.Entry, e timeline.Event) string {
	var s entrySubject
	if len(entry.Subject) == 0 || json.Unmarshal(entry.Subject, &s) != nil {
		return "" // of another shape: about no event
	}
	mine := slices.Contains(s.Events, e.ID) || s.Event == e.ID || s.Incident == e.ID
	switch {
	case mine && entry.Action == "mark":
		return "marked"
	case mine && entry.Action == "unmark":
		return "a mark taken back"
	case mine:
		return entry.Action
	case e.Source.Item != 0 && s.Item == e.Source.Item:
		return entry.Action + " (the file)"
	case e.Source.Item == 0 && e.WrittenFirst() == fmt.Sprintf("entry %d", entry.Seq):
		return "written down"
	}
	return ""
}
