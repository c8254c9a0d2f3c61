package report

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"daybook/evidence"
	"daybook/timeline"
	"daybook/timeline/casework"
)

// A bundle is a draft until it is frozen. A frozen one has a number, and the case
// keeps what was issued with it: its rows, labels and page numbers, and the sum
// of its list of files. It lies in the case as an item, and the journal names it.

// ActionFreeze is the journal's word for freezing a bundle.
const ActionFreeze evidence.Action = "freeze"

type freezeSubject struct {
	Bundle int `json:"bundle"`
}

type freezeDetail struct {
	Item     int64         `json:"item"` // that holds the rest
	SHA256   evidence.Hash `json:"sha256"`
	Manifest string        `json:"manifest_sha256"`
	Pack     Pack          `json:"pack"`
	Pages    int           `json:"pages"`
}

// Frozen is what the case keeps of a bundle that was frozen.
type Frozen struct {
	Bundle    int       `json:"bundle"`              // 1, 2, 3 …: never given twice
	Continues int       `json:"continues,omitempty"` // the bundle of which this is a supplement
	Pack      Pack      `json:"pack"`
	Profile   string    `json:"profile"`
	Made      time.Time `json:"made"`
	Entries   uint64    `json:"entries"`         // of the journal, at its moment
	Manifest  string    `json:"manifest_sha256"` // of its list of files
	Last      PageCount `json:"last"`
	Rows      int       `json:"rows"` // the number of the last one
	Chosen    Chosen    `json:"chosen"`

	// Law are the versions of the law packs that it used, by jurisdiction; nil: it
	// was made by a program that noted none.
	Law casework.Versions `json:"law,omitempty"`

	Exhibits []FrozenExhibit `json:"exhibits"`

	// People are the numbers under which a served pack shows people whose address it
	// withholds, by their number in the case.
	People map[int64]int `json:"people,omitempty"`

	Each []FrozenRow `json:"-"` // a line each, behind the rest
}

// PageCount is how far pages were numbered.
type PageCount struct {
	Pages    int    `json:"pages"`              // so many, those of what is continued among them
	Letters  int    `json:"letters,omitempty"`  // so many sections had a letter
	Label    string `json:"label"`              // the last number
	Inserted int    `json:"inserted,omitempty"` // so many behind the page Pages have it and a letter: 344A
}

// FrozenExhibit is where an exhibit stands in a frozen bundle.
type FrozenExhibit struct {
	Item   int64  `json:"item"`
	Label  string `json:"label"`
	Page   string `json:"page"`
	Bundle int    `json:"bundle,omitempty"` // which one it is, where that is not said by what lists it
}

// FrozenRow is a row as it stood in a frozen bundle.
type FrozenRow struct {
	ID      timeline.ID `json:"id"`
	Number  int         `json:"row"`
	Page    string      `json:"page,omitempty"`
	Out     bool        `json:"left_out,omitempty"`
	Sums    string      `json:"sums,omitempty"` // of what was said about the event, part by part: see saidParts
	printed string      // the same of what it prints, to be held against bundles of an earlier version
	then    string      // Sums with no more withheld than when the bundle before was made; empty: the same
}

// Issued is where a row stands in a frozen bundle.
type Issued struct {
	Bundle int    `json:"bundle"`
	Row    int    `json:"row"`
	Page   string `json:"page,omitempty"`
}

func (i Issued) String() string {
	if i.Page == "" {
		return fmt.Sprintf(sayIssued, i.Bundle, i.Row)
	}
	return fmt.Sprintf(sayIssuedPage, i.Bundle, i.Row, i.Page)
}

// issuedRow is a row as it was issued last, and every bundle in which it was, the
// first of them first.
type issuedRow struct {
	FrozenRow
	Issued []Issued
}

// Chosen is what a person chose for a bundle, to be chosen again.
type Chosen struct {
	Filter   timeline.Filter  `json:"filter"`
	Order    []int64          `json:"order,omitempty"`
	Withhold map[int64]string `json:"withhold,omitempty"`
	Show     []Detail         `json:"show,omitempty"`
	About    []int64          `json:"about,omitempty"`
	Offences []string         `json:"offences,omitempty"`
}

// Choose chooses again what was chosen for a frozen bundle.
func (s *Selection) Choose(c Chosen) {
	s.Filter, s.Order, s.Withhold, s.Show, s.About, s.Offences = c.Filter, c.Order, c.Withhold, c.Show, c.About, c.Offences
}

func (s Selection) chosen() Chosen {
	return Chosen{s.Filter, s.Order, s.Withhold, s.Show, s.About, s.Offences}
}

// ErrNotFrozen means that no bundle of the number was frozen.
var ErrNotFrozen = errors.New("no bundle of this number was frozen")

// ErrOtherPack means that a bundle was to continue one of another pack.
var ErrOtherPack = errors.New("a supplement continues a bundle of the same pack")

// ownItem tells an item that is the program's own: what it keeps of a bundle, or a law
// pack.
func ownItem(item evidence.Item) bool { return item.How == sayHowKept || item.How == casework.HowKept }

// FrozenBundles lists the bundles that were frozen, without their rows, in order.
func FrozenBundles(ctx context.Context, c *evidence.Case) ([]Frozen, error) {
	var all []Frozen
	err := eachFrozen(ctx, c, func(d freezeDetail) error {
		f, err := readFrozen(c, d, false)
		all = append(all, f)
		return err
	})
	return all, err
}

// FrozenIn reads what an item keeps of a bundle that was frozen, without its rows;
// ok is false for any other item.
func FrozenIn(c *evidence.Case, item evidence.Item) (f Frozen, ok bool, err error) {
	if item.How != sayHowKept {
		return f, false, nil
	}
	f, err = readFrozen(c, freezeDetail{Item: item.Number, SHA256: item.Hash}, false)
	return f, err == nil, err
}

// eachFrozen walks the journal's entries of freezing.
func eachFrozen(ctx context.Context, c *evidence.Case, do func(freezeDetail) error) error {
	for e, err := range c.Journal(ctx) {
		if err != nil {
			return err
		}
		if e.Action != string(ActionFreeze) {
			continue
		}
		var d freezeDetail
		if err := json.Unmarshal(e.Detail, &d); err != nil {
			return fmt.Errorf("entry %d: %w", e.Seq, err)
		}
		if err := do(d); err != nil {
			return fmt.Errorf("entry %d: %w", e.Seq, err)
		}
	}
	return nil
}

// mostFrozen is the longest line of what is kept of a bundle: the first names
// every exhibit.
const mostFrozen = 64 << 20

// readFrozen reads what is kept of a bundle, with its rows or without.
func readFrozen(c *evidence.Case, d freezeDetail, rows bool) (f Frozen, err error) {
	original, err := c.Original(d.SHA256)
	if err != nil {
		return f, fmt.Errorf("item %d: %w", d.Item, err)
	}
	defer func() { err = errors.Join(err, original.Close()) }()
	in := bufio.NewScanner(original)
	in.Buffer(nil, mostFrozen)
	for n := 0; in.Scan(); n++ {
		if n == 0 {
			if err := json.Unmarshal(in.Bytes(), &f); err != nil {
				return f, fmt.Errorf("item %d: %w", d.Item, err)
			}
			if !rows {
				return f, nil
			}
			continue
		}
		var r FrozenRow
		if err := json.Unmarshal(in.Bytes(), &r); err != nil {
			return f, fmt.Errorf("item %d, line %d: %w", d.Item, n+1, err)
		}
		f.Each = append(f.Each, r)
	}
	return f, in.Err()
}

// appendLines is what is kept, as it lies in the case: the head, then each row.
func (f Frozen) appendLines(w io.Writer) error {
	out := json.NewEncoder(w)
	if err := out.Encode(f); err != nil {
		return err
	}
	for _, r := range f.Each {
		if err := out.Encode(r); err != nil {
			return err
		}
	}
	return nil
}

// keep keeps a frozen bundle in the case. The same one is kept once.
func (p *planner) keep(ctx context.Context, f Frozen) error {
	kept := false
	err := eachFrozen(ctx, p.c, func(d freezeDetail) error {
		old, err := readFrozen(p.c, d, false)
		if err == nil && old.Bundle == f.Bundle {
			if kept = old.Manifest == f.Manifest; !kept {
				err = fmt.Errorf("bundle %d is frozen, and this is another", f.Bundle)
			}
		}
		return err
	})
	if err != nil || kept {
		return err
	}
	var text bytes.Buffer
	if err := f.appendLines(&text); err != nil {
		return err
	}
	item, err := p.c.Add(ctx, &text, evidence.Provenance{
		Name: fmt.Sprintf("bundle-%d.jsonl", f.Bundle), Path: fmt.Sprintf("bundle-%d.jsonl", f.Bundle), Type: "application/x-ndjson", Size: int64(text.Len()), How: sayHowKept,
	})
	if err != nil {
		return fmt.Errorf("keep bundle %d: %w", f.Bundle, err)
	}
	_, err = p.c.Record(ctx, ActionFreeze, freezeSubject{f.Bundle}, freezeDetail{item.Number, item.Hash, f.Manifest, f.Pack, f.Last.Pages})
	return err
}

// frozen reads the bundles that were frozen up to the moment and finds out which
// number is next, what is continued and what the bundle is held against.
func (p *planner) frozen(ctx context.Context) error {
	var all []freezeDetail
	err := eachFrozen(ctx, p.c, func(d freezeDetail) error {
		f, err := readFrozen(p.c, d, false)
		if err == nil && (p.sel.Moment.Entries == 0 || f.Entries < p.sel.Moment.Entries) {
			all = append(all, d)
			p.issued = append(p.issued, f)
		}
		return err
	})
	if err != nil {
		return err
	}
	if p.sel.Freeze && !p.sel.Draft {
		p.b.Number = len(p.issued) + 1
		p.b.keep = p.keep
	}
	since := p.sel.Since
	for i := len(p.issued) - 1; i >= 0 && since == 0; i-- {
		if p.issued[i].Pack == p.b.Pack {
			since = p.issued[i].Bundle
		}
	}
	if p.sel.Continue != 0 {
		since = p.sel.Continue
	}
	if since <= 0 {
		return nil
	}
	if since > len(p.issued) {
		return fmt.Errorf("bundle %d: %w", since, ErrNotFrozen)
	}
	old, err := readFrozen(p.c, all[since-1], true)
	if err != nil {
		return err
	}
	if old.Pack != p.b.Pack {
		return p.otherPack(old)
	}
	p.before, p.earlier = map[timeline.ID]issuedRow{}, map[int64]FrozenExhibit{}
	for f := old; ; {
		p.issuedIn(f)
		if f.Continues == 0 {
			break
		}
		if f, err = readFrozen(p.c, all[f.Continues-1], true); err != nil {
			return err
		}
	}
	p.since = &old
	if err := p.servedBefore(old); err != nil {
		return err
	}
	if p.sel.Continue != 0 {
		return p.continues(ctx, old)
	}
	return nil
}

// otherPack says which bundles this one can continue in the place of another pack's.
func (p *planner) otherPack(old Frozen) error {
	var same []int
	for _, f := range p.issued {
		if f.Pack == p.b.Pack {
			same = append(same, f.Bundle)
		}
	}
	can := fmt.Sprintf("no %s pack was frozen yet", p.b.Pack)
	if len(same) > 0 {
		can = fmt.Sprintf("a %s pack can continue %s", p.b.Pack, bundles(same))
	}
	return fmt.Errorf("bundle %d: %w: it is a %s pack, and this is a %s one; %s", old.Bundle, ErrOtherPack, old.Pack, p.b.Pack, can)
}

// servedBefore takes up what a served pack before said: the numbers of people stay
// theirs, and what was withheld then is noted, where more is now: a word, or what was
// chosen to be shown.
func (p *planner) servedBefore(old Frozen) (err error) {
	if p.gate == nil {
		return nil
	}
	p.gate.addresses.number(p.x.People(), old.People)
	now := p.withholdings()
	then := slices.DeleteFunc(slices.Clone(now), func(w timeline.Withholding) bool { return w.Number >= old.Entries })
	if old.Chosen.Withhold, err = leftOutWith(p.c, old.Chosen.Withhold); err != nil {
		return err
	}
	chosen := p.sel.alsoShowing(old.Chosen)
	if len(then) == len(now) && reflect.DeepEqual(chosen.chosen(), p.sel.chosen()) {
		return nil
	}
	before := *p
	before.sel = chosen
	a := before.gatherAddresses()
	a.number(p.x.People(), old.People)
	p.selThen = chosen
	p.gateThen, err = gateOf(p.c, a, then)
	return err
}

// alsoShowing is a choice with all that another one showed as well.
func (s Selection) alsoShowing(by Chosen) Selection {
	for _, d := range by.Show {
		if !slices.Contains(s.Show, d) {
			s.Show = append(slices.Clip(s.Show), d)
		}
	}
	for _, person := range by.About {
		if !slices.Contains(s.About, person) {
			s.About = append(slices.Clip(s.About), person)
		}
	}
	s.Withhold = maps.Clone(s.Withhold)
	maps.DeleteFunc(s.Withhold, func(item int64, _ string) bool { return by.Withhold[item] == "" })
	return s
}

// issuedIn notes what a bundle issued, which is one before those that were noted.
func (p *planner) issuedIn(f Frozen) {
	for _, r := range f.Each {
		was, later := p.before[r.ID]
		if !later {
			was.FrozenRow = r
		}
		was.Issued = slices.Insert(was.Issued, 0, Issued{f.Bundle, r.Number, r.Page})
		p.before[r.ID] = was
	}
	for _, e := range f.Exhibits {
		e.Bundle = f.Bundle
		p.earlier[e.Item] = e
	}
	p.chain = slices.Insert(p.chain, 0, f.Bundle)
}

// continues makes the bundle a supplement: it has what is new and what has
// changed, and its rows and pages are counted on.
func (p *planner) continues(ctx context.Context, old Frozen) error {
	if bySection := old.Last.Letters > 0; bySection != p.b.Profile.BySection {
		return fmt.Errorf("bundle %d: %w; choose the profile %s", old.Bundle, errNumbering, old.Profile)
	}
	for _, f := range p.issued {
		if f.Continues == old.Bundle && f.Bundle != old.Bundle {
			return fmt.Errorf("bundle %d: bundle %d continues it already; continue that one", old.Bundle, f.Bundle)
		}
	}
	p.b.Continues, p.b.Before, p.b.After, p.b.chain = old.Bundle, old.Rows, old.Last, p.chain
	if _, err := p.readLabels(ctx); err != nil {
		return err
	}
	var places []int
	for at := 0; at < p.found.Len(); at += chunk {
		rows, err := p.found.Rows(at, min(chunk, p.found.Len()-at))
		if err := errors.Join(err, ctx.Err()); err != nil {
			return err
		}
		for i, r := range rows {
			was, issued := p.before[r.ID]
			if issued {
				now, err := p.state(r, was.Number)
				if err != nil {
					return err
				}
				if now.as(was.FrozenRow) {
					continue
				}
			}
			places = append(places, at+i)
		}
	}
	if len(places) == 0 {
		return fmt.Errorf("bundle %d: %w", old.Bundle, ErrNothingNew)
	}
	p.found, p.b.Rows = p.found.Only(places), len(places)
	return nil
}

// errNumbering refuses to count on by section where pages were counted through, and
// the other way round.
var errNumbering = errors.New("its pages are numbered in another way (through, or by section) than this profile does, and a supplement counts them on")

// ErrNothingNew means that a supplement would be empty.
var ErrNothingNew = errors.New("nothing has come and nothing has changed since it was frozen")

// state is a row as a frozen bundle keeps it. Which sums of files a pack gives is
// nothing that was said about the event.
func (p *planner) state(r timeline.Row, n int) (FrozenRow, error) {
	row, err := p.saidRow(r, n)
	if err != nil || row.LeftOut != "" {
		return FrozenRow{ID: r.ID, Number: n, Out: true}, err
	}
	out := FrozenRow{ID: r.ID, Number: n}
	if was := p.before[r.ID].Sums; was != "" && !strings.HasPrefix(was, saidSums) {
		if out.printed, err = sumsOf(printedParts(row)); err != nil {
			return out, fmt.Errorf("row %d: %w", n, err)
		}
	}
	if out.Sums, err = sumsOf(saidParts(row)); err != nil {
		return out, fmt.Errorf("row %d: %w", n, err)
	}
	out.Sums = saidSums + out.Sums
	if p.gateThen == nil || out.Sums == p.before[r.ID].Sums {
		return out, nil
	}
	then := *p
	then.sel, then.gate, then.gateThen = p.selThen, p.gateThen, nil
	was, err := then.state(r, n)
	out.then = was.Sums
	return out, err
}

// saidSums begin the sums of what was said about an event. Those of bundles of an
// earlier version begin with nothing: they are of what the rows printed, with the
// program's own words for times and days among it.
const saidSums = "2:"

// sumsOf is a sum of each part.
func sumsOf(parts [len(partNames)]any) (sums string, err error) {
	for _, part := range parts {
		text, err := json.Marshal(part)
		if err != nil {
			return "", err
		}
		sum := sha256.Sum256(text)
		sums += hex.EncodeToString(sum[:sumBytes])
	}
	return sums, nil
}

// changed names the parts in which a row is not as it was issued; printed tells that
// what it printed was held against each other, and so the program's words too. That
// more is withheld is named as that.
func (r FrozenRow) changed(was FrozenRow) (parts []string, printed bool) {
	then, said := strings.CutPrefix(was.Sums, saidSums)
	if !said {
		return changedParts(then, r.printed), true
	}
	parts = changedParts(then, strings.TrimPrefix(cmp.Or(r.then, r.Sums), saidSums))
	if r.then != "" && r.then != r.Sums {
		parts = append(parts, partWithheld)
	}
	return parts, false
}

// as tells that a row is as it was issued. One that is left out, and was, says nothing
// that could have changed.
func (r FrozenRow) as(was FrozenRow) bool {
	if r.Out || was.Out {
		return r.Out == was.Out
	}
	parts, _ := r.changed(was)
	return len(parts) == 0
}

// sumBytes is how much of the sum of a part is kept: enough to see that it has
// changed.
const sumBytes = 6

// partNames name what saidParts gives, in its order.
var partNames = [...]string{partTime, partWords, partFacts, partMarks}

// saidParts are what a source or a person said about an event, as this pack has it,
// part by part: no word of the program's own, no number that holds for one bundle
// alone, and nothing of what else the case holds.
func saidParts(r Row) [len(partNames)]any {
	w := r.Data.Wire()
	when, words := w.When, []any{w.Kind, w.From, w.To, w.About, w.Author, w.Thread, w.Text}
	w.ID, w.When, w.Kind, w.From, w.To, w.About, w.Author, w.Thread, w.Text = timeline.ID{}, timeline.WireWhen{}, "", nil, nil, nil, "", "", ""
	w.Source = timeline.WireSource{Item: w.Source.Item, Record: w.Source.Record}
	w.Marks, w.Elsewhere, w.Read, w.Again = nil, nil, nil, false
	w.Extra = slices.DeleteFunc(slices.Clone(w.Extra), func(f timeline.Fact) bool { return f.Name == timeline.FirstRecorded }) // never changes, and bundles of an earlier version have it not
	return [...]any{when, words, []any{w, r.Label}, []any{r.Codes, r.Tags, r.Notes, r.Remark}}
}

// printedParts are what a row shows, part by part, as bundles of an earlier version
// kept it.
func printedParts(r Row) [len(partNames)]any {
	r.Time.Usual = false
	var facts []Fact
	for _, f := range r.Facts {
		if f.Name != factElsewhere && f.Name != factIssued {
			facts = append(facts, f)
		}
	}
	return [...]any{
		r.Time,
		[]string{r.Kind, r.From, r.To, r.About, r.Author, r.Thread, r.Text},
		[]any{facts, r.More, r.Files, r.Place, r.Flags, r.Detail, r.Label, r.Record},
		[]any{r.Codes, r.Tags, r.Notes, r.Remark},
	}
}

// states are all rows of the bundle as a frozen one keeps them.
func (p *planner) states(ctx context.Context) (all []FrozenRow, err error) {
	n := p.b.first()
	for r, err := range p.walk(ctx, n, p.b.last()) {
		if err != nil {
			return nil, err
		}
		s, err := p.state(r, n)
		if err != nil {
			return nil, err
		}
		all = append(all, s)
		n++
	}
	return all, nil
}

// issue is what the case keeps of the bundle, once it is written.
func (b *Bundle) issue(manifest string) Frozen {
	f := Frozen{
		Bundle: b.Number, Continues: b.Continues, Pack: b.Pack, Profile: b.Profile.Name, Made: b.Moment.Time, Entries: b.Moment.Entries,
		Manifest: manifest, Last: b.numbered, Rows: b.last(), Chosen: b.chosen, Law: b.law.Versions(), People: b.nameless, Each: make([]FrozenRow, len(b.states)), Exhibits: []FrozenExhibit{},
	}
	for i, r := range b.states {
		r.Page = b.sheet(rowAnchor(r.Number)).Label
		f.Each[i] = r
	}
	for _, e := range b.Exhibits {
		f.Exhibits = append(f.Exhibits, FrozenExhibit{Item: e.Item, Label: e.Label, Page: b.sheet(itemAnchor(e.Item)).Label})
	}
	return f
}

// first and last are the numbers of the bundle's rows.
func (b *Bundle) first() int { return b.Before + 1 }
func (b *Bundle) last() int  { return b.Before + b.Rows }
