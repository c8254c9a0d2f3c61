package report

import (
	"cmp"
	"slices"

	"daybook/assets/profiles"
)

// compose makes the sections in the order of the profile. A part that has
// nothing to say is left away; a section of parts has its letter when one of
// them is there.
func (b *Bundle) compose(m material) {
	b.places()
	order := b.Profile.Parts
	if len(order) == 0 {
		order = profiles.Usual()
	}
	b.Sections = nil
	index, group, letters := 0, "", b.After.Letters
	for _, part := range order {
		group = cmp.Or(part.Section, group)
		s := b.part(part.ID, m)
		if part.ID != profiles.PartIndex && len(s.Blocks) == 0 && s.Parts == nil {
			continue
		}
		if s.Part, s.Anchor, s.Title, s.Wide = part.ID, string(part.ID), cmp.Or(part.Title, s.Title), part.Wide; part.ID == profiles.PartIndex {
			index = len(b.Sections)
		}
		if b.Profile.BySection && group != "" {
			letters++
			s.Letter, s.Group, group = sectionLetter(letters), group, ""
		}
		b.Sections = append(b.Sections, s)
	}
	b.Sections[index].Blocks = b.contents()
}

// sectionLetter is that of the n-th section: B after A, AA after Z.
func sectionLetter(n int) (letter string) {
	for ; n > 0; n = (n - 1) / 26 {
		letter = string(rune('A'+(n-1)%26)) + letter
	}
	return letter
}

// places notes where each exhibit stands among them, and how far its transcript goes.
func (b *Bundle) places() {
	b.byItem = make(map[int64]int, len(b.Exhibits))
	b.lines = make([]int, len(b.Exhibits))
	for i, e := range b.Exhibits {
		b.byItem[e.Item], b.lines[i] = i, b.lastLine(e)
	}
}

// part makes a part of the bundle; one that has nothing to say is empty.
func (b *Bundle) part(id profiles.PartID, m material) Section {
	switch id {
	case profiles.PartCover:
		return Section{Title: titleCover, Blocks: b.cover(m)}
	case profiles.PartIndex:
		return Section{Title: titleContents}
	case profiles.PartSince:
		return b.changes()
	case profiles.PartHow:
		return Section{Title: titleHow, Blocks: b.how(m)}
	case profiles.PartShows:
		return Section{Title: titleShows, Blocks: b.showsAndNot()}
	case profiles.PartSummary:
		return Section{Title: titleSummary, Blocks: b.summary(m)}
	case profiles.PartPeople:
		return Section{Title: titlePeople, Blocks: b.peopleBlocks(m.People)}
	case profiles.PartChronology:
		return Section{Title: titleChronology, Blocks: b.chronology()}
	case profiles.PartPattern:
		return Section{Title: titlePattern, Blocks: slices.Concat(m.Summary.pattern(), b.sides(m), b.courseBlocks(m))}
	case profiles.PartMatrix:
		return Section{Title: titleMatrix, Blocks: b.matrixBlocks()}
	case profiles.PartStatement:
		return Section{Title: titleStatement, Mark: markDraft, Parts: b.statementParts(), Apart: true}
	case profiles.PartDiary:
		return Section{Title: titleDiary, Parts: b.diary(m.Diary, m.Incidents)}
	case profiles.PartExhibitList:
		return Section{Title: titleExhibitList, Blocks: b.exhibitList()}
	case profiles.PartExhibits:
		return Section{Title: titleExhibits, Parts: b.exhibitParts(), Apart: true}
	case profiles.PartOrders:
		return Section{Title: titleOrders, Blocks: b.orders(m)}
	case profiles.PartChanges:
		return Section{Title: titleChanges, Blocks: b.saying(m.Effects, sayEffects, titleEffect, effectFacts)}
	case profiles.PartReports:
		return Section{Title: titleReports, Blocks: b.saying(m.Reports, sayReports, titleReport, reportFacts)}
	case profiles.PartIntegrity:
		return Section{Title: titleIntegrity, Blocks: b.integrity()}
	case profiles.PartContinuity:
		return Section{Title: titleContinuity, Blocks: b.continuityIntro(), Parts: b.continuity(m.Steps)}
	case profiles.PartSystem:
		return Section{Title: titleSystem, Blocks: b.systemRecord(m)}
	case profiles.PartUnread:
		return Section{Title: titleUnread, Blocks: b.unread(m)}
	case profiles.PartLeftOut:
		return Section{Title: titleLeftOut, Blocks: b.leftOut(m)}
	case profiles.PartWithheld:
		return Section{Title: titleWithheld, Blocks: b.withheldList(m)}
	case profiles.PartSchedule:
		return Section{Title: titleSchedule, Blocks: b.schedule(m)}
	}
	return Section{}
}

// exhibitsListed is how many exhibits the index lists one by one; more are in
// the list of exhibits alone.
const exhibitsListed = 300

// contents is the index: every section and every exhibit with its page.
func (b *Bundle) contents() []Block {
	var l []Line
	entry := func(indent, title, to string) {
		l = append(l, line("", b.paged([][]Run{{{Text: indent}, {Text: title, Link: to, Evidence: indent != ""}}}, to)...))
	}
	for _, s := range b.Sections {
		if s.Letter != "" {
			l = append(l, line("", []Run{{Text: s.Letter + "  " + s.Group, Bold: true, Link: s.Anchor}}, nil))
		}
		entry("", s.Title, s.Anchor)
		if s.Part != profiles.PartExhibits || len(b.Exhibits) > exhibitsListed {
			continue
		}
		for _, e := range b.Exhibits {
			entry("        ", e.Label+"  "+e.Title, itemAnchor(e.Item))
		}
	}
	t := table("", b.pagedCols(Col{titleSection, 9})...)
	t.Rows, t.Tight = lines(l), true
	blocks := []Block{t}
	if b.Volumes != (VolumeLimits{}) {
		blocks = []Block{para(sayVolumes), t}
	}
	return append(blocks, b.earlierIndex()...)
}

// paged ends a line with the page of an anchor, and with its volume where the document
// is cut into several.
func (b *Bundle) paged(cells [][]Run, to string) [][]Run {
	if b.Volumes != (VolumeLimits{}) {
		cells = append(cells, []Run{{VolumeOf: to}})
	}
	return append(cells, []Run{{PageOf: to}})
}

func (b *Bundle) pagedCols(cols ...Col) []Col {
	if b.Volumes != (VolumeLimits{}) {
		cols = append(cols, Col{titleVolume, 1.1})
	}
	return append(cols, Col{titlePage, 1})
}
