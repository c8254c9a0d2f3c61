package report

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"daybook/evidence"
	"daybook/report/protected"
	"daybook/timeline"
)

// gate is what every text of a served pack goes through that a source or a person
// gave: rows, incidents, names, who did what. It is nil in a full pack, which
// shows everything, and then costs nothing.
type gate struct {
	addresses *addresses
	words     *protected.Words // of the whole case
	codes     []string         // of each of the words
	rows      map[timeline.ID]*passages
	pieces    map[timeline.ID]*passages // of rows over which a word is split, with the passages of their own
	items     map[int64]*passages
}

// passages are what is withheld of one row, or of one item.
type passages struct {
	words  *protected.Words
	ranges []timeline.Withholding // of the row's text, by where they begin
	areas  []timeline.Area
	codes  []string // of each of the areas
}

// gateOf is the gate of a served pack, made of what is withheld now.
func gateOf(c *evidence.Case, a *addresses, all []timeline.Withholding) (*gate, error) {
	g := &gate{addresses: a, rows: map[timeline.ID]*passages{}, items: map[int64]*passages{}}
	var everywhere []timeline.Withholding
	rows, items := map[timeline.ID][]timeline.Withholding{}, map[int64][]timeline.Withholding{}
	for _, w := range all {
		switch {
		case w.Event != timeline.ID{}:
			rows[w.Event] = append(rows[w.Event], w)
		case w.Item != 0:
			same, err := c.Copies(w.Item)
			if err != nil {
				return nil, fmt.Errorf("item %d, of which something is withheld: %w", w.Item, err)
			}
			for _, n := range same {
				items[n] = append(items[n], w)
			}
		case w.Text != "":
			everywhere = append(everywhere, w)
			g.codes = append(g.codes, w.Code)
		}
	}
	g.words = wordsOf(everywhere)
	for id, list := range rows {
		g.rows[id] = passagesOf(list)
	}
	for n, list := range items {
		g.items[n] = passagesOf(list)
	}
	return g, nil
}

func passagesOf(list []timeline.Withholding) *passages {
	p := &passages{words: wordsOf(list)}
	for _, w := range list {
		if w.To > 0 {
			p.ranges = append(p.ranges, w)
		}
		if len(w.Areas) > 0 {
			p.areas = append(p.areas, w.Areas...)
			for range w.Areas {
				p.codes = append(p.codes, w.Code)
			}
		}
	}
	slices.SortFunc(p.ranges, func(a, b timeline.Withholding) int { return a.From - b.From })
	return p
}

// wordsOf prepares the words among what is withheld.
func wordsOf(list []timeline.Withholding) *protected.Words {
	var words []protected.Word
	for _, w := range list {
		if w.Text != "" {
			words = append(words, protected.Word{Text: w.Text, Mark: withheldMark(w.Code), As: writtenAs(w.Code)})
		}
	}
	return protected.New(words)
}

// writtenAs is in which further ways something may be written, by the reason for
// which it is withheld.
func writtenAs(code string) protected.Form {
	switch code {
	case "PHONE":
		return protected.Number
	case "ADDRESS", "LOCATION":
		return protected.House
	case "DOB":
		return protected.Day
	default:
		return protected.Plain
	}
}

// withheldMark stands in the place of what is withheld, whatever its length was.
func withheldMark(code string) string {
	return fmt.Sprintf(sayWithheldMark, timeline.WithholdTitle(code))
}

// clean takes protected words and withheld addresses out of a name.
func (g *gate) clean(s string) string {
	if g == nil {
		return s
	}
	return g.words.Clean(g.addresses.clean(s))
}

// given is the name that a person gave of the owner of an export; empty where it
// is an address that is withheld.
func (g *gate) given(name string) string {
	if g == nil {
		return name
	}
	return g.words.Clean(g.addresses.given(name))
}

// of are what is withheld of an item; the zero value where nothing is.
func (g *gate) of(item int64) passages {
	if g == nil || g.items[item] == nil {
		return passages{}
	}
	return *g.items[item]
}

// row gives a row without what is withheld of it, and for which reasons something
// was.
func (g *gate) row(r timeline.Row) (shown timeline.Row, marks []string) {
	if g == nil {
		return r, nil
	}
	r = g.addresses.row(r)
	r.Hits, r.Read = nil, nil // places in the words that came
	if cut := g.cut(r.ID); cut != nil {
		r.Text, marks = cut.blank(r.Text), cut.marks()
	}
	each := func(words *protected.Words) {
		if words != nil {
			eachText(&r, func(s string) string { return words.Replace(s, noting(&marks)) })
		}
	}
	each(g.words)
	if on := g.rows[r.ID]; on != nil {
		each(on.words)
	}
	each(g.of(r.Source.Item).words)
	for _, also := range r.Also { // it is the row of that file too
		if also.Item != r.Source.Item {
			each(g.of(also.Item).words)
		}
	}
	return r, marks
}

// cuts tells that more of a row is withheld than protected words of the whole case which
// stand beside its text, as in the title or the name of a file: these are looked for on its
// pages too.
func (g *gate) cuts(r, shown timeline.Row) bool {
	return g != nil && (r.Text != shown.Text || g.rows[r.ID] != nil || !reflect.DeepEqual(g.addresses.row(r), r))
}

// pages are those of a PDF of which a part is withheld.
func (p passages) pages() []int { return pagesOf(p.areas) }

// paged tells that each part that is withheld is one of a page.
func (p passages) paged() bool {
	return len(p.areas) > 0 && !slices.ContainsFunc(p.areas, func(a timeline.Area) bool { return a.Page == 0 })
}

// blank takes the passages out of a row's text.
func (p *passages) blank(text string) string {
	var b strings.Builder
	done := 0
	for _, w := range p.ranges {
		if from, to := w.From, min(w.To, len(text)); from >= done && from < to {
			b.WriteString(text[done:from])
			b.WriteString(withheldMark(w.Code))
			done = to
		} else {
			done = max(done, to) // it lies over the one before
		}
	}
	b.WriteString(text[done:])
	return b.String()
}

// marks are those of the passages.
func (p *passages) marks() (all []string) {
	for _, w := range p.ranges {
		all = addMark(all, withheldMark(w.Code))
	}
	return all
}

func addMark(marks []string, mark string) []string {
	if slices.Contains(marks, mark) {
		return marks
	}
	return append(marks, mark)
}

// eachText changes every text of a row that a source or a person gave. What the
// row shares with others is copied.
func eachText(r *timeline.Row, change func(string) string) {
	party := func(p *timeline.Party) { p.Name, p.Address = change(p.Name), change(p.Address) }
	party(&r.From)
	r.To = slices.Clone(r.To)
	for i := range r.To {
		party(&r.To[i])
	}
	r.Owner, r.Thread, r.Text, r.Place.Name, r.When.Raw = change(r.Owner), change(r.Thread), change(r.Text), change(r.Place.Name), change(r.When.Raw)
	r.Source.Path, r.Source.Record = change(r.Source.Path), change(r.Source.Record)
	r.Also = slices.Clone(r.Also)
	for i := range r.Also {
		r.Also[i].Path, r.Also[i].Record = change(r.Also[i].Path), change(r.Also[i].Record)
	}
	r.Files = slices.Clone(r.Files)
	for i := range r.Files {
		f := &r.Files[i]
		f.Name, f.Path, f.Note = change(f.Name), change(f.Path), change(f.Note)
	}
	r.Claims = slices.Clone(r.Claims)
	for i := range r.Claims {
		c := &r.Claims[i]
		c.Label, c.Note, c.When.Raw = change(c.Label), change(c.Note), change(c.When.Raw)
	}
	for i := range r.Extra { // its own, see Pack.row
		r.Extra[i].Value = change(r.Extra[i].Value)
	}
	r.Marks = slices.Clone(r.Marks)
	for i := range r.Marks {
		m := &r.Marks[i]
		m.Tag, m.Note, m.LeftOut, m.Element, m.By = change(m.Tag), change(m.Note), change(m.LeftOut), change(m.Element), change(m.By)
	}
}

// version gives a version of an incident without what is withheld of it, and for which
// reasons something was.
func (g *gate) version(id timeline.ID, v timeline.Version) (shown timeline.Version, marks []string) {
	if g == nil {
		return v, nil
	}
	on := g.rows[id]
	if on != nil {
		v.What, marks = on.blank(v.What), on.marks()
	}
	everyText(reflect.ValueOf(&v).Elem(), func(s string) string {
		if s = g.words.Replace(s, noting(&marks)); on != nil {
			s = on.words.Replace(s, noting(&marks))
		}
		return s
	})
	return v, marks
}

// noting gives the mark of a word and adds it to others.
func noting(marks *[]string) func(protected.Word) string {
	return func(w protected.Word) string {
		*marks = addMark(*marks, w.Mark)
		return w.Mark
	}
}

// everyText changes every text in a value, and copies what it shares with others. A
// time keeps its words: they are those of a clock.
func everyText(v reflect.Value, change func(string) string) {
	switch v.Kind() {
	case reflect.String:
		if v.Type() == reflect.TypeFor[string]() {
			v.SetString(change(v.String()))
		}
	case reflect.Struct:
		if v.Type().PkgPath() == "time" || v.Type() == reflect.TypeFor[timeline.When]() {
			return
		}
		for i := range v.NumField() {
			everyText(v.Field(i), change)
		}
	case reflect.Slice:
		own := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		reflect.Copy(own, v)
		if v.IsNil() {
			return
		}
		v.Set(own)
		for i := range v.Len() {
			everyText(v.Index(i), change)
		}
	}
}

// holds tells that JSON has a text that is withheld.
func (g *gate) holds(body []byte) bool {
	if g == nil {
		return false
	}
	if s := string(body); g.addresses.clean(s) != s {
		return true
	}
	var v any
	if json.Unmarshal(body, &v) != nil {
		return true // what cannot be read is not opened
	}
	return g.within(v)
}

func (g *gate) within(v any) bool {
	switch v := v.(type) {
	case string:
		return g.words.In(v)
	case []any:
		return slices.ContainsFunc(v, g.within)
	case map[string]any:
		for k, value := range v {
			if g.words.In(k) || g.within(value) {
				return true
			}
		}
	}
	return false
}
