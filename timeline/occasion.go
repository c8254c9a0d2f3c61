package timeline

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
)

// OccasionGap is the gap that ends an occasion, unless another is asked for.
const OccasionGap = 60 * time.Minute

// Occasion is events close together on one channel that count as one.
type Occasion struct {
	Channel     Channel
	Sender      string    // of a burst: who sent them; empty for an occasion
	First, Last time.Time // of those whose hour is known, where there is one
	NoHour      bool      // of none of them the hour is known
	N           int
	Unsure      bool // a clock showed the time of one of them twice, or never
	Events      []ID
}

// Channel is where people meet in the data: an importer's conversation, or the
// other party where the source names no conversation.
type Channel struct {
	Importer string
	Thread   string
	Other    string // the address or name of the other party
}

func (c Channel) String() string {
	s := strings.TrimSpace(cmp.Or(c.Thread, c.Other))
	if s == "" {
		return c.Importer
	}
	return c.Importer + ": " + s
}

// own tells of every speaker whether they are the owner of the exports: their
// own export says so, a rule, or a person.
func (x *Index) own(v *view) []bool {
	x.mu.RLock()
	defer x.mu.RUnlock()
	own := make([]bool, len(v.speakers)+1)
	for i, s := range v.speakers {
		own[i+1] = s.Owner || x.people.personOf(v, v.handleOf[i]) == OwnerNumber()
	}
	return own
}

// channel gives the channel of an event.
func (v *view) channel(own []bool, s *segment, pos uint32) Channel {
	c := Channel{Importer: s.partOf(pos).reading.Importer}
	if n := s.thread[pos]; n != 0 {
		c.Thread = v.threads[n-1]
		return c
	}
	c.Other = v.otherParty(own, s, pos)
	return c
}

// otherParty is who the event is with: the sender, unless that is the owner of
// the exports; then the first receiver who is not.
func (v *view) otherParty(own []bool, s *segment, pos uint32) string {
	from := s.from[pos]
	if from != 0 && !own[from] {
		return v.handles[v.handleOf[from-1]-1].Address
	}
	if n := s.to[pos]; n != 0 {
		for _, m := range v.sets[n-1] {
			if !own[m] {
				return v.handles[v.handleOf[m-1]-1].Address
			}
		}
	}
	return v.sender(s, pos)
}

// Occasions are those of the case that hold dated events of a filter, with these
// alone: same channel, and no gap of the given length or more between neighbours
// (zero: OccasionGap), but for what a person split or joined. An event whose hour is
// not known is near to no other by that rule: a day is no midnight. What lies between them
// counts too, so that an event is of one occasion whatever is asked for. They come in
// order of their first event.
func (x *Index) Occasions(ctx context.Context, f Filter, gap time.Duration) ([]Occasion, error) {
	return x.occasions(ctx, f, gap, x.cutsNow(), inOrderAsListed)
}

// OccasionsByRule is Occasions by the rule alone, so that both counts can be
// shown.
func (x *Index) OccasionsByRule(ctx context.Context, f Filter, gap time.Duration) ([]Occasion, error) {
	return x.occasions(ctx, f, gap, nil, inOrderAsListed)
}

func (x *Index) occasions(ctx context.Context, f Filter, gap time.Duration, cuts map[ID]Cut, as sense) ([]Occasion, error) {
	r, err := x.Find(ctx, f)
	if err != nil {
		return nil, err
	}
	return r.occasions(gap, cuts, as), nil
}

func (r *Result) occasions(gap time.Duration, cuts map[ID]Cut, as sense) []Occasion {
	asked := map[uint32]bool{}
	for _, doc := range r.conduct() {
		asked[doc] = true
	}
	var out []Occasion
	place := map[int]int{}
	r.occasionRuns(gap, cuts, as, func(run int, g group, doc uint32) {
		if !asked[doc] {
			return
		}
		n, ok := place[run]
		if !ok {
			n = len(out)
			place[run] = n
			out = append(out, Occasion{Channel: g.channel})
		}
		s, pos := r.v.at(doc)
		out[n].add(s, pos)
	})
	return out
}

// occasionRuns hands on every dated event of the case that is no entry of a register,
// with the number of its occasion.
func (r *Result) occasionRuns(gap time.Duration, cuts map[ID]Cut, as sense, yield func(run int, g group, doc uint32)) {
	if gap <= 0 {
		gap = OccasionGap
	}
	own := r.x.own(r.v)
	whole := &Result{x: r.x, v: r.v, docs: r.v.order, dated: r.v.dated}
	whole.runs(whole.meaning(whole.conduct(), as), gap, cuts, func(s *segment, pos uint32) group { return group{channel: r.v.channel(own, s, pos)} }, yield)
}

// add adds an event, in order of time.
func (o *Occasion) add(s *segment, pos uint32) {
	at, known := time.UnixMilli(s.time[pos]).UTC(), s.hourKnown(pos)
	switch {
	case o.N == 0:
		o.First, o.Last, o.NoHour = at, at, !known
	case known && o.NoHour:
		o.First, o.Last, o.NoHour = at, at, false
	case known == !o.NoHour:
		o.Last = at
	}
	o.N++
	o.Unsure = o.Unsure || s.unsure(pos)
	o.Events = append(o.Events, s.ids[pos])
}

// Bursts gives the runs of at least least events from one sender on one channel
// of one kind with less than gap between neighbours: what a bundle folds into
// one line with an annex. What nobody sends is none.
func (x *Index) Bursts(ctx context.Context, f Filter, gap time.Duration, least int) ([]Occasion, error) {
	r, err := x.Find(ctx, f)
	if err != nil {
		return nil, err
	}
	return r.Bursts(gap, least), nil
}

// Bursts gives those of a result, as Index.Bursts does those of a filter.
func (r *Result) Bursts(gap time.Duration, least int) []Occasion {
	own := r.x.own(r.v)
	sent := slices.DeleteFunc(slices.Clone(r.conduct()), func(doc uint32) bool { return unsent(r.v.at(doc)) })
	runs := r.group(sent, gap, func(s *segment, pos uint32) group {
		return group{r.v.channel(own, s, pos), r.v.sender(s, pos), s.kind[pos]}
	})
	return slices.DeleteFunc(runs, func(o Occasion) bool { return o.N < least })
}

type group struct {
	channel Channel
	sender  string
	kind    uint8
}

func (r *Result) group(docs []uint32, gap time.Duration, of func(*segment, uint32) group) []Occasion {
	var out []Occasion
	r.runs(r.meaning(docs, inOrderAsListed), gap, nil, of, func(run int, g group, doc uint32) {
		if run == len(out) {
			out = append(out, Occasion{Channel: g.channel, Sender: g.sender})
		}
		s, pos := r.v.at(doc)
		out[run].add(s, pos)
	})
	return out
}

// conduct are the dated events but for entries of registers: a report or an
// order is no occasion of what was done to somebody.
func (r *Result) conduct() []uint32 {
	none := make([]bool, len(kindCodes))
	for i, k := range kindCodes {
		none[i] = k.Register()
	}
	isEntry := func(doc uint32) bool {
		s, pos := r.v.at(doc)
		return none[s.kind[pos]]
	}
	if !slices.ContainsFunc(r.docs[:r.dated], isEntry) {
		return r.docs[:r.dated]
	}
	return slices.DeleteFunc(slices.Clone(r.docs[:r.dated]), isEntry)
}

// hourKnown tells that an event's time can be near to another's. One that a clock
// showed twice or never is taken as one of its two moments.
func (c *columns) hourKnown(pos uint32) bool { return unknownOf(c.bits[pos]) == 0 || c.unsure(pos) }

// runs hands on dated events with the number of their run, from 0. What a person
// joined goes on the run of the event to which they joined it, with all that lies
// between; in a record that names none, on the run before it, whichever that is; by the
// gap alone, on the last one with an hour.
func (r *Result) runs(docs moments, gap time.Duration, cuts map[ID]Cut, of func(*segment, uint32) group, yield func(run int, g group, doc uint32)) {
	type run struct {
		number int // the last one
		timed  int // the last one with an hour; -1: none
		last   int64
		until  int // the place up to which a join reaches
	}
	reach := r.reach(docs, cuts, of)
	open, n, i := map[group]run{}, 0, -1
	for doc, at := range docs {
		i++
		s, pos := r.v.at(doc)
		g := of(s, pos)
		now, ok := open[g]
		if !ok {
			now.timed = -1
		}
		known := s.hourKnown(pos)
		c, said := cuts[s.ids[pos]]
		said = said && !c.named()
		switch near := known && now.timed >= 0 && at-now.last < gap.Milliseconds(); {
		case ok && i <= now.until:
		case !ok, said && c.Split, !said && !near:
			now.number = n
			n++
		case !said:
			now.number = now.timed
		}
		if known {
			now.timed, now.last = now.number, at
		}
		now.until = max(now.until, reach[doc])
		open[g] = now
		yield(now.number, g, doc)
	}
}

// OccasionOf tells of some dated events of a result, given by their places in it in
// order, of which occasion each is, as Occasions finds them: from 0 in the order in
// which they begin. An entry of a register is of none and must not be asked for.
func (r *Result) OccasionOf(places []int32, gap time.Duration) []int32 {
	return r.occasionOf(places, gap, r.x.cutsNow())
}

// OccasionOfRule is OccasionOf by the rule alone, so that both counts can be shown.
func (r *Result) OccasionOfRule(places []int32, gap time.Duration) []int32 {
	return r.occasionOf(places, gap, nil)
}

func (r *Result) occasionOf(places []int32, gap time.Duration, cuts map[ID]Cut) []int32 {
	of := make(map[uint32]int32, len(places))
	for _, p := range places {
		of[r.docs[p]] = -1
	}
	numbers := map[int]int32{}
	r.occasionRuns(gap, cuts, inOrderAsListed, func(run int, _ group, doc uint32) {
		if _, asked := of[doc]; !asked {
			return
		}
		n, ok := numbers[run]
		if !ok {
			n = int32(len(numbers))
			numbers[run] = n
		}
		of[doc] = n
	})
	out := make([]int32, len(places))
	for i, p := range places {
		out[i] = of[r.docs[p]]
	}
	return out
}

// Spans are the periods that a reading speaks of: those that its source states,
// or else the one from its first to its last event.
func (r ReadingInfo) Spans() []Coverage {
	if slices.ContainsFunc(r.Covers, func(c Coverage) bool { return c.First != (When{}) }) {
		return r.Covers
	}
	return []Coverage{{First: r.First, Last: r.Last}}
}
