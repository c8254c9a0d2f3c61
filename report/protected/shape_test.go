package protected

import "testing"

// What its own shape tells needs nobody to name it, and a day is none of it.
func TestShapes(t *testing.T) {
	mark := map[Shape]string{Postcode: "<postcode>", Plate: "<plate>", Telephone: "<number>", Email: "<mail>"}
	for text, want := range map[string]string{
		"stay away from Rowan Primary, RW1 2AB.":      "stay away from Rowan Primary, <postcode>.",
		"from sw1a1aa, and AB12 CDE or P123 ABC":      "from <postcode>, and <plate> or <plate>",
		"not to ring +44 (0)7700 900123, 07700900123": "not to ring <number>, <number>",
		"nor (0113) 496 0000; nor 555-0123":           "nor <number>; nor <number>",
		"write to jo.b@example.org.":                  "write to <mail>.",
		"until 2026-10-01, from 01/10/2026 on":        "until 2026-10-01, from 01/10/2026 on",
		"within 100 metres, between 8.30 and 17.45":   "within 100 metres, between 8.30 and 17.45",
		"on 2026-10-01 07700 900123":                  "on 2026-10-01 <number>",
		"under section 42 of the Act of 1996":         "under section 42 of the Act of 1996",
	} {
		if got := Shapes(text, func(s Shape) string { return mark[s] }); got != want {
			t.Errorf("%q: %q, not %q", text, got, want)
		}
	}
}
