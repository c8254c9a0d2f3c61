package importertest

import "testing"

func TestATruthIsHeldAgainstAll(t *testing.T) {
	came := "2025-10-26T00:30:00Z | Dan <+447700900123> > Maya* | forged-header | You said 26/10"
	for _, tt := range []struct {
		want, got string
		agrees    bool
	}{
		{came, came, true},
		{"2025-10-26T00:30:00Z | Dan <+447700900123> > Maya* | forged-header | You said", came, true},
		{"2025-10-26T01:30:00Z | Dan <+447700900123> > Maya* | forged-header | You said", came, false},
		{"2025-10-26T00:30:00Z | Maya* > Dan <+447700900123> | forged-header | You said", came, false},
		{"2025-10-26T00:30:00Z | Dan <+447700900123> > Maya* | - | You said", came, false},
		{"2025-10-26T00:30:00Z | Dan <+447700900123> > Maya* | forged-header | -", came, false},
		{"2025-10-26T00:30:00Z | Dan <+447700900123> > Maya* | forged-header", came, false},
		{"undated | - | - | -", "undated | - | - | ", true},
		{"undated | - | - | words", "undated | - | - | ", false},
		{"skip | no day", "skip | the line names no day", true},
		{"skip | no day", came, false},
		{came, "skip | the line names no day", false},
	} {
		if got := agrees(tt.want, tt.got); got != tt.agrees {
			t.Errorf("agrees(%q, %q) is %v", tt.want, tt.got, got)
		}
	}
}
