package timeline

import (
	"slices"
	"testing"
	"time"
)

// A flag that a reader set twice is said once, also of a reading that is there
// already.
func TestAFlagIsSaidOnce(t *testing.T) {
	e := Event{Kind: Message, When: FromInstant(time.Date(2024, 3, 5, 8, 15, 0, 0, time.UTC), Second, "raw"),
		Flags: []Flag{TimesDisagree, WeakTime, TimesDisagree}, Source: Pinpoint{Record: "1"}}
	got, err := decodeEvent(string(appendEvent(nil, &e, "")), Pinpoint{})
	if err != nil || !slices.Equal(got.Flags, []Flag{TimesDisagree, WeakTime}) {
		t.Errorf("%v, %v", got.Flags, err)
	}
}
