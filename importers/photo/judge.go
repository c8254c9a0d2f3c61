package photo

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"daybook/timeline"
)

// judged is what becomes of the candidates.
type judged struct {
	when   timeline.When
	rank   rank
	claims []timeline.Claim
	flags  []timeline.Flag
}

// judge puts the candidates in the one order, chooses the first that can be
// right, and says of every other how far from it it is. None is thrown away.
func judge(list []candidate) judged {
	list = slices.Clone(list)
	for i, c := range list {
		if list[i].odd = cannotBe(c.when); list[i].odd {
			list[i].note = join(c.note, fmt.Sprintf("a year before %d or after %d cannot be right", firstYear, lastYear))
		}
	}
	slices.SortStableFunc(list, func(a, b candidate) int { return int(a.rank) - int(b.rank) })
	best := choose(list)
	if best < 0 {
		j := judged{when: timeline.When{Basis: timeline.UnknownZone, Precision: timeline.Undated}}
		for _, c := range list {
			j.when.Raw = join(j.when.Raw, c.when.Raw)
			j.claims = append(j.claims, timeline.Claim{Label: c.label, When: c.when, Note: c.note})
		}
		return j
	}
	j := judged{when: list[best].when, rank: list[best].rank}
	disagree := false
	for i, c := range list {
		claim := timeline.Claim{Label: c.label, When: c.when, Note: c.note, Chosen: i == best}
		if i != best {
			apart, bad := compare(c, list[best])
			claim.Note = join(claim.Note, apart)
			disagree = disagree || bad
		}
		j.claims = append(j.claims, claim)
	}
	if disagree {
		j.flags = append(j.flags, timeline.TimesDisagree)
	}
	if j.rank.weak() || list[best].odd {
		j.flags = append(j.flags, timeline.WeakTime)
	}
	j.flags = append(j.flags, zoneFlags(j.when)...)
	return j
}

// choose gives the place of the best candidate; -1 when none has a time.
func choose(list []candidate) int {
	odd := -1
	for i, c := range list {
		if _, ok := c.when.Order(); !ok {
			continue
		}
		if !c.odd {
			return i
		}
		if odd < 0 {
			odd = i
		}
	}
	return odd
}

func zoneFlags(w timeline.When) []timeline.Flag {
	if w.Basis != timeline.AssumedZone {
		return nil
	}
	flags := []timeline.Flag{timeline.ZoneAssumed}
	if !w.Instant.IsZero() {
		return flags
	}
	zone, err := time.LoadLocation(w.Zone)
	if err != nil {
		return flags
	}
	switch timeline.Ambiguous(w.Local, zone) {
	case "twice":
		flags = append(flags, timeline.ClockTwice)
	case "never":
		flags = append(flags, timeline.ClockNever)
	}
	return flags
}

const (
	sameTime = 2 * time.Minute // a film's header may tell its end, its name its start
	lagging  = 24 * time.Hour  // how old the last GPS fix may be
	anyZone  = 14 * time.Hour  // how far a wall clock may be from UTC
)

// compare says how far a time is from the chosen one, and whether the
// difference is more than its meaning explains.
func compare(c, best candidate) (note string, disagrees bool) {
	if _, ok := c.when.Order(); !ok {
		return "", false
	}
	diff, exact := difference(c.when, best.when)
	same := sameTime + c.span + best.span
	if c.when.Precision == timeline.Day || best.when.Precision == timeline.Day {
		return compareDays(c, best)
	}
	if c.when.Precision == timeline.Year || c.when.Precision == timeline.Month {
		return comparePrefix(c.when, best.when)
	}
	if !exact {
		quarter := diff.Round(15 * time.Minute)
		if (diff-quarter).Abs() <= same && diff.Abs() <= anyZone+same {
			return "the same apart from the zone, which one of the two does not state", false
		}
		if c.rank == fileTime && diff > 0 {
			return far(diff) + ", as far as can be told without a zone", false
		}
	}
	slackBefore, slackAfter := same, same
	switch ranks[c.rank].means {
	case later:
		slackAfter = 1 << 62
	case before:
		slackBefore = lagging
	}
	if !exact && c.rank == fileTime {
		slackBefore = anyZone
	}
	if note = far(diff); diff < -slackBefore || diff > slackAfter {
		return "disagrees: " + note, true
	}
	return note, false
}

// difference is how much later a is than b; exact is false when one of the two
// is a wall clock whose zone the file does not state, and the other UTC alone.
// A zone that a person assumed for the one must not make it disagree with the
// other.
func difference(a, b timeline.When) (d time.Duration, exact bool) {
	switch {
	case stated(a) && stated(b):
		return a.Instant.Sub(b.Instant), true
	case !a.Local.IsZero() && !b.Local.IsZero():
		return a.Local.Sub(b.Local), true
	case !a.Instant.IsZero() && !b.Instant.IsZero() && a.Instant.Sub(b.Instant).Abs() <= sameTime:
		return a.Instant.Sub(b.Instant), true
	}
	return shown(a).Sub(shown(b)), false
}

// stated tells a time whose instant the file itself gives.
func stated(w timeline.When) bool {
	return !w.Instant.IsZero() && w.Basis != timeline.AssumedZone
}

// shown is the wall clock, or UTC where that is all there is.
func shown(w timeline.When) time.Time {
	if !w.Local.IsZero() {
		return w.Local
	}
	return w.Instant
}

func compareDays(c, best candidate) (string, bool) {
	day := func(w timeline.When) time.Time { return shown(w).Truncate(24 * time.Hour) }
	days := int(day(c.when).Sub(day(best.when)) / (24 * time.Hour))
	slack := 0
	if c.when.Local.IsZero() != best.when.Local.IsZero() {
		slack = 1 // one of the two is UTC alone, where the day may be another
	}
	switch {
	case days == 0:
		return "the same day", false
	case days > 0:
		note := fmt.Sprintf("%s later", count(days, "day"))
		if bad := ranks[c.rank].means == taken && days > slack; bad {
			return "disagrees: " + note, true
		}
		return note, false
	default:
		note := fmt.Sprintf("%s earlier", count(-days, "day"))
		// a day that the messenger put into the name may be that of sending,
		// and then everything about the picture is earlier
		if bad := ranks[best.rank].means == taken && -days > slack; bad {
			return "disagrees: " + note, true
		}
		return note, false
	}
}

func comparePrefix(a, b timeline.When) (string, bool) {
	t := shown(b)
	same := a.Local.Year() == t.Year() && (a.Precision == timeline.Year || a.Local.Month() == t.Month())
	if same {
		return "the same " + string(a.Precision), false
	}
	return "disagrees: another " + string(a.Precision), true
}

// far says a difference in words: "3 d 4 h later".
func far(d time.Duration) string {
	if d.Abs() < time.Second {
		return "the same"
	}
	word := "later"
	if d < 0 {
		word, d = "earlier", -d
	}
	d = d.Round(time.Second)
	days, d := int(d/(24*time.Hour)), d%(24*time.Hour)
	h, m, s := int(d/time.Hour), int(d/time.Minute)%60, int(d/time.Second)%60
	var parts []string
	for _, p := range []struct {
		n    int
		unit string
	}{{days, "d"}, {h, "h"}, {m, "min"}, {s, "s"}} {
		if p.n > 0 && len(parts) < 2 {
			parts = append(parts, fmt.Sprintf("%d %s", p.n, p.unit))
		} else if len(parts) > 0 {
			break
		}
	}
	return strings.Join(parts, " ") + " " + word
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
