package model

import (
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"daybook/evidence"
	"daybook/importers"
	"daybook/timeline"
)

// Outcome says what became of everything in one act of adding, in the order in
// which a person asks.
type Outcome struct {
	Batch   int64
	Title   string   // in a few words
	Lead    string   // in a sentence
	Stopped string   // what is kept, and what is not, when it was stopped; else empty
	Said    []string // of add-only devices: what was not taken in, and what does not fit together

	Files       string // "3 files came in; with what the zip holds they are 41."
	Read        []OutcomeSource
	Attachments string
	Skips       string // how many records are not shown; empty for none
	Questions   []Question
	Answered    []Answered // what was asked and answered since
	Unread      []Problem  // could not be stored or not be read to its end
	Attention   []Problem  // has the name of an export, and is none that can be read
	Kept        []string   // kept as they are; nothing reads them
	Twice       []Problem  // came twice

	Items []int64 // that did not come inside others: what an incident shows
}

// OutcomeSource is what one file gave.
type OutcomeSource struct {
	Item   int64
	Name   string
	What   string // "1,204 messages and 3 calls, from 3 March 2024 to 9 May 2025"
	Format string

	several bool // events: the timeline can be asked for them
}

// Problem is a file, and a sentence about it.
type Problem struct{ Path, Why string }

// outcomeOf puts a reconciliation into words.
func outcomeOf(ctx context.Context, c *evidence.Case, x *timeline.Index, set importers.Set, rec timeline.Reconciliation, stopped bool) (Outcome, error) {
	o := Outcome{Batch: rec.Batch, Title: "Added", Lead: "It is all in the case."}
	stored, err := o.members(ctx, c, rec)
	if err != nil {
		return o, err
	}
	if err := o.sources(ctx, x, set, rec); err != nil {
		return o, err
	}
	o.Files = filesLine(rec.Files, stored, len(rec.Same))
	if rec.Skips > 0 {
		o.Skips = count(rec.Skips, "line") + " of these files were seen and are not shown as something that happened; each is listed with the reason."
	}
	if o.Questions, err = questions(c, rec.Asks); err != nil {
		return o, err
	}
	waiting := len(o.Questions)
	own, named, err := owners(ctx, c, x, rec.Sources)
	if err != nil {
		return o, err
	}
	o.Questions, o.Answered = append(o.Questions, own...), named
	for _, f := range rec.Failed {
		reason, _, _ := strings.Cut(f.Reason, "\n")
		o.Unread = append(o.Unread, Problem{oneLine(f.Path), Sentence(errors.New(reason))})
	}
	for _, u := range rec.Unclaimed {
		o.Kept = append(o.Kept, oneLine(u.Path))
	}
	for _, s := range rec.Same {
		o.Twice = append(o.Twice, Problem{oneLine(s.Path), fmt.Sprintf("The same file as item %d. It is kept, and counted once.", s.As)})
	}
	switch {
	case stopped:
		o.Title, o.Lead = "Stopped", "It was stopped before its end."
		o.Stopped = "Stored by then, and staying in the case: " + count(stored, "file") + ". What was not read yet is read when you go on, or when the case is opened again. Files that it had not come to are not in the case: add them again."
	case len(o.Unread) > 0 && stored == 0:
		o.Title, o.Lead = "Nothing added", "Nothing could be added. The reasons stand below."
	case len(o.Questions) > 1 && waiting > 0:
		o.Title, o.Lead = "Questions", "It is in the case. More than one thing must be asked; some of it can be read only then."
	case waiting > 0:
		o.Title, o.Lead = "A question", "It is in the case. One thing must be asked before it can be read."
	case len(o.Unread)+len(o.Attention) > 0:
		o.Title, o.Lead = "Added in part", "It is in the case, but not everything could be read."
	case len(own) > 0:
		o.Lead = "It is all in the case. One thing the files do not say: who you are in them."
	}
	return o, nil
}

// Query asks the timeline for what the files gave that hold more than one
// thing; for everything where none does.
func (o Outcome) Query() Query {
	var keys []string
	for _, r := range o.Read {
		if r.several {
			keys = append(keys, fmt.Sprint("item ", r.Item))
		}
	}
	if len(keys) == 0 {
		return Query{}
	}
	return Query{Choice: Choice{SourceFacet: keys}}
}

// Briefly says what a person should know who adds a picture while they write;
// empty where everything went well.
func (o Outcome) Briefly() string {
	var said []string
	for _, p := range slices.Concat(o.Unread, o.Attention, o.Twice) {
		said = append(said, p.Path+": "+p.Why)
	}
	if slices.ContainsFunc(o.Questions, func(q Question) bool { return q.What != ownerQuestion }) {
		said = append(said, "There is a question about what you added. It waits under “Add evidence”.")
	}
	return strings.Join(said, "\n")
}

// members counts what the act stored, and lists what came by itself.
func (o *Outcome) members(ctx context.Context, c *evidence.Case, rec timeline.Reconciliation) (stored int, err error) {
	for b, err := range c.Batches(ctx) {
		if err != nil {
			return 0, err
		}
		if b.Number != rec.Batch {
			continue
		}
		stored = int(b.Items)
		for n := max(b.First, 1); n <= b.Last; n++ {
			it, err := c.Item(n)
			if err != nil {
				return 0, err
			}
			if it.Batch == b.Number && it.Parent == 0 {
				o.Items = append(o.Items, n)
			}
		}
	}
	if len(o.Items) == 0 { // pasted: an act of its own before the one that read it
		for _, s := range rec.Sources {
			o.Items = append(o.Items, s.Item)
		}
	}
	return stored, nil
}

// filesLine counts what came, and beside it what came inside; what came twice is one
// of them, and is named.
func filesLine(files, stored, twice int) string {
	if files == 0 {
		return ""
	}
	s := count(files, "file") + " came in"
	if stored > files {
		s += "; with what they hold inside they are " + thousands(stored)
	}
	switch {
	case twice == 1:
		s += ", of which 1 came twice and is counted once"
	case twice > 1:
		s += fmt.Sprintf(", of which %s came twice and are counted once", thousands(twice))
	}
	return s + "."
}

// anyFile is the importer of what no other importer reads.
const anyFile = "file"

// sources says what each file gave: conversations one by one, single things
// (photos, letters) by their number.
func (o *Outcome) sources(ctx context.Context, x *timeline.Index, set importers.Set, rec timeline.Reconciliation) error {
	infos := map[string]importers.Info{}
	for _, imp := range set {
		infos[imp.Info().Name] = imp.Info()
	}
	single := map[string]int{}
	alone := lonely(rec)
	var named timeline.AttachmentCount // by messages: a photo or a letter names only itself
	for _, s := range rec.Sources {
		info := infos[s.Importer]
		if s.Importer == anyFile {
			if what := importers.ExportNamed(s.Path); what != "" {
				o.Attention = append(o.Attention, Problem{oneLine(s.Path), "It has the name of " + what + " export and could not be read as one. It is kept as a document."})
			}
		}
		if !info.Single {
			named.Named += s.Attachments.Named
			named.Found += s.Attachments.Found
			named.Missing += s.Attachments.Missing
		}
		if info.Single || s.Events <= 1 && alone[s.Importer] > mostAlone {
			single[s.Importer]++
			continue
		}
		what, err := gave(ctx, x, s)
		if err != nil {
			return err
		}
		if s.Already > 0 {
			what += fmt.Sprintf("; %s of them were there already, from an earlier export, and are counted once", thousands(s.Already))
		}
		if s.Forged > 0 {
			what += fmt.Sprintf("; in %s of them a line looks like another message, and may be one: the timeline says which", thousands(s.Forged))
		}
		if s.Ahead > 0 {
			what += fmt.Sprintf("; %s of them dated later than today, so a clock may have been wrong, or the dates are read in the wrong order: the timeline says which", thousands(s.Ahead))
		}
		o.Read = append(o.Read, OutcomeSource{s.Item, oneLine(s.Path), what, info.Title, s.Events > 1})
	}
	if named.Named > 0 {
		o.Attachments = fmt.Sprintf("%s named in messages: %s found, %s missing.", count(named.Named, "file"), thousands(named.Found), thousands(named.Missing))
	}
	for _, imp := range set {
		if n := single[imp.Info().Name]; n > 0 {
			o.Read = append(o.Read, OutcomeSource{Name: imp.Info().Title, What: count(n, "file")})
		}
	}
	return nil
}

// mostAlone is how many files of one event each are told one by one: a folder
// of saved letters is told by its number.
const mostAlone = 5

// lonely counts the files of one event, by importer.
func lonely(rec timeline.Reconciliation) map[string]int {
	n := map[string]int{}
	for _, s := range rec.Sources {
		if s.Events <= 1 {
			n[s.Importer]++
		}
	}
	return n
}

// gave counts what a source gave, by kind, with its first and last day.
func gave(ctx context.Context, x *timeline.Index, s timeline.ReconciledReading) (string, error) {
	var parts []string
	for _, k := range []timeline.Kind{timeline.Message, timeline.Call, timeline.Email, timeline.Post, timeline.Photo, timeline.Video, timeline.Audio, timeline.System, timeline.Contact} {
		found, err := x.Find(ctx, timeline.Filter{Sources: []int64{s.Item}, Kinds: []timeline.Kind{k}})
		if err != nil {
			return "", err
		}
		if n := found.Len(); n > 0 {
			name := k.Title()
			if k == timeline.Audio {
				name = "recording"
			}
			parts = append(parts, count(n, name))
		}
	}
	if len(parts) == 0 {
		parts = append(parts, count(s.Events, "event"))
	}
	what := parts[len(parts)-1]
	if len(parts) > 1 {
		what = strings.Join(parts[:len(parts)-1], ", ") + " and " + what
	}
	if s.First == nil || s.Last == nil {
		return what, nil
	}
	first, err := s.First.Time()
	if err != nil {
		return "", err
	}
	last, err := s.Last.Time()
	if err != nil {
		return "", err
	}
	from, to := plainDay(first, x.Zone()), plainDay(last, x.Zone())
	switch {
	case from == "" || to == "":
		return what, nil
	case from == to:
		return what + ", on " + from, nil
	}
	return what + ", from " + from + " to " + to, nil
}

func plainDay(w timeline.When, zone *time.Location) string {
	if t, ok := shown(w, zone); ok {
		return t.Format("2 January 2006")
	}
	return ""
}

// SkipLine is a record that was seen and is not shown as an event.
type SkipLine struct{ Where, Text, Why string }

// Skips lists the records of an act of adding that are not shown, at most so
// many, and says how many there are.
func (d *Desk) Skips(ctx context.Context, batch int64, most int) (lines []SkipLine, total int, err error) {
	c, x, err := d.held()
	if err != nil {
		return nil, 0, err
	}
	of := map[int64]bool{}
	for _, r := range x.ReadingsOf(batch) {
		of[r.Item] = true
	}
	for s, err := range x.Skips(ctx) {
		if err != nil {
			return nil, 0, err
		}
		if !of[s.Item] {
			continue
		}
		if total++; len(lines) < most {
			name := s.Path
			if it, err := c.Item(s.Item); name == "" && err == nil {
				name = it.Path
			}
			lines = append(lines, SkipLine{join(oneLine(name), oneLine(s.Record)), oneLine(s.Text), Sentence(errors.New(s.Reason))})
		}
	}
	return lines, total, nil
}

// FirstOf says that only the first of many are shown.
func FirstOf(n, total int) string {
	return fmt.Sprintf("The first %s of %s. “daybook-cli skips” lists them all.", thousands(n), thousands(total))
}

// printedDate is a date of three numbers near the beginning of a line.
var printedDate = regexp.MustCompile(`^.{0,3}?((\d{1,4})[./-](\d{1,2})[./-](\d{1,4}))`)

// dateIn reads the date at the beginning of a line in an order.
func dateIn(line string, order importers.DateOrder) (printed, day string) {
	m := printedDate.FindStringSubmatch(line)
	if m == nil {
		return "", ""
	}
	var n [3]int
	for i := range n {
		n[i], _ = strconv.Atoi(m[i+2]) // digits by the expression
	}
	switch order {
	case importers.MonthFirst:
		n[0], n[1] = n[1], n[0]
	case importers.YearFirst:
		n[0], n[2] = n[2], n[0]
	}
	if n[2] < 100 {
		n[2] += 2000
	}
	if d, ok := dayIn(n[2], time.Month(n[1]), n[0]); ok {
		return m[1], d.first.Format("2 January 2006")
	}
	return m[1], ""
}

// Export says what an app's export is called, how to get it, and what it does
// not hold.
type Export struct {
	Title     string
	HowToGet  string
	LeavesOut []string
	Tried     string
}

// Exports lists the exports that can be read, from the importers themselves.
func (d *Desk) Exports(ctx context.Context) ([]Export, error) {
	set, stop, err := d.Readers(ctx)
	if err != nil {
		return nil, err
	}
	var out []Export
	for _, imp := range set {
		i := imp.Info()
		out = append(out, Export{i.Title, i.HowToGet, slices.Clone(i.LeavesOut), strings.Join(i.Tried, "; ")})
	}
	return out, stop()
}

// Cautions are said where things are added: what must not be done to get
// evidence, and what must not be added at all.
func Cautions() []string {
	return []string{
		"Add only what is yours to have: your own phone, accounts and post, or what somebody gave you. Do not log in to another person’s accounts or devices, and do not put a tracker or recorder anywhere: that can be an offence, whatever they did.",
		"If a picture shows a person under 18 without clothes, do not copy, add or send it. Leave it where it is and call the police.",
		"Do not make a screenshot of an intimate picture that can be seen only once. Write down what you saw, keep the message about it, and ask the police.",
		"Do not delete the message from the phone after adding it, and do not open and save a file again: both change what can be shown later.",
	}
}
