package report

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"time"

	"daybook/evidence"
	"daybook/timeline"
)

// steps are what the journal says was done with an exhibit.
type steps struct {
	Known  []step
	Closed int // entries about it that this pack does not open
}

type step struct {
	At       time.Time
	What, By string
	Entry    uint64
}

// history walks the journal once: what was deleted, what was done with each
// exhibit, and with which programs and by which clock it was written.
func (p *planner) history(ctx context.Context) error {
	p.m.Steps = map[int64]steps{}
	p.b.steps = p.m.Steps
	items := map[evidence.Hash][]int64{}
	for _, e := range p.b.Exhibits {
		items[e.Hash] = append(items[e.Hash], e.Item)
	}
	for e, err := range p.c.Journal(ctx) {
		if err != nil {
			return err
		}
		if p.b.Moment.Entries != 0 && e.Seq >= p.b.Moment.Entries {
			return nil
		}
		if e.Action == string(evidence.ActionDelete) {
			err = p.deleted(e)
		}
		p.m.System.add(e)
		if err := errors.Join(err, p.account(e, items)); err != nil {
			return fmt.Errorf("journal entry %d: %w", e.Seq, err)
		}
	}
	return nil
}

// account adds an entry to the steps of the exhibits that it is about.
func (p *planner) account(e evidence.Entry, items map[evidence.Hash][]int64) error {
	var of struct {
		Item int64         `json:"item"`
		Hash evidence.Hash `json:"sha256"`
	}
	if len(e.Subject) == 0 {
		return nil
	}
	switch e.Action {
	case string(evidence.ActionHeal), string(evidence.ActionAdd), string(ActionExhibit), string(evidence.ActionDelete), actionReading, actionWithhold, actionUnwithhold:
	default:
		return nil
	}
	if err := json.Unmarshal(e.Subject, &of); err != nil {
		return err
	}
	about := []int64{of.Item}
	switch e.Action {
	case string(evidence.ActionHeal):
		about = items[of.Hash]
	case actionWithhold, actionUnwithhold: // of the bytes, as whichever item they came
		if of.Item == 0 {
			return nil
		}
		item, err := p.c.Item(of.Item)
		if errors.Is(err, evidence.ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		about = items[item.Hash]
	}
	for _, item := range about {
		if _, exhibit := p.b.exhibit(item); !exhibit {
			continue
		}
		s := p.m.Steps[item]
		if !p.open.opens(e) {
			s.Closed++
		} else if what, err := p.stepOf(e, item); err != nil {
			return err
		} else {
			s.Known = append(s.Known, step{e.Time, p.gate.clean(what), p.gate.clean(e.Actor), e.Seq})
		}
		p.m.Steps[item] = s
	}
	return nil
}

// The timeline's words for reading an item, and for keeping some of it from others.
const (
	actionReading    = "reading"
	actionWithhold   = "withhold"
	actionUnwithhold = "unwithhold"
)

// stepOf puts an entry about an exhibit into words.
func (p *planner) stepOf(e evidence.Entry, item int64) (string, error) {
	var d struct {
		Label    string `json:"label"`
		Reason   string `json:"reason"`
		Importer string `json:"importer"`
		Version  int    `json:"version"`
		Events   int    `json:"events"`
		Skips    int    `json:"skips"`
		Code     string `json:"code"`
		Taken    uint64 `json:"withholding"`
	}
	if err := json.Unmarshal(e.Detail, &d); err != nil {
		return "", err
	}
	switch e.Action {
	case string(evidence.ActionAdd):
		it, err := p.c.Item(item)
		return fmt.Sprintf(sayStepAdded, how(it)), err
	case string(ActionExhibit):
		return fmt.Sprintf(sayStepLabel, d.Label), nil
	case actionReading:
		return agree(sayStepRead, p.source(d.Importer), d.Version, d.Events, d.Skips), nil
	case string(evidence.ActionDelete):
		return fmt.Sprintf(sayStepDeleted, d.Reason), nil
	case actionWithhold:
		return fmt.Sprintf(sayStepWithheld, timeline.WithholdTitle(d.Code)), nil
	case actionUnwithhold:
		return fmt.Sprintf(sayStepAgain, d.Taken), nil
	default:
		return sayStepHealed, nil
	}
}

// writeContinuity writes what was done with each exhibit as a table.
func (b *Bundle) writeContinuity(to *bag) error {
	if len(b.Exhibits) == 0 {
		return nil
	}
	return to.create("data/continuity.csv", func(w io.Writer) error {
		s, err := newSheet(w, "Exhibit", "SHA-256", "Date and time", "What was done", "By", "Journal entry")
		if err != nil {
			return err
		}
		for _, e := range b.Exhibits {
			for _, x := range b.steps[e.Item].Known {
				if err := s.row(e.Label, e.hex(), stamp(x.At.In(b.Zone)), x.What, cmp.Or(x.By, sayNotKnown), strconv.FormatUint(x.Entry, 10)); err != nil {
					return err
				}
			}
			if n := b.steps[e.Item].Closed; n > 0 {
				if err := s.row(e.Label, e.hex(), "", fmt.Sprintf(sayStepsClosed, n), "", ""); err != nil {
					return err
				}
			}
			if err := s.row(e.Label, e.hex(), stamp(b.Moment.Time), b.copied(e), b.by, ""); err != nil {
				return err
			}
		}
		return s.close()
	})
}

// copied says whether this bundle has the file of an exhibit.
func (b *Bundle) copied(e Exhibit) string {
	if e.File == "" {
		return sayStepNotCopied
	}
	return fmt.Sprintf(sayStepCopied, e.File)
}

func (b *Bundle) continuityIntro() []Block {
	if len(b.Exhibits) == 0 {
		return nil
	}
	return []Block{para(sayContinuity)}
}

// continuity is an account for each exhibit: who did what with it, and when.
func (b *Bundle) continuity(all map[int64]steps) func(context.Context) iter.Seq2[Section, error] {
	if len(b.Exhibits) == 0 {
		return nil
	}
	return func(ctx context.Context) iter.Seq2[Section, error] {
		return func(yield func(Section, error) bool) {
			for _, e := range b.Exhibits {
				s := Section{Title: e.Label + ", " + e.Title, Anchor: continuityAnchor(e.Item), Blocks: b.account(e, all[e.Item])}
				if err := ctx.Err(); !yield(s, err) || err != nil {
					return
				}
			}
		}
	}
}

func continuityAnchor(item int64) string { return fmt.Sprintf("continuity-%d", item) }

// hands are lines on which everybody signs who takes an exhibit over.
func (b *Bundle) hands() Table {
	t := table("", Col{"From", 3}, Col{"To", 3}, Col{"Date, time and place", 3}, Col{"Why", 3}, Col{"Signature", 3})
	empty := line("", say("\n\n"), nil, nil, nil, nil)
	t.Rows = lines([]Line{empty, empty, empty, empty, empty, empty})
	return t
}

// account is the account of one exhibit.
func (b *Bundle) account(e Exhibit, s steps) []Block {
	t := table("", Col{"Date and time", 3.1}, Col{"What was done", 6.4}, Col{"By", 2.2}, Col{"Entry", 0.8})
	var l []Line
	for _, x := range s.Known {
		l = append(l, line("", say(stamp(x.At.In(b.Zone))), quote(x.What), quote(cmp.Or(x.By, sayNotKnown)), say(strconv.FormatUint(x.Entry, 10))))
	}
	l = append(l, line("", say(stamp(b.Moment.Time)), say(b.copied(e)), quote(b.by), say("–")))
	t.Rows = lines(l)
	blocks := []Block{Facts{[]Fact{
		fact("Exhibit", []Run{link(e.Label, itemAnchor(e.Item)), onPage(itemAnchor(e.Item))}),
		fact("SHA-256", e.sum()),
	}}, t}
	if s.Closed > 0 {
		blocks = append(blocks, para(fmt.Sprintf(sayStepsClosed, s.Closed)))
	}
	return blocks
}
