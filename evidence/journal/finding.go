package journal

import "fmt"

// Kind says how grave a finding is.
type Kind string

const (
	// Interrupted is what a kill or a power loss leaves: nothing that was
	// acknowledged is concerned.
	Interrupted Kind = "interrupted"
	// Damaged is a copy that is not what was written, while another is.
	Damaged Kind = "damaged"
	// Missing is what no copy has any more.
	Missing Kind = "missing"
)

// Finding is one thing that is not as it was written.
type Finding struct {
	Kind   Kind
	File   string // from the case folder, with slashes
	First  int64  // the entries concerned; -1 when there are none
	Last   int64
	Text   string // in plain words
	Healed bool   // made again from what is whole
	Kept   string // the file that holds the bytes that were cut off
}

func (f Finding) String() string {
	switch {
	case f.First < 0:
		return f.File + ": " + f.Text
	case f.First == f.Last:
		return fmt.Sprintf("%s: entry %d: %s", f.File, f.First, f.Text)
	}
	return fmt.Sprintf("%s: entries %d to %d: %s", f.File, f.First, f.Last, f.Text)
}

// Recovery is what Open found and did.
type Recovery struct {
	Findings []Finding
	ReadOnly string // why nothing may be written; empty when all is well
}

// verdict is what follows from a survey.
type verdict struct {
	keep     state // what the journal is from now on
	missing  bool  // something acknowledged is gone: write nothing
	findings []Finding
}

func (v *verdict) add(k Kind, file string, first, last int64, text string) {
	v.findings = append(v.findings, Finding{Kind: k, File: file, First: first, Last: last, Text: text})
}

// judge tells what was acknowledged, what of it is there, and what can be made
// again.
func (s *survey) judge() verdict {
	v := verdict{keep: s.kept()}
	s.judgeMissing(&v)
	if v.missing {
		v.keep = s.state
	}
	s.judgeCopies(&v)
	s.judgeChain(&v)
	s.judgeHeads(&v)
	switch {
	case v.missing:
	case s.frames.size > v.keep.end:
		v.add(Interrupted, framesName, -1, -1, tailText)
	case s.mirror.size > v.keep.end:
		v.add(Interrupted, mirrorName, -1, -1, tailText)
	}
	return v
}

const tailText = "ends in what was never acknowledged"

// upTo is where the frames are whole without a gap.
func (s *survey) upTo() state {
	if s.whole != nil {
		return *s.whole
	}
	return s.state
}

// kept is what stays when nothing is missing: what the head acknowledges. When
// a head is lost, which may have been a later one, or both are older than the
// frames, every whole frame stays.
func (s *survey) kept() state {
	if s.headDamaged() || s.ackedState == nil || !s.oneGroup {
		return s.upTo()
	}
	return *s.ackedState
}

// headDamaged tells that a later head than the best may have been lost.
func (s *survey) headDamaged() bool { return s.headErr[0] != nil || s.headErr[1] != nil }

func (s *survey) judgeMissing(v *verdict) {
	missing := func(file string, first, last uint64, text string) {
		v.missing = true
		v.add(Missing, file, int64(first), int64(last), text)
	}
	for _, g := range s.gaps {
		if g.first < s.acked.Count {
			missing(framesName, g.first, g.last, "damaged or gone in both copies")
		}
	}
	if s.Count < s.acked.Count {
		missing(framesName, s.Count, s.acked.Count-1, "acknowledged, and gone or damaged in both copies")
	}
	if at := s.upTo().Count; s.chainExtra > 0 && at >= s.acked.Count {
		missing(framesName, at, at+uint64(s.chainExtra)-1, "chain.txt knows of them, the journal does not: it was damaged, or an older copy was put back")
	}
	if n := len(s.forked); n > 0 {
		missing(mirrorName, s.forked[0].first, s.forked[n-1].last, "the two copies are of two histories of one case")
	}
	if !s.headless && s.ackedState == nil && len(s.gaps) == 0 && s.Count >= s.acked.Count {
		missing(framesName, s.acked.Count, s.Count, "not the entries that were acknowledged: two histories of one case were mixed")
	}
}

func (s *survey) judgeCopies(v *verdict) {
	for _, c := range []struct {
		file  string
		bad   []patch
		other string
	}{{framesName, s.badFrames, "the mirror"}, {mirrorName, s.badMirror, "the other copy"}} {
		for _, r := range runs(c.bad, v.keep.Count) {
			kind := Damaged
			if r.first >= s.acked.Count {
				kind = Interrupted
			}
			v.add(kind, c.file, int64(r.first), int64(r.last), "damaged or gone here; "+c.other+" has them whole")
		}
	}
}

// runs joins patches of entries before end that follow one another.
func runs(ps []patch, end uint64) []span {
	var out []span
	for _, p := range ps {
		n := len(out)
		switch {
		case p.seq >= end:
		case n > 0 && out[n-1].last+1 == p.seq:
			out[n-1].last = p.seq
		default:
			out = append(out, span{p.seq, p.seq})
		}
	}
	return out
}

func (s *survey) judgeChain(v *verdict) {
	switch {
	case s.badChain >= 0 && uint64(s.badChain) < v.keep.Count:
		kind, text := Damaged, "not what the journal gives"
		if s.chainShort {
			kind, text = Interrupted, "ends early"
		}
		v.add(kind, chainName, s.badChain, int64(v.keep.Count)-1, text)
	case !v.missing && s.chain.size != v.keep.chained:
		kind := Damaged
		if s.Count > v.keep.Count {
			kind = Interrupted
		}
		v.add(kind, chainName, -1, -1, "goes on after the last entry")
	}
}

func (s *survey) judgeHeads(v *verdict) {
	for i, err := range s.headErr {
		if err == nil {
			continue
		}
		kind := Damaged
		if s.upTo().Count > s.acked.Count && s.oneGroup {
			kind = Interrupted
		}
		v.add(kind, headName(i), -1, -1, "cannot be used: a write was interrupted, or it was damaged")
	}
	if !s.oneGroup && !s.headless && !v.missing {
		v.add(Damaged, headName(int(s.turn%2)), -1, -1, "older than the journal: an old copy was put back")
	}
}
