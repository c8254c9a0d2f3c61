package casework

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"daybook/timeline"
)

// What is said of a term beside asking whether something may break it.
const (
	sayServedLater = "made on %s, but served only on %s"
	sayItIsAgainst = "it is against %s"
)

// BesideTerm is what whoever is asked whether something may break a term should know
// of the order: that it was not served yet, and that whom it names is not, by their
// name, who is said to have done it.
func BesideTerm(x *timeline.Index, l timeline.LiveTerm, who string, zone *time.Location) (all []string) {
	if made, ok := day(l.Made, zone); ok && l.Served != "" {
		all = append(all, fmt.Sprintf(sayServedLater, made.Format(time.DateOnly), l.Served))
	}
	if who = strings.TrimSpace(who); who != "" && l.Against != "" && !mayBeOf(x, who, l.Against) {
		all = append(all, fmt.Sprintf(sayItIsAgainst, l.Against))
	}
	return all
}

// mayBeOf tells that a name may be of those of whom an order is against: it has a word
// of theirs, or the case knows it as one of theirs.
func mayBeOf(x *timeline.Index, who, against string) bool {
	w := whomNamed(x, against)
	theirs := w.all()
	for number := range x.Called(who) {
		if theirs[number] {
			return true
		}
	}
	words := strings.FieldsFunc(strings.ToLower(strings.Join(w.names, " ")), notOfWord)
	return slices.ContainsFunc(strings.FieldsFunc(strings.ToLower(who), notOfWord), func(w string) bool { return slices.Contains(words, w) })
}
