package timeline

import (
	"context"
	"slices"
	"testing"
)

// Who may use a number is stated beside both persons with its strength and the
// reasons on both sides, joins nothing, is made again from the journal, and is
// gone when it is taken back, with both entries kept.
func TestAnAttributionJoinsNothing(t *testing.T) {
	ctx := context.Background()
	x, _, log := newIndex(t)
	dan, unknown := Party{Name: "Dan", Address: "+447700900123"}, Party{Address: "+447700900777"}
	add(t, x, 1, from("1", dan, noon), from("2", unknown, noon))
	number := func(p Party) int64 { return NewHandle(p, "test", 1).PersonNumber() }
	before := x.People()
	for _, bad := range []error{
		x.Attribute(ctx, number(unknown), number(dan), Certain, []string{"a"}, nil),
		x.Attribute(ctx, number(unknown), number(dan), Possible, nil, []string{"a"}),
		x.Attribute(ctx, number(unknown), number(dan), Possible, []string{" "}, nil),
		x.Attribute(ctx, number(unknown), number(unknown), Possible, []string{"a"}, nil),
		x.Attribute(ctx, number(unknown), 7, Possible, []string{"a"}, nil),
		x.Unattribute(ctx, 1, "there is none"),
	} {
		if bad == nil {
			t.Error("it was taken")
		}
	}
	must(t, x.Attribute(ctx, number(unknown), number(dan), Possible, []string{"writes of the gym", "the same spelling"}, []string{"another telephone"}))
	all := x.Attributions()
	if len(all) != 1 {
		t.Fatalf("%v", all)
	}
	const why = "reasons for: writes of the gym; the same spelling; against: another telephone; said by "
	rebuilt, err := open(ctx, memory{}, log, london)
	must(t, err)
	add(t, rebuilt, 1, from("1", dan, noon), from("2", unknown, noon))
	for _, x := range []*Index{x, rebuilt} {
		people := x.People()
		if len(people) != 2 {
			t.Fatalf("%d persons", len(people))
		}
		for i, p := range people {
			if p.Events != before[i].Events || len(p.Handles) != 1 || len(p.Perhaps) != 1 {
				t.Fatalf("%+v", p)
			}
			k := p.Perhaps[0]
			if k.Strength != Possible || k.Reason != why+k.By || k.Entry != all[0].Entry || len(k.For) != 2 || len(k.Against) != 1 || len(k.Persons) != 2 {
				t.Errorf("%+v", k)
			}
			if w := p.Wire().Perhaps[0]; w.Entry != k.Entry || !slices.Equal(w.For, k.For) || !slices.Equal(w.Against, k.Against) || w.By == "" || w.At == "" {
				t.Errorf("%+v", w)
			}
		}
	}
	must(t, x.Merge(ctx, number(unknown), number(dan), "he said so"))
	if h := x.People()[0].Handles[1]; h.Reason != "he said so; it was said to be possible; "+why+h.By {
		t.Errorf("once they are joined it says %q", h.Reason)
	}
	must(t, x.Split(ctx, NewHandle(unknown, "test", 1).Key, "he did not"))
	if got := x.People()[0].Perhaps; len(got) != 1 {
		t.Errorf("once they are split: %+v", got)
	}
	must(t, x.Merge(ctx, number(dan), number(unknown), "she said so")) // the other way round
	if people := x.People(); len(people) != 1 || !slices.ContainsFunc(people[0].Handles, func(h Link) bool {
		return h.Reason == "she said so; it was said to be possible; "+why+h.By
	}) {
		t.Errorf("joined the other way round: %+v", people)
	}
	must(t, x.Split(ctx, NewHandle(dan, "test", 1).Key, "she was wrong"))
	if x.Unattribute(ctx, all[0].Entry, " ") == nil {
		t.Error("taken back without a reason")
	}
	written := len(log.list)
	must(t, x.Unattribute(ctx, all[0].Entry, "the gym was in the paper"))
	if got := listed(x.People()); got != listed(before) || len(log.list) != written+1 {
		t.Errorf("%s\nwas\n%s", got, listed(before))
	}
}
