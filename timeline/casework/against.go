package casework

import (
	"cmp"
	"maps"
	"slices"
	"sync"

	"daybook/timeline"
)

// againsts know of each order who is not whom it is against, by the rule of the days
// before and after it (Around): a name that shares no word with theirs, of nobody who
// may be them.
type againsts struct {
	x      *timeline.Index
	people func() []timeline.Person
	not    map[timeline.ID]map[int64]bool // by order
}

func againstsOf(x *timeline.Index) againsts {
	return againsts{x, sync.OnceValue(x.People), map[timeline.ID]map[int64]bool{}}
}

// another tells that who did something, as an incident says or as it was sent, is
// somebody else than whom an order is against. It is not said where the order names
// nobody who is known here, nor where nothing says who did it.
func (a againsts) another(r timeline.Row, order timeline.ID) bool {
	d := DoerOf(r)
	name := cmp.Or(d.Said, r.From.Address, r.From.Name)
	if name == "" {
		return false
	}
	not, known := a.not[order]
	if !known {
		not = a.others(order)
		a.not[order] = not
	}
	if len(not) == 0 {
		return false
	}
	called := slices.Collect(maps.Keys(a.x.Called(name)))
	return len(called) > 0 && !slices.ContainsFunc(called, func(n int64) bool { return !not[n] })
}

// others are the persons who are not whom an order is against.
func (a againsts) others(order timeline.ID) map[int64]bool {
	names := against(a.x, order)
	whom := a.x.Called(names...)
	if len(whom) == 0 {
		return nil
	}
	not, may := others(a.people(), whom, names), mayBe(a.people(), whom)
	maps.DeleteFunc(not, func(n int64, is bool) bool { return !is || may[n] })
	return not
}
