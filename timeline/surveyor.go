package timeline

import (
	"slices"
	"time"
)

// A Surveyor makes a Survey of events that come one after another, as a bundle
// gives them: in order, those without a time last. Its persons are the parties
// as they are printed, for nobody has said there who is who.
type Surveyor struct {
	s       *Survey
	names   *interner
	sources map[Origin]uint32
	bits    []uint32 // of the dated events
	zones   zones
	kinds   []Kind
	n       int
}

// NewSurveyor begins a survey.
func NewSurveyor() *Surveyor {
	return &Surveyor{s: &Survey{Marks: map[int][]Mark{}}, names: newInterner(), sources: map[Origin]uint32{}, zones: zones{}, kinds: Kinds()}
}

// Len is how many rows were added.
func (v *Surveyor) Len() int { return v.n }

// Add adds the next row.
func (v *Surveyor) Add(r *Row) {
	s := v.s
	if bits := eventBits(&r.Event, v.zones); bits&bitDated != 0 && len(s.Time) == v.n {
		at, _ := r.When.Order()
		s.Time, v.bits = append(s.Time, at.UnixMilli()), append(v.bits, bits)
	}
	s.Kind = append(s.Kind, uint8(max(0, slices.Index(v.kinds, r.Kind))))
	s.From = append(s.From, v.names.speaker(speaker{Party: r.From}))
	s.To = append(s.To, v.names.set(r.To, ""))
	s.Thread = append(s.Thread, v.names.thread(r.Thread))
	s.Source = append(s.Source, v.source(Origin{r.Source.Item, r.Source.Importer}))
	if len(r.Marks) > 0 {
		s.Marks[v.n] = r.Marks
	}
	v.n++
}

func (v *Surveyor) source(o Origin) uint32 {
	n, ok := v.sources[o]
	if !ok {
		n = uint32(len(v.s.Sources))
		v.s.Sources = append(v.s.Sources, o)
		v.sources[o] = n
	}
	return n
}

// Finish gives the survey, with days by a clock, and the parties that its
// persons stand for: number i of Persons is party i.
func (v *Surveyor) Finish(zone *time.Location) (*Survey, []Party) {
	s, clock := v.s, newDayClock(zone)
	for i, ms := range s.Time {
		day, hour := clock.at(ms, v.bits[i])
		s.Day, s.Clock = append(s.Day, day), append(s.Clock, hour)
	}
	parties := make([]Party, len(v.names.speakers))
	for i, p := range v.names.speakers {
		parties[i] = p.Party
		s.Persons = append(s.Persons, int64(i))
	}
	s.Groups, s.Threads = v.names.sets, v.names.threads
	return s, parties
}

// Mentions counts for each of the survey's persons in how many events they are,
// as who sent it or who got it, each time that they are named.
func (s *Survey) Mentions() []int {
	n := make([]int, len(s.Persons)+1)
	for i, from := range s.From {
		n[from]++
		if to := s.To[i]; to != 0 {
			for _, p := range s.Groups[to-1] {
				n[p]++
			}
		}
	}
	return n[1:]
}
