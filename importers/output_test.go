package importers

import (
	"testing"
	"time"

	"daybook/timeline"
)

func TestAheadOfItsAdding(t *testing.T) {
	added := time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)
	for name, c := range map[string]struct {
		kind timeline.Kind
		when timeline.When
		want bool
	}{
		"a message of tomorrow's clock":    {timeline.Message, timeline.FromInstant(added.Add(23*time.Hour), timeline.Second, "UTC"), false},
		"a message of the week after":      {timeline.Message, timeline.FromInstant(added.AddDate(0, 0, 7), timeline.Second, "UTC"), true},
		"an appointment of the week after": {timeline.Document, timeline.FromInstant(added.AddDate(0, 0, 7), timeline.Second, "UTC"), false},
		"a wall clock of next year":        {timeline.Photo, timeline.When{Local: added.AddDate(1, 0, 0), Precision: timeline.Second}, true},
		"no time at all":                   {timeline.Message, timeline.When{Precision: timeline.Undated}, false},
	} {
		if got := ahead(timeline.Event{Kind: c.kind, When: c.when}, added); got != c.want {
			t.Errorf("%s: ahead is %v", name, got)
		}
	}
}
