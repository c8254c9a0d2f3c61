package protected

import (
	"regexp"
	"slices"
)

// Whoever reads of a flat beside an address that is kept out knows a part of it: Flat 2,
// before 14 Rose Lane, or 2/ before it.

const (
	flatWord    = `(?:flat|fflat|apartment|apt|unit|uned|suite|room)\.?[\s\p{Z}]*(?:(?:no|number|rhif)\.?[\s\p{Z}]*|#)?`
	flatOfHouse = `[0-9]{1,4}[\s\p{Z}]?[a-z]?`
)

var (
	flatBefore = regexp.MustCompile(`(?i)(?:^|[^\pL\pN/])(` + flatWord + `(?:` + flatOfHouse + `|[a-z][0-9]{0,3})[\s\p{Z},./–-]*|` + flatOfHouse + `[\s\p{Z}]?/[\s\p{Z}]?)$`)
	flatBehind = regexp.MustCompile(`(?i)^[\s\p{Z},.]*` + flatWord + `[0-9]{1,4}(?:[a-z]\b|\b)`)
	flatFirst  = regexp.MustCompile(`(?i)^` + flatWord + `(?:` + flatOfHouse + `|[a-z])[\s\p{Z}]*,`)
)

// flatReach is how far from an address its flat is looked for.
const flatReach = 40

// withFlats takes the number of a flat that stands directly beside an address, with the
// word before it, into the address.
func (w *Words) withFlats(s string, hits []Hit) {
	for i, h := range hits {
		if !slices.Contains([]Form{Address, House}, w.words[h.Word].As) {
			continue
		}
		from := max(0, int(h.From)-flatReach)
		if at := flatBefore.FindStringSubmatchIndex(s[from:h.From]); at != nil {
			hits[i].From = int64(from + at[2])
		}
		hits[i].To += int64(len(flatBehind.FindString(s[h.To:min(len(s), int(h.To)+flatReach)])))
	}
}
