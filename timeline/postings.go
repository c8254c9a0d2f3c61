package timeline

import (
	"encoding/binary"
	"fmt"
	"slices"
	"sort"
)

// wordStream collects the words of a segment's texts in order; lists are made
// from it in one counting sort when the segment is closed.
type wordStream struct {
	numbers map[string]uint32
	words   []string
	stream  []uint32 // word numbers, samePlace set where the position does not move on
	ends    []uint32 // where each event's words end in stream
	split   splitter
}

const (
	samePlace = 1 << 31
	gapWord   = 0 // number of no word: what stands between two texts of one event
	maxStream = 4 << 20
)

func newWordStream() *wordStream {
	return &wordStream{numbers: map[string]uint32{}, words: []string{""}}
}

func (w *wordStream) text(s string) {
	if s == "" {
		return
	}
	if n := len(w.stream); n > 0 && w.stream[n-1] != gapWord {
		w.stream = append(w.stream, gapWord)
	}
	w.split.split(s, func(t token) {
		n, ok := w.numbers[string(t.text)]
		if !ok {
			word := string(t.text)
			n = uint32(len(w.words))
			w.words = append(w.words, word)
			w.numbers[word] = n
		}
		if t.same {
			n |= samePlace
		}
		w.stream = append(w.stream, n)
	})
}

func (w *wordStream) endEvent() { w.ends = append(w.ends, uint32(len(w.stream))) }

// occurrence is one place of a word.
type occurrence struct{ doc, pos uint32 }

// lists sorts the stream by word and gives the word list and the postings.
func (w *wordStream) lists() (chunks []termChunk, postings []byte) {
	counts := make([]uint32, len(w.words)+1)
	for _, n := range w.stream {
		counts[n&^samePlace+1]++
	}
	for i := 1; i < len(counts); i++ {
		counts[i] += counts[i-1]
	}
	next := slices.Clone(counts)
	places := make([]occurrence, len(w.stream))
	var from uint32
	for doc, end := range w.ends {
		pos := uint32(0)
		for _, n := range w.stream[from:end] {
			if n&samePlace == 0 {
				pos++
			}
			n &^= samePlace
			places[next[n]] = occurrence{uint32(doc), pos}
			next[n]++
		}
		from = end
	}
	order := make([]uint32, 0, len(w.words))
	for n := 1; n < len(w.words); n++ {
		order = append(order, uint32(n))
	}
	sort.Slice(order, func(i, j int) bool { return w.words[order[i]] < w.words[order[j]] })
	list := termWriter{}
	for _, n := range order {
		start := len(postings)
		var docs int
		postings, docs = appendPostings(postings, places[counts[n]:counts[n+1]])
		list.add(w.words[n], docs, start, len(postings)-start)
	}
	return list.end(), postings
}

// appendPostings writes one word's list: the events with the number of its
// places in each, then the places, so that events can be read alone.
func appendPostings(b []byte, places []occurrence) ([]byte, int) {
	var docs, positions []byte
	last, n := uint32(0), 0
	for i := 0; i < len(places); {
		j, pos := i, uint32(0)
		for ; j < len(places) && places[j].doc == places[i].doc; j++ {
			positions = binary.AppendUvarint(positions, uint64(places[j].pos-pos))
			pos = places[j].pos
		}
		delta := uint64(places[i].doc-last) << 1
		if j-i == 1 {
			docs = binary.AppendUvarint(docs, delta|1)
		} else {
			docs = binary.AppendUvarint(binary.AppendUvarint(docs, delta), uint64(j-i))
		}
		last = places[i].doc
		i = j
		n++
	}
	b = binary.AppendUvarint(b, uint64(len(docs)))
	return append(append(b, docs...), positions...), n
}

// termChunk is a stretch of the sorted word list, as it is stored.
type termChunk struct {
	first string
	data  []byte
}

const chunkSize = 16 << 10

type termWriter struct {
	chunks []termChunk
	last   string
}

func (w *termWriter) add(term string, docs, start, size int) {
	if n := len(w.chunks); n == 0 || len(w.chunks[n-1].data) > chunkSize {
		w.chunks = append(w.chunks, termChunk{term, binary.AppendUvarint(nil, uint64(start))})
		w.last = ""
	}
	c := &w.chunks[len(w.chunks)-1]
	shared := 0
	for shared < len(term) && shared < len(w.last) && term[shared] == w.last[shared] {
		shared++
	}
	c.data = binary.AppendUvarint(c.data, uint64(shared))
	c.data = appendString(c.data, term[shared:])
	c.data = binary.AppendUvarint(c.data, uint64(docs))
	c.data = binary.AppendUvarint(c.data, uint64(size))
	w.last = term
}

func (w *termWriter) end() []termChunk { return w.chunks }

// term is an entry of the word list: how many events hold the word, and where
// its postings lie.
type term struct {
	word        []byte // valid until the next entry
	docs        int
	start, size int
}

// eachTerm hands on the entries of a chunk until yield says no.
func eachTerm(data string, yield func(term) bool) error {
	r := &reader{s: data}
	start := r.uvarint()
	var word []byte
	for len(r.s) > 0 {
		shared := r.uvarint()
		if shared > uint64(len(word)) {
			return fmt.Errorf("word list: damaged")
		}
		word = append(word[:shared], r.string()...)
		docs, size := r.uvarint(), r.uvarint()
		if r.err != nil {
			break
		}
		if start > 1<<40 || size > 1<<40 {
			return fmt.Errorf("word list: damaged")
		}
		if !yield(term{word, int(docs), int(start), int(size)}) {
			return nil
		}
		start += size
	}
	if r.err != nil {
		return fmt.Errorf("word list: %w", r.err)
	}
	return nil
}

// eachDoc hands on the events of a list.
func eachDoc(list []byte, yield func(doc uint32, places int)) error {
	docs, _, err := parts(list)
	if err != nil {
		return err
	}
	var doc uint64
	for i := 0; i < len(docs); {
		v, n := binary.Uvarint(docs[i:])
		if n <= 0 {
			return errCutRecord
		}
		i += n
		places := uint64(1)
		if v&1 == 0 {
			if places, n = binary.Uvarint(docs[i:]); n <= 0 {
				return errCutRecord
			}
			i += n
		}
		doc += v >> 1
		if doc >= segmentEvents {
			return pastTheEnd(doc)
		}
		yield(uint32(doc), int(min(places, uint64(len(list)))))
	}
	return nil
}

func pastTheEnd(doc uint64) error { return fmt.Errorf("postings: event %d is past the end", doc) }

func parts(list []byte) (docs, positions []byte, err error) {
	size, n := binary.Uvarint(list)
	if n <= 0 || size > uint64(len(list)-n) {
		return nil, nil, fmt.Errorf("postings: %w", errCutRecord)
	}
	return list[n : n+int(size)], list[n+int(size):], nil
}
