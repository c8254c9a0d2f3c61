package report

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"

	"daybook/assets/profiles"
	"daybook/evidence/disk"
	"daybook/report/pdf"
)

// paper is that file while it is written.
type paper struct {
	ctx   context.Context
	b     *Bundle
	still stiller
	laid  func(pages int)                                   // hears how far the layout is; may be nil
	next  func(n int) (name string, w io.Writer, err error) // makes the file of the next volume; nil: there is one file
	doc   *pdf.Doc
	wide  bool            // the pages of the section lie on their side
	alone map[string]bool // the anchors of a paper of its own, which has no others; nil in the document
}

// stiller gives the picture of an exhibit, or why there is none. What it gives is good
// until the next one.
type stiller func(Exhibit) (shown shownStill, why string, err error)

// shownStill is a picture as a page shows it, with its SHA-256 where it is known.
type shownStill struct {
	data []byte
	sum  string
}

// stills reads back the pictures that were made of exhibits, one after the other into
// the same memory.
func (b *bag) stills() stiller {
	var buf bytes.Buffer
	return func(e Exhibit) (shownStill, string, error) {
		if e.NoPicture != "" {
			return shownStill{}, e.NoPicture, nil
		}
		buf.Reset()
		err := disk.ReadInto(&buf, b.fs, b.path(e.Picture), mostStill)
		return shownStill{buf.Bytes(), b.sum(e.Picture)}, "", err
	}
}

// mostStill is how many bytes the picture of an exhibit may have.
const mostStill = 1 << 30

// Sheets lays the document out and keeps nothing of it but some pages, in memory:
// for somebody who looks at a bundle before it is written. It tells laid, which
// may be nil, how many pages there are so far, and gives how many there are.
func (b *Bundle) Sheets(ctx context.Context, sheets *pdf.Sheets, still Stiller, page Pager, laid func(pages int)) (pages int, err error) {
	once := *b
	once.oneFile()
	once.still, once.pager = still, page
	p := &paper{ctx: ctx, b: &once, laid: laid}
	p.still = func(e Exhibit) (shownStill, string, error) {
		made, err := once.makeStill(ctx, e, p.doc.Room(p.shown(e, shownStill{})).Pixels)
		if ctx.Err() != nil {
			return shownStill{}, "", ctx.Err()
		}
		if err != nil {
			return shownStill{}, whyNoPicture(err), nil
		}
		return shownStill{data: made.Data}, "", nil
	}
	return p.write(io.Discard, sheets)
}

func (p *paper) write(w io.Writer, sheets *pdf.Sheets) (pages int, err error) {
	return p.print(w, pdf.Options{
		Title: p.b.documentTitle(), Sheets: sheets, Home: pdf.Run{Text: titleContents, Link: string(profiles.PartIndex)}, Numbers: p.b.numbers(),
		Volumes: p.volumes(),
	}, p.b.Sections)
}

// begin makes a document that looks as all of a bundle do.
func (p *paper) begin(w io.Writer, o pdf.Options) (err error) {
	o.Lang, o.Created, o.Header = p.b.Profile.Lang, p.b.Moment.Time, p.b.header()
	o.Points, o.Lines = p.b.Profile.Type.Points, p.b.Profile.Type.Lines
	p.doc, err = pdf.New(w, o)
	return err
}

// print lays sections out, from a new page on each that turns it.
func (p *paper) print(w io.Writer, o pdf.Options, sections []Section) (pages int, err error) {
	if err := p.begin(w, o); err != nil {
		return 0, err
	}
	for i, s := range sections {
		if i > 0 && p.turns(sections[i-1], s) {
			p.doc.PageBreak()
		}
		p.wide = s.Wide
		p.doc.Landscape(p.wide)
		if s.Letter != "" {
			p.doc.Series(s.Letter, s.Group)
		}
		if err := p.section(1, s); err != nil {
			return 0, err
		}
	}
	return p.doc.Close()
}

// turns tells whether a section begins on a new page: it does, unless most of the page
// on which the one before ended is empty, nothing sets the two apart, and the section
// would not fit on a page of its own and runs over from this one.
func (p *paper) turns(before, s Section) bool {
	own := func(s Section) bool {
		return s.Apart || s.Part == profiles.PartCover || s.Part == profiles.PartIndex
	}
	return p.alone != nil || own(before) || own(s) || s.Letter != "" || s.Wide != before.Wide || s.Mark != before.Mark || p.doc.Filled() > mostFilled ||
		s.Parts == nil && p.overruns(s.Blocks)
}

// overruns tells that blocks fit on a page, and not below what is on this one.
func (p *paper) overruns(blocks []Block) bool {
	const heading = 0.06
	part := p.height(blocks)/p.doc.PageHeight() + heading
	return part <= 1 && part > 1-p.doc.Filled()
}

// mostFilled is the part of a page below which another section may begin on it.
const mostFilled = 0.5

// alone lays sections out as a paper of its own. A link to what is not on it is
// left away, and a page number is that of the document, where there is one.
func (b *Bundle) alone(ctx context.Context, w io.Writer, title string, still stiller, sections ...Section) (pages int, err error) {
	p := &paper{ctx: ctx, b: b, still: still, alone: map[string]bool{}}
	for _, s := range sections {
		p.alone[s.Anchor] = true
	}
	return p.print(w, pdf.Options{Title: title}, sections)
}

// documentTitle is in the file's metadata, which a reader shows: it names the
// case by its ID and nobody by name.
func (b *Bundle) documentTitle() string { return titleCover + " " + b.Case }

// mark stands on every page of a draft.
func (b *Bundle) mark() string {
	if b.Number == 0 && b.head == "" {
		return markNotFrozen
	}
	return ""
}

// header stands on every page: what the bundle is, and for whom.
func (b *Bundle) header() string {
	if b.head != "" {
		return b.head
	}
	head := headFull
	if b.Pack == Served {
		head = headServed
	}
	switch {
	case b.Number == 0:
		return head
	case b.Continues != 0:
		return fmt.Sprintf(headSupplement, b.Number, b.Continues) + head
	}
	return fmt.Sprintf(headNumbered, b.Number) + head
}

func (p *paper) section(level int, s Section) error {
	if err := errors.Join(p.ctx.Err(), p.doc.Err()); err != nil {
		return err
	}
	if p.laid != nil {
		p.laid(p.doc.Page())
	}
	p.doc.Mark(cmp.Or(s.Mark, p.b.mark()))
	p.doc.Heading(level, s.Title, s.Anchor)
	if s.Parts == nil && !s.Apart {
		p.doc.Keep(p.height(s.Blocks))
	}
	for i, b := range s.Blocks {
		p.keep(s.Blocks[i:])
		if err := p.block(b); err != nil {
			return err
		}
	}
	p.doc.Landscape(p.wide) // a picture may have turned them
	if s.Parts == nil {
		return nil
	}
	first := true
	for part, err := range s.Parts(p.ctx) {
		if err != nil {
			return err
		}
		if s.Apart && (!first || len(s.Blocks) > 0) {
			p.doc.PageBreak()
		}
		first = false
		if err := p.section(level+1, part); err != nil {
			return err
		}
	}
	return nil
}

// keep keeps words, or a few facts, together with the beginning of the table, the
// chart or the picture that they stand above, and with the heading above them.
func (p *paper) keep(blocks []Block) {
	if len(blocks) < 2 {
		return
	}
	switch blocks[0].(type) {
	case Para, Facts:
	default:
		return
	}
	switch next := blocks[1].(type) {
	case Para:
	case Table:
		p.doc.Keep(p.height(blocks[:1]) + p.tableHeight(next, 1))
	default:
		p.doc.Keep(p.height(blocks[:1]) + tableTop)
	}
}

// tableTop is how much of what is no table is kept with what stands above it, in
// points.
const tableTop = 80

// height is that of a section of words, facts and tables that fits on a page; that of
// any other is without end.
func (p *paper) height(blocks []Block) (total float64) {
	for _, block := range blocks {
		switch b := block.(type) {
		case Para:
			total += p.doc.ParagraphHeight(looks[b.Look], p.runs(b.Runs)...)
		case Facts:
			total += p.doc.PairsHeight(p.pairs(b)...)
		case Bullets:
			for _, item := range b.Items {
				total += p.doc.ParagraphHeight(pdf.Body, p.runs(item)...)
			}
		case Table:
			total += p.tableHeight(b, math.MaxInt)
		default:
			return math.Inf(1)
		}
		if total > p.doc.PageHeight() {
			return math.Inf(1)
		}
	}
	return total
}

// tableHeight is the height of the first rows of a table, at most so many, where they
// fit on a page; that of others is without end.
func (p *paper) tableHeight(t Table, rows int) float64 {
	out := p.doc.Table(p.columns(t))
	total := p.doc.ParagraphHeight(pdf.Body, pdf.Run{Text: t.Title}) + tableTitle*float64(min(1, len(t.Title)))
	for l, err := range t.Rows(p.ctx) {
		if total += out.RowHeight(p.cells(l)...); err != nil || total > p.doc.PageHeight() {
			return math.Inf(1)
		}
		if rows--; rows == 0 {
			break
		}
	}
	return total
}

// tableTitle is how much higher the title of a table is than a line of words, in points.
const tableTitle = 14

// columns are those of a table as it is printed.
func (p *paper) columns(t Table) (cols []pdf.Col) {
	for _, c := range t.Cols {
		cols = append(cols, pdf.Col{Title: c.Title, Width: c.Share})
	}
	for _, i := range t.Counts {
		cols[i].Align = pdf.End
	}
	if t.Timed {
		cols[0].Whole, cols[1].Whole = strconv.Itoa(p.b.last()), wordAbout+" 2025-12-28 20:00"
	}
	return cols
}

// cells are those of a line as they are printed.
func (p *paper) cells(l Line) [][]pdf.Run {
	cells := make([][]pdf.Run, len(l.Cells))
	for i, c := range l.Cells {
		cells[i] = p.runs(c)
	}
	return cells
}

// codeWidth is as wide as a telephone reads a code well from paper, in points.
const codeWidth = 120

var looks = map[Look]pdf.Style{Body: pdf.Body, Lead: pdf.Lead, Title: pdf.Title, Listing: pdf.Listing}

func (p *paper) block(block Block) error {
	switch b := block.(type) {
	case Para:
		p.doc.Paragraph(looks[b.Look], p.runs(b.Runs)...)
	case Bullets:
		items := make([][]pdf.Run, len(b.Items))
		for i, item := range b.Items {
			items[i] = p.runs(item)
		}
		p.doc.List(items...)
	case Facts:
		p.doc.Pairs(p.pairs(b)...)
	case Commands:
		p.doc.Paragraph(pdf.Code, pdf.Run{Text: b.Text})
	case Table:
		return p.table(b)
	case Picture:
		return p.picture(b)
	case QR:
		p.doc.Image(pdf.Picture{Data: b.PNG, Alt: b.Caption, Caption: []pdf.Run{{Text: b.Caption}}, Most: codeWidth})
	case Frames:
		return p.strip(b)
	case Level:
		return p.level(b)
	case Pages:
		return p.pages(b)
	case Chart:
		bars := make([]pdf.Bar, len(b.Bars))
		for i, bar := range b.Bars {
			bars[i] = pdf.Bar{Label: bar.Name, N: bar.N}
		}
		p.doc.Keep(tableTop)
		p.doc.Paragraph(pdf.Body, pdf.Run{Text: b.Title, Bold: true})
		p.doc.Bars(bars)
	case Excerpt:
		return p.excerpt(b)
	default:
		return fmt.Errorf("block %T: the document cannot show it", block)
	}
	return p.doc.Err()
}

// fit has a table without rules end on the page on which it begins where little is missing.
func (p *paper) fit(out *pdf.Table, t Table) {
	measured := p.doc.Table(p.columns(t))
	measured.Tight()
	rows, total := 0, 0.0
	for l, err := range t.Rows(p.ctx) {
		if rows, total = rows+1, total+measured.RowHeight(p.cells(l)...); err != nil || total > 2*p.doc.PageHeight() {
			return // an error is that of the rows, which are read again
		}
	}
	out.Fit(rows, total)
}

func (p *paper) table(t Table) error {
	if t.Title != "" {
		p.doc.Heading(3, t.Title, "")
	}
	out := p.doc.Table(p.columns(t))
	if t.Tight {
		out.Tight()
		p.fit(out, t)
	}
	out.Long(t.Count)
	var lead *Line // that waits for the line which belongs to it
	for l, err := range ahead(p.ctx, t.Rows) {
		switch {
		case err != nil:
			return err
		case l.Leads && lead == nil:
			lead = &l
			continue
		case lead != nil:
			p.doc.Keep(out.RowHeight(p.cells(*lead)...) + out.RowHeight(p.cells(l)...))
			out.Row(lead.Anchor, p.cells(*lead)...)
			lead = nil
		}
		out.Row(l.Anchor, p.cells(l)...)
		if err := p.doc.Err(); err != nil {
			return err
		}
	}
	if lead != nil {
		out.Row(lead.Anchor, p.cells(*lead)...)
	}
	p.doc.Space(3)
	return p.doc.Err()
}

func (p *paper) picture(b Picture) error {
	e, _ := p.b.exhibit(b.Item)
	picture, why, err := p.still(e)
	if err != nil {
		return err
	}
	if why != "" {
		return p.block(para(why))
	}
	p.doc.Image(p.shown(e, picture))
	if under := p.height(e.machineText()); under > (1-p.doc.Filled())*p.doc.PageHeight() {
		p.doc.Landscape(p.wide) // long text is read on an upright page
	}
	return p.doc.Err()
}

// shown is the picture of an exhibit with what stands below it.
func (p *paper) shown(e Exhibit, picture shownStill) pdf.Picture {
	const most = 250 // points: longer text goes on by itself
	under := p.height(e.machineText())
	if under > most {
		under = 0
	}
	caption := fmt.Sprintf(sayPictureOf, e.Label, groups(e.Hash.String()[:16], 8))
	if len(e.Areas) > 0 {
		caption += " " + sayPicturePainted
	}
	return pdf.Picture{Data: picture.data, Sum: picture.sum, Alt: fmt.Sprintf(sayPictureAlt, e.Label, mediaType(e.Type)), Words: e.Read, Under: under, Side: true, Part: func(n, of int) string { return fmt.Sprintf(sayPicturePart, n, of) }, Caption: []pdf.Run{{Text: caption}}}
}

func (p *paper) pairs(facts Facts) []pdf.Pair {
	all := make([]pdf.Pair, len(facts.List))
	for i, f := range facts.List {
		all[i] = pdf.Pair{Name: f.Name, Value: p.runs(f.Value), Lines: f.Lines}
	}
	return all
}

func (p *paper) runs(all []Run) []pdf.Run {
	out := make([]pdf.Run, 0, len(all))
	for _, r := range all {
		if r.Text != "" {
			out = append(out, pdf.Run{Text: r.Text, Bold: r.Bold, Mono: r.Mono, Soft: r.Soft, Link: p.link(r.Link)})
		}
		switch {
		case r.PageOf == "":
		case p.link(r.PageOf) != "":
			out = append(out, pdf.PageOf(r.PageOf))
		case p.b.sheet != nil:
			out = append(out, pdf.Run{Text: p.b.sheet(r.PageOf).Label})
		}
		switch {
		case r.VolumeOf == "":
		case p.link(r.VolumeOf) != "":
			out = append(out, pdf.VolumeOf(r.VolumeOf))
		case p.b.sheet != nil:
			out = append(out, pdf.Run{Text: fmt.Sprint(p.b.sheet(r.VolumeOf).Volume)})
		}
	}
	return out
}

// link is an anchor to which a link can lead; empty where a paper of its own
// does not have it.
func (p *paper) link(anchor string) string {
	if p.alone != nil && !p.alone[anchor] {
		return ""
	}
	return anchor
}
