package casework

import "daybook/timeline"

// OnReporting is said once, when a case has its second incident: what happens
// more than once is what the law on stalking and harassment is about. It leaves
// the choice to whoever reads it.
const OnReporting = "This is the second time that you wrote something down. The law on stalking and harassment looks at what happens more than once, so each of them counts together with the others. If you want to tell the police, tell them of all of them, with the days: call 101, or 999 in danger. You can talk to a helpline first; “Help and safety” has their numbers. Whether you tell anybody, and when, is your choice."

// Second tells that an incident that was just written down is the second of its
// case: a correction is none, and what is said of it is said once.
func Second(x *timeline.Index, w timeline.Written) bool {
	all := x.Incidents()
	return len(all) == 2 && all[1].ID == w.ID && len(w.Versions) == 1
}
