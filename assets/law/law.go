// Package law holds what the law asks of a case, as dated data, one folder a
// jurisdiction: offences with what must be shown, orders with their criteria,
// codes of behaviour, rules of time, guidance and checklists. Each entry says
// from when to when it is in force, where it was read and when. It knows nothing
// of a case: what shows an element is a name that others fill.
package law

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"time"

	"daybook/assets/dated"
)

//go:embed EW SCT NIR US-FED
var files embed.FS

// Pack is the law of one jurisdiction.
type Pack struct {
	ID          string       `json:"id"`    // EW
	Name        string       `json:"name"`  // England and Wales
	Title       string       `json:"title"` // in full
	About       string       `json:"about"`
	Version     string       `json:"version"` // the day on which it was made, 2006-01-02
	Author      string       `json:"author"`
	ReviewBy    string       `json:"review_by"` // the day by which it must be looked through
	Changed     string       `json:"changed"`   // what is new in this version
	Offences    []Offence    `json:"offences"`
	Orders      []Order      `json:"orders"`
	Behaviours  []Behaviour  `json:"behaviours"`
	Tags        []Tag        `json:"tags,omitempty"`
	Rules       []Rule       `json:"rules,omitempty"`
	Differences []Difference `json:"differences,omitempty"`
	Guidance    []Guide      `json:"guidance,omitempty"`
	Checklists  []Checklist  `json:"checklists,omitempty"`
	Changes     []Change     `json:"changes,omitempty"`
}

// Offence is what a law forbids, in plain words.
type Offence struct {
	ID           string    `json:"id"`
	Label        string    `json:"label"` // in plain words
	Legal        string    `json:"legal"` // as the law calls it
	Mode         string    `json:"mode"`  // summary, either way, felony
	Elements     []Element `json:"elements"`
	Penalties    []Penalty `json:"penalties,omitempty"`
	Needs        []string  `json:"needs,omitempty"`        // what helps to show it
	Limitation   string    `json:"limitation,omitempty"`   // a rule of time, by its ID
	Defences     []string  `json:"defences,omitempty"`     // shown, so that what points away is kept too
	Alternatives []string  `json:"alternatives,omitempty"` // offences that are thought of beside it
	Orders       []string  `json:"orders,omitempty"`
	Relationship string    `json:"relationship,omitempty"` // empty: any
	Anonymity    bool      `json:"anonymity,omitempty"`    // who complains of it is never named in public
	Note         string    `json:"note,omitempty"`
	dated.Entry
}

// Element is one thing that must be shown.
type Element struct {
	ID      string   `json:"id"`
	Text    string   `json:"text"`
	ShownBy []string `json:"shown_by"`                // what in a record may show it: see Shows
	Least   int      `json:"min_occasions,omitempty"` // how many occasions, at least
	Either  string   `json:"either,omitempty"`        // of the elements with the same word here, one is enough
	dated.Span
}

// Penalty is the most that a court can do, in its time.
type Penalty struct {
	Text string `json:"text"`
	dated.Span
}

// Order is an order, a condition or a notice.
type Order struct {
	ID          string      `json:"id"`
	Label       string      `json:"label"`
	Kind        string      `json:"kind"` // order, bail, licence, notice, disclosure
	MadeBy      string      `json:"made_by,omitempty"`
	Applicant   string      `json:"applicant,omitempty"`
	Criteria    []Criterion `json:"criteria"`
	Standard    string      `json:"standard,omitempty"` // civil or criminal
	MinYears    int         `json:"min_years,omitempty"`
	NotifyDays  int         `json:"notify_days,omitempty"` // from service, that day counted
	Breach      string      `json:"breach,omitempty"`      // the offence of breaking it
	AvailableIn []string    `json:"available_in,omitempty"`
	HistoryOnly bool        `json:"history_only,omitempty"` // noted where it was given, and never asked for
	Facts       []string    `json:"facts"`
	dated.Entry
}

// Criterion is what a court asks before it makes an order.
type Criterion struct {
	ID      string   `json:"id"`
	Text    string   `json:"text"`
	ShownBy []string `json:"shown_by"`
}

// Behaviour is a kind of conduct that a law lists.
type Behaviour struct {
	Code    string   `json:"code"`
	Label   string   `json:"label"`
	Short   string   `json:"short"`
	Kinds   []string `json:"kinds,omitempty"`
	Typical []string `json:"typical,omitempty"` // what it is usually seen by
	dated.Entry
}

// Tag is a word beside the codes that no law lists.
type Tag struct {
	Tag   string `json:"tag"`
	Label string `json:"label"`
}

// Rule holds across offences: how long there is, what a course of conduct is.
type Rule struct {
	ID     string `json:"id"`
	Label  string `json:"label"`
	Words  string `json:"words"`
	Months int    `json:"months,omitempty"`       // of a rule of time
	From   string `json:"counted_from,omitempty"` // from what on they are counted
	dated.Entry
}

// Difference is a question that tells offences apart, with the answer for each.
type Difference struct {
	Question string            `json:"question"`
	Answers  map[string]string `json:"answers"` // by the offence's ID
	dated.Entry
}

// Guide is a text that others have published, in a few lines of our own.
type Guide struct {
	ID        string   `json:"id"`
	Title     string   `json:"title"`
	Publisher string   `json:"publisher"`
	Version   string   `json:"version"`
	Published string   `json:"published"`
	Licence   string   `json:"licence"`
	Summary   []string `json:"summary"`
	dated.Entry
}

// Checklist is what must not be forgotten.
type Checklist struct {
	ID    string `json:"id"`
	Title string `json:"title"`
	About string `json:"about"`
	Items []Item `json:"items"`
	dated.Entry
}

// Item is one line of a checklist; From is the part of a record that answers it.
type Item struct {
	ID   string `json:"id"`
	Text string `json:"text"`
	From string `json:"from"`
}

// Change is something that moved, or is about to.
type Change struct {
	On     string `json:"on"`
	What   string `json:"what"`
	Verify bool   `json:"verify"`
}

// names are the jurisdictions, the usual one first.
var names = [...]string{"EW", "SCT", "NIR", "US-FED"}

// All gives the packs of the program, the usual one first.
func All() ([]Pack, error) { return dated.All(names[:], Named) }

// ErrUnknown means that no jurisdiction has the name.
var ErrUnknown = errors.New("there is no law of it in this program")

// Named gives a pack of the program by its ID, in any capitals.
func Named(id string) (Pack, error) {
	for _, name := range names {
		if !strings.EqualFold(id, name) {
			continue
		}
		p, err := folder(name)
		if err == nil && p.ID != name {
			err = fmt.Errorf("its ID is %q", p.ID)
		}
		if err != nil {
			return Pack{}, fmt.Errorf("law %s: %w", name, err)
		}
		return p, nil
	}
	return Pack{}, fmt.Errorf("law %q: %w; there are %s", id, ErrUnknown, strings.Join(names[:], ", "))
}

// folder reads a pack that lies in several files, each with some of its parts.
func folder(name string) (p Pack, err error) {
	list, err := fs.Glob(files, name+"/*.json")
	if err != nil {
		return Pack{}, err
	}
	for _, f := range list {
		data, err := files.ReadFile(f)
		if err != nil {
			return Pack{}, err
		}
		if err := dated.Read(data, &p); err != nil {
			return Pack{}, fmt.Errorf("%s: %w", f, err)
		}
	}
	return p, p.check()
}

// parse reads a pack that is one file.
func parse(data []byte) (p Pack, err error) {
	if err := dated.Read(data, &p); err != nil {
		return Pack{}, err
	}
	return p, p.check()
}

// At is the pack with what was in force on a day, and nothing else.
func (p Pack) At(day time.Time) Pack {
	p.Offences = held(p.Offences, func(o Offence) bool { return o.At(day) })
	for i := range p.Offences {
		o := &p.Offences[i]
		o.Elements = held(o.Elements, func(e Element) bool { return e.At(day) })
		o.Penalties = held(o.Penalties, func(e Penalty) bool { return e.At(day) })
	}
	p.Orders = held(p.Orders, func(o Order) bool { return o.At(day) })
	p.Behaviours = held(p.Behaviours, func(b Behaviour) bool { return b.At(day) })
	p.Rules = held(p.Rules, func(r Rule) bool { return r.At(day) })
	p.Differences = held(p.Differences, func(d Difference) bool { return d.At(day) })
	p.Guidance = held(p.Guidance, func(g Guide) bool { return g.At(day) })
	p.Checklists = held(p.Checklists, func(c Checklist) bool { return c.At(day) })
	return p
}

func held[T any](list []T, holds func(T) bool) []T {
	return slices.DeleteFunc(slices.Clone(list), func(t T) bool { return !holds(t) })
}

// Offence finds an offence by its ID, in any capitals.
func (p Pack) Offence(id string) (Offence, error) {
	i := slices.IndexFunc(p.Offences, func(o Offence) bool { return strings.EqualFold(o.ID, id) })
	if i < 0 {
		return Offence{}, fmt.Errorf("offence %q: %s has none of this name in force on that day", id, p.ID)
	}
	return p.Offences[i], nil
}

// Rule finds a rule by its ID.
func (p Pack) Rule(id string) (Rule, bool) {
	i := slices.IndexFunc(p.Rules, func(r Rule) bool { return r.ID == id })
	if i < 0 {
		return Rule{}, false
	}
	return p.Rules[i], true
}

// entries are what the parts of a pack say of themselves, by what they are.
func (p Pack) entries() (list []named) {
	for _, o := range p.Offences {
		list = append(list, named{"offence " + o.ID, o.Entry})
	}
	for _, o := range p.Orders {
		list = append(list, named{"order " + o.ID, o.Entry})
	}
	for _, b := range p.Behaviours {
		list = append(list, named{"behaviour " + b.Code, b.Entry})
	}
	for _, r := range p.Rules {
		list = append(list, named{"rule " + r.ID, r.Entry})
	}
	for _, d := range p.Differences {
		list = append(list, named{fmt.Sprintf("difference %q", d.Question), d.Entry})
	}
	for _, g := range p.Guidance {
		list = append(list, named{"guidance " + g.ID, g.Entry})
	}
	for _, c := range p.Checklists {
		list = append(list, named{"checklist " + c.ID, c.Entry})
	}
	return list
}

type named struct {
	name string
	dated.Entry
}

// CheckedOn is the day on which the entry was read that was read first: what the
// whole pack may be relied on for.
func (p Pack) CheckedOn() string {
	return slices.MinFunc(p.entries(), func(a, b named) int { return cmp.Compare(a.CheckedOn, b.CheckedOn) }).CheckedOn
}

// Warnings say, in sentences, why the law may have moved on by a day.
func (p Pack) Warnings(now time.Time) (all []string) {
	if dated.Old(p.CheckedOn(), now) {
		all = append(all, fmt.Sprintf("The law of %s was last looked up on %s, more than six months ago. Ask whether it has changed, or load a newer pack.", p.Name, p.CheckedOn()))
	}
	n := 0
	for _, e := range p.entries() {
		if e.Verify {
			n++
		}
	}
	if n > 0 {
		all = append(all, fmt.Sprintf("Entries of %s that were not read in the law's own words: %d. Look them up before you rely on them.", p.Name, n))
	}
	return all
}
