package timeline

import (
	"context"
	"fmt"
	"testing"
)

// A time that the clock showed twice, or never, is taken as one of two moments; what
// the other makes of the occasions is said.
func TestOccasionsAtAClockChange(t *testing.T) {
	twice, never := FromLocal(moment(t, "2026-10-25 01:10"), london, Minute, "01:10"), FromLocal(moment(t, "2026-03-29 01:30"), london, Minute, "01:30")
	utc := func(text string) When { return FromInstant(moment(t, text), Minute, text) }
	for _, tt := range []struct {
		name   string
		events []Event
		want   string // taken, at the first, at the last; and whether one is unsure
	}{
		{"an hour that came twice", []Event{{When: utc("2026-10-24 23:50")}, {When: twice, Flags: []Flag{ClockTwice}}}, "2 1 2 true"},
		{"the same count", []Event{{When: twice, Flags: []Flag{ClockTwice}}}, "1 1 1 true"},
		{"an hour that never was", []Event{{When: utc("2026-03-28 23:55")}, {When: never, Flags: []Flag{ClockNever}}}, "2 1 2 true"},
		{"the other way round", []Event{{When: never, Flags: []Flag{ClockNever}}, {When: utc("2026-03-29 02:10")}}, "2 2 1 true"},
		{"before another", []Event{{When: twice, Flags: []Flag{ClockTwice}}, {When: utc("2026-10-25 00:20")}, {When: utc("2026-10-25 01:15")}}, "1 1 1 true"},
		{"any other night", []Event{{When: utc("2026-10-26 00:50")}, {When: FromLocal(moment(t, "2026-10-26 01:10"), london, Minute, "01:10")}}, "1 false"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			x, _, _ := newIndex(t)
			for i := range tt.events {
				tt.events[i].Kind, tt.events[i].Source.Record = Message, fmt.Sprint(i)
			}
			add(t, x, 1, tt.events...)
			ctx := context.Background()
			list, err := x.Occasions(ctx, Filter{}, 0)
			must(t, err)
			got, unsure := fmt.Sprint(len(list)), false
			for _, o := range list {
				unsure = unsure || o.Unsure
			}
			others, err := x.OccasionsOtherwise(ctx, Filter{}, 0)
			must(t, err)
			for _, other := range others {
				got += fmt.Sprint(" ", len(other))
			}
			if got += fmt.Sprint(" ", unsure); got != tt.want {
				t.Errorf("%s, want %s", got, tt.want)
			}
		})
	}
}
