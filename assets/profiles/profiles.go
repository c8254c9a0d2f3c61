// Package profiles holds what courts and offices ask of a bundle, as dated data:
// each rule in plain words, with its numbers, where it was read and when. It
// knows which rules there are and what numbers each needs; it knows nothing of
// the files that are held against them.
package profiles

import (
	"cmp"
	"embed"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"daybook/assets/dated"
)

//go:embed *.json
var files embed.FS

// Profile is what one court or office asks.
type Profile struct {
	ID    string `json:"id"`    // EW-general-2021
	Name  string `json:"name"`  // in a list: "Family courts, England and Wales"
	Title string `json:"title"` // in full
	About string `json:"about"` // for whom it is, in a sentence
	dated.Span
	dated.Issue
	// Criminal keeps papers of the family court out, unless its permission is noted.
	Criminal  bool      `json:"criminal"`
	Numbering Numbering `json:"numbering"`
	Parts     []Part    `json:"parts"` // of a bundle, in their order; none: the usual ones
	// Supplements is how the pages of what is handed in later are counted; empty:
	// they go on after the last page.
	Supplements Supplements `json:"supplements"`
	Files       Files       `json:"files"`
	Type        Type        `json:"type"`
	Rules       []Rule      `json:"rules"`
}

// Supplements is how pages are counted on.
type Supplements string

// The ways to count pages on.
const (
	GoOn     Supplements = ""         // 345, 346 … after 344
	Inserted Supplements = "inserted" // 344A, 344B … behind 344
)

// Numbering is how pages are counted.
type Numbering string

// The ways to count pages.
const (
	ByPage    Numbering = "pages"    // 1, 2, 3 … through the whole file
	BySection Numbering = "sections" // A1, A2 …, B1, B2 …: a letter for each section
)

// Rule is one thing that is asked, and can be looked for in a file.
type Rule struct {
	ID      ID                 `json:"id"`
	Words   string             `json:"words"`
	Advice  bool               `json:"advice"` // it helps readers, and nobody asks it
	Numbers map[string]float64 `json:"numbers"`
	dated.Entry
}

// ID names a rule.
type ID string

// The rules.
const (
	Opens             ID = "opens"
	NoPassword        ID = "no-password"
	PageNumber        ID = "page-number"
	PageLabels        ID = "page-labels"
	Index             ID = "index"
	LinksBack         ID = "links-back"
	LinksLead         ID = "links-lead"
	Bookmarks         ID = "bookmarks"
	BookmarkZoom      ID = "bookmark-zoom"
	FullSize          ID = "full-size"
	OutlineOpen       ID = "outline-open"
	Text              ID = "text"
	Orientation       ID = "orientation"
	PictureResolution ID = "picture-resolution"
	FileSize          ID = "file-size"
	PageCount         ID = "page-count"
	PageSize          ID = "page-size"
	Language          ID = "language"
	Title             ID = "title"
	Tags              ID = "tags"
	Fonts             ID = "fonts"
	NoScripts         ID = "no-scripts"
	NoOutsideLinks    ID = "no-outside-links"
	NoAttachments     ID = "no-attachments"
	NoHiddenText      ID = "no-hidden-text"
	TextSize          ID = "text-size"
	FileName          ID = "file-name"
)

// numbers are what each rule needs, in the units of their names.
var numbers = map[ID][]string{
	Opens: nil, NoPassword: nil, PageLabels: nil, Index: nil, LinksBack: nil, LinksLead: nil, Bookmarks: nil,
	BookmarkZoom: nil, OutlineOpen: nil, Text: nil, Orientation: nil, Language: nil, Title: nil, Tags: nil, Fonts: nil,
	NoScripts: nil, NoOutsideLinks: nil, NoAttachments: nil, NoHiddenText: nil,
	PageNumber:        {"points", "edge_mm"}, // the smallest size, and how far from the head or foot at most
	FullSize:          {"percent"},
	PictureResolution: {"dpi"},
	FileSize:          {"megabytes"},
	PageCount:         {"pages"},
	PageSize:          {"width_mm", "height_mm"},
	FileName:          {"letters"},
	TextSize:          {"points"},
}

// IDs are all rules that there are.
func IDs() []ID {
	var all []ID
	for id := range numbers {
		all = append(all, id)
	}
	slices.Sort(all)
	return all
}

// names are the profiles, the usual one first.
var names = [...]string{"EW-general-2021", "EW-family-2026", "EW-criminal-police-pack", "generic"}

// All gives the profiles, the usual one first.
func All() ([]Profile, error) { return dated.All(names[:], Named) }

// ErrUnknown means that no profile has the name.
var ErrUnknown = errors.New("there is no such profile")

// Named gives a profile by its ID, in any capitals.
func Named(id string) (Profile, error) {
	for _, name := range names {
		if !strings.EqualFold(id, name) {
			continue
		}
		data, err := files.ReadFile(name + ".json")
		if err != nil {
			return Profile{}, err
		}
		p, err := parse(data)
		if err == nil && p.ID != name {
			err = fmt.Errorf("its ID is %q", p.ID)
		}
		if err != nil {
			return Profile{}, fmt.Errorf("profile %s: %w", name, err)
		}
		return p, nil
	}
	return Profile{}, fmt.Errorf("profile %q: %w; there are %s", id, ErrUnknown, strings.Join(names[:], ", "))
}

// parse reads a profile and refuses what it does not know.
func parse(data []byte) (p Profile, err error) {
	if err := dated.Read(data, &p); err != nil {
		return Profile{}, err
	}
	return p, p.check()
}

func (p Profile) check() error {
	if p.ID == "" || p.Name == "" || p.Title == "" || p.About == "" || len(p.Rules) == 0 {
		return errors.New("it has no ID, no name, no title, no words about it, or no rules")
	}
	if p.Type.Points < 0 || p.Type.Points > 24 || p.Type.Lines < 0 || p.Type.Lines > 3 {
		return fmt.Errorf("type: %g points, lines of %g: this cannot be printed", p.Type.Points, p.Type.Lines)
	}
	if p.Files.Megabytes < 0 {
		return fmt.Errorf("files: %d megabytes are not above zero", p.Files.Megabytes)
	}
	if p.Numbering != ByPage && p.Numbering != BySection {
		return fmt.Errorf("numbering %q: pages or sections", p.Numbering)
	}
	if p.Supplements != GoOn && p.Supplements != Inserted {
		return fmt.Errorf("supplements %q: inserted, or nothing", p.Supplements)
	}
	if err := errors.Join(p.Span.Check(), p.checkParts()); err != nil {
		return err
	}
	seen := map[ID]bool{}
	for _, r := range p.Rules {
		if err := r.check(); err != nil {
			return fmt.Errorf("rule %q: %w", r.ID, err)
		}
		if seen[r.ID] {
			return fmt.Errorf("rule %q: it stands there twice", r.ID)
		}
		seen[r.ID] = true
	}
	return nil
}

func (r Rule) check() error {
	needs, known := numbers[r.ID]
	switch {
	case !known:
		return errors.New("there is no such rule")
	case r.Words == "":
		return errors.New("it has no words")
	case len(r.Numbers) != len(needs):
		return fmt.Errorf("it has %d numbers and needs %d", len(r.Numbers), len(needs))
	}
	for _, n := range needs {
		if r.Numbers[n] <= 0 {
			return fmt.Errorf("number %q: it is missing, or not above zero", n)
		}
	}
	return r.Entry.Check()
}

// Rule finds a rule that holds on a day.
func (p Profile) Rule(id ID, now time.Time) (r Rule, ok bool) {
	i := slices.IndexFunc(p.Rules, func(r Rule) bool { return r.ID == id })
	if i < 0 || !p.Rules[i].At(now) {
		return Rule{}, false
	}
	return p.Rules[i], true
}

// CheckedOn is the day on which the rule was read that was read first: what the
// whole profile may be relied on for.
func (p Profile) CheckedOn() string {
	return slices.MinFunc(p.Rules, func(a, b Rule) int { return cmp.Compare(a.CheckedOn, b.CheckedOn) }).CheckedOn
}

// Warnings say, in sentences, why a profile may not be what the court asks on a
// day.
func (p Profile) Warnings(now time.Time) []string {
	var all []string
	day := now.Format(time.DateOnly)
	switch {
	case p.From > day:
		all = append(all, fmt.Sprintf("The rules of %s are in force only from %s.", p.ID, p.From))
	case p.To != "" && p.To < day:
		all = append(all, fmt.Sprintf("The rules of %s were in force until %s. Ask the court which rules have taken their place.", p.ID, p.To))
	}
	if dated.Old(p.CheckedOn(), now) {
		all = append(all, fmt.Sprintf("The rules of %s were last looked up on %s, more than six months ago. Ask the court whether they have changed.", p.ID, p.CheckedOn()))
	}
	switch unread := p.unverified(); {
	case len(unread) == 1:
		all = append(all, fmt.Sprintf("One rule of %s, %s, was not read in the court's own words; look it up before you rely on it.", p.Title, unread[0]))
	case len(unread) > 1:
		all = append(all, fmt.Sprintf("%d rules of %s were not read in the court's own words; look them up before you rely on them: %s.", len(unread), p.Title, strings.Join(unread, ", ")))
	}
	return all
}

// unverified names the rules that were not read in the court's own words.
func (p Profile) unverified() (ids []string) {
	for _, r := range p.Rules {
		if r.Verify {
			ids = append(ids, string(r.ID))
		}
	}
	return ids
}
