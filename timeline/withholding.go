package timeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// Withholding is what a person keeps out of every served pack: a word wherever it
// stands, a passage of one event or of one item, or parts of a picture. It is
// never changed: taking it back is another entry in the journal, and neither the
// event nor the original is touched by it.
type Withholding struct {
	WithholdingDraft
	Number uint64 // of its journal entry
	By     string
	At     time.Time
}

// WithholdingDraft is a withholding to be made. Without Event and Item its Text
// is a protected word of the whole case.
type WithholdingDraft struct {
	Code  string `json:"code"` // one of Withholds
	Text  string `json:"text,omitempty"`
	Event ID     `json:"-"`
	From  int    `json:"from,omitempty"` // bytes of the event's text, in place of Text
	To    int    `json:"to,omitempty"`
	Item  int64  `json:"-"`
	Areas []Area `json:"areas,omitempty"` // of the item's picture or its pages, in place of Text
}

// Area is a part of a picture, in pixels of the upright picture from its upper
// left corner, or of a page of a PDF, in points of it, of which an inch has 72.
// Wide and High are the whole picture's or page's size in the same.
type Area struct {
	X      int `json:"x"`
	Y      int `json:"y"`
	Width  int `json:"width"`
	Height int `json:"height"`
	Wide   int `json:"of_width"`
	High   int `json:"of_height"`
	Page   int `json:"page,omitempty"` // from 1; 0: of a picture
}

// Withhold is a reason to withhold something: its code, and what it is called
// where it is withheld.
type Withhold struct{ Code, Title string }

// Withholds are the reasons that there are.
func Withholds() []Withhold {
	return []Withhold{
		{"ADDRESS", "address"}, {"PHONE", "telephone number"}, {"EMAIL", "e-mail address"}, {"CHILD", "child"}, {"EMPLOYER_SCHOOL", "work or school"},
		{"VEHICLE", "vehicle"}, {"LOCATION", "place"}, {"THIRD_PARTY", "another person"}, {"DOB", "date of birth"}, {"MEDICAL", "health"},
		{"FINANCE", "money"}, {"CREDENTIAL", "password"}, {"INTIMATE", "intimate"}, {"PRIVILEGE", "legal advice"}, {"SAFETY", "safety"},
	}
}

// WithholdTitle is what a reason is called where something is withheld for it.
func WithholdTitle(code string) string {
	for _, w := range Withholds() {
		if w.Code == code {
			return w.Title
		}
	}
	return code
}

// Everywhere tells a protected word of the whole case.
func (d WithholdingDraft) Everywhere() bool { return d.Event == ID{} && d.Item == 0 }

const (
	actionWithhold   = "withhold"
	actionUnwithhold = "unwithhold"
)

type withholdSubject struct {
	Event *ID   `json:"event,omitempty"`
	Item  int64 `json:"item,omitempty"`
}

type unwithholdEntry struct {
	Withholding uint64 `json:"withholding"`
	Reason      string `json:"reason,omitempty"`
}

// leastProtected is how many letters and digits a protected word has: a shorter
// one stands in half of all words.
const leastProtected = 2

// Withhold keeps something out of every served pack from now on.
func (x *Index) Withhold(ctx context.Context, drafts ...WithholdingDraft) ([]Withholding, error) {
	var entries []draft
	for _, d := range drafts {
		d.Text = strings.TrimSpace(d.Text)
		if err := x.canWithhold(d); err != nil {
			return nil, fmt.Errorf("withhold: %w", err)
		}
		on := withholdSubject{Item: d.Item}
		if d.Event != (ID{}) {
			on.Event = &d.Event
		}
		entries = append(entries, draft{actionWithhold, on, d})
	}
	made, err := x.record(ctx, entries...)
	if err != nil {
		return nil, fmt.Errorf("withhold: %w", err)
	}
	var out []Withholding
	for _, e := range made {
		w, err := withholdingOf(e)
		if err != nil {
			return nil, err
		}
		out = append(out, w)
	}
	return out, nil
}

func (x *Index) canWithhold(d WithholdingDraft) error {
	if !slices.ContainsFunc(Withholds(), func(w Withhold) bool { return w.Code == d.Code }) {
		return fmt.Errorf("%q is no reason: want one of %s", d.Code, strings.Join(withholdCodes(), ", "))
	}
	letters := 0
	for _, r := range d.Text {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			letters++
		}
	}
	ranged := d.From != 0 || d.To != 0
	switch {
	case d.Event != (ID{}) && d.Item != 0:
		return errors.New("give an event or an item, not both")
	case len(d.Areas) > 0 && (d.Item == 0 || d.Text != ""):
		return errors.New("parts of a picture or a page are those of an item, and have no words")
	case len(d.Areas) > 0:
		return areasFit(d.Areas)
	case ranged && d.Text != "":
		return errors.New("give the words or where they stand, not both")
	case ranged:
		return x.rangeFits(d)
	case letters < leastProtected:
		return fmt.Errorf("%q: give at least %d letters or digits", d.Text, leastProtected)
	case d.Event != ID{}:
		return x.exist([]ID{d.Event})
	}
	return nil
}

func withholdCodes() (codes []string) {
	for _, w := range Withholds() {
		codes = append(codes, w.Code)
	}
	return codes
}

func areasFit(areas []Area) error {
	for _, a := range areas {
		if a.Page < 0 {
			return fmt.Errorf("page %d: pages are counted from 1", a.Page)
		}
		if a.X < 0 || a.Y < 0 || a.Width < 1 || a.Height < 1 || a.X+a.Width > a.Wide || a.Y+a.Height > a.High {
			of, in := a.of()
			return fmt.Errorf("%d,%d, %d by %d %s: it is not inside of %s, which is %d by %d", a.X, a.Y, a.Width, a.Height, in, of, a.Wide, a.High)
		}
	}
	return nil
}

// of says of what it is a part, and in what it is counted.
func (a Area) of() (what, in string) {
	if a.Page > 0 {
		return fmt.Sprintf("page %d", a.Page), "points"
	}
	return "the picture", "pixels"
}

func (x *Index) rangeFits(d WithholdingDraft) error {
	if d.Event == (ID{}) {
		return errors.New("say of which event the place is")
	}
	row, err := x.Event(d.Event)
	if err != nil {
		return err
	}
	if d.From < 0 || d.From >= d.To || d.To > len(row.Text) || !runeEdge(row.Text, d.From) || !runeEdge(row.Text, d.To) {
		return fmt.Errorf("bytes %d to %d: this is no passage of the event's text, which has %d", d.From, d.To, len(row.Text))
	}
	return nil
}

// runeEdge tells that a character begins or the text ends at a byte.
func runeEdge(s string, at int) bool { return at == len(s) || utf8.RuneStart(s[at]) }

// ShowAgain takes a withholding back; the journal keeps that it was there.
func (x *Index) ShowAgain(ctx context.Context, number uint64, reason string) error {
	all := x.Withholdings()
	i := slices.IndexFunc(all, func(w Withholding) bool { return w.Number == number })
	if i < 0 {
		return fmt.Errorf("entry %d: nothing is withheld by it, or no longer", number)
	}
	on := withholdSubject{Item: all[i].Item}
	if all[i].Event != (ID{}) {
		on.Event = &all[i].Event
	}
	if _, err := x.record(ctx, draft{actionUnwithhold, on, unwithholdEntry{number, reason}}); err != nil {
		return fmt.Errorf("show again: %w", err)
	}
	return nil
}

// Withholdings are what is withheld now, in the order in which it was said.
func (x *Index) Withholdings() []Withholding {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return slices.Clone(x.withheld)
}

func withholdingOf(e entry) (Withholding, error) {
	w := Withholding{Number: e.Seq, By: e.Actor, At: e.Time}
	var on withholdSubject
	if err := errors.Join(json.Unmarshal(e.Subject, &on), json.Unmarshal(e.Detail, &w.WithholdingDraft)); err != nil {
		return w, err
	}
	w.Item = on.Item
	if on.Event != nil {
		w.Event = *on.Event
	}
	return w, nil
}

func (x *Index) applyWithholding(e entry) error {
	if e.Action == actionWithhold {
		w, err := withholdingOf(e)
		if err == nil {
			x.withheld = append(slices.Clip(x.withheld), w)
		}
		return err
	}
	var back unwithholdEntry
	if err := json.Unmarshal(e.Detail, &back); err != nil {
		return err
	}
	x.withheld = slices.DeleteFunc(slices.Clone(x.withheld), func(w Withholding) bool { return w.Number == back.Withholding })
	return nil
}

// Words says what is withheld and where, in one line.
func (d WithholdingDraft) Words() string {
	var s []string
	if d.Text != "" {
		s = append(s, "“"+d.Text+"”")
	}
	if d.To > 0 {
		s = append(s, fmt.Sprintf("bytes %d to %d of the text", d.From, d.To))
	}
	for _, a := range d.Areas {
		of, in := a.of()
		s = append(s, fmt.Sprintf("%d by %d %s at %d, %d of %s", a.Width, a.Height, in, a.X, a.Y, of))
	}
	switch {
	case d.Event != (ID{}):
		s = append(s, "of event "+d.Event.String())
	case d.Item != 0:
		s = append(s, fmt.Sprintf("of item %d", d.Item))
	}
	return strings.Join(s, ", ")
}
