package report

import (
	"cmp"
	"context"
	"iter"
	"maps"
	"slices"
	"time"

	"daybook/timeline"
	"daybook/timeline/casework"
)

// material is what Plan gathers from a case and its timeline for the sections
// around the chronology: plain data, ready to be laid out.
type material struct {
	By          string // who made the bundle, as they named themself
	Selected    []Fact // what was selected; nothing: everything
	Readers     []reader
	Batches     []batch
	Again       Spans // batches that brought nothing new: they are counted and not listed
	Broken      []broken
	BrokenCount int // how many more there are whose names are not shown
	Unclaimed   []unclaimed
	// UnclaimedCount is how many there are when their names are not shown.
	UnclaimedCount int
	Skips          int
	SkipsElsewhere int // in files that were not chosen
	EachSkip       func(context.Context) iter.Seq2[skip, error]
	Deleted        []tombstone
	DeletedCount   int // how many when a served pack does not list them
	Missing        int // files that records name and that are not there
	Summary        summary
	People         []person // of the rows, those with the most first
	Diary          []int    // rows that a person wrote down
	Course         []int    // rows of the course of conduct
	Codes          int      // behaviour codes on them
	Uncertain      bool     // one of them has a date and no day of its own
	Perhaps        int      // rows that may have happened outside the time that was chosen
	Occasions      casework.Counted
	Patterns       []sidePattern // of the rows
	Registers      int           // how many of these are entries of registers
	Out            []leftOut
	Within         []within               // rows of which something is withheld, in a served pack
	Painted        []painted              // parts of pictures and pages, in a served pack
	Withheld       []timeline.Withholding // what a served pack withholds, in a full one
	copies         map[int64][]int64      // of the items of Withheld: those of the same bytes
	passages       map[uint64]string      // of Withheld, by its entry, that were given by their place in a row
	rowOf          map[timeline.ID]int    // of Withheld
	Orders         []order
	Incidents      int             // of the whole case
	InForce        []int           // incidents that name an order, by row
	Effects        []int           // incidents that say what they did to a person
	Reports        []int           // incidents that somebody was told of
	Steps          map[int64]steps // by exhibit
	Held           counts          // files that are no exhibits, by why
	HeldExhibits   int
	Beside         []beside // what is held beside files
	EachHeld       func(context.Context) iter.Seq2[held, error]
	System         system
}

// reader is one importer version and what it read.
type reader struct {
	Name            string
	Version         int
	Files           int
	Events, Skipped int
	Assumed         string // what a person decided for it

	importer string
}

// batch is one act of adding, reconciled.
type batch struct {
	Number               int64
	Note, By             string
	Started, Finished    time.Time
	Items, Events, Skips int
	Already              int // records that are no rows of their own: the same messages in an earlier export
	Named, Found, Absent int // files that records name
	First, Last          string
	GoneOnIn             int64 // the batch that finished this one, which was cut short
	Left                 bool  // it left a question, or a file that could not be read
}

// nothing tells that a batch brought no file and no row: it was empty, or each
// of its files was in the case already, as fresh says.
func (b batch) nothing(fresh int) bool {
	return fresh+b.Events+b.Skips == 0 && !b.Left
}

type broken struct {
	Item       int64
	Name, What string
}

// number is the item's; a file that never became one has none.
func (b broken) number() []Run {
	if b.Item == 0 {
		return nil
	}
	return number(int(b.Item))
}

type unclaimed struct {
	Item       int64
	Name, Type string
}

type skip struct {
	Item                       int64
	Path, Record, Text, Reason string
}

// within is a row of which something is withheld.
type within struct {
	Row   int
	Marks []string
}

// painted are parts of an exhibit's picture that are painted over, or of a page of it.
type painted struct {
	Item int64
	Page int // 0: of the picture
	Mark string
}

type leftOut struct {
	Row    int
	Reason string
}

// summary counts rows. It is kept while the rows are walked.
type summary struct {
	kinds, channels, codes, months, years counts
	all                                   count
	perMonth                              map[string]int           // by year and month
	uncertain                             bool                     // a row with a date is counted under no month
	weak                                  int                      // rows of a month that stand at a weak sign of their time
	others                                int                      // rows that are in no month: what others did not do
	own                                   int                      // rows of what the person did themself, which count under no code
	senders                               map[string]map[int64]int // by month or year: rows of each person, 0 for nobody's; none of a served pack
	only                                  string                   // that it counts less than all of its days; empty where it does not
	called                                map[int64]string
}

// counts are counts by name, in the order in which the names first came.
type counts struct {
	names []string
	by    map[string]*count
}

type count struct {
	N           int
	Twice       int    // of these, of how many another source has the same, in another row
	First, Last string // times as shown
}

func (c *count) add(when string) {
	c.N++
	if when == sayNoDate && c.First != "" {
		return // rows without a date come last, and end no period
	}
	c.First, c.Last = cmp.Or(c.First, when), when
}

func (c *counts) add(name, when string) {
	if c.by == nil {
		c.by = map[string]*count{}
	}
	if c.by[name] == nil {
		c.names = append(c.names, name)
		c.by[name] = &count{}
	}
	c.by[name].add(when)
}

// unknownLast puts what has no month or year of its own behind what has.
func (c *counts) unknownLast() {
	known := func(name string) bool { return name != sayNoMonth && name != sayNoYear && name != sayUndatedRow }
	slices.SortStableFunc(c.names, func(a, b string) int {
		switch {
		case known(a) == known(b):
			return 0
		case known(a):
			return -1
		}
		return 1
	})
}

// add counts one row. What others did not do is in no month, and in is empty.
func (s *summary) add(kind, channel string, in ofMonth, when string) {
	s.all.add(when)
	s.kinds.add(kind, when)
	s.channels.add(channel, when)
	if in == (ofMonth{}) {
		s.others++
		return
	}
	if in.key != "" {
		if s.perMonth == nil {
			s.perMonth = map[string]int{}
		}
		s.perMonth[in.key]++
	}
	s.uncertain = s.uncertain || in.month == sayNoMonth
	s.months.add(in.month, when)
	s.years.add(in.year, when)
}

// twice says of one row that was counted that another row has the same.
func (s *summary) twice(kind, channel string, in ofMonth) {
	s.all.Twice++
	s.kinds.by[kind].Twice++
	s.channels.by[channel].Twice++
	if in != (ofMonth{}) {
		s.months.by[in.month].Twice++
		s.years.by[in.year].Twice++
	}
}

// bars are the months from the first to the last, those without a row too; of a
// longer time, the years.
func (s *summary) bars() (c Chart) {
	if len(s.perMonth) == 0 {
		return c
	}
	months := slices.Sorted(maps.Keys(s.perMonth))
	from, err1 := time.Parse(monthKey, months[0])
	to, err2 := time.Parse(monthKey, months[len(months)-1])
	if err1 != nil || err2 != nil {
		return c // a year of five digits is in the table
	}
	form := "January 2006"
	c.Title = titleByMonth
	if to.Sub(from) > monthsShown*31*24*time.Hour {
		c.Title, form = titleByYear, "2006"
	}
	for at := from; !at.After(to); at = at.AddDate(0, 1, 0) {
		n, name := s.perMonth[at.Format(monthKey)], at.Format(form)
		if last := len(c.Bars) - 1; last >= 0 && c.Bars[last].Name == name {
			c.Bars[last].N += n
			continue
		}
		c.Bars = append(c.Bars, Bar{name, n})
	}
	return c
}

const monthKey = "2006-01"

// behaviours counts what people called a row, each behaviour once. What the person
// did themself is no behaviour.
func (s *summary) behaviours(marks []timeline.Mark, packWords map[string]string, when string) {
	if timeline.Own(marks) {
		s.own++
		return
	}
	var seen []string
	for _, m := range marks {
		if m.Code != "" && !slices.Contains(seen, m.Code) {
			seen = append(seen, m.Code)
			s.codes.add(cmp.Or(packWords[m.Code], timeline.BehaviourWords(m.Code)), when)
		}
	}
}
