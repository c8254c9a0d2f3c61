package casework

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"daybook/timeline"
)

// Pair is one figure in two parts of the case, side by side.
type Pair struct {
	Group  string    `json:"group,omitempty"`
	Key    string    `json:"key"`
	Beside [2]Figure `json:"beside"`
}

// clocked are the counts whose keys are times, in whose order they stand.
var clocked = []string{"day", "week", "month", "year", "weekday", "hour"}

// Beside sets two patterns side by side: what stands in one alone is nought in the
// other, but for days that are told of in one alone. All of both stands first.
func Beside(left, right Pattern) []Pair {
	var list []Pair
	for side, p := range []Pattern{left, right} {
		for _, f := range p.Figures {
			i := slices.IndexFunc(list, func(q Pair) bool { return q.Group == f.Group && q.Key == f.Key })
			if i < 0 {
				i = len(list)
				none := figure(f.Group, f.Key, "")
				none.None = left.By == "moment" || left.By == "silence" // it is of days of the other
				list = append(list, Pair{f.Group, f.Key, [2]Figure{none, none}})
			}
			list[i].Beside[side] = f
		}
	}
	if slices.Contains(clocked, left.By) {
		slices.SortStableFunc(list, func(a, b Pair) int {
			return cmp.Or(cmp.Compare(place(a.Key), place(b.Key)), cmp.Compare(a.Key, b.Key))
		})
	}
	return list
}

// place is where a key stands among times: all of them first, and last what is not
// known and what is not counted.
func place(key string) int {
	return map[string]int{allKey: -1, timeline.UnknownKey: 1, NotCounted: 2}[key]
}

const allKey = "all"

// All is everything that was found as one figure, so that counts by month add up to
// it, with the days of the period of which the files speak: what two periods are
// compared by.
func (m Material) All(ctx context.Context, from, to time.Time) (Figure, error) {
	f := figure("", allKey, "", m.Result.IDs(0, m.Result.Len())...)
	if from.IsZero() || to.IsZero() {
		return f, nil
	}
	s, err := m.Result.Survey(ctx)
	if err != nil {
		return f, err
	}
	zone := m.Index.Zone()
	f.Note = heldWords(m.held(s), DayNumber(from.In(zone)), DayNumber(to.In(zone).Add(-time.Nanosecond)))
	return f, nil
}

// ChannelEvents are the events of one channel, as the pattern by channel names it.
func ChannelEvents(ctx context.Context, x *timeline.Index, f timeline.Filter, channel string) ([]timeline.ID, error) {
	counts, err := x.Pattern(ctx, f, "channel")
	if err != nil {
		return nil, err
	}
	for _, c := range counts {
		if c.Key == channel {
			return c.Events, nil
		}
	}
	return nil, fmt.Errorf("channel %q: there is none of this name; pattern --by channel lists them", channel)
}
