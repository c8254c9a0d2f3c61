package timeline

import (
	"context"
	"runtime"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/sync/errgroup"
)

// search evaluates a query over a view; out holds a bitmap for each segment.
type search struct {
	view     *view
	query    query
	notes    map[ID][]string // what people wrote about events
	pictures *pictureTexts   // what was read in pictures; nil: not looked into
}

// run marks in each segment the events that the query finds. When it finds
// nothing, the words that stand nowhere are tried again with one letter more,
// less, other or exchanged; instead tells which were taken.
func (s *search) run(ctx context.Context) (out []bitmap, instead map[string][]string, err error) {
	out, lost, err := s.all(ctx)
	if err != nil || len(lost) == 0 || slices.ContainsFunc(out, func(b bitmap) bool { return b.count() > 0 }) {
		return out, nil, err
	}
	instead = map[string][]string{}
	for _, i := range lost {
		c := &s.query[i]
		near, err := s.near(ctx, c.any[0].words[0])
		if err != nil {
			return nil, nil, err
		}
		if len(near) == 0 {
			return out, nil, nil
		}
		instead[c.asked] = near
		c.any = nil
		for _, w := range near {
			c.any = append(c.any, sequence{words: []string{w}})
		}
	}
	out, _, err = s.all(ctx)
	return out, instead, err
}

// all evaluates every clause in every segment; lost are the clauses of one word
// that no event holds.
func (s *search) all(ctx context.Context) (out []bitmap, lost []int, err error) {
	who := make([]named, len(s.query))
	for i, c := range s.query {
		if who[i], err = s.named(c); err != nil {
			return nil, nil, err
		}
	}
	out = make([]bitmap, len(s.view.segments))
	found := make([][]bool, len(s.view.segments)) // by segment and clause
	g, ctx := errgroup.WithContext(ctx)
	g.SetLimit(runtime.GOMAXPROCS(0))
	for n := range s.view.segments {
		g.Go(func() error {
			var err error
			out[n], found[n], err = s.segment(ctx, n, who)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, nil, err
	}
	for i, c := range s.query {
		nowhere := !slices.ContainsFunc(found, func(f []bool) bool { return f[i] })
		if nowhere && !c.not && c.simple && utf8.RuneCountInString(c.any[0].words[0]) >= 4 {
			lost = append(lost, i)
		}
	}
	return out, lost, nil
}

// segment evaluates every clause in one segment, and tells which of them any
// live event holds.
func (s *search) segment(ctx context.Context, n int, who []named) (bitmap, []bool, error) {
	live := s.view.live[n]
	out, found := slices.Clone(live), make([]bool, len(s.query))
	for i, c := range s.query {
		if err := ctx.Err(); err != nil {
			return nil, nil, err
		}
		hit, err := s.clause(s.view.segments[n], c, who[i])
		if err != nil {
			return nil, nil, err
		}
		found[i] = hit != nil && hit.meets(live)
		switch {
		case c.not && hit != nil:
			out.andNot(hit)
		case c.not:
		case hit == nil:
			clear(out)
		default:
			out.and(hit)
		}
	}
	return out, found, nil
}

// named is where a clause holds by the names that columns count, by notes, and
// by what was read in pictures.
type named struct {
	speakers, sets, threads []bool
	any                     bool
	notes                   map[ID]bool
}

func (n *named) note(id ID) {
	if n.notes == nil {
		n.notes = map[ID]bool{}
	}
	n.notes[id] = true
}

func (s *search) named(c clause) (named, error) {
	v := s.view
	who := named{speakers: make([]bool, len(v.speakers)+1), sets: make([]bool, len(v.sets)+1), threads: make([]bool, len(v.threads)+1)}
	for i, sp := range v.speakers {
		if c.in(sp.Name) || c.in(sp.Address) {
			who.speakers[i+1], who.any = true, true
		}
	}
	for i, set := range v.sets {
		who.sets[i+1] = slices.ContainsFunc(set, func(n uint32) bool { return who.speakers[n] })
	}
	for i, t := range v.threads {
		if c.in(t) {
			who.threads[i+1], who.any = true, true
		}
	}
	for id, texts := range s.notes {
		if slices.ContainsFunc(texts, c.in) {
			who.note(id)
		}
	}
	if s.pictures == nil {
		return who, nil
	}
	return who, s.pictures.events(c, who.note)
}

func (c clause) in(text string) bool {
	if text == "" {
		return false
	}
	s := sayWords(text)
	return slices.ContainsFunc(c.any, s.holds)
}

// clause marks the events of a segment for which a clause holds; nil is none.
func (s *search) clause(seg *segment, c clause, who named) (bitmap, error) {
	var out bitmap
	for _, q := range c.any {
		hit, err := seg.find(q)
		if err != nil {
			return nil, err
		}
		if out == nil {
			out = hit
		} else if hit != nil {
			out.or(hit)
		}
	}
	if out == nil && (who.any || who.notes != nil) {
		out = newBitmap(seg.len())
	}
	if who.any {
		for i := range seg.ids {
			if who.speakers[seg.from[i]] || who.sets[seg.to[i]] || who.threads[seg.thread[i]] {
				out.set(uint32(i))
			}
		}
	}
	seg.mark(who.notes, out)
	return out, nil
}

// mark sets the events with the given IDs.
func (s *segment) mark(ids map[ID]bool, out bitmap) {
	if len(ids) == 0 {
		return
	}
	var maybe [1 << 10]uint64 // of the first two bytes: most events are none of them
	for id := range ids {
		n := uint16(id[0])<<8 | uint16(id[1])
		maybe[n>>6] |= 1 << (n & 63)
	}
	for i := range s.ids {
		n := uint16(s.ids[i][0])<<8 | uint16(s.ids[i][1])
		if maybe[n>>6]&(1<<(n&63)) != 0 && ids[s.ids[i]] {
			out.set(uint32(i))
		}
	}
}

// find marks the events of a segment whose texts hold a sequence; nil is none.
func (s *segment) find(q sequence) (bitmap, error) {
	if len(q.words) > 1 {
		return s.phrase(q)
	}
	var out bitmap
	err := s.lists(q.words[0], q.prefix, false, func(list []byte) error {
		if out == nil {
			out = newBitmap(s.len())
		}
		return eachDoc(list, func(doc uint32, _ int) {
			if int(doc) < s.len() {
				out.set(doc)
			}
		})
	})
	return out, err
}

// lists hands on the postings of a word, or of every word that begins so.
func (s *segment) lists(word string, prefix, places bool, yield func([]byte) error) error {
	at, found := slices.BinarySearch(s.terms, word)
	if !found {
		at--
	}
	for n := max(at, 0); n < len(s.terms) && (s.terms[n] <= word || prefix && strings.HasPrefix(s.terms[n], word)); n++ {
		data, err := s.chunk(n)
		if err != nil {
			return err
		}
		var bad error
		err = eachTerm(data, func(t term) bool {
			w := string(t.word)
			if w == word || prefix && strings.HasPrefix(w, word) {
				var list []byte
				if list, bad = s.list(t, places); bad == nil {
					bad = yield(list)
				}
			}
			return bad == nil && (w <= word || prefix && strings.HasPrefix(w, word))
		})
		if err != nil {
			return err
		}
		if bad != nil {
			return bad
		}
	}
	return nil
}

// maxNear is how many spellings are tried for one word.
const maxNear = 20

// near gives the words of the case that are one slip of the keyboard away.
func (s *search) near(ctx context.Context, word string) ([]string, error) {
	found := map[string]int{}
	look := func(w string, docs int) {
		if near(word, w) {
			found[w] += docs
		}
	}
	for _, seg := range s.view.segments {
		for n := range seg.terms {
			if err := ctx.Err(); err != nil {
				return nil, err
			}
			data, err := seg.chunk(n)
			if err != nil {
				return nil, err
			}
			err = eachTerm(data, func(t term) bool {
				if d := len(t.word) - len(word); d <= utf8.UTFMax && d >= -utf8.UTFMax {
					look(string(t.word), t.docs)
				}
				return true
			})
			if err != nil {
				return nil, err
			}
		}
	}
	for i, sp := range s.view.speakers {
		if !s.view.speaks[i+1] {
			continue
		}
		for _, text := range []string{sp.Name, sp.Address} {
			for _, w := range sayWords(text).words {
				look(w, 1)
			}
		}
	}
	return commonest(found), nil
}

func commonest(found map[string]int) []string {
	var out []string
	for w := range found {
		out = append(out, w)
	}
	slices.SortFunc(out, func(a, b string) int {
		if d := found[b] - found[a]; d != 0 {
			return d
		}
		return strings.Compare(a, b)
	})
	return out[:min(len(out), maxNear)]
}

// near tells whether two different words are one letter more, less, other, or
// two neighbours exchanged, apart.
func near(a, b string) bool {
	x, y := []rune(a), []rune(b)
	if len(x) > len(y) {
		x, y = y, x
	}
	if len(y)-len(x) > 1 {
		return false
	}
	i := 0
	for i < len(x) && x[i] == y[i] {
		i++
	}
	if i == len(x) {
		return len(y) > len(x)
	}
	if len(x) < len(y) {
		return slices.Equal(x[i:], y[i+1:])
	}
	if slices.Equal(x[i+1:], y[i+1:]) {
		return true
	}
	return i+1 < len(x) && x[i] == y[i+1] && x[i+1] == y[i] && slices.Equal(x[i+2:], y[i+2:])
}
