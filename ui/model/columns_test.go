package model

import "testing"

// TestColumnsLabel: a proposal for the columns of a bill is said in words.
func TestColumnsLabel(t *testing.T) {
	for value, want := range map[string]string{
		`{"date":"Date","number":"Number","order":"dmy","direction":"outgoing"}`: "All of these calls were made from this telephone; the day comes first",
		`{"date":"Date","number":"Number","direction":"incoming"}`:               "All of these calls came to this telephone",
		`{"date":"Date","number":"Number","order":"mdy"}`:                        "Who called whom is as the list says it, or is not known; the month comes first",
		`Europe/London`: "Europe/London",
	} {
		if got := columnsLabel(value); got != want {
			t.Errorf("%s: %q, want %q", value, got, want)
		}
	}
}
