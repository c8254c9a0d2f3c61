// Package lint opens a finished PDF, ours or another's, and holds it against the
// rules of a profile: what each rule found, on which pages, and what to do next,
// in plain words. It knows what pages, links, bookmarks and pictures are, and how
// a profile words its rules; it knows no case, and it trusts no file.
package lint

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"

	"daybook/assets/dated"
	"daybook/assets/profiles"
	"daybook/report/pdf/object"
)

// Finding is what a rule found.
type Finding struct {
	Rule   profiles.ID  `json:"rule"`
	Words  string       `json:"asks"`            // the rule in plain words
	Pages  []Span       `json:"pages,omitempty"` // empty: the file as a whole
	Found  string       `json:"found"`
	Next   string       `json:"next"` // what to do
	Source dated.Source `json:"source"`
	Advice bool         `json:"advice,omitempty"` // nobody asks it, and it helps readers
}

// Span is pages first to last, counted from 1.
type Span struct {
	First int `json:"first"`
	Last  int `json:"last"`
}

// Verdict is what is to be said of a file.
type Verdict struct {
	Profile  string        `json:"profile"`
	Title    string        `json:"title"`
	Pages    int           `json:"pages"`
	Bytes    int64         `json:"bytes"`
	Warnings []string      `json:"warnings"` // of the profile: its age, what it was read from
	Held     []profiles.ID `json:"rules"`    // that the file was held against
	Findings []Finding     `json:"findings"`

	// Begins is the number of the first page where it is not the first that there is,
	// and Beside that the file leads into others beside it; nothing was said of either.
	// It may be a supplement or a volume, which is to be held as one.
	Begins string `json:"begins,omitempty"`
	Beside bool   `json:"beside,omitempty"`
}

// Faults counts the findings that are no mere advice.
func (v Verdict) Faults() (n int) {
	for _, f := range v.Findings {
		if !f.Advice {
			n++
		}
	}
	return n
}

// File is what is looked at.
type File struct {
	Name string // without its folder
	Data io.ReaderAt
	Size int64
	// First is the number of its first page: that of a supplement or a volume goes
	// on from another file. Empty: 1, or A1.
	First string
	// Volume says that the file is one of several beside each other: links may lead
	// into those, and the index may be in another.
	Volume bool
}

// ErrLimit means that a file was made, or is damaged, so that it cannot be looked
// at in reasonable time.
var ErrLimit = errors.New("this file is not looked at further")

// Hold holds a file against the rules of a profile that are in force on a day. A
// file that cannot be read is an error of one sentence; one that needs a
// password, which no rule can look behind, is a verdict.
func Hold(ctx context.Context, file File, profile profiles.Profile, now time.Time) (v Verdict, err error) {
	defer func() {
		// The file comes from anybody. A fault of this reader must not end the
		// program; the tests look for one, and there a panic is red.
		if r := recover(); r != nil {
			v, err = Verdict{}, fmt.Errorf("%s: the reader failed on this file: %w", file.Name, ErrLimit)
		}
	}()
	return hold(ctx, file, profile, now)
}

func hold(ctx context.Context, file File, profile profiles.Profile, now time.Time) (Verdict, error) {
	pdf, err := object.Open(file.Data, file.Size)
	if err != nil {
		return Verdict{}, fmt.Errorf("%s: %w", file.Name, err)
	}
	l := &linter{ctx: ctx, file: file, pdf: pdf, profile: profile, checks: checks(), found: map[string]int{}, others: map[int]int{}, counts: map[profiles.ID]int{}, heads: map[int][]word{}, v: Verdict{
		Profile: profile.ID, Title: profile.Title, Bytes: file.Size, Warnings: profile.Warnings(now), Findings: []Finding{},
	}}
	var rules []profiles.Rule
	for _, c := range l.checks {
		if r, ok := profile.Rule(c.id, now); ok {
			rules = append(rules, r)
			l.v.Held = append(l.v.Held, c.id)
		}
	}
	if err := l.look(rules); err != nil {
		return Verdict{}, fmt.Errorf("%s: %w", file.Name, err)
	}
	l.v.Begins = l.begins()
	return l.v, nil
}

// linter looks through one file.
type linter struct {
	ctx      context.Context
	file     File
	pdf      *object.File
	profile  profiles.Profile
	checks   []check
	doc      *document
	v        Verdict
	found    map[string]int // places of findings, by rule and words
	others   map[int]int    // how many more there are of a finding, in other words
	counts   map[profiles.ID]int
	printed  []string       // the number that each page shows; empty where it shows none that fits
	numberAt box            // where the last page whose number is right has it
	heads    map[int][]word // words of pages that may be the index
}

// look reads the document as a whole, then page by page, then holds the rest
// against it.
func (l *linter) look(rules []profiles.Rule) error {
	if l.pdf.Trailer()["Encrypt"] != nil {
		for _, r := range rules {
			if r.ID == profiles.NoPassword {
				l.note(r, 0, "The file is locked with a password or with restrictions, so nothing in it was looked at.")
			}
		}
		return nil
	}
	doc, err := readDocument(l.ctx, l.pdf)
	if err != nil {
		return err
	}
	l.doc, l.v.Pages, l.printed = doc, len(doc.pages), make([]string, len(doc.pages))
	for i := range doc.pages {
		if err := l.ctx.Err(); err != nil {
			return err
		}
		sheet, err := doc.sheet(i)
		if err != nil {
			return err
		}
		l.keepHead(sheet)
		for _, r := range rules {
			if c := l.check(r.ID); c.page != nil {
				c.page(l, r, sheet)
			}
		}
		if sheet.cut && !slices.Contains(l.v.Warnings, sayCut) {
			l.v.Warnings = append(l.v.Warnings, sayCut)
		}
	}
	l.findIndex()
	for _, r := range rules {
		if c := l.check(r.ID); c.whole != nil {
			c.whole(l, r)
		}
	}
	if err := l.pdf.Err(); err != nil {
		return err
	}
	l.sayOthers()
	l.sort()
	return nil
}

// check is how a rule is looked for.
type check struct {
	id    profiles.ID
	next  string // what to do about what it finds
	whole func(*linter, profiles.Rule)
	page  func(*linter, profiles.Rule, *sheet)
}

// checks are all that there are, in the order in which findings are told.
func checks() []check {
	return []check{
		{profiles.Opens, "Save the file again with the program that made it, and send the new one.", opens, nil},
		{profiles.NoPassword, "Save the file without a password and without restrictions.", nil, nil},
		{profiles.FileName, "Rename the file with plain letters, digits, - and _.", fileName, nil},
		{profiles.FileSize, "Make the pictures smaller, or give the file in parts.", fileSize, nil},
		{profiles.PageCount, "Leave out what is not needed, or ask the court for more pages.", pageCount, nil},
		{profiles.PageSize, "Print those pages to A4.", nil, pageSize},
		{profiles.Orientation, "Turn those pages so that they read from left to right.", nil, orientation},
		{profiles.PageNumber, "Number the pages again with a bundling program, from the first page to the last.", nil, pageNumber},
		{profiles.PageLabels, "Set the page labels to the numbers on the pages, or take them away.", pageLabels, nil},
		{profiles.Index, "Make an index at the front, and link each entry to its document.", index, nil},
		{profiles.LinksBack, "Put a link to the index on every page.", linkBack, nil},
		{profiles.LinksLead, "Make those links again.", linksLead, linksLeadPage},
		{profiles.Bookmarks, "Make a bookmark for each section and document: a short description, then its page number.", bookmarks, nil},
		{profiles.BookmarkZoom, "Set the zoom of the bookmarks to “inherit”.", bookmarkZoom, nil},
		{profiles.OutlineOpen, "Set the first view of the file to show bookmarks and page.", outlineOpen, nil},
		{profiles.FullSize, "Set the first view of the file to 100 per cent.", fullSize, nil},
		{profiles.Text, "Have the text of those pages recognised (OCR).", nil, text},
		{profiles.PictureResolution, "Scale those pictures down to the resolution that is asked.", nil, pictureResolution},
		{profiles.Language, "Set the language of the document.", language, nil},
		{profiles.Title, "Set a title, and have it shown in place of the file's name.", title, nil},
		{profiles.Tags, "Have a program that makes tagged PDF write the file, where somebody needs it read aloud.", tags, nil},
		{profiles.TextSize, "Print those pages again in larger type. What others printed can stay as it is.", nil, textSize},
		{profiles.Fonts, "Save the file with its fonts embedded.", fonts, nil},
		{profiles.NoScripts, "Take out what runs; a bundle needs none of it.", scripts, scriptsPage},
		{profiles.NoOutsideLinks, "Take those links out; print the address as text where it matters.", outside, outsidePage},
		{profiles.NoAttachments, "Put what is attached into the bundle as pages, and take the attachments out.", attachments, attachmentsPage},
		{profiles.NoHiddenText, "Make those pages again from a copy in which the words are really gone.", nil, hiddenText},
	}
}

// check finds how a rule is looked for; every rule that a profile may have has
// one.
func (l *linter) check(id profiles.ID) check {
	return l.checks[slices.IndexFunc(l.checks, func(c check) bool { return c.id == id })]
}

// mostFindings is how many different findings of one rule are told.
const mostFindings = 12

const sayCut = "Some pages hold more than is looked at; look through them yourself."

const sayMore = "And more of this kind."

// note tells what a rule found on a page, or in the file as a whole (page 0).
// What is the same on many pages is one finding.
func (l *linter) note(r profiles.Rule, page int, found string) { l.noteAs(r, found, page, found) }

// noteAs tells what a rule found; what is of one kind is one finding, in the
// words of the first, beside which stands how many others there are (see sayOthers).
func (l *linter) noteAs(r profiles.Rule, kind string, page int, found string) {
	key := string(r.ID) + "\x00" + kind
	i, known := l.found[key]
	if !known {
		if l.counts[r.ID]++; l.counts[r.ID] > mostFindings {
			found = sayMore
			key = string(r.ID) + "\x00" + found
			i, known = l.found[key]
		}
	}
	if !known {
		i = len(l.v.Findings)
		l.found[key] = i
		l.v.Findings = append(l.v.Findings, Finding{Rule: r.ID, Words: r.Words, Found: found, Next: l.check(r.ID).next, Source: r.Source, Advice: r.Advice})
	}
	f := &l.v.Findings[i]
	if known && found != f.Found {
		l.others[i]++
	}
	if page == 0 {
		return
	}
	if last := len(f.Pages) - 1; last >= 0 && f.Pages[last].Last >= page-1 {
		f.Pages[last].Last = max(f.Pages[last].Last, page)
		return
	}
	f.Pages = append(f.Pages, Span{page, page})
}

// sayOthers says beside a finding in the words of the first of its kind how many others
// there are.
func (l *linter) sayOthers() {
	for i, n := range l.others {
		more := " There is 1 more like it."
		if n > 1 {
			more = fmt.Sprintf(" There are %d more like it.", n)
		}
		l.v.Findings[i].Found += more
	}
}

// sort puts the findings in the order of the checks, faults before advice.
func (l *linter) sort() {
	place := func(f Finding) int {
		i := slices.IndexFunc(l.checks, func(c check) bool { return c.id == f.Rule })
		if f.Advice {
			i += len(l.checks)
		}
		return i
	}
	slices.SortStableFunc(l.v.Findings, func(a, b Finding) int { return place(a) - place(b) })
}

// Spans says which pages: "page 3", "pages 1 to 4, 9".
func Spans(all []Span) string {
	const most = 12
	var parts []string
	for i, s := range all {
		switch {
		case i == most:
			return "pages " + strings.Join(parts, ", ") + " and others"
		case s.First == s.Last:
			parts = append(parts, strconv.Itoa(s.First))
		default:
			parts = append(parts, fmt.Sprintf("%d to %d", s.First, s.Last))
		}
	}
	word := "page "
	if len(all) > 1 || all[0].First != all[0].Last {
		word = "pages "
	}
	return word + strings.Join(parts, ", ")
}
