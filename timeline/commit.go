package timeline

import (
	"cmp"
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"daybook/evidence"
)

// commit is readings that were stored together, and the segments that hold
// them. Its record is written after the segments; the directory, which names
// every commit, after that.
type commit struct {
	number   uint64
	size     int // of its record
	readings []*reading
	extents  []extent
	segments []*segment
}

const commitVersion = 1

func commitKey(number uint64) string {
	return string(binary.BigEndian.AppendUint64([]byte{'c'}, number))
}

// record is the stored form of a commit. What the journal holds of a reading is
// not in it; the digest says which entry that is.
func (c *commit) record() []byte {
	b := []byte{commitVersion}
	b = binary.AppendUvarint(b, uint64(len(c.readings)))
	for _, r := range c.readings {
		b = binary.AppendVarint(b, r.Item)
		b = append(append(b, r.hash[:]...), r.Digest[:]...)
		b = appendString(appendString(b, r.path), r.Importer)
		b = binary.AppendVarint(b, int64(r.Version))
		b = appendExtra(b, factsOf(r.Assume))
	}
	b = binary.AppendUvarint(b, uint64(len(c.extents)))
	for _, e := range c.extents {
		b = binary.AppendUvarint(b, e.number)
		for _, n := range []int{e.head, e.postings, e.blocks, e.skips, e.chunks, len(e.parts)} {
			b = binary.AppendUvarint(b, uint64(n))
		}
		for _, p := range e.parts {
			b = appendNumbers(b, []uint32{p.from, p.to, uint32(p.reading)})
		}
	}
	return b
}

func decodeCommit(value []byte) (*commit, error) {
	r := &reader{s: string(value)}
	if r.byte() != commitVersion {
		return nil, fmt.Errorf("readings: not of a version that this program knows")
	}
	c := &commit{size: len(value)}
	c.readings = many(r, 64, func(r *reader) *reading {
		rd := &reading{}
		rd.Item = r.varint()
		copy(rd.hash[:], r.bytes(len(rd.hash)))
		copy(rd.Digest[:], r.bytes(len(rd.Digest)))
		rd.path, rd.Importer, rd.Version = r.string(), r.string(), int(r.varint())
		rd.Assume = Facts(many(r, 2, (*reader).fact)).named()
		return rd
	})
	c.extents = many(r, 7, func(r *reader) extent {
		e := extent{number: r.uvarint()}
		for _, n := range []*int{&e.head, &e.postings, &e.blocks, &e.skips, &e.chunks} {
			*n = int(min(r.uvarint(), maxHead))
		}
		e.parts = many(r, 4, func(r *reader) storedPart {
			r.uvarint()
			return storedPart{uint32(r.uvarint()), uint32(r.uvarint()), int(r.uvarint())}
		})
		return e
	})
	return c, r.end()
}

// load opens the segments of a commit and puts their names into the index's.
func (c *commit) load(x *Index) error {
	c.segments = nil
	for _, e := range c.extents {
		s, err := openSegment(x.space, x.cache, e)
		if err != nil {
			return err
		}
		var last uint32
		for _, p := range e.parts {
			if p.from != last || p.to <= p.from || p.reading >= len(c.readings) {
				return fmt.Errorf("readings: part of a segment points nowhere")
			}
			s.parts = append(s.parts, part{p.from, p.to, c.readings[p.reading]})
			last = p.to
		}
		if int(last) != s.len() {
			return fmt.Errorf("readings: a segment is not covered")
		}
		c.segments = append(c.segments, s)
	}
	for _, s := range c.segments {
		s.renumber(x.names)
	}
	return nil
}

// directory names the commits in order, and the number of the next segment.
const directoryKey = "d"

func (x *Index) putDirectory(commits []*commit) error {
	b := binary.AppendUvarint([]byte{commitVersion}, x.nextNumber.Load())
	b = binary.AppendUvarint(b, uint64(len(commits)))
	for _, c := range commits {
		b = binary.AppendUvarint(binary.AppendUvarint(b, c.number), uint64(c.size))
	}
	w := x.space.batch()
	if err := w.put(directoryKey, b); err != nil {
		return err
	}
	return w.commit()
}

// loadCommits opens what the store holds. A commit that cannot be read is left
// out: its items are then among those that need a reading.
func (x *Index) loadCommits(ctx context.Context) error {
	value, err := x.space.get(directoryKey)
	if err != nil {
		return nil // lost with all it named
	}
	r := &reader{s: string(value)}
	if r.byte() != commitVersion {
		return nil
	}
	x.nextNumber.Store(r.uvarint())
	type entry struct{ number, size uint64 }
	for _, e := range many(r, 2, func(r *reader) entry { return entry{r.uvarint(), r.uvarint()} }) {
		if err := ctx.Err(); err != nil {
			return err
		}
		c, err := x.loadCommit(e.number, int(min(e.size, maxHead)))
		if err != nil {
			x.lost = append(x.lost, fmt.Errorf("readings %d: %w", e.number, err))
			continue
		}
		x.commits = append(x.commits, c)
	}
	return nil
}

func (x *Index) loadCommit(number uint64, size int) (*commit, error) {
	value, err := getPieces(x.space, commitKey(number), size)
	if err != nil {
		return nil, err
	}
	c, err := decodeCommit(value)
	if err != nil {
		return nil, err
	}
	c.number = number
	for _, r := range c.readings {
		if j, ok := x.journaled[r.Item]; ok && sameReading(r.ReadingInfo, j) {
			r.ReadingInfo = j
		}
	}
	return c, c.load(x)
}

func sameReading(a, b ReadingInfo) bool {
	return a.Digest == b.Digest && sameAsked(a, b)
}

func sameAsked(a, b ReadingInfo) bool {
	return a.Item == b.Item && a.Importer == b.Importer && a.Version == b.Version && maps.Equal(a.Assume, b.Assume)
}

// isCurrent tells whether a stored reading is the one that the journal names
// last for its item.
func (x *Index) isCurrent(r *reading) bool {
	j, ok := x.journaled[r.Item]
	return ok && !x.deleted[r.Item] && sameReading(r.ReadingInfo, j)
}

// put writes a commit's record after its segments.
func (x *Index) put(c *commit, store batch) error {
	c.number = x.nextSegment()
	record := c.record()
	c.size = len(record)
	if err := putPieces(store, commitKey(c.number), record); err != nil {
		return err
	}
	return store.commit()
}

// commit stores readings, journals them and shows them.
func (x *Index) commit(ctx context.Context, c *commit, store batch) ([]ReadingInfo, error) {
	x.writing.Lock()
	defer x.writing.Unlock()
	if err := x.put(c, store); err != nil {
		return nil, err
	}
	if err := x.putDirectory(append(slices.Clip(x.commits), c)); err != nil {
		return nil, err
	}
	infos, err := x.journalReadings(ctx, c)
	if err != nil {
		return nil, err
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	for _, r := range infos {
		r.Again = false // says how it was committed, not what it is
		x.journaled[r.Item] = r
		delete(x.damaged, r.Item)
	}
	if err := c.load(x); err != nil {
		return nil, fmt.Errorf("read back: %w", err)
	}
	x.commits = append(x.commits, c)
	x.view = x.newView(x.view)
	return infos, nil
}

// journalReadings writes an entry for each reading but those that were made
// again after a loss and came out the same.
func (x *Index) journalReadings(ctx context.Context, c *commit) ([]ReadingInfo, error) {
	var infos []ReadingInfo
	var drafts []draft
	for _, r := range c.readings {
		if r.Digest.IsZero() {
			continue // dropped
		}
		old, ok := x.journaled[r.Item]
		switch {
		case ok && sameReading(old, r.ReadingInfo):
			batch := r.Batch
			r.ReadingInfo = old
			r.Again, r.Batch = true, cmp.Or(old.Batch, batch)
			infos = append(infos, r.ReadingInfo)
			continue
		case ok && sameAsked(old, r.ReadingInfo):
			r.Differ = old.Digest
		}
		drafts = append(drafts, draft{actionReading, itemSubject{r.Item}, r.ReadingInfo.entry()})
		infos = append(infos, r.ReadingInfo)
	}
	if len(drafts) == 0 {
		return infos, nil
	}
	_, err := x.ledger.record(ctx, drafts...)
	return infos, err
}

const actionReading = "reading"

type itemSubject struct {
	Item int64 `json:"item"`
}

// readingEntry is a reading in the journal.
type readingEntry struct {
	Importer string            `json:"importer"`
	Version  int               `json:"version"`
	Batch    int64             `json:"batch,omitempty"`
	Assume   map[string]string `json:"assume,omitempty"`
	Events   int               `json:"events"`
	Skips    int               `json:"skips"`
	Named    int               `json:"named,omitempty"`
	Found    int               `json:"found,omitempty"`
	Missing  int               `json:"missing,omitempty"`
	First    *WireWhen         `json:"first,omitempty"`
	Last     *WireWhen         `json:"last,omitempty"`
	Covers   []coversEntry     `json:"covers,omitempty"`
	Digest   evidence.Hash     `json:"digest"`
	Broken   string            `json:"broken,omitempty"`
	Differ   evidence.Hash     `json:"differs_from,omitzero"`
}

type coversEntry struct {
	First *WireWhen `json:"first,omitempty"`
	Last  *WireWhen `json:"last,omitempty"`
	Note  string    `json:"note,omitempty"`
}

func (r ReadingInfo) entry() readingEntry {
	e := readingEntry{r.Importer, r.Version, r.Batch, r.Assume, r.Events, r.Skips, r.Named, r.Found, r.Missing,
		wireWhenOf(r.First), wireWhenOf(r.Last), nil, r.Digest, r.Broken, r.Differ}
	for _, c := range r.Covers {
		e.Covers = append(e.Covers, coversEntry{wireWhenOf(c.First), wireWhenOf(c.Last), c.Note})
	}
	return e
}

func readingOf(e entry) (ReadingInfo, error) {
	var subject itemSubject
	var d readingEntry
	if err := errors.Join(json.Unmarshal(e.Subject, &subject), json.Unmarshal(e.Detail, &d)); err != nil {
		return ReadingInfo{}, err
	}
	r := ReadingInfo{Item: subject.Item, Batch: d.Batch, Importer: d.Importer, Version: d.Version, Assume: d.Assume,
		Events: d.Events, Skips: d.Skips, Named: d.Named, Found: d.Found, Missing: d.Missing,
		Digest: d.Digest, Broken: d.Broken, Differ: d.Differ}
	var err error
	if r.First, err = d.First.when(); err != nil {
		return r, err
	}
	if r.Last, err = d.Last.when(); err != nil {
		return r, err
	}
	for _, c := range d.Covers {
		first, err := c.First.when()
		if err != nil {
			return r, err
		}
		last, err := c.Last.when()
		if err != nil {
			return r, err
		}
		r.Covers = append(r.Covers, Coverage{first, last, c.Note})
	}
	return r, nil
}
