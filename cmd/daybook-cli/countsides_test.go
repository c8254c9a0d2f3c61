//go:build linux

package main

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"
)

// plain counts by each property.
func (c *recount) plain(e rawEvent) {
	for by, form := range map[string]func(time.Time) string{"hour": layout("15"), "day": layout(time.DateOnly), "month": layout("2006-01"), "year": layout("2006")} {
		whole := form
		if by == "hour" {
			whole = layout("2006-01-02 15")
		}
		key := c.sure(e, whole)
		if key != "not known" {
			at, _ := c.begins(e)
			key = form(at)
		}
		c.clocked(by, key, e)
	}
	weekday := "not known"
	week := c.sure(e, func(t time.Time) string {
		y, w := t.ISOWeek()
		return fmt.Sprintf("%d-W%02d", y, w)
	})
	if at, ok := c.day(e); ok {
		weekday = fmt.Sprintf("%d %s", map[bool]int{true: 7, false: int(at.Weekday())}[at.Weekday() == time.Sunday], at.Weekday())
	}
	c.clocked("week", week, e)
	c.clocked("weekday", weekday, e)
	c.add("kind", "", e.Kind, e)
	c.add("importer", "", e.Source.Importer, e)
	c.add("channel", "", c.channel(e), e)
	c.add("sender", "", c.senderName(e), e)
	coded := map[string]bool{}
	for _, m := range e.Marks {
		if m.Code != "" {
			coded[m.Code] = true
		}
	}
	if own(e) {
		c.add("code", "", "own_act", e)
		return
	}
	for code := range coded {
		c.add("code", "", code, e)
	}
	if len(coded) == 0 {
		c.clocked("code", "not known", e)
	}
}

// clocked counts by a clock, or without a behaviour, what others did.
func (c *recount) clocked(by, key string, e rawEvent) {
	if theirs, _ := c.theirs(e, nil); !theirs {
		key = "not counted"
	}
	c.add(by, "", key, e)
}

// said counts what somebody wrote down or marked.
func (c *recount) said(e rawEvent) {
	one := func(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }
	if s := one(e.field("aimed_at")); s != "" && s != "me" && s != "myself" && s != "self" && s != "reporter" {
		c.add("reach", "aimed at", s, e)
	}
	if s := one(e.field("children_present")); s != "" && s != "no" {
		c.add("reach", "children present", s, e)
	}
	if place, ok := e.Incident["place"].(map[string]any); ok && (place["type"] == "work" || place["type"] == "school") {
		c.add("reach", "place", place["type"].(string), e)
	}
	tags := map[string]bool{}
	for _, m := range e.Marks {
		tags[m.Tag] = true
	}
	for _, tag := range []string{"by_proxy", "child_present"} {
		if tags[tag] && !isRegister(e) {
			c.add("reach", "marked", tag, e)
		}
	}
	if tags["shows_private_knowledge"] {
		c.add("private", "", c.dayWords(e), e)
	}
	part := e.Extra["part"]
	quotes := 0
	for field, key := range map[string]string{"feeling_then": "felt then", "feeling_after": "felt after", "change_made": "changed"} {
		if e.field(field) != "" {
			quotes++
			c.add("impact", "in their own words", c.dayWords(e)+", "+key, e)
		}
	}
	if words, rest, spoken := strings.Cut(e.field("change_made"), "£"); spoken {
		c.priced(e, words, rest)
	}
	if e.Kind == "change" {
		quotes++
		c.add("impact", "in their own words", c.dayWords(e)+", changed, "+part, e)
		if slices.Contains([]string{"work", "school or study", "friends and family", "children"}, part) {
			c.add("reach", "what changed", part, e)
		}
		if cost := e.Extra["cost"]; cost == "" {
			c.add("cost", "no cost said", c.dayWords(e)+", "+part, e)
		} else {
			currency := "GBP"
			if i := strings.IndexByte(cost, ' '); i > 0 {
				currency = cost[i+1:]
			}
			c.add("cost", "together", currency, e)
			c.add("cost", "each", c.dayWords(e)+", "+part, e)
		}
	}
	if quotes > 0 {
		c.add("impact", "by month", c.sure(e, layout("2006-01")), e)
	}
}

// priced counts what an incident says that a change cost, in pounds.
func (c *recount) priced(e rawEvent, words, rest string) {
	number := strings.TrimRight(rest, ".")
	group := "written with an incident, in words: in no sum"
	if !strings.ContainsAny(words, "0123456789") && number != "" && strings.Trim(number, "0123456789") == "" {
		group = "each"
		for _, r := range c.events {
			if r.Kind == "change" && r.Extra["cost"] == number && c.dayWords(r) == c.dayWords(e) {
				group = "written with an incident, and counted with its change"
			}
		}
	}
	if group == "each" {
		c.add("cost", "together", "GBP", e)
	}
	c.add("cost", group, c.dayWords(e)+", with an incident", e)
}

// about are the persons whom an entry names, or else those of the events on which a
// notice followed.
func (c *recount) about(notice rawEvent) map[int64]bool {
	whom := map[int64]bool{}
	for _, p := range c.people {
		for _, h := range p.Handles {
			if name := notice.Extra["against"]; name != "" && (p.Name == name || h.Address == name) {
				whom[p.Person] = true
			}
		}
	}
	if len(whom) > 0 {
		return whom
	}
	for _, e := range c.events {
		if !slices.Contains(c.follows[notice.ID], e.ID) {
			continue
		}
		all := slices.Clone(e.To)
		if p := c.speaker(e); p != nil {
			all = append(all, *p)
		}
		for _, p := range all {
			if who := c.whose(handle(p, e)); !p.Owner && !who.Owner && who.Person != 0 {
				whom[who.Person] = true
			}
		}
	}
	return whom
}

// own tells what the person did themself.
func own(e rawEvent) bool {
	return slices.ContainsFunc(e.Marks, func(m struct{ Code, Tag, Note, By string }) bool { return m.Tag == "own_act" })
}

// masked tells what came to the owner and does not show from whom.
func masked(e rawEvent) bool {
	return slices.Contains([]string{"message", "call", "email", "post"}, e.Kind) && (e.From == nil || *e.From == rawParty{}) && len(e.To) > 0 &&
		!slices.ContainsFunc(e.To, func(p rawParty) bool { return !p.Owner }) && !slices.Contains(e.Flags, "parties-differ")
}

// theirs tells what others did, and why it is not counted for those whom a notice was
// about.
func (c *recount) theirs(e rawEvent, whom map[int64]bool) (theirs bool, aside string) {
	coded := false
	for _, m := range e.Marks {
		coded = coded || m.Code != ""
	}
	switch {
	case isRegister(e), own(e):
		return false, ""
	case e.Kind == "incident":
		return true, ""
	case masked(e) && len(whom) > 0:
		return true, ", not shown from whom"
	case masked(e):
		return true, ""
	case e.From == nil || e.From.Name == "" && e.From.Address == "" && !e.From.Owner:
		return coded, ""
	}
	who := c.whose(handle(*e.From, e))
	if len(whom) > 0 && !whom[who.Person] {
		for _, p := range who.Perhaps {
			if slices.ContainsFunc(p.Persons, func(n int64) bool { return whom[n] }) {
				aside = ", from who may be them"
			}
		}
	}
	return !e.From.Owner && !who.Owner && (len(whom) == 0 || whom[who.Person] || aside != ""), aside
}

// moments counts before and after what stands in the registers of notices and orders.
func (c *recount) moments(days int) {
	around := func(what, text string, at time.Time, minute bool, whom map[int64]bool) {
		group := at.Format(time.DateOnly) + ", " + what + ": " + strings.Join(strings.Fields(text), " ")
		if minute {
			group = at.Format("2006-01-02 15:04") + ", " + what + ": " + strings.Join(strings.Fields(text), " ")
		}
		day := at.Truncate(24 * time.Hour)
		where := func(t time.Time) int { // -2 and 2: before and after both periods
			switch first, last := day.AddDate(0, 0, -days), day.AddDate(0, 0, days+1); {
			case t.Before(first):
				return -2
			case !t.Before(last):
				return 2
			case t.Before(day):
				return -1
			case t.Before(day.AddDate(0, 0, 1)):
				return 0
			}
			return 1
		}
		for _, e := range c.events {
			from, to := c.may(e)
			to = to.Add(-time.Nanosecond)
			theirs, aside := c.theirs(e, whom)
			switch first := where(from); {
			case !theirs:
			case len(whom) == 0: // nothing is before or after nobody
				if last := where(to); first > -2 && last < 2 && first == last {
					c.add("moment", group, "not counted", e)
				}
			case first != where(to):
				c.add("moment", group, "day not known"+aside, e)
			case first < -1, first > 1:
			case first != 0 || aside != "" || !minute:
				when := map[int]string{-1: fmt.Sprintf("%d days before", days), 0: "that day", 1: fmt.Sprintf("%d days after", days)}[first]
				c.add("moment", group, when+aside, e)
			case to.Before(at):
				c.add("moment", group, "that day until "+at.Format("15:04"), e)
			case from.Before(at):
				c.add("moment", group, "that day, before or after not known", e)
			default:
				c.add("moment", group, "that day from "+at.Format("15:04"), e)
			}
		}
	}
	for _, e := range c.events {
		at, ok := c.day(e)
		minute := c.sure(e, layout("2006-01-02 15")) != "not known"
		switch {
		case ok && e.Kind == "notice":
			around(e.Extra["how"], e.Text, at, minute, c.about(e))
		case ok && e.Kind == "order":
			around(e.Extra["sort"]+" made", e.Text, at, minute, c.about(e))
		}
		if served, err := time.Parse(time.DateOnly, e.Extra["served"]); err == nil && e.Kind == "order" {
			around(e.Extra["sort"]+" served", e.Text, served, false, c.about(e))
		}
	}
}

// bursts finds runs of five or more from one sender.
func (c *recount) bursts() {
	type run struct {
		list []rawEvent
		last time.Time
	}
	open := map[string]*run{}
	var all []*run
	for _, e := range c.events { // in order of time
		at, ok := c.begins(e)
		if !ok || isRegister(e) {
			continue
		}
		if e.When.Instant != "" {
			at, _ = time.Parse(time.RFC3339Nano, e.When.Instant)
		}
		sender := ""
		if p := c.speaker(e); p != nil {
			sender = address(*p)
		}
		if e.Kind == "incident" || sender == "" && !slices.Contains([]string{"message", "call", "email", "post"}, e.Kind) {
			continue // what nobody sends is no burst
		}
		key := c.channel(e) + "|" + sender + "|" + e.Kind
		r := open[key]
		if r == nil || at.Sub(r.last) >= time.Hour {
			r = &run{}
			open[key] = r
			all = append(all, r)
		}
		r.list, r.last = append(r.list, e), at
	}
	for _, r := range all {
		for _, e := range r.list {
			if len(r.list) >= 5 {
				c.add("burst", c.channel(e), fmt.Sprint("of ", len(r.list)), e)
			}
		}
	}
}

// newHandles finds the first event from what nothing had before a block.
func (c *recount) newHandles() {
	seen := map[string]rawEvent{} // any event of a handle
	sent := map[string]rawEvent{}
	for _, e := range c.events {
		if _, ok := c.begins(e); !ok {
			continue
		}
		var all []rawParty
		if p := c.speaker(e); p != nil {
			all = append(all, *p)
			if _, ok := sent[handle(*p, e)]; !ok && e.Kind != "incident" {
				sent[handle(*p, e)] = e
			}
		}
		for _, p := range append(all, e.To...) {
			if _, ok := seen[handle(p, e)]; !ok {
				seen[handle(p, e)] = e
			}
		}
	}
	for _, block := range c.events {
		at, ok := c.day(block)
		if block.Kind != "notice" || block.Extra["how"] != "blocked" || !ok {
			continue
		}
		before := func(key string) bool {
			e, ok := seen[key]
			began, _ := c.begins(e)
			return ok && began.Before(at)
		}
		usedBefore := func(person int64, but string) bool {
			for _, p := range c.people {
				for _, h := range p.Handles {
					if p.Person == person && !p.Owner && h.Handle != but && before(h.Handle) {
						return true
					}
				}
			}
			return false
		}
		for key, e := range sent {
			p := c.whose(key)
			if p.Owner || before(key) {
				continue
			}
			users := []int64{p.Person}
			for _, k := range p.Perhaps {
				users = append(users, k.Persons...)
			}
			if slices.ContainsFunc(users, func(n int64) bool { return usedBefore(n, key) }) {
				kind, name, _ := strings.Cut(key, ":")
				if kind == "name" || kind == "account" {
					name = name[strings.LastIndexByte(name, ':')+1:]
				}
				c.add("new-handle", at.Format(time.DateOnly)+", blocked: "+block.Text, kind+" "+name+", first event "+c.dayWords(e), e)
			}
		}
	}
}

// undated counts the events without any date that are no entries of registers.
func (c *recount) undated() (n int) {
	for _, e := range c.events {
		if !isRegister(e) && e.When.Instant == "" && e.When.Local == "" {
			n++
		}
	}
	return n
}

// silences are the days without one, each with what may have been then, and what has
// no certain day and ends none. What was surely on some days that are without any takes
// all of them out.
func (c *recount) silences() map[string][]string {
	list, on := map[string][]string{}, map[string]bool{}
	var some, unsure []rawEvent
	for _, e := range c.events {
		switch d := c.sure(e, layout(time.DateOnly)); {
		case isRegister(e):
		case d == "not known":
			some = append(some, e)
		default:
			on[d] = true
		}
	}
	ended := map[string]bool{}
	for _, e := range some {
		var days []string
		from, to := c.may(e)
		for at := from; at.Before(to) && to.Year() < 5000 && from.Year() > 0; at = at.Truncate(24*time.Hour).AddDate(0, 0, 1) {
			days = append(days, at.Format(time.DateOnly))
		}
		if len(days) == 0 || slices.ContainsFunc(days, func(d string) bool { return on[d] }) {
			unsure = append(unsure, e)
			continue
		}
		for _, d := range days {
			ended[d] = true
		}
	}
	maps.Copy(on, ended)
	all := slices.Sorted(maps.Keys(on))
	var begin time.Time
	for at, _ := time.Parse(time.DateOnly, all[0]); at.Format(time.DateOnly) <= all[len(all)-1]; at = at.AddDate(0, 0, 1) {
		switch d := at.Format(time.DateOnly); {
		case !on[d] && begin.IsZero():
			begin = at
		case on[d] && !begin.IsZero():
			if !at.Before(begin.AddDate(0, 0, 7)) {
				list[begin.Format(time.DateOnly)+" to "+at.AddDate(0, 0, -1).Format(time.DateOnly)] = c.maybe(unsure, begin, at)
			}
			begin = time.Time{}
		}
	}
	if len(list) > 0 && len(unsure) > 0 {
		for _, e := range unsure {
			list["day not known"] = append(list["day not known"], e.ID)
		}
	}
	return list
}

// maybe are the events that may have been between two midnights.
func (c *recount) maybe(all []rawEvent, from, to time.Time) (ids []string) {
	for _, e := range all {
		_, dated := c.begins(e)
		if first, last := c.may(e); dated && first.Before(to) && last.After(from) {
			ids = append(ids, e.ID)
		}
	}
	return ids
}
