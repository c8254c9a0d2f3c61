package report

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"daybook/assets/profiles"
	"daybook/evidence"
)

// system is what the journal says of the programs, the people and the clock
// behind it.
type system struct {
	Programs, People []used
	Jumps            []jump
	Checks, Heals    int
	Checked          time.Time // the last time
	Limits           []limit
}

// used is a version of the program, or a person, with the entries of theirs.
type used struct {
	Name        string
	Entries     int
	First, Last time.Time
}

// jump is a movement of the wall clock against the one that nobody sets.
type jump struct {
	Entry uint64
	At    time.Time
	By    time.Duration
}

// limit is what a format does not carry.
type limit struct {
	Reader string
	Leaves []string
}

// add counts an entry of the journal.
func (s *system) add(e evidence.Entry) {
	s.Programs = counted(s.Programs, e.Version, e.Time)
	s.People = counted(s.People, e.Actor, e.Time)
	if e.Jump != 0 {
		s.Jumps = append(s.Jumps, jump{e.Seq, e.Time, e.Jump})
	}
	switch e.Action {
	case string(evidence.ActionCheck):
		s.Checks, s.Checked = s.Checks+1, e.Time
	case string(evidence.ActionHeal):
		s.Heals++
	}
}

func counted(all []used, name string, at time.Time) []used {
	i := slices.IndexFunc(all, func(u used) bool { return u.Name == name })
	if i < 0 {
		return append(all, used{name, 1, at, at})
	}
	all[i].Entries, all[i].Last = all[i].Entries+1, at
	return all
}

// limits notes what the formats that were read do not carry.
func (p *planner) limits() {
	for _, r := range p.m.Readers {
		if l := p.sel.Limits[r.importer]; len(l) > 0 && !slices.ContainsFunc(p.m.System.Limits, func(x limit) bool { return x.Reader == r.Name }) {
			p.m.System.Limits = append(p.m.System.Limits, limit{r.Name, l})
		}
	}
}

// jumpsShown is how many movements of the clock are printed.
const jumpsShown = 100

// systemRecord is what a reader asks who wants to know how far the program can
// be relied on.
func (b *Bundle) systemRecord(m material) []Block {
	s := m.System
	checked := sayNeverChecked
	if s.Checks > 0 {
		checked = fmt.Sprintf(sayChecked, s.Checks, stamp(s.Checked.In(b.Zone)))
	}
	blocks := []Block{para(saySystem), Facts{maybe([]Fact{
		fact("Program that made this bundle", say(fmt.Sprintf(sayMadeBy, b.Version))),
		fact("Checks of the whole case", say(checked)),
		fact("Files healed", say(fmt.Sprintf(sayHeals, s.Heals))),
		fact(factUnread, number(len(m.Broken)+m.BrokenCount)),
		fact("Records skipped", number(m.Skips+m.SkipsElsewhere)),
		fact("Files named and missing", number(m.Missing)),
		fact("Rows whose zone was assumed", number(b.Told.Assumed)),
		fact(factLaw, say(cmp.Or(b.law.Versions().String(), sayNotKnown))),
		fact("Reading aloud", say(sayTagged)),
	}, factFilms, b.lookedInto())}, Para{Runs: []Run{{Text: sayWarnings + " "}, link(titleUnread, string(profiles.PartUnread)), onPage(string(profiles.PartUnread))}}}
	blocks = append(blocks, usedTable(sayPrograms, "Version", b.Zone, s.Programs))
	if len(s.People) > 0 {
		blocks = append(blocks, usedTable(sayUsers, "Name", b.Zone, s.People))
	}
	blocks = append(blocks, b.clock(s.Jumps)...)
	if len(s.Limits) == 0 {
		return blocks
	}
	t := table(sayFormatLimits, Col{"Reader", 2}, Col{wordLeaves, 7})
	var l []Line
	for _, x := range s.Limits {
		l = append(l, line("", say(x.Reader), say(strings.Join(x.Leaves, "\n"))))
	}
	t.Rows = lines(l)
	return append(blocks, t)
}

func usedTable(title, who string, zone *time.Location, all []used) Table {
	t := table(title, Col{who, 2.3}, Col{"Entries", 1}, Col{"First", 3.4}, Col{"Last", 3.4}).counting("Entries")
	var l []Line
	for _, u := range all {
		l = append(l, line("", quote(cmp.Or(u.Name, sayNotKnown)), number(u.Entries), say(stamp(u.First.In(zone))), say(stamp(u.Last.In(zone)))))
	}
	t.Rows = lines(l)
	return t
}

// clock says by which clock the journal's times are, and where it was moved.
func (b *Bundle) clock(jumps []jump) []Block {
	if len(jumps) == 0 {
		return []Block{para(sayClock + " " + sayNoJump)}
	}
	blocks := []Block{para(sayClock + " " + agree(sayJumps, len(jumps)))}
	t := table("", Col{"Before entry", 2}, Col{"Time after it", 4}, Col{"Moved by", 3})
	var l []Line
	for _, j := range jumps[:min(len(jumps), jumpsShown)] {
		l = append(l, line("", say(strconv.FormatUint(j.Entry, 10)), say(stamp(j.At.In(b.Zone))), say(j.By.String())))
	}
	t.Rows = lines(l)
	return append(blocks, t)
}
