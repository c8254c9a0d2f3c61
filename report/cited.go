package report

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"daybook/evidence"
	"daybook/report/lint"
	"daybook/timeline"
)

// cited is an item that rows come from or name.
type cited struct {
	rows     Spans
	records  int      // rows that come from it
	spoken   bool     // one of them has words, or is more than the file itself
	hidden   bool     // a row of it is left out of this pack
	barred   bool     // a row of it is so, and not because it is another one's duplicate
	less     []string // sorts of what its rows have and are shown without; a place is none of them
	within   bool     // a file that came in it is left out of this pack, or has words without which a row of it is shown
	cut      bool     // more of a row is not shown than protected words that stand beside its text
	placed   bool     // a row of it is shown without its place
	words    string   // what its last row shows, where that is a document's
	duration string   // of a recording, as a row of it says
	clocks   []string // by which its rows have their times, each once
	place    string   // of a photograph or a film, as its row shows it
	withheld bool     // it is left out of this pack as an exhibit, and has its label all the same
}

// clock notes by which clock a row has its time.
func (c *cited) clock(at Time) {
	if at.Local == sayNoDate || at.Whole {
		return
	}
	if says := at.clock(); !slices.Contains(c.clocks, says) {
		c.clocks = append(c.clocks, says)
	}
}

// cite notes the items that a row comes from and names; a row that is left out says why.
func (p *planner) cite(r, shown timeline.Row, marks []string, n int, why string) {
	hidden := why != ""
	if i := r.Source.Item; i > 0 {
		c := p.item(i)
		c.barred = c.barred || hidden && why != sayDuplicate
		c.hidden = c.hidden || hidden
		c.withheld = p.sel.Withhold[i] != ""
		if !hidden {
			c.lacks(sayPartWords, slices.ContainsFunc(marks, func(m string) bool { return m != sayCaptionMark })) // a caption stands beside what is seen
			c.lacks(sayPartAddresses, p.gate.redacted(r, shown))
			c.lacks(sayPartFacts, len(shown.Extra) < len(r.Extra))
			c.cut = c.cut || r.Kind != timeline.Document || p.gate.cuts(r, shown)
			c.placed = c.placed || shown.Place != r.Place
			if r.Kind == timeline.Document {
				c.words = shown.Text
			}
			c.duration = cmp.Or(shown.Extra.Get("duration"), c.duration)
			if r.Kind.File() {
				c.place = place(shown.Place)
			}
			c.spoken = c.spoken || shown.Text != "" || !r.Kind.File()
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

// lacks notes that a row is shown without something of a sort.
func (c *cited) lacks(sort string, so bool) {
	if so && !slices.Contains(c.less, sort) {
		c.less = append(c.less, sort)
	}
}

func (p *planner) item(n int64) *cited {
	if p.items[n] == nil {
		p.items[n] = &cited{}
	}
	return p.items[n]
}

// exhibits makes an exhibit of every item that a row comes from or names.
func (p *planner) exhibits(ctx context.Context) error {
	p.noSum = map[int64]bool{}
	if err := errors.Join(p.pictureTexts(ctx), p.lookInto(ctx), p.alike(), p.within()); err != nil {
		return err
	}
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
		e, err := p.exhibit(ctx, item, c)
		if err != nil {
			return err
		}
		if p.b.Exhibits = append(p.b.Exhibits, e); e.NoSum {
			p.noSum[e.Item] = true
		}
	}
	for _, told := range [][]string{p.b.Told.Unseen, p.b.Told.Silent, p.b.Told.Holding} { // the items come in no order
		slices.Sort(told)
	}
	slices.SortFunc(p.m.Painted, func(a, b painted) int {
		return cmp.Or(cmp.Compare(a.Item, b.Item), a.Page-b.Page, cmp.Compare(a.Mark, b.Mark))
	})
	place := map[int64]int{}
	for i, n := range slices.Backward(p.sel.Order) {
		place[n] = i - len(p.sel.Order) // before those that are not named
	}
	slices.SortFunc(p.b.Exhibits, func(a, b Exhibit) int {
		return cmp.Or(cmp.Compare(place[a.Item], place[b.Item]), compareLabels(a.Label, b.Label))
	})
	p.sameBytes()
	return nil
}

// within notes of each item in what others it came, where these would tell what this
// pack does not tell of it.
func (p *planner) within() error {
	if p.gate == nil {
		return nil
	}
	lacking := map[int64]bool{}
	for n := range p.gate.items {
		lacking[n] = true
	}
	for n, c := range p.items {
		if c.hidden || c.withheld || len(c.less) > 0 {
			lacking[n] = true
		}
		if !c.barred && !c.withheld && len(c.less) == 0 {
			continue
		}
		same, err := p.c.Copies(n)
		if err != nil {
			return fmt.Errorf("item %d: %w", n, err)
		}
		for _, m := range same {
			lacking[m] = true
		}
	}
	for n := range lacking {
		for {
			item, err := p.c.Item(n)
			if err != nil {
				return fmt.Errorf("item %d: %w", n, err)
			}
			if n = item.Parent; n == 0 {
				break
			}
			if in := p.items[n]; in != nil {
				in.within = true
			}
		}
	}
	return nil
}

// sameBytes notes of each exhibit which others are the same file again: a film, say,
// that lay in a folder and came in a chat. Of one whose sum this pack does not give it
// is not said.
func (p *planner) sameBytes() {
	p.exhibitsOf = map[evidence.Hash][]FrozenExhibit{}
	for _, e := range p.b.Exhibits {
		if !e.NoSum {
			p.exhibitsOf[e.Hash] = append(p.exhibitsOf[e.Hash], FrozenExhibit{Item: e.Item, Label: e.Label})
		}
	}
	for i := range p.b.Exhibits {
		e := &p.b.Exhibits[i]
		if all := p.exhibitsOf[e.Hash]; len(all) > 1 && !e.NoSum {
			e.Same = slices.DeleteFunc(slices.Clone(all), func(o FrozenExhibit) bool { return o.Item == e.Item })
		}
	}
}

func (p *planner) exhibit(ctx context.Context, item evidence.Item, c *cited) (e Exhibit, err error) {
	e = Exhibit{
		Label: p.labels[item.Number], Item: item.Number, Hash: item.Hash, Size: item.Size, Name: p.gate.clean(item.Name), Path: p.gate.clean(item.Path),
		Type: item.Type, By: p.gate.clean(item.By), Note: p.b.Pack.note(item.Note), Added: item.Added, Modified: item.Modified, Wall: item.Wall,
		Place: c.place, Entry: item.Seq, Records: c.records, Rows: c.rows, Clocks: c.clocks,
	}
	if was, issued := p.earlier[item.Number]; issued && p.b.Continues != 0 {
		e.Issued = was.where()
	}
	reading, read := p.x.Reading(item.Number)
	if e.Title, err = p.title(ctx, item, reading, read); err != nil {
		return e, err
	}
	if item.Parent > 0 {
		within, err := p.c.Item(item.Parent)
		if err != nil {
			return e, fmt.Errorf("item %d: what it came in: %w", item.Number, err)
		}
		e.Within = fmt.Sprintf(sayWithinItem, within.Number, visible(p.gate.clean(within.Name)))
	}
	e.How = p.gate.clean(how(item))
	on := p.gate.of(item.Number)
	e.Areas = on.areas
	if e.Withheld, err = p.withheld(ctx, item, c, reading); err != nil {
		return e, err
	}
	if err := p.unseenWords(ctx, &e, item); err != nil {
		return e, err
	}
	e.NoSum = p.triable(item, e.Withheld)
	if e.Withheld == "" {
		e.File = fileName("data/originals", item.Number, item.Hash.String(), extension(item.Name, item.Type))
	}
	if !item.Deleted {
		e.Show = show(e, c)
	}
	if e.Show == ShowPicture || e.Show == ShowPages {
		for i, a := range on.areas {
			p.m.Painted = append(p.m.Painted, painted{item.Number, a.Page, withheldMark(on.codes[i])})
		}
	}
	if e.Show == ShowPages && p.gate != nil {
		if e.Sheets, err = p.sheets(item); err != nil {
			return e, err
		}
	}
	if isRecording(item.Type) {
		if err := p.recorded(&e, item, c.duration); err != nil {
			return e, err
		}
	}
	if e.Show == ShowPicture {
		e.Picture = fileName("data/timeline/pictures", item.Number, item.Hash.String(), ".jpg")
		e.Read, e.Reader = p.machineRead(item)
	}
	return e, nil
}

// unseenWords notes a PDF with words that nobody sees on its pages: a served pack has
// neither these nor the file, and of a full pack it is told before it is written. Of a
// served pack it is told too which of the pages that it shows no program can read.
func (p *planner) unseenWords(ctx context.Context, e *Exhibit, item evidence.Item) error {
	if e.Withheld != "" && !fileAlone(e.Withheld) {
		return nil
	}
	hidden, silent, err := p.see(ctx, item)
	if err != nil {
		return err
	}
	name := e.Label + " " + visible(item.Name)
	switch served := p.b.Pack == Served; {
	case hidden:
		if p.b.Told.Unseen = append(p.b.Told.Unseen, name); served {
			e.Withheld = sayWithheldUnseen
		}
	case served && len(silent) > 0:
		p.b.Told.Silent = append(p.b.Told.Silent, name+", "+lint.Spans(silent))
	}
	return nil
}

// title says what an exhibit is, and its name: the format of an export, or what kind
// of file it is.
func (p *planner) title(ctx context.Context, item evidence.Item, r timeline.ReadingInfo, read bool) (string, error) {
	what, m, export := kindOfFile(item.Type), major(item.Type), read && r.Events > 1
	if read && !export && (m == "text" || m == "message") {
		found, err := p.x.Find(ctx, timeline.Filter{Sources: []int64{item.Number}})
		if err != nil {
			return "", fmt.Errorf("item %d: %w", item.Number, err)
		}
		rows, err := found.Rows(0, min(1, found.Len()))
		if err != nil {
			return "", fmt.Errorf("item %d: %w", item.Number, err)
		}
		export = len(rows) == 0 || !rows[0].Kind.File() // a file that is a row itself is no record of an export
	}
	switch {
	case export:
		what = p.source(r.Importer)
	case item.Size == 0:
		what = wordFile
	}
	return what + ": " + visible(p.gate.clean(item.Name)), nil
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
	case (e.File != "" || fileAlone(e.Withheld)) && isPDF(e.Type) && !c.hidden:
		return ShowPages
	case c.spoken:
		return ShowTranscript
	case e.File != "" && isText(e.Type) && e.Size > 0:
		return ShowText
	default:
		return ShowNothing
	}
}
