package profiles

import (
	"errors"
	"fmt"
	"slices"
)

// Part is a part of a bundle: which one, and what it is called.
type Part struct {
	ID      PartID `json:"id"`
	Title   string `json:"title"`   // empty: its usual title
	Wide    bool   `json:"wide"`    // its pages lie on their side
	Section string `json:"section"` // a section of this title begins with it, where pages are counted by section
}

// Files asks for each statement and each exhibit as a file of its own beside the
// document, and apart from them what is held and not relied on.
type Files struct {
	Megabytes int64 `json:"megabytes"` // that a part may have, to be uploaded; 0: no such files
}

// Type is in which type a bundle is printed; zero: as is usual.
type Type struct {
	Points float64 `json:"points"` // at least
	Lines  float64 `json:"lines"`  // the height of a line in sizes of the type, at least
}

// PartID names a part of a bundle.
type PartID string

// The parts, in their usual order: what it is, where things are, how it was
// made, what happened, what people said of it, what it rests on, and how to
// check it.
const (
	PartCover       PartID = "cover"
	PartIndex       PartID = "index"
	PartSince       PartID = "since" // what has changed since the bundle before
	PartHow         PartID = "how"
	PartShows       PartID = "shows" // what the bundle shows, and what it does not
	PartSummary     PartID = "summary"
	PartPeople      PartID = "people"
	PartChronology  PartID = "chronology"
	PartPattern     PartID = "pattern"
	PartMatrix      PartID = "matrix"    // elements of offences with what may show each; where a person asks for one
	PartStatement   PartID = "statement" // a draft; where a profile asks for one
	PartDiary       PartID = "diary"
	PartExhibitList PartID = "exhibit-list"
	PartExhibits    PartID = "exhibits"
	PartOrders      PartID = "orders"
	PartChanges     PartID = "changes"
	PartReports     PartID = "reports"
	PartIntegrity   PartID = "integrity"
	PartContinuity  PartID = "continuity"
	PartSystem      PartID = "system"
	PartUnread      PartID = "unread"
	PartLeftOut     PartID = "left-out"
	PartWithheld    PartID = "withheld" // what a served pack withholds, in a full one
	PartSchedule    PartID = "schedule"
)

// Usual are the parts of a bundle in their usual order.
func Usual() []Part {
	var all []Part
	for _, id := range [...]PartID{
		PartCover, PartIndex, PartSince, PartHow, PartShows, PartSummary, PartPeople, PartChronology, PartPattern, PartMatrix, PartDiary, PartExhibitList, PartExhibits,
		PartOrders, PartChanges, PartReports, PartIntegrity, PartContinuity, PartSystem, PartUnread, PartLeftOut, PartWithheld, PartSchedule,
	} {
		all = append(all, Part{ID: id})
	}
	return all
}

// Order is the order of the parts that the profile asks for.
func (p Profile) Order() []Part {
	if len(p.Parts) == 0 {
		return Usual()
	}
	return slices.Clone(p.Parts)
}

// checkParts refuses an order in which a part is missing, unknown, or there
// twice: nothing goes out of a bundle because a profile forgot it.
func (p Profile) checkParts() error {
	if len(p.Parts) == 0 && p.Numbering == BySection {
		return errors.New("pages are counted by section, and no part begins one")
	}
	missing := map[PartID]bool{}
	for _, u := range Usual() {
		missing[u.ID] = true
	}
	seen := map[PartID]bool{}
	for i, part := range p.Order() {
		if !missing[part.ID] && part.ID != PartStatement || seen[part.ID] {
			return fmt.Errorf("part %q: it is not known, or stands there twice", part.ID)
		}
		if begins := part.Section != ""; begins && p.Numbering != BySection || i == 0 && !begins && p.Numbering == BySection {
			return fmt.Errorf("part %q: sections begin where pages are counted by section, the first with the first part", part.ID)
		}
		seen[part.ID] = true
		delete(missing, part.ID)
	}
	for _, u := range Usual() {
		if missing[u.ID] {
			return fmt.Errorf("part %q: it is missing", u.ID)
		}
	}
	return nil
}
