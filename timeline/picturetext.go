package timeline

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"

	"daybook/evidence"
)

// PictureText is what a program read in a picture. It is an aid and no part of
// an event: it may be wrong, is marked as machine-read wherever it is shown, is
// counted nowhere, and can be made again from the original or thrown away.
type PictureText struct {
	Picture  evidence.Hash `json:"picture"`
	Items    []int64       `json:"items"`  // that are this picture
	Events   []ID          `json:"events"` // that show it
	Engine   string        `json:"engine"` // with its version
	Language string        `json:"language"`
	Text     string        `json:"text,omitempty"` // line by line; empty where no words were found
	Note     string        `json:"note,omitempty"` // why it was not read
}

// InPicture is what a search found in a picture of an event.
type InPicture struct {
	Picture evidence.Hash
	Engine  string
	Text    string   // the lines that hold it
	Hits    [][2]int // byte ranges of Text
}

// pictureStore is the key space of the case that holds what was read in
// pictures, sealed, by the hash of the original.
const pictureStore = "picture texts"

// shelf is a space whose values can be listed.
type shelf interface {
	space
	all() iter.Seq2[[]byte, error]
}

// pictureTexts are what was read in the pictures of a case, and their words. It
// is loaded when it is first asked for.
type pictureTexts struct {
	shelf shelf

	mu       sync.Mutex
	loaded   bool
	pictures []evidence.Hash
	shownBy  [][]ID       // of each picture
	of       map[ID][]int // the pictures of each event
	segments []*segment   // their words, one event a picture, in order
}

func newPictureTexts(s shelf) *pictureTexts { return &pictureTexts{shelf: s} }

// KeepPictureTexts keeps what was read in pictures, in the place of what was
// read in them before.
func (x *Index) KeepPictureTexts(list ...PictureText) error {
	p := x.pictures
	p.mu.Lock()
	defer p.mu.Unlock()
	b := p.shelf.batch()
	for _, t := range list {
		clip(&t.Text, maxText)
		value, err := json.Marshal(t)
		if err == nil {
			err = b.put(string(t.Picture[:]), value)
		}
		if err != nil {
			return fmt.Errorf("picture %s: what was read in it: %w", t.Picture, err)
		}
	}
	p.loaded = false
	return b.commit()
}

// PictureTexts gives everything that was read in pictures, in no order.
func (x *Index) PictureTexts(ctx context.Context) iter.Seq2[PictureText, error] {
	return func(yield func(PictureText, error) bool) {
		for value, err := range x.pictures.shelf.all() {
			var t PictureText
			if err == nil {
				err = errors.Join(ctx.Err(), json.Unmarshal(value, &t))
			}
			if !yield(t, err) || ctx.Err() != nil {
				return
			}
		}
	}
}

// PictureTextsOf gives what was read in the pictures that an event shows.
func (x *Index) PictureTextsOf(id ID) ([]PictureText, error) {
	p := x.pictures
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.load(); err != nil {
		return nil, err
	}
	return p.textsOf(id)
}

// ForgetPictureTexts throws away what was read in the pictures for which which
// says so.
func (x *Index) ForgetPictureTexts(ctx context.Context, which func(PictureText) bool) (n int, err error) {
	var gone []evidence.Hash
	for t, err := range x.PictureTexts(ctx) {
		if err != nil {
			return 0, err
		}
		if which(t) {
			gone = append(gone, t.Picture)
		}
	}
	p := x.pictures
	p.mu.Lock()
	defer p.mu.Unlock()
	b := p.shelf.batch()
	for _, h := range gone {
		if err := b.delete(string(h[:])); err != nil {
			return 0, err
		}
	}
	p.loaded = false
	return len(gone), b.commit()
}

// load makes the words ready to be searched.
func (p *pictureTexts) load() error {
	if p.loaded {
		return nil
	}
	p.pictures, p.shownBy, p.segments, p.of = nil, nil, nil, map[ID][]int{}
	m := memory{}
	w := newSegmentWriter(0, m.batch(), limits{segmentEvents, segmentEvents})
	for value, err := range p.shelf.all() {
		var t PictureText
		if err != nil || json.Unmarshal(value, &t) != nil {
			continue // damaged: it can be read again, and keeps nobody from the rest
		}
		if t.Text == "" {
			continue
		}
		for _, id := range t.Events {
			p.of[id] = append(p.of[id], len(p.pictures))
		}
		p.pictures, p.shownBy = append(p.pictures, t.Picture), append(p.shownBy, t.Events)
		if err := w.event(&Event{Kind: Shot, Text: t.Text}, nil, nil); err != nil {
			return err
		}
		if w.full() {
			if err := p.close(m, w); err != nil {
				return err
			}
			w = newSegmentWriter(uint64(len(p.segments)), m.batch(), w.limits)
		}
	}
	if err := p.close(m, w); err != nil {
		return err
	}
	p.loaded = true
	return nil
}

func (p *pictureTexts) close(m memory, w *segmentWriter) error {
	if err := w.close(); err != nil {
		return fmt.Errorf("words in pictures: %w", err)
	}
	s, err := openSegment(m, newCache(), w.extent())
	if err != nil {
		return fmt.Errorf("words in pictures: %w", err)
	}
	p.segments = append(p.segments, s)
	return nil
}

// events marks the events that show a picture in which a clause holds.
func (p *pictureTexts) events(c clause, mark func(ID)) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.load(); err != nil {
		return err
	}
	first := 0
	for _, s := range p.segments {
		for _, q := range c.any {
			hit, err := s.find(q)
			if err != nil {
				return err
			}
			hit.each(func(pos uint32) {
				for _, id := range p.shownBy[first+int(pos)] {
					mark(id)
				}
			})
		}
		first += s.len()
	}
	return nil
}

// textsOf reads what was read in the pictures of an event. The lock is held.
func (p *pictureTexts) textsOf(id ID) ([]PictureText, error) {
	var out []PictureText
	for _, n := range p.of[id] {
		h := p.pictures[n]
		value, err := p.shelf.get(string(h[:]))
		if errors.Is(err, errLost) {
			continue
		}
		var t PictureText
		if err == nil {
			err = json.Unmarshal(value, &t)
		}
		if err != nil {
			return nil, fmt.Errorf("picture %s: what was read in it: %w", h, err)
		}
		out = append(out, t)
	}
	return out, nil
}

// found gives what a query found in the pictures of an event.
func (p *pictureTexts) found(id ID, q query) ([]InPicture, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.load(); err != nil {
		return nil, err
	}
	texts, err := p.textsOf(id)
	if err != nil {
		return nil, err
	}
	var out []InPicture
	for _, t := range texts {
		if lines, hits := hitLines(t.Text, q.hits(t.Text)); len(hits) > 0 {
			out = append(out, InPicture{t.Picture, t.Engine, lines, hits})
		}
	}
	return out, nil
}

// hitLines gives the lines of a text that hold hits, and the hits in them.
func hitLines(text string, hits [][2]int) (string, [][2]int) {
	var out strings.Builder
	var moved [][2]int
	at := 0
	for line := range strings.Lines(text) {
		end := at + len(line)
		start := out.Len()
		for _, h := range hits {
			if from, to := max(h[0], at), min(h[1], at+len(strings.TrimRight(line, "\n"))); from < to {
				if out.Len() == start {
					out.WriteString(strings.TrimRight(line, "\n") + "\n")
				}
				moved = append(moved, [2]int{start + from - at, start + to - at})
			}
		}
		at = end
	}
	return strings.TrimRight(out.String(), "\n"), moved
}

// forgetDeleted throws away what was read in pictures, and found in recordings, of
// which every item is deleted.
func (x *Index) forgetDeleted(ctx context.Context, deleted map[int64]bool) error {
	gone := func(items []int64) bool {
		return !slices.ContainsFunc(items, func(n int64) bool { return !deleted[n] })
	}
	_, err := x.ForgetPictureTexts(ctx, func(t PictureText) bool { return gone(t.Items) })
	_, recErr := x.ForgetRecordings(ctx, func(r Recording) bool { return gone(r.Items) })
	return errors.Join(err, recErr)
}

func (m memory) all() iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for _, v := range maps.Clone(m) {
			if !yield(v, nil) {
				return
			}
		}
	}
}
