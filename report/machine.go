package report

import (
	"context"
	"fmt"
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
	return on.words.Clean(p.gate.clean(t.Text)), t.Engine
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
