package report

import (
	"cmp"
	"fmt"
	"maps"
	"slices"

	"daybook/timeline"
)

// sendersShown is how many persons are named beside a month; the others are counted
// together.
const sendersShown = 4

// senderOf is the person whom an event of a survey is from, or whom an incident names;
// 0: nobody is named.
func senderOf(s *timeline.Survey, i int) int64 {
	if s.From[i] == 0 {
		return 0
	}
	return s.Persons[s.From[i]-1]
}

// from counts a row of what others did for whom it is from, in its month and year.
func (s *summary) from(person int64, in ofMonth) {
	if s.senders == nil {
		s.senders = map[string]map[int64]int{}
	}
	for _, when := range slices.Compact([]string{in.month, in.year}) {
		if s.senders[when] == nil {
			s.senders[when] = map[int64]int{}
		}
		s.senders[when][person]++
	}
}

// toldApart are the names of persons by their number; one that several have has its
// place in the list of people.
func toldApart(people []timeline.Person) map[int64]string {
	many, called := map[string]int{}, map[int64]string{}
	for i := range people {
		many[people[i].Called()]++
	}
	for i := range people {
		name := people[i].Called()
		if called[people[i].Number] = name; many[name] > 1 {
			called[people[i].Number] = fmt.Sprintf(saySenderOf, name, i+1)
		}
	}
	return called
}

// bySender tells of each month or year from whom its rows are: without it what a friend
// wrote reads as what was done. It is nil where one alone is named, and in a served
// pack.
func (s *summary) bySender(when *counts) func(name string) []Run {
	total := map[int64]int{}
	for _, name := range when.names {
		for person, n := range s.senders[name] {
			total[person] += n
		}
	}
	delete(total, 0)
	if len(total) < 2 {
		return nil
	}
	most := slices.SortedFunc(maps.Keys(total), func(a, b int64) int {
		return cmp.Or(cmp.Compare(total[b], total[a]), cmp.Compare(a, b))
	})
	most = most[:min(len(most), sendersShown)]
	return func(name string) (runs []Run) {
		of := maps.Clone(s.senders[name])
		add := func(who []Run, n int) {
			if n == 0 {
				return
			}
			if len(runs) > 0 {
				runs = append(runs, Run{Text: "; "})
			}
			runs = append(append(runs, who...), Run{Text: fmt.Sprintf(": %d", n)})
		}
		for _, person := range most {
			add(quote(s.called[person]), of[person])
			delete(of, person)
		}
		nobody := of[0]
		delete(of, 0)
		others := 0
		for _, n := range of {
			others += n
		}
		add(say(wordOthers), others)
		add(say(saySenderUnknown), nobody)
		return runs
	}
}
