package report

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"sync"

	"daybook/evidence"
	"daybook/timeline"
	"daybook/timeline/casework"
)

// Selection says what goes into a bundle and in whose name.
type Selection struct {
	Filter   timeline.Filter
	Producer string              // initials on the labels of new exhibits; empty: those of the case's actor
	Sources  map[string]string   // importers' titles by name
	Limits   map[string][]string // what their formats do not carry, by name
	Version  string              // of the program
	Coder    string              // what makes the pictures, with its version; empty: none is kept for the next bundle
	Moment   Moment              // zero: now

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
	// Private are private notes and private registers too, in a full pack: support,
	// assessments of risk, wishes, safety plans, people who help.
	Private bool
	// Offences are those, by their names in the law, whose elements are set against the
	// rows.
	Offences []string
	// Walked hears how many of the rows were looked at; may be nil.
	Walked func(rows, of int)
	// LookInto looks into films and sounds of the bundle that nobody looked into yet,
	// so that it shows frames and lengths; nil: it shows what was found before.
	LookInto func(context.Context, []evidence.Item) error
	// Flat puts what is given one file at a time into one folder, for portals that
	// take no folders.
	Flat bool
	// Draft plans and changes nothing: an exhibit that has no label yet shows
	// the one that it would be given now. A draft is looked at and not written.
	Draft bool
	// Volumes cut the document into files; zero: as the profile says.
	Volumes VolumeLimits
	// Freeze gives the bundle a number, and writing it keeps in the case what was
	// issued with it. What is not frozen says on every page that it is a draft.
	Freeze bool
	// Since is the frozen bundle that this one is compared with; 0: the last one
	// of the same pack; less than 0: none.
	Since int
	// Continue makes a supplement to a frozen bundle: what is new or has changed
	// since, with rows and pages counted on.
	Continue int
}

// ErrUnread means that the timeline has lost rows that the journal knows of:
// a bundle would leave them out in silence.
var ErrUnread = errors.New("files must be read again first, and could not be")

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
	if pack == Served && sel.Private {
		return nil, errPrivate
	}
	hidden, err := private(x)
	if err != nil {
		return nil, err
	}
	closed := hidden
	if sel.Private {
		closed = nil
	}
	filter, err := bundled(sel.Filter, closed)
	if err != nil {
		return nil, err
	}
	found, err := x.Find(ctx, filter)
	if err != nil {
		return nil, err
	}
	if found.Len() == 0 {
		return nil, ErrNothing
	}
	p := &planner{c: c, x: x, sel: sel, found: found, hidden: hidden, private: closed, b: &Bundle{
		Case: c.ID(), Title: c.Title(), Zone: c.Zone(), Pack: pack, Profile: profile, Version: sel.Version,
		Moment: sel.Moment, Rows: found.Len(), Draft: sel.Draft, Flat: sel.Flat, Private: sel.Private, Show: sel.Show,
		Signer: Signer{c.SignerPublic(), c.Sign},
		Open:   func(_ context.Context, h evidence.Hash) (io.ReadCloser, error) { return c.Original(h) },

		madeBefore: c, coder: sel.Coder, recording: x.Recording,
	}}
	p.b.chosen = sel.chosen()
	if p.b.law, err = casework.LawOf(ctx, c, sel.Moment.Entries); err != nil {
		return nil, err
	}
	p.packWords = p.b.law.Words()
	p.incidents()
	p.ownerNames = sync.OnceValue(func() map[string]string { return timeline.OwnerNames(x.People()) })
	if pack == Served {
		if p.sel.Withhold, err = leftOutWith(c, sel.Withhold); err != nil {
			return nil, err
		}
		if p.gate, err = gateOf(c, p.gatherAddresses(), p.withholdings()); err != nil {
			return nil, err
		}
		p.b.Title = p.gate.clean(p.b.Title)
	} else if err := p.gatherWithheld(); err != nil {
		return nil, err
	}
	if err := p.force(); err != nil {
		return nil, err
	}
	for _, step := range []func(context.Context) error{p.keepFamilyOut, p.frozen, p.splitWords, p.gatherFormer, p.rows, p.course, p.matrices, p.patterns, p.label, p.exhibits, p.compare, p.containers, p.journal, p.volumes, p.rest, p.secrets, p.standNowhere} {
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
	nth     map[timeline.ID]int  // the numbers of incidents
	chosen  map[timeline.ID]bool // the rows; nil when the bundle is of the whole case

	packWords map[string]string // of codes of behaviour that a law pack adds

	matter casework.Shown      // what may show an element of an offence
	rowOf  map[timeline.ID]int // their numbers
	theirs []bool              // of the rows: what others did

	said    []timeline.Row  // what patterns are found in beside the rows: what somebody wrote down or marked
	conduct []timeline.ID   // the rows of the course of conduct
	hidden  []timeline.Kind // kinds of entries that are private
	private []timeline.Kind // those of them that are in no row and no opened entry of this bundle
	family  family          // what a bundle for a criminal court keeps out

	out   map[timeline.ID]bool // rows that are left out of this pack
	named map[string]bool      // people whom the pack names, as shown

	entered   map[timeline.Kind]int                      // of registers, in the rows
	orders    map[timeline.ID]int                        // those among the rows, with their numbers
	byHand    map[timeline.ID]timeline.Standing          // what a person said of where an occasion begins
	marked    map[timeline.ID]timeline.RegisteredVersion // events that a mark alone says may break an order
	strangers map[timeline.ID]casework.Stranger          // entries of breaches of what somebody else did than whom the order is against

	open *opener // of the journal's entries

	readBytes  map[evidence.Hash]bool            // that some item was read of
	exhibitsOf map[evidence.Hash][]FrozenExhibit // by their bytes, but for those of noSum
	noSum      map[int64]bool                    // exhibits whose SHA-256 stands nowhere in the pack
	gate       *gate                             // nil in a full pack
	stating    *gate                             // of the statements of a full pack, which others read
	stands     *standing                         // in how much of the case protected words stand; nil in a full pack
	gateThen   *gate                             // when the bundle before was made; nil: no more is withheld now
	selThen    Selection                         // with gateThen: what is chosen, and what that bundle showed beside it
	read       map[evidence.Hash]timeline.PictureText
	secret     map[string]bool // what is among the secrets
	former     former

	kept    map[int64]bool            // acts of adding that keep a frozen bundle
	own     Spans                     // items that are the program's own
	issued  []Frozen                  // the bundles that were frozen, without their rows
	since   *Frozen                   // the one that this bundle is compared with; nil: none
	before  map[timeline.ID]issuedRow // its rows, and those of what it continues
	earlier map[int64]FrozenExhibit   // its exhibits by item, and those of what it continues, each where it was issued first
	chain   []int                     // the numbers of all these bundles

	ownerNames func() map[string]string // by handle
	elsewhere  elsewhere
	called     map[int64]string  // how persons are listed, by number
	mayBe      map[string]string // who may use a handle that was attributed; nil in a served pack
	personOf   map[string]string // numbers in the list of people, by handle; nil in a served pack
}

// chunk is how many rows are read from the timeline at once.
const chunk = 1000

// volumes decides whether the document is cut into files. A profile says how large
// a file may be; one that is far from it is not cut, and says nothing of volumes.
func (p *planner) volumes(context.Context) error {
	p.b.Volumes = p.sel.Volumes
	most := p.b.Profile.Volumes
	if p.b.Volumes == (VolumeLimits{}) && most.Bytes > 0 && p.b.documentSize() > most.Bytes/2 {
		p.b.Volumes = most
	}
	return nil
}

// walk gives the rows of the bundle first to last, by their numbers.
func (p *planner) walk(ctx context.Context, first, last int) iter.Seq2[timeline.Row, error] {
	first, last = first-p.b.Before, last-p.b.Before
	return func(yield func(timeline.Row, error) bool) {
		for at := first - 1; at < last; {
			if err := ctx.Err(); err != nil {
				yield(timeline.Row{}, err)
				return
			}
			n := min(chunk, last-at)
			rows, err := p.found.Rows(at, n)
			at += n
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
	p.items = map[int64]*cited{}
	p.b.Days, p.theirs = Days{}, nil
	all, err := p.found.Survey(ctx)
	if err != nil {
		return err
	}
	p.rowOf = map[timeline.ID]int{}
	p.out, p.named, p.entered = map[timeline.ID]bool{}, map[string]bool{}, map[timeline.Kind]int{}
	p.orders = map[timeline.ID]int{}
	p.byHand = map[timeline.ID]timeline.Standing{}
	cuts, err := p.x.CutsStanding(ctx)
	if err != nil {
		return err
	}
	for _, c := range cuts {
		p.byHand[c.Event] = c
	}
	if err := p.markedAlone(ctx); err != nil {
		return err
	}
	if !p.whole() {
		p.chosen = map[timeline.ID]bool{}
	}
	pages, bases := pager{limit: p.b.Profile.PageRows}, map[string]int{}
	n := p.b.Before
	for r, err := range p.walk(ctx, p.b.first(), p.b.last()) {
		if err != nil {
			return err
		}
		n++
		p.theirs = append(p.theirs, casework.ByOthers(all, len(p.theirs)))
		if done := n - p.b.Before; p.sel.Walked != nil && (done%chunk == 0 || done == p.b.Rows) {
			p.sel.Walked(done, p.b.Rows)
		}
		p.noteWithheld(r, n)
		p.secretFacts(r)
		if p.chosen != nil {
			p.chosen[r.ID] = true
		}
		shown, marks, why := p.shown(r)
		p.secretEntry(r, shown)
		p.cite(r, shown, marks, n, why)
		if why == "" {
			marks = p.withheldIn(r, marks)
		}
		if len(marks) > 0 {
			p.m.Within = append(p.m.Within, within{n, marks})
		}
		m := month(r.When, p.b.Zone)
		pages.add(n, m)
		if why != "" {
			p.b.LeftOut++
			p.m.Out = append(p.m.Out, leftOut{n, why})
			p.secretRow(r, n, why)
			p.out[r.ID] = true
			continue
		}
		p.sayFormer(shown)
		p.noteNames(r, shown, marks)
		p.step(r, shown, n)
		p.mayShow(r, shown, n)
		p.patternRow(shown)
		if r.Source.Item == 0 {
			p.m.Diary = append(p.m.Diary, n)
			if r.Kind.Register() {
				p.registered(r, n)
			} else {
				p.mentions(r.ID, n)
				p.statementRow(r.Author(), n)
			}
		}
		if may, surely := r.When.In(p.sel.Filter.From, p.sel.Filter.To); may && !surely {
			p.m.Perhaps++
		}
		said := r.Said()
		at, when := showTime(said, p.b.Zone), listed(said, p.b.Zone)
		in, theirs := ofMonth{}, p.theirs[len(p.theirs)-1]
		if theirs {
			in = countedIn(r.When, p.b.Zone)
			p.b.Days.add(at, n)
			p.b.ByOthers++
			if p.b.Pack != Served { // it does not say who is who
				p.m.Summary.from(senderOf(all, len(p.theirs)-1), in)
			}
		}
		bases[at.Basis]++
		if c := p.items[r.Source.Item]; c != nil {
			c.clock(at)
		}
		if said.Basis == timeline.AssumedZone {
			p.b.Told.Assumed++
		}
		p.m.Summary.add(r.Title(), p.sourceOf(r), in, when)
		if theirs && slices.Contains(r.Flags, timeline.WeakTime) {
			p.m.Summary.weak++
		}
		p.m.Summary.behaviours(shown.Marks, p.packWords, when)
		p.elsewhere.note(&r, n, in)
		for _, f := range shown.Files {
			if f.Missing {
				p.m.Missing++
			}
		}
	}
	p.countTwice()
	p.b.Usual = most(bases)
	p.b.Pages = pages.pages(p.b.first(), p.b.last())
	p.b.Walk = p.view
	return nil
}

// shown gives a row as this bundle shows it with the marks of what is withheld in
// it, or why it is left out.
func (p *planner) shown(r timeline.Row) (shown timeline.Row, marks []string, why string) {
	if p.isFamily(r) {
		return timeline.Row{}, nil, sayFamilyPaper
	}
	if why := p.sel.Withhold[r.Source.Item]; why != "" && r.Source.Item > 0 {
		return timeline.Row{}, nil, servedReason(why)
	}
	shown, why = p.b.Pack.row(r, p.sel.Show)
	if why == "" && p.gate.keepsCard(r) {
		shown, why = timeline.Row{}, sayContactCard
	}
	if why == "" {
		shown.Also = slices.DeleteFunc(shown.Also, func(s timeline.Pinpoint) bool { return p.sel.Withhold[s.Item] != "" })
		_, caption := r.Caption()
		if caption = caption && !p.shows(ShowMetadata); caption {
			shown.Text = ""
		}
		if shown, marks = p.gate.row(shown); caption {
			shown.Text, marks = sayCaptionMark, addMark(marks, sayCaptionMark)
		}
	}
	return shown, marks, why
}

// withholdings are what a served pack withholds at the moment of the bundle.
func (p *planner) withholdings() []timeline.Withholding {
	return slices.DeleteFunc(p.x.Withholdings(), func(w timeline.Withholding) bool {
		return p.b.Moment.Entries != 0 && w.Number >= p.b.Moment.Entries
	})
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

// view gives the rows as they are shown.
func (p *planner) view(ctx context.Context, first, last int) iter.Seq2[Row, error] {
	return func(yield func(Row, error) bool) {
		n := first
		for r, err := range p.walk(ctx, first, last) {
			var row Row
			if err == nil {
				row, err = p.row(r, n)
				row.Theirs = row.LeftOut == "" && p.theirs[n-p.b.Before-1]
			}
			n++
			if !yield(row, err) || err != nil {
				return
			}
		}
	}
}
