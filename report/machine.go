package report

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"daybook/evidence"
	"daybook/timeline"
)

// pictureTexts gathers what a program read in the pictures of the case.
func (p *planner) pictureTexts(ctx context.Context) error {
	p.read = map[evidence.Hash]timeline.PictureText{}
	for t, err := range p.x.PictureTexts(ctx) {
		if err != nil {
			return fmt.Errorf("what was read in pictures: %w", err)
		}
		if strings.TrimSpace(t.Text) != "" {
			p.read[t.Picture] = t
		}
	}
	return nil
}

// machineRead is what a program read in the picture of an item, and which program
// did. A served pack withholds from it what it withholds from every text; where a
// part of the picture is painted over, it has none of it, for nothing says which
// words stood there.
func (p *planner) machineRead(item evidence.Item) (text, reader string) {
	t := p.read[item.Hash]
	on := p.gate.of(item.Number)
	if t.Text == "" || len(on.areas) > 0 {
		return "", ""
	}
	text = p.gate.clean(t.Text)
	if p.gate != nil {
		text = p.gate.addresses.read(text)
	}
	return on.words.Clean(text), t.Engine
}

// readIn is what was read in the pictures of a row, each with its exhibit, without
// the words that are withheld from the row.
func (p *planner) readIn(r *Row) (read []Fact) {
	for _, e := range p.b.picturesOf(r) {
		if e.Read == "" {
			continue
		}
		text := e.Read
		if p.gate != nil {
			if on := p.gate.rows[r.ID]; on != nil {
				text = on.words.Clean(text)
			}
		}
		read = append(read, fact(fmt.Sprintf(sayReadIn, e.Label, e.Reader), quote(text)))
	}
	return read
}

// picturesOf are the pictures among a row's own item and the files that it names.
func (b *Bundle) picturesOf(r *Row) []Exhibit {
	var all []Exhibit
	items := []int64{r.Item}
	for _, f := range r.Files {
		items = append(items, f.Item)
	}
	for i, item := range items {
		if e, ok := b.exhibit(item); ok && e.Show == ShowPicture && !slices.Contains(items[:i], item) {
			all = append(all, e)
		}
	}
	return all
}

// machineText is that text as a page shows it, below the picture.
func (e Exhibit) machineText() []Block {
	if e.Read == "" || e.NoPicture != "" {
		return nil
	}
	return []Block{para(e.machineSaid()), Para{Runs: quote(e.Read), Look: Listing}}
}

// machineSaid says what that text is.
func (e Exhibit) machineSaid() string { return fmt.Sprintf(sayMachineRead, e.Reader) }
