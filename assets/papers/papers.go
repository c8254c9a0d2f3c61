// Package papers holds what is written for others out of a case, as dated data,
// one file a paper: for whom it is, its sections in their fixed order, and for
// each where its content comes from, field by field. It knows nothing of what a
// case holds: report fills a paper from one.
package papers

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
	"daybook/assets/law"
	"daybook/assets/registers"
)

//go:embed *.json
var files embed.FS

// Paper is one paper.
type Paper struct {
	ID       string `json:"id"`
	Place    int    `json:"place"` // in the list of papers
	Title    string `json:"title"`
	For      string `json:"for"`   // who reads it
	Group    string `json:"group"` // of Groups: with which others it stands in a list
	About    string `json:"about"` // what it is for, in a sentence or two
	Version  string `json:"version"`
	Author   string `json:"author"`
	ReviewBy string `json:"review_by"`
	Changed  string `json:"changed"`

	Pages     int      `json:"pages,omitempty"`     // how many A4 pages it has at most; 0: as many as it takes
	Checklist string   `json:"checklist,omitempty"` // of the law: its items are the words of the sections of the same ID
	Check     bool     `json:"check,omitempty"`     // of each section it is said whether it is answered, not answered or not applicable
	Steps     bool     `json:"steps,omitempty"`     // each section has a state, an owner and a date
	Needs     []string `json:"needs,omitempty"`     // sections without whose words it is not complete
	One       string   `json:"one,omitempty"`       // it is about one entry of this register, which is named when it is made
	Bare      bool     `json:"bare,omitempty"`      // nothing on it says by which program it was made, or of which case it is
	Unnamed   bool     `json:"unnamed,omitempty"`   // it says neither of which case it is nor who keeps it
	Whole     bool     `json:"whole,omitempty"`     // words stand as they were written: addresses and protected details too
	Apart     bool     `json:"apart,omitempty"`     // of an order, only terms of which the places and the people are told apart, so that a mark can stand in their place
	Private   []string `json:"private,omitempty"`   // private registers that it has when the person asks for it

	Sections []Section `json:"sections"`
	dated.Entry
}

// Section is one numbered part of a paper.
type Section struct {
	ID    string `json:"id"`
	Title string `json:"title,omitempty"` // empty: the words of the checklist's item
	Parts []Part `json:"parts"`
}

// Section finds a section by its ID, in any capitals.
func (p Paper) Section(id string) (Section, bool) {
	i := slices.IndexFunc(p.Sections, func(s Section) bool { return strings.EqualFold(s.ID, id) })
	if i < 0 {
		return Section{}, false
	}
	return p.Sections[i], true
}

// Part is something in a section, and where it comes from.
type Part struct {
	From     From                `json:"from"`
	Title    string              `json:"title,omitempty"`
	Register string              `json:"register,omitempty"` // of a register: its kind
	Fields   []string            `json:"fields,omitempty"`   // those that it has, in their order
	Where    map[string][]string `json:"where,omitempty"`    // of a register: only entries of which a field is one of these
	Having   string              `json:"having,omitempty"`   // only what has this field
	Every    [][]string          `json:"every,omitempty"`    // of a register: of each of these fields, one must be said by every entry, or the item is answered in part
	Open     bool                `json:"open,omitempty"`     // of a register: only what is not done, by when it is due or may be gone
	InForce  bool                `json:"in_force,omitempty"` // of the register of orders: only those that are in force on the day of the paper
	Latest   int                 `json:"latest,omitempty"`   // only the last so many; 0: all
	Entry    string              `json:"entry,omitempty"`    // of the law: the name of the offence or the order
	Paper    string              `json:"paper,omitempty"`    // of words: where they were given, if not for this paper
	Item     string              `json:"item,omitempty"`     // of words: for which item, if not for this section
	Lines    int                 `json:"lines,omitempty"`    // of words: how many lines to write on stand there while nothing is held
	Text     string              `json:"text,omitempty"`     // of text: what stands on every such paper
}

// From is where the content of a part comes from.
type From string

// The sources of a part.
const (
	Case        From = "case"        // the case itself
	Words       From = "words"       // the person's own words: an answer, or lines to write on
	Register    From = "register"    // the entries of one
	Incidents   From = "incidents"   // what was written down
	Course      From = "course"      // of conduct: counts
	Matrix      From = "matrix"      // the elements of an offence with what may show each
	Criteria    From = "criteria"    // those of an order, likewise
	Differences From = "differences" // between an offence and others
	Law         From = "law"         // what the law says of an order or an offence
	Clocks      From = "clocks"      // days that come: rules of time, what is due, what may be gone
	Terms       From = "terms"       // each proposed term with what makes it necessary
	Exhibits    From = "exhibits"    // the files, with their labels
	Statistics  From = "statistics"  // counts, small ones hidden
	Help        From = "help"        // numbers of help
	Text        From = "text"        // fixed words
)

// Done tells that what comes from there is made of what was done.
func (f From) Done() bool {
	return slices.Contains([]From{Incidents, Course, Matrix, Criteria, Clocks}, f)
}

// Title is what comes from there, in words.
func (f From) Title() string {
	return map[From]string{Case: "The case", Words: "In their own words", Incidents: "What was written down", Course: "Course of conduct", Matrix: "Elements of the offence",
		Criteria: "What the court asks", Differences: "Offences set beside each other", Law: "What the law says", Clocks: "Days to keep in mind", Terms: "Proposed terms",
		Exhibits: "Files", Statistics: "Counts", Help: "Numbers of help", Text: "Fixed words"}[f]
}

// Fixed tells that what comes from there is the same for every case.
func (f From) Fixed() bool { return f == Text || f == Law || f == Differences || f == Help }

// Whatever is no register has fields too, each with its label.
var fields = map[From][][2]string{
	Case:        {{"title", "Name of the case"}, {"number", "Number of the case"}, {"keeper", "Who keeps the record"}, {"who", "Who is said to have done what was written down"}},
	Words:       {{"words", "In their own words"}, {"state", "Where it stands"}, {"reason", "Why it does not apply"}, {"owner", "Who does it"}, {"due", "When it is due"}, {"events", "What it rests on"}},
	Incidents:   {{"when", "When"}, {"what", "What happened, in the person's words, and by whom"}, {"codes", "Behaviour"}, {"effect", "Effect, in the person's words"}, {"aimed_at", "At whom it was aimed"}, {"children", "Children who were there"}, {"witnesses", "Who saw or heard it"}, {"place", "Where it happened"}, {"reported", "To whom it was reported"}, {"exhibits", "Exhibits"}, {"bundle", "Where it stands in the bundle"}},
	Course:      {{"events", "How many events"}, {"occasions", "How many occasions: as split and joined, and by the rule"}, {"first", "First day"}, {"last", "Last day"}, {"codes", "Behaviour: how often, first and last day"}, {"months", "Events by month"}},
	Matrix:      {{"elements", "What must be shown, and what may show it"}, {"considered", "What was considered, and why"}},
	Criteria:    {{"elements", "What the court asks, and what may show it"}, {"considered", "What was considered, and why"}},
	Law:         {{"standard", "Standard of the court"}, {"facts", "What is to be kept in mind"}, {"source", "Where it was read, and when"}},
	Clocks:      {{"what", "What"}, {"on", "Day"}},
	Terms:       {{"term", "Proposed term"}, {"events", "Incidents that make it necessary"}, {"clash", "Work, faith, education"}},
	Exhibits:    {{"label", "Label"}, {"name", "File"}, {"sha256", "SHA-256"}, {"bundle", "Page in the bundle"}},
	Statistics:  {{"counts", "Counts without names, in steps of five; fewer than 5 are said as <5"}},
	Help:        {{"name", "Who"}, {"number", "Number"}, {"checked", "When it was looked up"}},
	Differences: {{"questions", "What tells the offences apart"}},
	Text:        {{"text", "Words that stand on every such paper"}},
}

// Group is papers for readers of one sort.
type Group struct{ ID, Title string }

// Groups are the sorts of readers, in the order in which they are listed.
func Groups() []Group {
	return []Group{{"police", "For the police"}, {"court", "For the prosecutor and the court"}, {"help", "For others who help"}, {"case", "For whoever works on the case"}, {"you", "For yourself"}}
}

// named is the register of who works on a case by profession. It is no row of a
// bundle, and so private; its cover names them, and so may a paper.
const named = "force"

// orders is the register whose entries are in force for a time.
const orders = "order"

// Field is something that a paper has.
type Field struct {
	ID    string `json:"field"`
	Label string `json:"label"`
}

// dates are the fields that an entry of a register has beside its own.
func dates(r registers.Register) []Field {
	all := []Field{{"when", r.Dates.Occurred}, {"ends", r.Dates.Ends}, {"due", r.Dates.Due}, {"words", r.Words}, {"events", r.Events}, {"items", "Exhibits"}, {"by", "Written down by"}}
	if r.Terms {
		all = append(all, Field{"terms", "Terms"})
	}
	return slices.DeleteFunc(all, func(f Field) bool { return f.Label == "" })
}

// Holds are the fields of a part with their labels, in its order.
func (p Part) Holds() ([]Field, error) {
	all, err := registers.All()
	if err != nil {
		return nil, err
	}
	return p.holds(all)
}

func (p Part) holds(all []registers.Register) ([]Field, error) {
	var known []Field
	if p.From == Register {
		i := slices.IndexFunc(all, func(r registers.Register) bool { return r.Kind == p.Register })
		if i < 0 {
			return nil, fmt.Errorf("register %q: there is none", p.Register)
		}
		for _, f := range all[i].Fields {
			known = append(known, Field{f.ID, f.Label})
		}
		for _, f := range dates(all[i]) { // who a field calls "by" is not who wrote the entry down
			if !slices.ContainsFunc(known, func(k Field) bool { return k.ID == f.ID }) {
				known = append(known, f)
			}
		}
	}
	for _, f := range fields[p.From] {
		known = append(known, Field{f[0], f[1]})
	}
	if len(known) == 0 {
		return nil, fmt.Errorf("%q: nothing comes from there", p.From)
	}
	if len(p.Fields) == 0 && p.From != Register {
		return known, nil
	}
	var list []Field
	for _, id := range p.Fields {
		i := slices.IndexFunc(known, func(f Field) bool { return f.ID == id })
		if i < 0 {
			return nil, fmt.Errorf("field %q: %s %s has none", id, p.From, p.Register)
		}
		list = append(list, known[i])
	}
	return list, nil
}

// Has tells that a part has a field.
func (p Part) Has(field string) bool {
	return len(p.Fields) == 0 && p.From != Register || slices.Contains(p.Fields, field)
}

// ErrUnknown means that no paper has the name.
var ErrUnknown = errors.New("there is no paper of this name")

// All gives the papers in the order in which they are listed.
func All() ([]Paper, error) {
	names, err := fs.Glob(files, "*.json")
	if err != nil {
		return nil, err
	}
	list, err := dated.All(names, load)
	slices.SortFunc(list, func(a, b Paper) int { return cmp.Or(cmp.Compare(a.Place, b.Place), cmp.Compare(a.ID, b.ID)) })
	return list, err
}

// Named gives a paper by its ID, in any capitals.
func Named(id string) (Paper, error) {
	names, err := fs.Glob(files, "*.json")
	if err != nil {
		return Paper{}, err
	}
	for i, name := range names {
		if strings.EqualFold(name, id+".json") {
			return load(name)
		}
		names[i] = strings.TrimSuffix(name, ".json")
	}
	return Paper{}, fmt.Errorf("paper %q: %w; there are %s", id, ErrUnknown, strings.Join(names, ", "))
}

func load(name string) (Paper, error) {
	data, err := files.ReadFile(name)
	if err != nil {
		return Paper{}, err
	}
	p, err := parse(data)
	if err == nil && p.ID+".json" != name {
		err = fmt.Errorf("its ID is %q", p.ID)
	}
	if err != nil {
		return Paper{}, fmt.Errorf("paper %s: %w", name, err)
	}
	return p, nil
}

// Warnings say, in sentences, why a paper may have been overtaken by a day.
func (p Paper) Warnings(now time.Time) (all []string) {
	if dated.Old(p.CheckedOn, now) {
		all = append(all, fmt.Sprintf("The form of this paper was last looked up on %s, more than six months ago. Ask whether there is a newer one.", p.CheckedOn))
	}
	if p.ReviewBy < now.Format(time.DateOnly) {
		all = append(all, fmt.Sprintf("This paper was to be looked through by %s.", p.ReviewBy))
	}
	return all
}

func parse(data []byte) (p Paper, err error) {
	if err := dated.Read(data, &p); err != nil {
		return Paper{}, err
	}
	if err := p.titles(); err != nil {
		return Paper{}, err
	}
	return p, p.check()
}

// titles gives the sections that have none the words of the checklist, and the
// items that no section is about a section each, for the person's own words.
func (p *Paper) titles() error {
	if p.Checklist == "" {
		return nil
	}
	country, _, _ := strings.Cut(p.Checklist, "-")
	pack, err := law.Named(country)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(pack.Checklists, func(c law.Checklist) bool { return c.ID == p.Checklist })
	if i < 0 {
		return fmt.Errorf("checklist %q: there is none", p.Checklist)
	}
	for _, item := range pack.Checklists[i].Items {
		at := slices.IndexFunc(p.Sections, func(s Section) bool { return s.ID == item.ID })
		if at < 0 {
			p.Sections = append(p.Sections, Section{ID: item.ID, Title: item.Text, Parts: []Part{{From: Words}}})
		} else if p.Sections[at].Title == "" {
			p.Sections[at].Title = item.Text
		}
	}
	return nil
}

func (p Paper) check() error {
	if p.ID == "" || p.Title == "" || p.For == "" || p.About == "" || p.Author == "" || p.Changed == "" || len(p.Sections) == 0 {
		return errors.New("it has no ID, title, reader, words about it, author, words on what changed, or no sections")
	}
	if !slices.ContainsFunc(Groups(), func(g Group) bool { return g.ID == p.Group }) {
		return fmt.Errorf("group %q: there is none", p.Group)
	}
	for _, day := range []string{p.Version, p.ReviewBy} {
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			return fmt.Errorf("version or review_by: %w", err)
		}
	}
	if err := p.Entry.Check(); err != nil {
		return err
	}
	all, err := registers.All()
	if err != nil {
		return err
	}
	private := map[string]bool{}
	for _, r := range all {
		private[r.Kind] = r.Private
	}
	for _, kind := range p.Private {
		if !private[kind] {
			return fmt.Errorf("private %q: there is no such private register", kind)
		}
	}
	for i, s := range p.Sections {
		if s.ID == "" || s.Title == "" || len(s.Parts) == 0 || slices.ContainsFunc(p.Sections[:i], func(b Section) bool { return b.ID == s.ID }) {
			return fmt.Errorf("section %q: it has no title or no parts, or stands there twice", s.ID)
		}
		for _, part := range s.Parts {
			if _, err := part.holds(all); err != nil {
				return fmt.Errorf("section %s: %w", s.ID, err)
			}
			if part.InForce && part.Register != orders {
				return fmt.Errorf("section %s: in_force: it is said of the register %s alone", s.ID, orders)
			}
			if part.Register != named && private[part.Register] && !slices.Contains(p.Private, part.Register) {
				return fmt.Errorf("section %s: register %s is private, and this paper does not list it", s.ID, part.Register)
			}
		}
	}
	if _, known := private[p.One]; p.One != "" && !known {
		return fmt.Errorf("one %q: there is no such register", p.One)
	}
	for _, id := range p.Needs {
		if !slices.ContainsFunc(p.Sections, func(s Section) bool { return s.ID == id }) {
			return fmt.Errorf("needs %q: there is no such section", id)
		}
	}
	return nil
}
