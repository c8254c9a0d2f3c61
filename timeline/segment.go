package timeline

import (
	"encoding/binary"
	"fmt"
	"sort"

	"daybook/evidence"
)

// segment is an immutable run of events in source order, of one or several
// readings: columns in memory, events, word list and postings in the store.
type segment struct {
	*head
	number uint64
	space  space
	cache  *cache
	parts  []part // in order; cover every event
}

// part is a stretch of a segment's events that belong to one reading.
type part struct {
	from, to uint32
	reading  *reading
}

// Keys of a segment's values: its number, and a letter for what it is.
func segmentKey(number uint64, what byte) string {
	return string(append(binary.BigEndian.AppendUint64([]byte{'s'}, number), what))
}

const (
	keyHead     = 'h'
	keyBlock    = 'b'
	keyTerms    = 't'
	keyPostings = 'p'
	keySkips    = 'k'
)

// segmentWriter builds a segment; blocks go to the batch as soon as they are
// full, the rest when it is closed.
type segmentWriter struct {
	limits
	number uint64
	batch  batch
	head   head
	words  *wordStream
	names  *interner
	zones  zones
	open   []byte // block
	inside int    // events in it
	skips  []byte
	unsaid int // skips in the open block of skips

	headSize int
}

// limits say when a segment or a block is full; tests make them small.
type limits struct {
	segment int // events
	block   int // events
}

func newSegmentWriter(number uint64, b batch, l limits) *segmentWriter {
	return &segmentWriter{limits: l, number: number, batch: b, words: newWordStream(), names: newInterner(), zones: zones{}}
}

func (w *segmentWriter) full() bool {
	return w.head.len() >= w.limits.segment || len(w.words.stream) >= maxStream
}

// event adds an event in its stored form.
func (w *segmentWriter) event(e *Event, record []byte, more []string) error {
	if w.inside == 0 {
		w.head.blocks = append(w.head.blocks, uint32(w.head.len()))
	}
	in := e.Source.Importer
	w.head.add(e, w.zones, w.names.speaker(speaker{Party: e.From, importer: in}), w.names.set(e.To, in), w.names.thread(e.Thread))
	eachText(e, w.words.text)
	for _, s := range more {
		w.words.text(s)
	}
	w.words.endEvent()
	w.open = append(binary.AppendUvarint(w.open, uint64(len(record))), record...)
	w.inside++
	if w.inside >= w.limits.block || len(w.open) >= blockSize {
		return w.endBlock()
	}
	return nil
}

// eachText hands on the texts of an event that a search looks into, beside the
// names of people and threads, which columns hold.
func eachText(e *Event, text func(string)) {
	text(e.Text)
	text(e.Extra.Get("subject"))
	text(e.Extra.Get(NotShown))
	for i := range e.Files {
		text(e.Files[i].Name)
	}
	text(e.Place.Name)
}

func (w *segmentWriter) endBlock() error {
	if w.inside == 0 {
		return nil
	}
	key := pieceKey(segmentKey(w.number, keyBlock), len(w.head.blocks)-1)
	if err := w.batch.put(key, sealBlock(w.open)); err != nil {
		return err
	}
	w.open, w.inside = w.open[:0], 0
	return nil
}

// skip adds a skip in its stored form, with the place of its reading in the
// commit.
func (w *segmentWriter) skip(reading int, record []byte) error {
	of := binary.AppendUvarint(nil, uint64(reading))
	w.skips = binary.AppendUvarint(w.skips, uint64(len(of)+len(record)))
	w.skips = append(append(w.skips, of...), record...)
	w.unsaid++
	if w.unsaid >= w.limits.block || len(w.skips) >= blockSize {
		return w.endSkips()
	}
	return nil
}

func (w *segmentWriter) endSkips() error {
	if len(w.skips) == 0 {
		return nil
	}
	key := pieceKey(segmentKey(w.number, keySkips), w.head.skips)
	if err := w.batch.put(key, sealBlock(w.skips)); err != nil {
		return err
	}
	w.head.skips++
	w.skips, w.unsaid = w.skips[:0], 0
	return nil
}

// close writes what is left.
func (w *segmentWriter) close() error {
	if err := w.endBlock(); err != nil {
		return err
	}
	if err := w.endSkips(); err != nil {
		return err
	}
	chunks, postings := w.words.lists()
	w.words = nil
	for n, c := range chunks {
		w.head.terms = append(w.head.terms, c.first)
		if err := w.batch.put(pieceKey(segmentKey(w.number, keyTerms), n), c.data); err != nil {
			return err
		}
	}
	if err := putPieces(w.batch, segmentKey(w.number, keyPostings), postings); err != nil {
		return err
	}
	w.head.postings = len(postings)
	w.head.names = w.names.names
	value := appendHead(nil, &w.head)
	w.headSize = len(value)
	return putPieces(w.batch, segmentKey(w.number, keyHead), value)
}

// extent is what a segment has in the store.
type extent struct {
	number                uint64
	head, postings        int // bytes
	blocks, skips, chunks int // values
	parts                 []storedPart
}

// storedPart is a part with its reading's place in the commit.
type storedPart struct {
	from, to uint32
	reading  int
}

func (w *segmentWriter) extent() extent {
	return extent{number: w.number, head: w.headSize, postings: w.head.postings,
		blocks: len(w.head.blocks), skips: w.head.skips, chunks: len(w.head.terms)}
}

func openSegment(s space, c *cache, e extent) (*segment, error) {
	value, err := getPieces(s, segmentKey(e.number, keyHead), e.head)
	if err != nil {
		return nil, err
	}
	h, err := decodeHead(value)
	if err != nil {
		return nil, err
	}
	return &segment{head: h, number: e.number, space: s, cache: c}, nil
}

// remove deletes everything that a segment has in the store.
func (e extent) remove(b batch) error {
	for what, n := range map[byte]int{keyBlock: e.blocks, keySkips: e.skips, keyTerms: e.chunks} {
		for i := range n {
			if err := b.delete(pieceKey(segmentKey(e.number, what), i)); err != nil {
				return err
			}
		}
	}
	if err := deletePieces(b, segmentKey(e.number, keyPostings), e.postings); err != nil {
		return err
	}
	return deletePieces(b, segmentKey(e.number, keyHead), e.head)
}

// partOf gives the part that holds a position.
func (s *segment) partOf(pos uint32) *part {
	i := sort.Search(len(s.parts), func(i int) bool { return s.parts[i].to > pos })
	return &s.parts[i]
}

func (s *segment) blockOf(pos uint32) int {
	return sort.Search(len(s.blocks), func(i int) bool { return s.blocks[i] > pos }) - 1
}

// event reads one event.
func (s *segment) event(pos uint32) (Event, error) {
	b := s.blockOf(pos)
	records, err := s.block(b)
	if err != nil {
		return Event{}, err
	}
	at := int(pos - s.blocks[b])
	if at >= len(records) {
		return Event{}, fmt.Errorf("block %d of segment %d: no event %d", b, s.number, at)
	}
	e, err := decodeEvent(records[at], s.partOf(pos).reading.source())
	if err != nil {
		return Event{}, fmt.Errorf("event %s: %w", s.ids[pos], err)
	}
	e.ID = s.ids[pos]
	return e, nil
}

func (s *segment) block(n int) ([]string, error) {
	key := pieceKey(segmentKey(s.number, keyBlock), n)
	if v, ok := s.cache.get(key); ok {
		return v.([]string), nil
	}
	value, err := s.space.get(key)
	if err != nil {
		return nil, fmt.Errorf("events of item %d: %w", s.partOf(s.blocks[n]).reading.Item, err)
	}
	records, err := openBlock(value)
	if err != nil {
		return nil, fmt.Errorf("events of item %d: %w", s.partOf(s.blocks[n]).reading.Item, err)
	}
	size := 0
	for _, r := range records {
		size += len(r) + 16
	}
	s.cache.put(key, records, size)
	return records, nil
}

// list reads a word's postings; without places only as far as the events go.
func (s *segment) list(t term, places bool) ([]byte, error) {
	if t.start+t.size > s.postings {
		return nil, fmt.Errorf("postings: list past the end")
	}
	if places || t.size <= pieceSize {
		return s.stretch(t.start, t.start+t.size)
	}
	begin, err := s.stretch(t.start, t.start+binary.MaxVarintLen64)
	if err != nil {
		return nil, err
	}
	size, n := binary.Uvarint(begin)
	if n <= 0 || size > uint64(t.size-n) {
		return nil, fmt.Errorf("postings: %w", errCutRecord)
	}
	return s.stretch(t.start, t.start+n+int(size))
}

// stretch reads bytes from to to of the postings.
func (s *segment) stretch(from, to int) ([]byte, error) {
	out := make([]byte, 0, to-from)
	for n := from / pieceSize; n*pieceSize < to; n++ {
		piece, err := s.piece(n)
		if err != nil {
			return nil, err
		}
		lo, hi := max(from-n*pieceSize, 0), min(to-n*pieceSize, pieceSize)
		if hi > len(piece) {
			return nil, fmt.Errorf("postings: piece %d has %d bytes, want %d", n, len(piece), hi)
		}
		out = append(out, piece[lo:hi]...)
	}
	return out, nil
}

func (s *segment) piece(n int) (string, error) {
	return s.text(pieceKey(segmentKey(s.number, keyPostings), n), "postings")
}

func (s *segment) chunk(n int) (string, error) {
	return s.text(pieceKey(segmentKey(s.number, keyTerms), n), "word list")
}

func (s *segment) text(key, what string) (string, error) {
	if v, ok := s.cache.get(key); ok {
		return v.(string), nil
	}
	value, err := s.space.get(key)
	if err != nil {
		return "", fmt.Errorf("%s: %w", what, err)
	}
	text := string(value)
	s.cache.put(key, text, len(text))
	return text, nil
}

// appendSkip is the canonical form of a skip; item, path and importer are those
// of its reading.
func appendSkip(b []byte, s *Skip) []byte {
	return appendString(appendString(appendString(b, s.Record), s.Text), s.Reason)
}

func decodeSkip(record string, r *reading) (Skip, error) {
	in := &reader{s: record}
	s := Skip{Item: r.Item, Path: r.path, Importer: r.Importer}
	s.Record, s.Text, s.Reason = in.string(), in.string(), in.string()
	return s, in.end()
}

// reading is a reading as the index keeps it: what it is, and where its events
// came from.
type reading struct {
	ReadingInfo
	hash    evidence.Hash
	path    string
	diary   bool     // of what a person wrote down: there is no item, and nothing replaces it
	written *Version // of an incident, its last one
}

func (r *reading) source() Pinpoint {
	return Pinpoint{Item: r.Item, Hash: r.hash, Path: r.path, Importer: r.Importer, Version: r.Version}
}
