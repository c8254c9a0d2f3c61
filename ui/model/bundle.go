package model

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"daybook/evidence"
	"daybook/evidence/keys"
	"daybook/importers/photo"
	"daybook/report"
	"daybook/timeline"
)

// Handover is what a person chose for a bundle so far. The zero value is a full
// pack of everything.
type Handover struct {
	Served   bool             // the other side may read it
	Court    string           // whose rules it is made after: a value of Courts; empty: the usual ones
	From, To string           // days as they were typed; empty: from the first on, to the last
	People   []string         // keys of a Choice; empty: everybody
	Initials string           // before the numbers of new exhibits; empty: those of who keeps the case
	Order    []int64          // exhibits by item
	Show     []string         // details that a served pack shows all the same: values of ServedDetails
	About    []string         // keys of people whom a served pack is about: their numbers and e-mail addresses are shown
	Without  map[int64]string // exhibits that a served pack leaves out, each with the word of a reason
	Cut      string           // into what files the document is cut: a value of Cuts
	Draft    bool             // every page says so, and it gets no number; a supplement is none

	// Continues is the number of the bundle of which it is a supplement; 0: it is one
	// of its own.
	Continues int

	// Typed are words to be kept out that nobody has kept yet: a lock costs none.
	Typed    string
	Released string `json:"-"` // the sum of what was found in it, when it is handed over all the same
}

// Reasons are what an exhibit can be left out for: the word that is kept, and
// what the other side reads.
func Reasons() []Option {
	var list []Option
	for _, r := range report.Reasons() {
		list = append(list, Option{Value: r.Word, Label: capital(r.Text)})
	}
	return list
}

// ServedDetails are what a served pack withholds unless it is ticked.
func ServedDetails() []Option {
	return []Option{
		{string(report.ShowPlace), "Where incidents happened"}, {string(report.ShowWitnesses), "Who saw or heard them, and which children were there"},
		{string(report.ShowFeelings), "How it felt, and what was feared"},
		{string(report.ShowChanges), "What was changed because of it"}, {string(report.ShowReports), "To whom it was reported, who was told, who gave support"},
		{string(report.ShowOwn), "My own telephone numbers, e-mail addresses and accounts"},
		{string(report.ShowAddresses), "Telephone numbers and e-mail addresses of everybody else"},
		{string(report.ShowMetadata), "Hidden in files: place, device, owner, who wrote it, notes"}, {string(report.ShowDocuments), "Pages of documents, frames of films; with both, their files"},
		{string(report.ShowClocks), "How I knew that the clock of a device was wrong"},
		{string(report.ShowSums), "Sums of withheld texts, by which words can be tried"},
	}
}

// capital makes the first letter of an ASCII text large.
func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}

// Scope is what a period holds, to choose people in it.
type Scope struct {
	Note   string  // "412 of 3,002 events"
	People []Value // with how many events of the period each has
	Events int
	look   *Look
	names  namesakes
}

// Scope counts what was chosen so far. old may be used again.
func (d *Desk) Scope(ctx context.Context, h Handover, old *Scope) (*Scope, error) {
	c, x, err := d.held()
	if err != nil {
		return nil, err
	}
	var before *Look
	if old != nil {
		before = old.look
	}
	q := Query{From: strings.TrimSpace(h.From), To: strings.TrimSpace(h.To)}
	if len(h.People) > 0 {
		q.Choice = Choice{PeopleFacet: h.People}
	}
	l, err := d.Look(ctx, q, before)
	if err != nil {
		return nil, err
	}
	s := &Scope{Note: l.Note, Events: l.Rows.Events(), look: l, names: namesakesIn(c, x)}
	for _, f := range l.Facets {
		if f.Name == PeopleFacet {
			s.People = f.Values
		}
	}
	return s, nil
}

// Matching are the people whose name holds some letters, those that are ticked
// first.
func (s *Scope) Matching(letters string) []Value { return matching(s.People, letters) }

// MatchingAbout are the same people, with a tick at those whom the pack is about.
func (s *Scope) MatchingAbout(letters string, about []string) []Value {
	people := slices.Clone(s.People)
	for i := range people {
		people[i].On = slices.Contains(about, people[i].Key)
	}
	return matching(people, letters)
}

func matching(people []Value, letters string) []Value {
	letters = strings.ToLower(strings.TrimSpace(letters))
	var on, off []Value
	for _, v := range people {
		switch {
		case v.On:
			on = append(on, v)
		case strings.Contains(strings.ToLower(v.Name), letters):
			off = append(off, v)
		}
	}
	return append(on, off...)
}

// filter is the choice as the timeline takes it.
func (h Handover) filter(zone *time.Location) (f timeline.Filter, err error) {
	if f.From, f.To, err = period(h.From, h.To, zone); err != nil {
		return f, err
	}
	f.People, err = numbersOf(h.People)
	return f, err
}

// numbersOf are the numbers of persons by their keys.
func numbersOf(keys []string) (list []int64, err error) {
	for _, key := range keys {
		n, err := strconv.ParseInt(key, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("person %q: %w", key, err)
		}
		list = append(list, n)
	}
	return list, nil
}

func (h Handover) pack() report.Pack {
	if h.Served {
		return report.Served
	}
	return report.Full
}

// plan plans the bundle; a draft changes nothing.
func (d *Desk) plan(ctx context.Context, h Handover, draft bool, progress evidence.Progress) (*report.Bundle, error) {
	c, x, err := d.held()
	if err != nil {
		return nil, err
	}
	filter, err := h.filter(c.Zone())
	if err != nil {
		return nil, err
	}
	sel := d.selection(progress)
	sel.Filter, sel.Producer, sel.Order = filter, strings.TrimSpace(h.Initials), h.Order
	sel.Draft, sel.Freeze, sel.Continue, sel.Volumes = draft, !draft && (!h.Draft || h.Continues != 0), h.Continues, h.volumes()
	if h.Served {
		sel.Withhold = maps.Clone(h.Without)
		for _, d := range h.Show {
			sel.Show = append(sel.Show, report.Detail(d))
		}
		if sel.About, err = numbersOf(h.About); err != nil {
			return nil, err
		}
	}
	if !draft {
		sel.LookInto = d.lookInto(c, x, progress)
	}
	rules, err := h.rules()
	if err != nil {
		return nil, err
	}
	return report.Plan(ctx, c, x, sel, rules, h.pack())
}

// selection is what is the same in each.
func (d *Desk) selection(progress evidence.Progress) report.Selection {
	return report.Selection{Version: d.Version, Coder: photo.Coder(), Sources: sourceTitles(), Limits: formatLimits(), Walked: func(rows, of int) { told(progress, rows, of, "rows") }}
}

// told tells how far work has come, where somebody listens.
func told(progress evidence.Progress, n, of int, what string) {
	if progress != nil {
		progress(int64(n), int64(of), what)
	}
}

// Handed is a bundle that was written.
type Handed struct {
	Path        string
	Number      int    // of the case's bundles; 0: it is a draft
	Summary     string // "412 rows, 14 exhibits"
	Phrase      string // of the record, to be noted on paper
	Fingerprint string // of the key that signed, in groups
	Code        []byte // of the record's head, to be photographed: a QR code as a PNG
	Held        Held   // against the rules of the court
	Files       bool   // each statement and exhibit is a file of its own too
	Statements  int    // drafts that can be made of what was chosen
	Reread             // what a served pack was found to hold
}

// HandOver writes the bundle into a new folder. It is there whole or not at all.
func (d *Desk) HandOver(ctx context.Context, h Handover, p Place, progress evidence.Progress) (out Handed, err error) {
	c, _, err := d.held()
	if err != nil {
		return out, err
	}
	if p, err = d.Place(p.Folder, p.Name); err != nil {
		return out, err
	}
	b, err := d.plan(ctx, h, false, progress)
	if err != nil {
		return out, err
	}
	still, stop, err := d.stills(ctx)
	if err != nil {
		return out, err
	}
	defer func() { err = errors.Join(err, stop()) }()
	o := report.WriteOptions{Still: still, Page: d.Page, Progress: kilobytes(progress)}
	if h.Served {
		o.Check = func(ctx context.Context, bundle fs.FS) (err error) {
			out.Reread, err = d.reread(ctx, c, bundle, b, h.Released, progress)
			return err
		}
	}
	if err := b.Write(ctx, p.Path(), o); err != nil {
		return out, err
	}
	print, err := keys.Fingerprint(c.SignerPublic())
	if err != nil {
		return out, err
	}
	// The bundle is there: what is found now can neither stop it nor undo it.
	held, err := hold(context.WithoutCancel(ctx), p.Path(), b)
	if err != nil {
		held = Held{Court: b.Profile.Title, Faults: []Warning{{Text: Sentence(err)}}}
	}
	return Handed{p.Path(), b.Number, packed(b), b.Log.Phrase, inGroups(print), b.Log.Code, held, b.Profile.Files.Megabytes > 0, b.Statements(), out.Reread}, nil
}

// DraftStatement writes, beside a bundle, what people wrote down of the same
// choice as a draft of a statement. It is of everything that was chosen: what was
// protected is in none.
func (d *Desk) DraftStatement(ctx context.Context, h Handover, p Place, progress evidence.Progress) (path string, err error) {
	h.Served = false
	b, err := d.plan(ctx, h, false, progress)
	if err != nil {
		return "", err
	}
	path = p.Path() + "-statement.pdf"
	f, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return "", err
	}
	_, err = b.WriteStatements(ctx, f)
	if err = errors.Join(err, f.Close()); err != nil {
		return "", errors.Join(err, os.Remove(path))
	}
	return path, nil
}

// VerifiersBeside puts the programs that check a bundle into a folder beside it;
// report.ErrNoVerifiers where they do not lie beside this program.
func VerifiersBeside(p Place) (dir string, err error) {
	exe, err := os.Executable()
	if err != nil {
		return "", err
	}
	from, err := report.FindVerifiers(exe)
	if err != nil {
		return "", fmt.Errorf("%w; the commands in VERIFY.txt check the bundle without it", err)
	}
	return report.PutVerifiers(from, p.Path())
}

// packed is how much of what a bundle holds.
func packed(b *report.Bundle) string {
	return count(b.Rows, "row") + ", " + count(len(b.Exhibits), "exhibit")
}

// kilobytes reports progress in a unit that a person can read, and as one step.
func kilobytes(p evidence.Progress) func(done, total int64, what string) {
	if p == nil {
		return nil
	}
	return func(done, total int64, _ string) { p(done>>10, total>>10, "kilobytes written") }
}

// inGroups sets digits in groups of eight, to be read aloud.
func inGroups(s string) string {
	var g []string
	for ; len(s) > 8; s = s[8:] {
		g = append(g, s[:8])
	}
	return strings.Join(append(g, s), " ")
}

// stills makes the pictures that the pages show, in the worker.
func (d *Desk) stills(ctx context.Context) (report.Stiller, func() error, error) {
	if d.Pictures == nil {
		return nil, func() error { return nil }, nil
	}
	pictures, stop, err := d.Pictures(ctx)
	if err != nil {
		return nil, nil, err
	}
	return func(ctx context.Context, original io.Reader, fit report.Fit) (report.Still, error) {
		o, ok := original.(sized)
		if !ok {
			return report.Still{}, fmt.Errorf("picture: a %T cannot be read from the middle", original)
		}
		data, w, h, err := pictures.Picture(ctx, "original", o, o.Size(), fit)
		return report.Still{Data: data, Width: w, Height: h}, err
	}, stop, nil
}

// Place is where a bundle is written: a new folder in a folder.
type Place struct {
	Folder string
	Name   string
	Note   string // what to think of before it is written there; may be empty
}

// Path is the new folder.
func (p Place) Path() string { return filepath.Join(p.Folder, p.Name) }

// BundleName is a name for a bundle's own folder that tells nothing and is free in
// the folder where it is made. The two packs have two names, so that the full one is
// not handed over for the other.
func BundleName(folder string, served bool) string {
	usual := "notes"
	if served {
		usual = "papers"
	}
	p := Place{Folder: strings.TrimSpace(folder), Name: usual}
	for n := 2; p.taken() && n < 100; n++ {
		p.Name = fmt.Sprintf("%s-%d", usual, n)
	}
	return p.Name
}

// taken tells that something of the bundle's name is in the folder.
func (p Place) taken() bool {
	if p.Folder == "" {
		return false
	}
	_, err := os.Lstat(p.Path())
	return err == nil
}

// Place looks at where somebody wants a bundle to be written.
func (d *Desk) Place(folder, name string) (Place, error) {
	c, _, err := d.held()
	if err != nil {
		return Place{}, err
	}
	p := Place{Folder: strings.TrimSpace(folder), Name: strings.TrimSpace(name)}
	switch {
	case p.Folder == "":
		return p, errors.New("choose the folder in which the bundle is made")
	case p.Name == "" || strings.HasPrefix(p.Name, ".") || strings.ContainsAny(p.Name, `/\:*?"<>|`):
		return p, errors.New("give the bundle's folder a short name of letters and digits")
	}
	in, err := os.Stat(p.Folder)
	switch {
	case err != nil:
		return p, fmt.Errorf("the folder cannot be used: %w", err)
	case !in.IsDir():
		return p, fmt.Errorf("%s is a file; choose a folder", oneLine(p.Folder))
	}
	inside, err := insideOf(c.Dir(), p.Folder)
	if err != nil {
		return p, err
	}
	if inside {
		return p, errors.New("this folder is inside the case, where everything is encrypted, and a bundle can be read by anybody: choose another one")
	}
	list, err := os.ReadDir(p.Path())
	if err == nil && len(list) > 0 {
		return p, fmt.Errorf("there is something in “%s” already; give the bundle another name", oneLine(p.Name))
	}
	if cloud := Cloud(p.Folder); cloud != "" {
		p.Note = "This folder is copied to other computers by " + cloud + ". A bundle can be read by everybody who has it: a folder that is not copied, or a USB stick, is safer."
	}
	return p, nil
}

// insideOf tells whether a folder lies in another one, by whatever way they are
// named.
func insideOf(dir, place string) (bool, error) {
	in, err := filepath.EvalSymlinks(dir)
	if err != nil {
		return false, err
	}
	at, err := filepath.EvalSymlinks(place)
	if err != nil {
		return false, err
	}
	if in, err = filepath.Abs(in); err != nil {
		return false, err
	}
	if at, err = filepath.Abs(at); err != nil {
		return false, err
	}
	rel, err := filepath.Rel(in, at)
	if err != nil {
		return false, nil // on another disk
	}
	return rel != ".." && !strings.HasPrefix(rel, ".."+string(filepath.Separator)), nil
}

// Move puts an exhibit of a list some places on, and gives the new order.
func Move(list []ExhibitLine, from, by int) []int64 {
	to := max(0, min(len(list)-1, from+by))
	order := make([]int64, len(list))
	for i, e := range list {
		order[i] = e.Item
	}
	item := order[from]
	order = slices.Delete(order, from, from+1)
	return slices.Insert(order, to, item)
}

// sized is what a picture can be made from: an original knows its size.
type sized interface {
	io.ReaderAt
	Size() int64
}
