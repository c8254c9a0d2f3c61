package report

import (
	"slices"
	"strings"

	"daybook/evidence/verify"
	"daybook/report/protected"
	"daybook/timeline"
)

// secretTerms adds the places and the people that terms of orders name, which are in no
// served pack: where somebody lives, and children. People whom the pack names stay.
func (p *planner) secretTerms() {
	var known []string
	for _, who := range p.x.People() {
		known = append(known, who.Name)
		for _, l := range who.Handles {
			known = append(known, l.Names()...)
		}
	}
	known = append(known, p.c.Actor())
	for _, r := range p.x.Registers(timeline.CourtOrder) {
		for _, v := range r.Versions {
			for _, t := range v.Terms {
				for _, place := range t.EachPlace() {
					p.tell(saySecretTermPlace, place, protected.Address, leastAddress)
				}
				for _, who := range t.EachPerson() {
					n := len(p.b.Secrets)
					if (who.Child || !isOneOf(who.Name, append(known, v.Fields["against"]))) && p.add(saySecretTermPerson, who.Name, protected.Plain, leastName) && who.Child {
						p.b.Secrets[n].Code, p.b.Secrets[n].First = codeChild, firstName(who.Name)
					}
				}
			}
		}
	}
}

// codeChild is why the name of a child is withheld.
const codeChild = "CHILD"

// leastFirst is how many letters a first name has of which it is told where it stands alone.
const leastFirst = 4

// everyday are first names and titles that are words of any day too, beside those of the
// phrase of a journal.
var everyday = []string{"bill", "july", "june", "king", "lady", "lord", "mark", "miles", "miss", "prince", "star", "storm"}

// firstName is the first of somebody's names, where it may mean them by itself: it is no
// word of any day, for that would be told of everywhere.
func firstName(name string) string {
	words := strings.Fields(name)
	if len(words) < 2 || protected.Letters(words[0]) < leastFirst {
		return ""
	}
	if lower := strings.ToLower(words[0]); slices.Contains(everyday, lower) || slices.Contains(verify.Words(), lower) {
		return ""
	}
	return words[0]
}
