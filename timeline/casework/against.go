package casework

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"sync"

	"daybook/timeline"
)

// againsts know of each order who is not whom it is against, by the rule of the days
// before and after it (Around): another name than theirs, of nobody who may be them.
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
	w := against(a.x, order)
	whom := w.all()
	if len(whom) == 0 {
		return nil
	}
	not, may := others(a.people(), whom, w.names), mayBe(a.people(), whom)
	maps.DeleteFunc(not, func(n int64, is bool) bool { return !is || may[n] })
	return not
}

// Strangers are the entries of breaches that name an event which somebody did who is not
// whom their order is against, by the rule of the marks (another), each with who that is.
// An order can forbid what is done through somebody else, so the answer of whoever wrote
// the entry counts, and this stands beside it.
func Strangers(x *timeline.Index, entries ...timeline.Registered) map[timeline.ID]Stranger {
	whose, all := againstsOf(x), map[timeline.ID]Stranger{}
	for _, r := range entries {
		v := r.Current()
		id, err := timeline.ParseID(v.Fields["order"])
		if v.Kind != timeline.Breach || err != nil {
			continue
		}
		order, err := x.Registered(id)
		if err != nil || order.Current().Fields["against"] == "" {
			continue
		}
		for _, row := range rowsOf(x, v.Events) {
			if !timeline.Own(row.Marks) && whose.another(row, order.ID) {
				all[r.ID] = Stranger{order.Current().Fields["against"], DoerOf(row)}
			}
		}
	}
	return all
}

// Stranger is who did what an entry says may break an order against somebody else.
type Stranger struct {
	Against string
	Doer
}

// String says it.
func (s Stranger) String() string { return fmt.Sprintf(sayStranger, s.Against, s.ByWhom()) }

// rowsOf are events by their IDs, those that there are, with what was written down of them.
func rowsOf(x *timeline.Index, ids []timeline.ID) (rows []timeline.Row) {
	for _, id := range ids {
		row, err := x.Event(id)
		if err != nil {
			continue
		}
		if w, err := x.Incident(id); err == nil {
			v := w.Current()
			row.Incident = &v
		}
		rows = append(rows, row)
	}
	return rows
}

// doerNamed is who did what an entry names, where that is one.
func doerNamed(x *timeline.Index, v timeline.RegisteredVersion) (d Doer) {
	for i, one := range DoersOf(x, rowsOf(x, v.Events)) {
		if i > 0 && one.Key() != d.Key() {
			return Doer{}
		}
		d = one
	}
	return d
}
