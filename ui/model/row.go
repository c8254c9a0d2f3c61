package model

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"daybook/evidence"
	"daybook/timeline"
)

// Row is an event as a line of the list shows it, in ready strings.
type Row struct {
	ID     timeline.ID
	Time   string
	Kind   timeline.Kind
	Title  string // the kind in plain words
	From   Face
	Whose  bool     // From is somebody
	To     string   // "to Maya", "to 4 people", "with Maya"; empty where the source names nobody
	With   bool     // To are whom it was with: it has no arrow
	Text   string   // the beginning of the text, or the piece around what was found
	Hits   [][2]int // byte ranges of Text that the search found
	Hints  string   // what a reader must know: "zone assumed, edited"
	Marks  []string // "CONTACT", "exhibit"
	Files  []File
	Broken bool // the event could not be read; Text says why
}

// Spoken is the row as it is read out.
func (r Row) Spoken() string {
	var parts []string
	for _, s := range []string{r.Time, r.Title, r.From.Name, r.To, r.Text, r.Hints, strings.Join(r.Marks, ", ")} {
		if s != "" {
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, ". ")
}

// File is an attachment in ready strings.
type File struct {
	Name    string
	Note    string // "not in the export"
	Sort    FileSort
	Item    int64
	Hash    evidence.Hash
	Length  string // of sound and film, where the source says: "0:42"
	Missing bool
}

// FileSort is what can be shown of a file.
type FileSort int

// The sorts of file.
const (
	OtherFile FileSort = iota
	PictureFile
	SoundFile
	FilmFile
)

// Picture is the first picture of a row that is held.
func (r Row) Picture() (File, bool) {
	for _, f := range r.Files {
		if f.Sort == PictureFile && !f.Missing && f.Item != 0 {
			return f, true
		}
	}
	return File{}, false
}

// Pages reads events as they come on the screen, some at a time, and keeps the
// last of them. It is for one goroutine.
type Pages struct {
	read  func(from, n int) ([]timeline.Row, error)
	make  func(event int, r timeline.Row) Row
	len   int
	pages map[int][]Row
	order []int // in the order in which they were read
}

const (
	pageRows = 64
	maxPages = 48
)

func newPages(b *base) *Pages {
	return &Pages{read: b.result.Rows, make: b.row, len: b.result.Len(), pages: map[int][]Row{}}
}

// Row gives the event at a place of the survey; one that cannot be read says
// so.
func (p *Pages) Row(event int) Row {
	n := event / pageRows
	page, ok := p.pages[n]
	if !ok {
		page = p.load(n)
	}
	return page[event%pageRows]
}

func (p *Pages) load(n int) []Row {
	from := n * pageRows
	rows, err := p.read(from, min(pageRows, p.len-from))
	page := make([]Row, 0, pageRows)
	for i, r := range rows {
		page = append(page, p.make(from+i, r))
	}
	for len(page) < pageRows {
		broken := Row{Text: "This event cannot be read.", Broken: true}
		if err != nil {
			broken.Text = "This event cannot be read: " + err.Error()
		}
		page = append(page, broken)
	}
	if len(p.order) == maxPages {
		delete(p.pages, p.order[0])
		p.order = p.order[1:]
	}
	p.pages[n], p.order = page, append(p.order, n)
	return page
}

// row makes an event ready to be drawn.
func (b *base) row(event int, r timeline.Row) Row {
	out := Row{ID: r.ID, Time: clock(r.When, b.zone), Kind: r.Kind, Title: r.Title()}
	out.From, out.Whose = b.cast.face(b.survey.From[event])
	if r.Kind == timeline.Incident {
		out.Title, out.From, out.Whose = incidentTitle(&r.Event, out.From), Face{}, false
	}
	out.With = !r.Directed()
	out.To = b.receivers(b.survey.To[event], out.With)
	out.Text, out.Hits = excerpt(said(r.Event), r.Hits)
	out.Hints = hints(r)
	for _, m := range r.Marks {
		for _, w := range markWords(m) {
			if w = markLabel(w); !slices.Contains(out.Marks, w) {
				out.Marks = append(out.Marks, w)
			}
		}
	}
	out.Files = files(r.Event)
	return out
}

// incidentTitle says whom an incident is about, if anybody, and who wrote it
// down: it must not be taken for something that was sent.
func incidentTitle(e *timeline.Event, about Face) string {
	s := e.Kind.Title()
	if about.Name != "" {
		s += " about " + about.Name
	}
	if by := e.Author(); by != "" {
		s += ", written down by " + oneLine(by)
	}
	return s
}

// receivers are who got it, or with whom it was where it was not sent one way.
func (b *base) receivers(group uint32, with bool) string {
	if group == 0 {
		return ""
	}
	towards := "to "
	if with {
		towards = "with "
	}
	names := b.survey.Groups[group-1]
	if len(names) > 2 {
		return fmt.Sprintf("%s%d people", towards, len(names))
	}
	var to []string
	for _, n := range names {
		f, _ := b.cast.face(n)
		to = append(to, f.Name)
	}
	return towards + strings.Join(to, ", ")
}

// said is what an event says in words: its text, or what stands in its place.
// What is put together here was found by no search, so that hits stay right.
func said(e timeline.Event) string {
	if strings.TrimSpace(e.Text) != "" {
		return e.Text
	}
	for _, name := range []string{"subject", "content", "title"} {
		if s := e.Extra.Get(name); s != "" {
			return s
		}
	}
	var parts []string
	if e.Kind == timeline.Call {
		for _, name := range []string{"type", "call"} {
			if s := e.Extra.Get(name); s != "" {
				parts = append(parts, s)
			}
		}
		if s := length(e.Extra.Get("duration")); s != "" && s != "0:00" {
			parts = append(parts, s)
		}
	}
	if e.Place.Name != "" {
		parts = append(parts, e.Place.Name)
	} else if e.Place.Fix {
		parts = append(parts, fmt.Sprintf("%.5f, %.5f", e.Place.Lat, e.Place.Lon))
	}
	return strings.Join(parts, ", ")
}

func hints(r timeline.Row) string {
	e := r.Event
	var list []string
	for _, p := range r.Read {
		text, _ := excerpt(p.Text, p.Hits)
		list = append(list, "machine-read in its picture: “"+text+"”")
	}
	for _, f := range e.Flags {
		list = append(list, brief(f))
	}
	if v := e.Extra.Get("version"); v != "" && e.Kind == timeline.Incident {
		list = append(list, "version "+v)
	}
	return strings.Join(list, ", ")
}

// brief is a flag in as few words as a row has room for.
func brief(f timeline.Flag) string {
	switch f {
	case timeline.AssumedOrder:
		return "date order said by a person"
	case timeline.WeakTime:
		return "time not certain"
	case timeline.PartiesDiffer:
		return "who sent it to whom is said in two ways"
	}
	return strings.ReplaceAll(string(f), "-", " ")
}

func files(e timeline.Event) []File {
	var out []File
	for _, f := range e.Files {
		file := File{Name: oneLine(f.Name), Item: f.Item, Hash: f.Hash, Missing: f.Missing, Sort: fileSort(f, e.Kind), Note: oneLine(f.Note)}
		if f.Missing {
			file.Note = cmp.Or(file.Note, "not in the export")
		}
		if file.Sort == SoundFile || file.Sort == FilmFile {
			file.Length = length(e.Extra.Get("duration"))
		}
		if file.Item == 0 && !f.Missing && e.Source.Item != 0 && (e.Kind == timeline.Photo || e.Kind == timeline.Shot || e.Kind == timeline.Audio || e.Kind == timeline.Video) {
			file.Item, file.Hash = e.Source.Item, e.Source.Hash // the event is the file itself
		}
		out = append(out, file)
	}
	return out
}

func fileSort(f timeline.Attachment, k timeline.Kind) FileSort {
	kind, _, _ := strings.Cut(f.Type, "/")
	switch {
	case kind == "image", f.Type == "" && (k == timeline.Photo || k == timeline.Shot):
		return PictureFile
	case kind == "audio", f.Type == "" && k == timeline.Audio:
		return SoundFile
	case kind == "video", f.Type == "" && k == timeline.Video:
		return FilmFile
	}
	return OtherFile
}

// length shows a duration as a player does; what is not one as it stands.
func length(s string) string {
	if d, err := time.ParseDuration(strings.ReplaceAll(s, " ", "")); err == nil {
		seconds := int(d.Round(time.Second).Seconds())
		if seconds >= 3600 {
			return fmt.Sprintf("%d:%02d:%02d", seconds/3600, seconds/60%60, seconds%60)
		}
		return fmt.Sprintf("%d:%02d", seconds/60, seconds%60)
	}
	return oneLine(s)
}

// FoldRow is a folded run in ready strings.
type FoldRow struct {
	Text   string // "47 calls, 22:10 to 23:55"
	From   Face
	Whose  bool
	Kind   timeline.Kind
	Closed bool
}

// FoldRow gives the run at a line.
func (l *Look) FoldRow(line int) FoldRow {
	f, s := l.Rows.foldAt(line), l.base.survey
	first, last := f.events[0], f.events[len(f.events)-1]
	kind := timeline.Kinds()[s.Kind[first]]
	from, to := l.clockOf(first), l.clockOf(last)
	out := FoldRow{Text: fmt.Sprintf("%s %s, %s to %s", thousands(len(f.events)), kindName(kind), from, to), Kind: kind, Closed: !f.open}
	out.From, out.Whose = l.base.cast.face(s.From[first])
	if n := l.missed(f); n > 0 {
		out.Text += fmt.Sprintf(" (%s missed)", thousands(n))
	}
	return out
}

func (l *Look) clockOf(event int32) string { return l.Pages.Row(int(event)).Time }

// mostRead bounds how many events of a run are read for its line.
const mostRead = 300

// missed counts the calls of a run that the source calls missed.
func (l *Look) missed(f *fold) int {
	if timeline.Kinds()[l.base.survey.Kind[f.events[0]]] != timeline.Call || len(f.events) > mostRead {
		return 0
	}
	if f.missed < 0 {
		f.missed = 0
		for _, e := range f.events {
			if strings.Contains(strings.ToLower(l.Pages.Row(int(e)).Text), "missed") {
				f.missed++
			}
		}
	}
	return f.missed
}

func day(w timeline.When, zone *time.Location) string {
	t, ok := shown(w, zone)
	if !ok {
		return "Without a date"
	}
	return t.Format("Monday 2 January 2006")
}

// clock is the time of day, as exactly as a row has room for; empty where none
// is known.
func clock(w timeline.When, zone *time.Location) string {
	t, ok := shown(w, zone)
	if unit, _ := w.Units(); !ok || unit.WholeDay() || w.Precision == timeline.Undated {
		return ""
	}
	switch w.Precision {
	case timeline.About:
		return "about " + t.Format("15:04")
	case timeline.Before:
		return "by " + t.Format("15:04")
	case timeline.After, timeline.Range:
		return "from " + t.Format("15:04")
	}
	return t.Format("15:04")
}

// shown is a time by the clock of the case, as its day and place in the list
// are; the source's own wall clock where there is no instant.
func shown(w timeline.When, zone *time.Location) (time.Time, bool) {
	if !w.Instant.IsZero() {
		return w.Instant.In(zone), true
	}
	return w.Local, !w.Local.IsZero()
}
