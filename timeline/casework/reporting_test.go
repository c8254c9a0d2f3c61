package casework

import (
	"testing"

	"daybook/timeline"
)

// The second incident of a case is told, the others and a correction are not.
func TestTheSecondIsToldOnce(t *testing.T) {
	x := made(t)
	for n, want := range []bool{false, true, false} {
		id := write(t, x, "2025-10-11 17:40", "at the gate")
		w, err := x.Incident(id)
		must(t, err)
		if Second(x, w) != want {
			t.Errorf("incident %d: %v", n+1, !want)
		}
		if n != 1 {
			continue
		}
		v := w.Current()
		v.What = "at the other gate"
		w, err = x.Correct(t.Context(), id, v.IncidentDraft, "it was the other one")
		must(t, err)
		if Second(x, w) {
			t.Error("a correction is told")
		}
	}
	var none timeline.Written
	if Second(x, none) {
		t.Error("what was not written down is told")
	}
}
