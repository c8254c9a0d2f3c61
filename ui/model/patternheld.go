package model

import (
	"cmp"
	"slices"

	"daybook/timeline"
)

// daySpan is days from First to Last, both of them in it.
type daySpan struct{ First, Last int32 }

// heldDays are the days of which the files that hold the counted events speak:
// by their own word, or from their first to their last event.
type heldDays struct {
	spans []daySpan // apart from each other, in order
	files []heldFile
}

// heldFile is one such file.
type heldFile struct {
	name  string
	spans []daySpan
}

// held finds of which days the files speak in which the counted events stand.
// What a person wrote down speaks of its own days alone and is none of them.
func (p *Pattern) held() heldDays {
	s := p.base.survey
	used := make([]bool, len(s.Sources))
	for _, list := range [][]int32{p.list, p.undated} {
		for _, i := range list {
			used[s.Source[i]] = true
		}
	}
	place := map[timeline.Origin]int{}
	for i, o := range s.Sources {
		if used[i] && o.Importer != incidentSource {
			place[o] = i
		}
	}
	var h heldDays
	for _, r := range p.base.x.Readings() {
		i, ok := place[timeline.Origin{Item: r.Item, Importer: r.Importer}]
		if !ok {
			continue
		}
		f := heldFile{name: p.base.sourceName(i)}
		for _, c := range r.Spans() {
			if d, ok := p.spanOf(c); ok {
				f.spans = append(f.spans, d)
			}
		}
		h.files = append(h.files, f)
		h.spans = append(h.spans, f.spans...)
	}
	h.spans = joined(h.spans)
	return h
}

func (p *Pattern) spanOf(c timeline.Coverage) (daySpan, bool) {
	zone := p.base.x.Zone()
	first, ok1 := shown(c.First, zone)
	last, ok2 := shown(c.Last, zone)
	return daySpan{dayNumber(first), dayNumber(last)}, ok1 && ok2 && !last.Before(first)
}

// joined puts spans in order and joins those that touch.
func joined(spans []daySpan) []daySpan {
	spans = slices.Clone(spans)
	slices.SortFunc(spans, func(a, b daySpan) int { return cmp.Or(cmp.Compare(a.First, b.First), cmp.Compare(a.Last, b.Last)) })
	var out []daySpan
	for _, s := range spans {
		if n := len(out); n > 0 && s.First <= out[n-1].Last+1 {
			out[n-1].Last = max(out[n-1].Last, s.Last)
			continue
		}
		out = append(out, s)
	}
	return out
}

// days counts the days from first to last of which something speaks.
func (h heldDays) days(first, last int32) int { return daysIn(h.spans, first, last) }

func daysIn(spans []daySpan, first, last int32) (n int) {
	for _, s := range spans {
		n += max(0, int(min(last, s.Last)-max(first, s.First))+1)
	}
	return n
}

// whole names the files that alone speak of all days from first to last.
func (h heldDays) whole(first, last int32) (names []string) {
	for _, f := range h.files {
		if daysIn(joined(f.spans), first, last) == int(last-first)+1 {
			names = append(names, f.name)
		}
	}
	return names
}
