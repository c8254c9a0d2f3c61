package importers

import "testing"

// TestAnswers: what was answered is kept as it was, and an answer that is none
// changes nothing.
func TestAnswers(t *testing.T) {
	for what, values := range map[string][2]string{
		"zone":       {"Europe/London", "Europe/Nowhere"},
		"date-order": {"dmy", "ydm"},
		"columns":    {`{"date":"Date","number":"Number"}`, `{"date":`},
	} {
		var a Assume
		if err := a.set(what, values[1]); err == nil || len(a.facts()) > 0 {
			t.Errorf("%s: %q was taken: %v", what, values[1], a.facts())
		}
		if err := a.set(what, values[0]); err != nil || a.facts()[what] != values[0] {
			t.Errorf("%s: %v, %v", what, err, a.facts())
		}
		var again Assume
		if err := again.set(what, a.facts()[what]); err != nil || again.facts()[what] != values[0] {
			t.Errorf("%s: not the same when read again: %v, %v", what, err, again.facts())
		}
	}
	var a Assume
	if err := a.set("colour", "red"); err == nil {
		t.Error("an answer to a question that nobody asks was taken")
	}
}
