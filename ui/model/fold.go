package model

import (
	"time"

	"daybook/timeline"
)

// Runs of at least foldLeast events of one kind, from one person in one
// conversation, each less than foldGap after the one before and on one day,
// stand as one line. Messages, mails and what a person wrote down are never
// folded: they are there to be read.
const (
	foldLeast = 5
	foldGap   = 30 * time.Minute
)

// FoldRule says the rule to a person.
const FoldRule = "Five or more calls, places, pictures or logins of one kind from one person, each less than 30 minutes after the one before, stand as one line. Nothing is left out."

func folds(k timeline.Kind) bool {
	switch k {
	case timeline.Call, timeline.Location, timeline.Login, timeline.Photo, timeline.Shot, timeline.System, timeline.Contact:
		return true
	}
	return false
}

// fold is a run of events that stands as one line.
type fold struct {
	events []int32 // places in the survey, in order
	open   bool
	missed int // calls among them that the source calls missed; -1: not counted yet
}

type foldKey struct {
	kind         uint8
	from, thread uint32
}

// findFolds finds the runs among events in order of time.
func findFolds(s *timeline.Survey, events []int32) []*fold {
	var folding [256]bool
	for i, k := range timeline.Kinds() {
		folding[i] = folds(k)
	}
	open := map[foldKey]*fold{}
	var all []*fold
	for _, e := range events {
		if int(e) >= len(s.Time) {
			break
		}
		if !folding[s.Kind[e]] {
			continue
		}
		key := foldKey{s.Kind[e], s.From[e], s.Thread[e]}
		f := open[key]
		if f != nil {
			last := f.events[len(f.events)-1]
			if s.Day[last] == s.Day[e] && s.Time[e]-s.Time[last] < foldGap.Milliseconds() {
				f.events = append(f.events, e)
				continue
			}
		}
		f = &fold{events: []int32{e}, missed: -1}
		open[key] = f
		all = append(all, f)
	}
	kept := all[:0]
	for _, f := range all {
		if len(f.events) >= foldLeast {
			kept = append(kept, f)
		}
	}
	return kept
}
