package report

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"time"

	"daybook/evidence"
)

// tombstone is what stays of an item that was deleted.
type tombstone struct {
	Item       int64
	Entry      uint64
	At         time.Time
	By, Reason string
	Hash       evidence.Hash
}

// deleted notes an item that an entry says was deleted from the case.
func (p *planner) deleted(e evidence.Entry) error {
	var of exhibitSubject
	var d struct {
		Reason string `json:"reason"`
	}
	if err := errors.Join(json.Unmarshal(e.Subject, &of), json.Unmarshal(e.Detail, &d)); err != nil {
		return err
	}
	item, err := p.c.Item(of.Item)
	if err != nil {
		return fmt.Errorf("item %d: %w", of.Item, err)
	}
	p.m.Deleted = append(p.m.Deleted, tombstone{of.Item, e.Seq, e.Time, e.Actor, d.Reason, item.Hash})
	return nil
}

// deletedBlocks list what was deleted; a served pack counts it.
func deletedBlocks(m material) []Block {
	if len(m.Deleted) == 0 {
		if m.DeletedCount == 0 {
			return nil
		}
		return []Block{para(fmt.Sprintf(sayDeletedCount, m.DeletedCount))}
	}
	t := table("", Col{"Item", 0.8}, Col{"Deleted", 3}, Col{"Reason", 3}, Col{"SHA-256 of the file", 5})
	var l []Line
	for _, d := range m.Deleted {
		when := []Run{{Text: stamp(d.At) + ", " + fmt.Sprintf(sayEntry, d.Entry) + ", " + wordBy + " "}, {Text: d.By, Evidence: true}}
		l = append(l, line("", say(strconv.FormatInt(d.Item, 10)), when, quote(d.Reason), mono(twoLines(d.Hash.String()))))
	}
	t.Rows = lines(l)
	return []Block{para(sayDeletedItems), t}
}

// readByNow tells that an item was read since its act of adding: itself, or
// another one with the same bytes, for these are read once.
func (p *planner) readByNow(item int64) bool {
	if _, read := p.x.Reading(item); read || item == 0 {
		return read
	}
	it, err := p.c.Item(item)
	return err == nil && (it.Deleted || p.readBytes[it.Hash])
}

// readings notes which bytes were read.
func (p *planner) readings() {
	p.readBytes = map[evidence.Hash]bool{}
	for _, r := range p.x.Readings() {
		if item, err := p.c.Item(r.Item); err == nil {
			p.readBytes[item.Hash] = true
		}
	}
}

// wholeFiles counts the exhibits whose file is in this bundle.
func (b *Bundle) wholeFiles() (n int) {
	for _, e := range b.Exhibits {
		if e.File != "" {
			n++
		}
	}
	return n
}

// copies says which files are in this bundle.
func (b *Bundle) copies() string {
	switch n := b.wholeFiles(); n {
	case len(b.Exhibits):
		if n == 0 {
			return sayNoExhibits
		}
		return sayCopiesAll
	case 0:
		return sayCopiesNone + " " + b.sheetSums()
	default:
		return agree(sayCopiesSome, len(b.Exhibits), n) + " " + b.sheetSums()
	}
}

// sheetSums says what the cover sheets of exhibits without their file tell of it.
func (b *Bundle) sheetSums() string {
	if slices.ContainsFunc(b.Exhibits, func(e Exhibit) bool { return e.NoSum }) {
		return saySheetSumsBut
	}
	return saySheetSums
}

// shown is what this bundle shows; of files it speaks where it has some.
func (b *Bundle) shown() []string {
	if b.wholeFiles() > 0 || slices.ContainsFunc(b.Containers, func(c Container) bool { return c.File != "" }) {
		return sayShown
	}
	return slices.DeleteFunc(slices.Clone(sayShown), func(s string) bool { return s == sayShownFiles })
}

// pictures says what the pictures on the pages are.
func (b *Bundle) pictures() string {
	if b.wholeFiles() == 0 {
		return sayPictures
	}
	return sayPictures + " " + sayPicturesFiles
}

func (b *Bundle) furtherFacts() string {
	if b.Pack == Served {
		return sayFactsServed
	}
	return sayFactsAll
}
