package report

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"time"

	"daybook/evidence"
	"daybook/evidence/journal"
	"daybook/timeline"
)

// Selection says what goes into a bundle and in whose name.
type Selection struct {
	Filter   timeline.Filter
	Producer string            // initials on the labels of new exhibits; empty: those of the case's actor
	Sources  map[string]string // importers' titles by name
	Version  string            // of the program
	Moment   Moment            // zero: now

	// Order are exhibits by item, in the order in which they stand in the
	// bundle; those that it does not name follow, by label. No label changes.
	Order []int64
	// Withhold are items whose rows and whose file a served pack leaves out,
	// each with a reason of Reasons.
	Withhold map[int64]string
	// Show are details that a served pack shows; it withholds those that are not
	// named here. A full pack shows them all.
	Show []Detail
	// About are the persons, by number, whose telephone numbers and e-mail
	// addresses a served pack shows all the same: those whom it is about.
	About []int64
	// Containers is how many bytes a container may have that a full pack holds;
	// 0: MostContainer; less than 0: none is in it.
	Containers int64
	// Draft plans and changes nothing: an exhibit that has no label yet shows
	// the one that it would be given now. A draft is looked at and not written.
	Draft bool
}

// ErrUnread means that the timeline has lost rows that the journal knows of:
// a bundle would leave them out in silence.
var ErrUnread = errors.New("files must be read again first")

// ErrNothing means that there is no row to make a bundle of.
var ErrNothing = errors.New(sayNothing)

// ErrDraft means that a bundle was planned to be looked at.
var ErrDraft = errors.New("bundle: this is a draft, and is not written")

// errFullPack refuses to leave something out where everything must be.
var errFullPack = errors.New("exhibits: a full pack leaves none out; choose a shorter time or fewer people, or a served pack")

// Plan decides everything about a bundle. Exhibits that have no label yet get
// one, in the journal: this is all that it changes, and a draft changes nothing.
func Plan(ctx context.Context, c *evidence.Case, x *timeline.Index, sel Selection, profile Profile, pack Pack) (*Bundle, error) {
	if unread := x.NeedsReading(); len(unread) > 0 {
		return nil, fmt.Errorf("timeline: %w: %d of them, the first is item %d", ErrUnread, len(unread), unread[0].Item)
	}
	if pack != Served && len(sel.Withhold) > 0 {
		return nil, errFullPack
	}
	found, err := x.Find(ctx, sel.Filter)
	if err != nil {
		return nil, err
	}
	if found.Len() == 0 {
		return nil, ErrNothing
	}
	p := &planner{c: c, x: x, sel: sel, found: found, b: &Bundle{
		Case: c.ID(), Title: c.Title(), Zone: c.Zone(), Pack: pack, Profile: profile, Version: sel.Version,
		Moment: sel.Moment, Rows: found.Len(), Draft: sel.Draft, Show: sel.Show, About: len(sel.About),
		Signer: Signer{c.SignerPublic(), c.Sign},
		Open:   func(_ context.Context, h evidence.Hash) (io.ReadCloser, error) { return c.Original(h) },
	}}
	p.gatherAddresses()
	for _, step := range []func(context.Context) error{p.rows, p.label, p.exhibits, p.containers, p.journal, p.rest} {
		if err := step(ctx); err != nil {
			return nil, err
		}
	}
	return p.b, nil
}

// planner gathers what a plan is made of.
type planner struct {
	c     *evidence.Case
	x     *timeline.Index
	sel   Selection
	found *timeline.Result
	b     *Bundle
	m     material

	items   map[int64]*cited // by number
	labels  map[int64]string // by item, of the whole case
	written map[timeline.ID]timeline.Written
	chosen  map[timeline.ID]bool // the rows; nil when the bundle is of the whole case

	out   map[timeline.ID]bool // rows that are left out of this pack
	named map[string]bool      // people whom rows name, as shown

	readBytes map[evidence.Hash]bool // that some item was read of
	addresses *addresses             // nil in a full pack
}

// cited is an item that rows come from or name.
type cited struct {
	rows     Spans
	records  int  // rows that come from it
	hidden   bool // a row of it is left out of this pack
	redacted bool // a row of it is shown without something that it has
	withheld bool // it is left out of this pack as an exhibit, and has its label all the same
}

// chunk is how many rows are read from the timeline at once.
const chunk = 1000

// walk gives the timeline's rows first to last, counted from 1.
func (p *planner) walk(ctx context.Context, first, last int) iter.Seq2[timeline.Row, error] {
	return func(yield func(timeline.Row, error) bool) {
		for at := first - 1; at < last; at += chunk {
			if err := ctx.Err(); err != nil {
				yield(timeline.Row{}, err)
				return
			}
			rows, err := p.found.Rows(at, min(chunk, last-at))
			if err != nil {
				yield(timeline.Row{}, err)
				return
			}
			for _, r := range rows {
				if !yield(r, nil) {
					return
				}
			}
		}
	}
}

// rows walks the chronology once: it counts, finds the items that are cited,
// and cuts the rows into pages.
func (p *planner) rows(ctx context.Context) error {
	p.items, p.written = map[int64]*cited{}, map[timeline.ID]timeline.Written{}
	p.out, p.named = map[timeline.ID]bool{}, map[string]bool{}
	for _, w := range p.x.Incidents() {
		p.written[w.ID] = w
	}
	if !p.whole() {
		p.chosen = map[timeline.ID]bool{}
	}
	pages, bases := pager{limit: p.b.Profile.PageRows}, map[string]int{}
	n := 0
	for r, err := range p.walk(ctx, 1, p.b.Rows) {
		if err != nil {
			return err
		}
		n++
		if p.chosen != nil {
			p.chosen[r.ID] = true
		}
		shown, why := p.shown(r)
		p.cite(r, shown, n, why != "")
		m := month(r.When, p.b.Zone)
		pages.add(n, m)
		if why != "" {
			p.b.LeftOut++
			p.m.Out = append(p.m.Out, leftOut{n, why})
			p.out[r.ID] = true
			continue
		}
		for _, who := range append(shown.To[:len(shown.To):len(shown.To)], shown.From) {
			if who.Name != "" {
				p.named[who.Name] = true
			}
		}
		if r.Source.Item == 0 {
			p.m.Diary = append(p.m.Diary, n)
		}
		at := showTime(r.When, p.b.Zone)
		bases[at.Basis]++
		if r.When.Basis == timeline.AssumedZone {
			p.b.Told.Assumed++
		}
		p.m.Summary.add(r.Kind.Title(), p.sourceOf(r), m, at.Local)
		for _, f := range shown.Files {
			if f.Missing {
				p.m.Missing++
			}
		}
	}
	p.b.Usual = most(bases)
	p.b.Pages = pages.pages(p.b.Rows)
	p.b.Walk = p.view
	return nil
}

// shown gives a row as this bundle shows it, or why it is left out.
func (p *planner) shown(r timeline.Row) (timeline.Row, string) {
	if why := p.sel.Withhold[r.Source.Item]; why != "" && r.Source.Item > 0 {
		return timeline.Row{}, servedReason(why)
	}
	r, why := p.b.Pack.row(r)
	if why == "" {
		r = p.addresses.row(r)
	}
	return r, why
}

// most is the basis that more than half have, when it is one.
func most(counts map[string]int) string {
	all := 0
	for _, n := range counts {
		all += n
	}
	for what, n := range counts {
		if 2*n > all && what != sayBasisUnknown {
			return what
		}
	}
	return ""
}

// source is a source in words.
func (p *planner) source(importer string) string { return cmp.Or(p.sel.Sources[importer], importer) }

func (p *planner) sourceOf(r timeline.Row) string {
	if r.Source.Item == 0 {
		return wordWritten
	}
	return p.source(r.Source.Importer)
}

// cite notes the items that a row comes from and names.
func (p *planner) cite(r, shown timeline.Row, n int, hidden bool) {
	if i := r.Source.Item; i > 0 {
		c := p.item(i)
		c.hidden = c.hidden || hidden
		c.withheld = p.sel.Withhold[i] != ""
		if !hidden {
			c.redacted = c.redacted || shown.Place != r.Place || len(shown.Extra) < len(r.Extra) || p.addresses.redacted(r, shown)
			c.records++
			c.rows.Add(n)
		}
	}
	if hidden {
		return
	}
	for _, f := range r.Files {
		if f.Item > 0 {
			p.item(f.Item).rows.Add(n)
		}
	}
	if w, ok := p.written[r.ID]; ok {
		for _, i := range w.Current().Evidence {
			if i >= 1 && i <= p.c.Len() {
				p.item(i).rows.Add(n)
			}
		}
	}
}

func (p *planner) item(n int64) *cited {
	if p.items[n] == nil {
		p.items[n] = &cited{}
	}
	return p.items[n]
}

// view gives the rows as they are shown.
func (p *planner) view(ctx context.Context, first, last int) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		n := first
		for r, err := range p.walk(ctx, first, last) {
			var row Row
			if err == nil {
				row, err = p.row(r, n)
			}
			n++
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}

// exhibits makes an exhibit of every item that a row comes from or names.
func (p *planner) exhibits(ctx context.Context) error {
	for n, c := range p.items {
		if err := ctx.Err(); err != nil {
			return err
		}
		if len(c.rows) == 0 {
			continue
		}
		item, err := p.c.Item(n)
		if err != nil {
			return fmt.Errorf("item %d: %w", n, err)
		}
		e, err := p.exhibit(item, c)
		if err != nil {
			return err
		}
		p.b.Exhibits = append(p.b.Exhibits, e)
	}
	place := map[int64]int{}
	for i, n := range slices.Backward(p.sel.Order) {
		place[n] = i - len(p.sel.Order) // before those that are not named
	}
	slices.SortFunc(p.b.Exhibits, func(a, b Exhibit) int {
		return cmp.Or(cmp.Compare(place[a.Item], place[b.Item]), compareLabels(a.Label, b.Label))
	})
	return nil
}

func (p *planner) exhibit(item evidence.Item, c *cited) (Exhibit, error) {
	e := Exhibit{
		Label: p.labels[item.Number], Item: item.Number, Hash: item.Hash, Size: item.Size, Name: p.addresses.clean(item.Name), Path: p.addresses.clean(item.Path),
		Type: item.Type, By: item.By, Note: p.b.Pack.note(item.Note), Added: item.Added, Modified: item.Modified,
		Entry: item.Seq, Records: c.records, Rows: c.rows,
	}
	reading, read := p.x.Reading(item.Number)
	e.Title = p.title(item, reading, read)
	if item.Parent > 0 {
		within, err := p.c.Item(item.Parent)
		if err != nil {
			return e, fmt.Errorf("item %d: what it came in: %w", item.Number, err)
		}
		e.Within = fmt.Sprintf(sayWithinItem, within.Number, visible(p.addresses.clean(within.Name)))
	}
	e.How = how(item)
	e.Withheld = p.b.Pack.withhold(item, c, reading)
	if why := p.sel.Withhold[item.Number]; why != "" {
		e.Withheld, c.hidden = servedReason(why), true
	}
	if e.Withheld == "" {
		e.File = fileName("data/originals", item.Number, item.Hash.String(), extension(item.Name, item.Type))
	}
	if !item.Deleted {
		e.Show = show(e, c)
	}
	if e.Show == ShowPicture {
		e.Picture = fileName("data/timeline/pictures", item.Number, item.Hash.String(), ".jpg")
	}
	return e, nil
}

func (p *planner) title(item evidence.Item, r timeline.ReadingInfo, read bool) string {
	what := kindOfFile(item.Type)
	if m := major(item.Type); read && (r.Events > 1 || m == "text" || m == "message") {
		what = p.source(r.Importer)
	}
	return what + ": " + visible(p.addresses.clean(item.Name))
}

func how(item evidence.Item) string {
	within := fmt.Sprintf("%d", item.Parent)
	switch item.How {
	case "", "file":
		return sayHowFile
	case "member":
		return fmt.Sprintf(sayHowMember, within)
	case "attachment":
		return fmt.Sprintf(sayHowAttached, within)
	case "clipboard":
		return sayHowClipboard
	default:
		return item.How
	}
}

// show decides what is seen of an exhibit: its picture; the records that were
// read from it; its own text. What is withheld as a file is not printed as
// text.
func show(e Exhibit, c *cited) Show {
	switch major(e.Type) {
	case "image":
		if c.hidden {
			return ShowNothing
		}
		return ShowPicture
	case "video", "audio":
		return ShowNothing
	}
	switch {
	case c.records > 0:
		return ShowTranscript
	case e.File != "" && isText(e.Type):
		return ShowText
	default:
		return ShowNothing
	}
}

// journal counts the entries up to the moment, and those that this pack opens.
func (p *planner) journal(ctx context.Context) error {
	open, err := p.opener(ctx)
	if err != nil {
		return err
	}
	p.b.Entries = func(ctx context.Context) iter.Seq2[Entry, error] { return p.entries(ctx, open) }
	for e, err := range p.b.Entries(ctx) {
		if err != nil {
			return err
		}
		p.b.Log.Entries++
		if e.Body != nil {
			p.b.Log.Disclosed++
		}
		p.b.Log.Head = lineHash(e.Line)
	}
	if want := p.b.Moment.Entries; want != 0 && p.b.Log.Entries != want {
		return fmt.Errorf("journal: it has %d entries, and the moment of the bundle is after %d", p.b.Log.Entries, want)
	}
	p.b.Moment.Entries = p.b.Log.Entries
	if p.b.Moment.Time.IsZero() {
		p.b.Moment.Time = time.Now().In(p.b.Zone).Truncate(time.Second)
	}
	p.b.Log.Phrase = journal.Phrase(p.b.Log.Head)
	code, err := journal.HeadQR(p.b.origin(), journal.Head{Count: p.b.Log.Entries, Hash: p.b.Log.Head})
	if err != nil {
		return err
	}
	p.b.Log.Code = code.PNG()
	return nil
}

func (p *planner) entries(ctx context.Context, open *opener) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		limit := p.b.Moment.Entries
		for e, err := range p.c.Journal(ctx) {
			if err != nil {
				yield(Entry{}, err)
				return
			}
			if limit != 0 && e.Seq >= limit {
				return
			}
			out := Entry{Seq: e.Seq, Line: lineOf(e)}
			if open.opens(e) {
				out.Body = e.Body
			}
			if !yield(out, nil) {
				return
			}
		}
	}
}

// pager cuts rows into pages: one for all when they are few, else one for each
// month, and several for a month that has many.
type pager struct {
	limit int
	cuts  []Page
}

// add takes the next row. A row that stands out of its month (a clock of
// another zone) stays on the page where it stands in the order.
func (p *pager) add(n int, month string) {
	last := len(p.cuts) - 1
	if last < 0 || month > p.cuts[last].File || month == "" && p.cuts[last].File != "" || n-p.cuts[last].First >= p.limit {
		file := month
		if last >= 0 && month != "" {
			file = max(month, p.cuts[last].File)
		}
		p.cuts = append(p.cuts, Page{File: file, First: n, Last: n})
		return
	}
	p.cuts[last].Last = n
}

func (p *pager) pages(rows int) []Page {
	if rows == 0 {
		return nil
	}
	if rows <= p.limit {
		return []Page{{homePage, titleChronology, 1, rows}}
	}
	seen := map[string]int{}
	for i, c := range p.cuts {
		seen[c.File]++
		name, title := cmp.Or(c.File, "undated"), monthTitle(c.File)
		if n := seen[c.File]; n > 1 {
			name, title = fmt.Sprintf("%s-%d", name, n), fmt.Sprintf("%s (%d)", title, n)
		}
		p.cuts[i].File, p.cuts[i].Title = timelineDir+name+".html", title
	}
	return p.cuts
}
