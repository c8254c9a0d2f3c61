package model

import (
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"daybook/evidence"
	"daybook/timeline"
)

// ReceivedExhibit is an exhibit of a bundle in ready strings.
type ReceivedExhibit struct {
	Label, Title string
	Item         int64
	Name         string
	Facts        []Fact
	Picture      bool // there is something to see
	Rows         string

	file  string
	hash  evidence.Hash
	spans [][2]int32
}

// mostExhibits bounds how many exhibits are held; a real bundle has thousands.
const mostExhibits = 200_000

// readExhibits reads data/exhibits.csv.
func (r *Received) readExhibits(ctx context.Context) error {
	for t, err := range r.table(ctx, receivedExhibits) {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			r.fault("The exhibits cannot be shown, or not all of them: %v.", err)
			return nil
		}
		if len(r.Exhibits) == mostExhibits {
			r.fault("There are more exhibits than can be shown.")
			return nil
		}
		r.Exhibits = append(r.Exhibits, r.exhibit(t))
	}
	return nil
}

func (r *Received) exhibit(t map[string]string) ReceivedExhibit {
	e := ReceivedExhibit{Label: oneLine(t["Exhibit"]), Title: oneLine(t["Description"]), Name: oneLine(t["File name as it came"]), file: t["File in this bundle"]}
	e.Item, _ = strconv.ParseInt(t["Item"], 10, 64) // one that is none has no rows
	if sum, err := hex.DecodeString(t["SHA-256"]); err == nil && len(sum) == len(e.hash) {
		copy(e.hash[:], sum)
	}
	for _, title := range []string{"File name as it came", "Path as it came", "Within", "How obtained", "Added", "Added by", "Journal entry", "File time as it came", "Media type", "Size in bytes", "SHA-256", "Note", "File in this bundle", "Withheld", "Rows"} {
		if v := t[title]; v != "" {
			e.Facts = append(e.Facts, Fact{title, oneLine(v)})
		}
	}
	if e.file != "" && r.plain[e.file] == 0 {
		e.Facts = append(e.Facts, Fact{"Missing", "the file is not in the bundle"})
	}
	n := 0
	for _, span := range strings.Split(t["Rows"], ",") {
		first, last, isSpan := strings.Cut(strings.TrimSpace(strings.ReplaceAll(span, "–", "-")), "-")
		a, err := strconv.ParseInt(strings.TrimSpace(first), 10, 32)
		if err != nil {
			continue
		}
		b := a
		if isSpan {
			if b, err = strconv.ParseInt(strings.TrimSpace(last), 10, 32); err != nil {
				continue
			}
		}
		e.spans = append(e.spans, [2]int32{int32(a), int32(b)})
		n += int(max(0, b-a+1))
	}
	e.Rows = count(n, "row")
	kind, _, _ := strings.Cut(t["Media type"], "/")
	e.Picture = kind == "image" && r.still(File{Item: e.Item, Hash: e.hash}) != ""
	if kind == "image" && !e.Picture && r.plain[e.file] > 0 {
		e.Picture = true
	}
	return e
}

// ReadQuery is what is asked of a bundle.
type ReadQuery struct {
	Query
	Exhibit string // a label; empty: all rows
}

// Narrow tells whether the query leaves anything out.
func (q ReadQuery) Narrow() bool { return q.Exhibit != "" || q.Query.Narrow() }

// found are the rows that words, dates and an exhibit alone let through, kept so
// that a tick in the filters reads no row.
type found struct {
	words, exhibit, from, to string
	rows                     []int32
}

func (f *found) by(q ReadQuery) bool {
	return f != nil && f.words == q.Words && f.exhibit == q.Exhibit && f.from == q.From && f.to == q.To
}

// Look gives the rows that a query asks for, ready to be drawn, with the counts
// of the filters. old is a look whose findings may be used again; it may be nil.
// It may be called beside the window.
func (r *Received) Look(ctx context.Context, q ReadQuery, old *Look) (*Look, error) {
	words := strings.Fields(strings.ToLower(q.Words))
	l := &Look{Query: q.Query, base: r.base}
	l.Pages = &Pages{read: func(from, _ int) ([]timeline.Row, error) { return r.rows.page(from / pageRows) },
		make: func(event int, row timeline.Row) Row { return r.row(event, row, words) }, len: r.rows.n, pages: map[int][]Row{}}
	if old != nil && old.found.by(q) {
		l.found = old.found
	} else {
		rows, err := r.find(ctx, words, q)
		if err != nil {
			return nil, err
		}
		l.found = &found{q.Words, q.Exhibit, q.From, q.To, rows}
	}
	l.Facets, l.shown = r.base.choose(q.Query, slices.Values(l.found.rows))
	var runs []*fold
	if len(words) == 0 && !q.Unfold {
		runs = findFolds(r.base.survey, l.shown)
	}
	l.Rows = newRows(r.base.survey, l.shown, runs)
	l.Note = r.note(len(l.shown), q)
	return l, nil
}

// note says how many rows of how many there are.
func (r *Received) note(n int, q ReadQuery) string {
	note := count(n, "row")
	if n < r.rows.n {
		note = thousands(n) + " of " + count(r.rows.n, "row")
	}
	if r.rows.left > 0 && !q.Narrow() {
		note += fmt.Sprintf("; %s left out of this pack, with reasons in data/chronology.csv", isOrAre(r.rows.left, "more row"))
	}
	if q.Exhibit != "" {
		note += " of exhibit " + q.Exhibit
	}
	return note
}

// row makes a row ready to be drawn: with its number, and the exhibit it is
// from.
func (r *Received) row(event int, row timeline.Row, words []string) Row {
	row.Hits = hits(row.Text, words)
	out := r.base.row(event, row)
	hints := []string{}
	if n := r.number(event); n > 0 {
		hints = append(hints, fmt.Sprintf("row %s", thousands(n)))
	}
	if label := r.rows.labels[row.Source.Item]; label != "" {
		hints = append(hints, label)
	}
	if out.Hints != "" {
		hints = append(hints, out.Hints)
	}
	out.Hints = strings.Join(hints, ", ")
	return out
}

func (r *Received) number(event int) int {
	if event >= len(r.rows.number) {
		return 0
	}
	return int(r.rows.number[event])
}

// hits finds words in a text, without regard to capitals where that keeps its
// length.
func hits(text string, words []string) (list [][2]int) {
	lower := strings.ToLower(text)
	if len(lower) != len(text) {
		lower = text
	}
	for _, w := range words {
		for from := 0; ; {
			i := strings.Index(lower[from:], w)
			if i < 0 {
				break
			}
			list = append(list, [2]int{from + i, from + i + len(w)})
			from += i + len(w)
		}
	}
	slices.SortFunc(list, func(a, b [2]int) int { return a[0] - b[0] })
	end := 0
	return slices.DeleteFunc(list, func(h [2]int) bool {
		if h[0] < end {
			return true
		}
		end = h[1]
		return false
	})
}

// find gives the rows of a period that hold every word and are of an exhibit.
func (r *Received) find(ctx context.Context, words []string, q ReadQuery) ([]int32, error) {
	in, err := r.within(q)
	if err != nil {
		return nil, err
	}
	if q.Exhibit != "" {
		i := slices.IndexFunc(r.Exhibits, func(e ReceivedExhibit) bool { return e.Label == q.Exhibit })
		if i < 0 {
			return nil, fmt.Errorf("exhibit %s: there is none in this bundle", q.Exhibit)
		}
		of, period := r.rowsOf(r.Exhibits[i]), in
		in = func(event int) bool { return period(event) && of(event) }
	}
	shown := make([]int32, 0, r.rows.n)
	for page := range r.rows.packed {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		var lines []string
		if len(words) > 0 {
			var err error
			if lines, err = r.rows.lines(page); err != nil {
				return nil, err
			}
		}
		for i := range min(pageRows, r.rows.n-page*pageRows) {
			event := page*pageRows + i
			if !in(event) {
				continue
			}
			if found, err := lineHolds(lines, i, words); err != nil {
				return nil, err
			} else if found {
				shown = append(shown, int32(event))
			}
		}
	}
	return shown, nil
}

// within tells which rows are of a period: what has no date is of none.
func (r *Received) within(q ReadQuery) (func(event int) bool, error) {
	from, to, err := period(q.From, q.To, r.base.zone)
	if err != nil || from.IsZero() && to.IsZero() {
		return func(int) bool { return true }, err
	}
	times := r.base.survey.Time
	return func(event int) bool {
		return event < len(times) && (from.IsZero() || times[event] >= from.UnixMilli()) && (to.IsZero() || times[event] < to.UnixMilli())
	}, nil
}

// lineHolds tells that the row of a line holds every word. A line in which a
// word of letters and digits does not stand is not read: a row holds nothing
// that its line does not, but for characters that are written by their number.
func lineHolds(lines []string, i int, words []string) (bool, error) {
	if len(words) == 0 {
		return true, nil
	}
	if lower := strings.ToLower(lines[i]); !strings.Contains(lower, `\u`) {
		for _, w := range words {
			if isPlain(w) && !strings.Contains(lower, w) {
				return false, nil
			}
		}
	}
	row, err := timeline.ParseJSONL([]byte(lines[i]))
	return err == nil && holds(row, words), err
}

func isPlain(word string) bool {
	return !strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
}

// rowsOf tells which rows are of an exhibit: those that its list names, or where
// the rows have no numbers, those that were read from it.
func (r *Received) rowsOf(e ReceivedExhibit) func(event int) bool {
	return func(event int) bool {
		if s := r.base.survey; s.Sources[s.Source[event]].Item == e.Item && e.Item > 0 {
			return true
		}
		n := int32(r.number(event))
		i, _ := slices.BinarySearchFunc(e.spans, n, func(s [2]int32, n int32) int { return int(s[1]) - int(n) })
		return n > 0 && i < len(e.spans) && e.spans[i][0] <= n
	}
}

// holds tells that a row holds every word somewhere.
func holds(row timeline.Row, words []string) bool {
	var b strings.Builder
	for _, s := range []string{row.Text, row.From.Name, row.From.Address, row.Thread, row.Place.Name} {
		b.WriteString(s)
		b.WriteByte('\n')
	}
	for _, p := range row.To {
		b.WriteString(p.Name + "\n" + p.Address + "\n")
	}
	for _, f := range row.Files {
		b.WriteString(f.Name + "\n")
	}
	for _, f := range row.Extra {
		b.WriteString(f.Value + "\n")
	}
	all := strings.ToLower(b.String())
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(all, w) })
}

// ReadRow is one row whole, in ready strings.
type ReadRow struct {
	Title    string
	Facts    []Fact
	Text     string
	Hits     [][2]int // what was searched for in it
	Exhibits []string // labels that it leads to
}

// Read gives a row whole, with what was searched for marked in its text.
func (r *Received) Read(event int, words string) (ReadRow, error) {
	rows, err := r.rows.page(event / pageRows)
	if err != nil {
		return ReadRow{}, err
	}
	row := rows[event%pageRows]
	out := ReadRow{Title: capital(row.Kind.Title())}
	if n := r.number(event); n > 0 {
		out.Title = fmt.Sprintf("Row %s: %s", thousands(n), row.Kind.Title())
	}
	add := func(name, text string) {
		if text != "" {
			text, _ = Visible(text, nil)
			out.Facts = append(out.Facts, Fact{name, text})
		}
	}
	add("When", row.Said().Text(r.base.zone))
	add("Time in the source", row.When.Raw)
	if row.Kind == timeline.Incident {
		add("About", partyText(row.From))
		add("Written down by", row.Author())
	} else {
		add("From", partyText(row.From))
	}
	for _, p := range row.To {
		add(towards(row.Event), partyText(p))
	}
	add("Conversation", row.Thread)
	out.Text, out.Hits = Visible(row.Text, hits(row.Text, strings.Fields(strings.ToLower(words))))
	r.readMore(&out, row, add)
	return out, nil
}

func (r *Received) readMore(out *ReadRow, row timeline.Row, add func(name, text string)) {
	lead := func(item int64) string {
		label := r.rows.labels[item]
		if label != "" && !slices.Contains(out.Exhibits, label) {
			out.Exhibits = append(out.Exhibits, label)
		}
		return label
	}
	for _, f := range files(row.Event) {
		name := f.Name
		if label := lead(f.Item); label != "" {
			name += " (" + label + ")"
		} else if f.Note != "" {
			name += " (" + f.Note + ")"
		}
		add("File", name)
	}
	add("Place", row.Place.Name)
	if row.Place.Fix {
		add("Position", fmt.Sprintf("%.5f, %.5f", row.Place.Lat, row.Place.Lon))
	}
	for _, p := range row.Also {
		add("Also in", p.Text())
	}
	for _, f := range row.Extra.Sorted() {
		add(f.Name, f.Value)
	}
	for _, f := range row.Flags {
		for _, words := range row.Words(f) {
			add("To be known", words)
		}
	}
	for _, m := range row.Marks {
		for _, w := range markWords(m) {
			add("Marked", markLabel(w))
		}
		add("Note", m.Note)
	}
	for _, c := range row.Claims {
		if !c.Chosen {
			add("Another time", c.Label+": "+c.When.Text(r.base.zone))
		}
	}
	source := row.Source.Record
	if label := lead(row.Source.Item); label != "" {
		source = label + ", " + row.Source.Path + ", " + source
	}
	add("Where it stands", source)
}

func partyText(p timeline.Party) string {
	switch {
	case p == timeline.Party{}:
		return ""
	case p.Owner && p.Name == "" && p.Address == "":
		return "the owner of this export"
	case p.Name == "":
		return timeline.Shown(p.Address)
	case p.Address == "" || p.Address == p.Name:
		return timeline.Shown(p.Name)
	}
	return timeline.Shown(p.Name) + " (" + timeline.Shown(p.Address) + ")"
}
