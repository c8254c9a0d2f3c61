//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"daybook/evidence"
	"daybook/evidence/keys"
	"daybook/timeline"
)

// rawEvent is a line of the export of all events, as a stranger reads it.
type rawEvent struct {
	ID, Kind, Text, Thread string
	When                   struct{ Instant, Local, Precision, Raw, Until string }
	From                   *rawParty
	To                     []rawParty
	Source                 struct {
		Item     int64
		Importer string
	}
	Marks     []struct{ Code, Tag, Note, By string }
	Extra     map[string]string
	Elsewhere []any
	About     *rawParty
	Incident  map[string]any
}

type rawParty struct {
	Name, Address string
	Owner         bool
}

// rawPerson is a line of people.
type rawPerson struct {
	Name    string
	Shown   string
	Owner   bool
	Handles []struct{ Handle, Address, Kind, First string }
	Perhaps []struct{ Persons []int64 }
	Person  int64
}

// count counts every figure of the pattern anew, from what is exported alone. It
// shares nothing with the program's own counting.
type recount struct {
	events []rawEvent
	people []rawPerson
	london *time.Location
	got    map[string][]string // events by pattern, group and key
}

func (c *recount) add(by, group, key string, e rawEvent) {
	k := by + "|" + group + "|" + key
	c.got[k] = append(c.got[k], e.ID)
}

const rawLocal = "2006-01-02T15:04:05.999999999"

// begins is the wall clock of an event; ok is false of one without a time.
func (c *recount) begins(e rawEvent) (t time.Time, ok bool) {
	if e.When.Precision == "unknown" || e.When.Instant+e.When.Local == "" {
		return t, false
	}
	return c.wall(e.When.Instant, e.When.Local)
}

func (c *recount) wall(instant, local string) (time.Time, bool) {
	if instant != "" {
		at, err := time.Parse(time.RFC3339Nano, instant)
		if err != nil {
			panic(err)
		}
		at = at.In(c.london)
		return time.Date(at.Year(), at.Month(), at.Day(), at.Hour(), at.Minute(), at.Second(), at.Nanosecond(), time.UTC), true
	}
	at, err := time.Parse(rawLocal, local)
	return at, err == nil
}

// step is one unit of a time as it was typed: minute, day, month or year.
func step(typed string) func(time.Time, int) time.Time {
	for _, q := range []string{"about ", "before ", "after "} {
		typed = strings.TrimPrefix(typed, q)
	}
	y, m, d := 0, 0, 0
	switch len(typed) {
	case 4:
		y = 1
	case 7:
		m = 1
	case 10:
		d = 1
	default:
		return func(t time.Time, n int) time.Time { return t.Add(time.Duration(n) * time.Minute) }
	}
	return func(t time.Time, n int) time.Time { return t.AddDate(n*y, n*m, n*d) }
}

// within is the time in which an event may have happened; ok is false where it has
// no end on one side.
func (c *recount) within(e rawEvent) (from, to time.Time, ok bool) {
	at, ok := c.begins(e)
	if !ok {
		return at, at, false
	}
	switch e.When.Precision {
	case "about":
		next, far := step(e.When.Raw), step(e.When.Raw)
		if len(strings.TrimPrefix(e.When.Raw, "about ")) > 10 {
			far = func(t time.Time, n int) time.Time { return t.Add(time.Duration(n) * time.Hour) }
		}
		return far(at, -1), far(next(at, 1), 1), true
	case "before", "after":
		return at, at, false
	case "range":
		until, _ := c.wall("", e.When.Until)
		if strings.HasSuffix(e.When.Until, "Z") {
			until, _ = c.wall(e.When.Until, "")
		}
		_, last, _ := strings.Cut(e.When.Raw, " to ")
		return at, step(last)(until, 1), true
	case "year":
		return at, at.AddDate(1, 0, 0), true
	case "month":
		return at, at.AddDate(0, 1, 0), true
	case "day":
		return at, at.AddDate(0, 0, 1), true
	}
	return at, at.Add(time.Millisecond), true
}

// sure is the time written in a form, where all that it may be is written so.
func (c *recount) sure(e rawEvent, form func(time.Time) string) string {
	from, to, ok := c.within(e)
	if !ok || form(from) != form(to.Add(-time.Nanosecond)) {
		return "not known"
	}
	return form(from)
}

func layout(s string) func(time.Time) string { return func(t time.Time) string { return t.Format(s) } }

func (c *recount) day(e rawEvent) (time.Time, bool) {
	if c.sure(e, layout(time.DateOnly)) == "not known" {
		return time.Time{}, false
	}
	return c.begins(e)
}

// dayWords is the day as figures are called by it.
func (c *recount) dayWords(e rawEvent) string {
	if d := c.sure(e, layout(time.DateOnly)); d != "not known" {
		return d
	}
	return "day not known (" + e.When.Raw + ")"
}

// handle is what somebody is known by, as docs/FORMAT.md says.
func handle(p rawParty, e rawEvent) string {
	a := strings.TrimSpace(p.Address)
	digits := strings.Trim(a, "+0123456789")
	switch {
	case a == "":
		return fmt.Sprintf("name:%s:%d:%s", e.Source.Importer, e.Source.Item, p.Name)
	case strings.Contains(a, "@"):
		return "email:" + strings.ToLower(a)
	case digits == "" && len(a) > 6:
		return "phone:" + a
	}
	return "account:" + e.Source.Importer + ":" + a
}

// whose is the person of a handle.
func (c *recount) whose(key string) rawPerson {
	for _, p := range c.people {
		for _, h := range p.Handles {
			if h.Handle == key {
				return p
			}
		}
	}
	return rawPerson{}
}

func isRegister(e rawEvent) bool {
	return slices.Contains([]string{"notice", "report", "change", "order", "breach", "support", "assessment", "request", "enquiry", "review", "considered", "wish", "safety", "helper"}, e.Kind)
}

func (e rawEvent) field(name string) string { s, _ := e.Incident[name].(string); return s }

// sender is whom an event is from; whom an incident is about is not.
func (c *recount) speaker(e rawEvent) *rawParty {
	if e.Kind == "incident" {
		return e.About
	}
	return e.From
}

func (c *recount) channel(e rawEvent) string {
	if e.Thread != "" {
		return e.Source.Importer + ": " + e.Thread
	}
	var all []rawParty
	if p := c.speaker(e); p != nil {
		all = append(all, *p)
	}
	for _, p := range append(all, e.To...) {
		if !p.Owner && !c.whose(handle(p, e)).Owner && p.Address+p.Name != "" {
			return e.Source.Importer + ": " + address(p)
		}
	}
	for _, p := range all {
		if address(p) != "" {
			return e.Source.Importer + ": " + address(p)
		}
	}
	return e.Source.Importer
}

func address(p rawParty) string {
	if p.Address != "" {
		return strings.TrimSpace(p.Address)
	}
	return p.Name
}

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
		c.add(by, "", key, e)
	}
	week, weekday := "not known", "not known"
	if at, ok := c.day(e); ok {
		y, w := at.ISOWeek()
		week, weekday = fmt.Sprintf("%d-W%02d", y, w), fmt.Sprintf("%d %s", map[bool]int{true: 7, false: int(at.Weekday())}[at.Weekday() == time.Sunday], at.Weekday())
	}
	c.add("week", "", week, e)
	c.add("weekday", "", weekday, e)
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
	for code := range coded {
		c.add("code", "", code, e)
	}
	if len(coded) == 0 {
		c.add("code", "", "not known", e)
	}
}

func (c *recount) senderName(e rawEvent) string {
	if e.Kind == "incident" || e.From == nil && !slices.Contains([]string{"message", "call", "email", "post"}, e.Kind) {
		return "no sender: " + e.Kind
	}
	if e.From == nil {
		return "not known"
	}
	p := c.whose(handle(*e.From, e))
	for _, o := range c.people {
		if o.Name == p.Name && o.Name != "" && o.Person != p.Person {
			return fmt.Sprintf("%s (person %d)", p.Name, p.Person)
		}
	}
	if p.Shown != "" {
		return p.Shown
	}
	if p.Name == "" && p.Owner {
		return "(the owner of the exports)"
	}
	if p.Name == "" {
		return "(not named)"
	}
	return p.Name
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

// moments counts before and after what stands in the registers of notices and orders.
func (c *recount) moments(days int) {
	around := func(what, text string, at time.Time, minute bool) {
		group := at.Format(time.DateOnly) + ", " + what + ": " + strings.Join(strings.Fields(text), " ")
		if minute {
			group = at.Format("2006-01-02 15:04") + ", " + what + ": " + strings.Join(strings.Fields(text), " ")
		}
		day := at.Truncate(24 * time.Hour)
		for _, e := range c.events {
			if isRegister(e) {
				continue
			}
			began, dated := c.begins(e)
			on, ok := c.day(e)
			apart := int(on.Truncate(24*time.Hour).Sub(day) / (24 * time.Hour))
			switch {
			case !dated:
			case !ok:
				c.add("moment", group, "day not known", e)
			case apart < -days || apart > days:
			case apart < 0:
				c.add("moment", group, fmt.Sprintf("%d days before", days), e)
			case apart > 0:
				c.add("moment", group, fmt.Sprintf("%d days after", days), e)
			case !minute:
				c.add("moment", group, "that day", e)
			case c.sure(e, layout("2006-01-02 15")) == "not known":
				c.add("moment", group, "that day, hour not known", e)
			case began.Before(at):
				c.add("moment", group, "that day until "+at.Format("15:04"), e)
			default:
				c.add("moment", group, "that day from "+at.Format("15:04"), e)
			}
		}
	}
	for _, e := range c.events {
		at, ok := c.day(e)
		switch {
		case !ok:
		case e.Kind == "notice":
			around(e.Extra["how"], e.Text, at, e.When.Precision != "day")
		case e.Kind == "order":
			around(e.Extra["sort"]+" made", e.Text, at, e.When.Precision != "day")
			if served, err := time.Parse(time.DateOnly, e.Extra["served"]); err == nil {
				around(e.Extra["sort"]+" served", e.Text, served, false)
			}
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

// silences are the days without one.
func (c *recount) silences() (list []string) {
	on := map[string]bool{}
	first, last := "9999", ""
	for _, e := range c.events {
		if d := c.sure(e, layout(time.DateOnly)); d != "not known" && !isRegister(e) {
			on[d], first, last = true, min(first, d), max(last, d)
		}
	}
	at, err := time.Parse(time.DateOnly, first)
	var begin time.Time
	for ; err == nil && at.Format(time.DateOnly) <= last; at = at.AddDate(0, 0, 1) {
		switch d := at.Format(time.DateOnly); {
		case !on[d] && begin.IsZero():
			begin = at
		case on[d] && !begin.IsZero():
			if at.Sub(begin) >= 7*24*time.Hour {
				list = append(list, begin.Format(time.DateOnly)+" to "+at.AddDate(0, 0, -1).Format(time.DateOnly))
			}
			begin = time.Time{}
		}
	}
	return list
}

// figuresAreTheCount holds every figure of the pattern against the count.
func figuresAreTheCount(t *testing.T, d desk) {
	t.Helper()
	c := recount{got: map[string][]string{}}
	var err error
	if c.london, err = time.LoadLocation("Europe/London"); err != nil {
		t.Fatal(err)
	}
	read := func(into any, args ...string) {
		out, messages, code := d.run(args...)
		if code != 0 {
			t.Fatalf("%q: exit code %d: %s", args, code, messages)
		}
		if err := json.Unmarshal([]byte("["+strings.ReplaceAll(strings.TrimSpace(out), "\n", ",")+"]"), into); err != nil {
			t.Fatal(err)
		}
	}
	read(&c.events, "timeline", "--format", "jsonl")
	read(&c.people, "people")
	twice := map[string]bool{}
	for _, e := range c.events {
		c.plain(e)
		c.said(e)
		twice[e.ID] = len(e.Elsewhere) > 0
	}
	c.moments(28)
	c.bursts()
	c.newHandles()
	silences := c.silences()
	for _, by := range strings.Fields("day week month year hour weekday channel code kind sender importer moment new-handle reach private burst silence impact cost") {
		printed := map[string][]string{}
		var figures []struct {
			Group, Key string
			N          int
			Twice      int `json:"in_another_source_too"`
			Events     []string
		}
		read(&figures, "pattern", "--by", by)
		for _, f := range figures {
			if by == "silence" {
				if !slices.Contains(silences, f.Key) || f.N != 0 {
					t.Errorf("silence %s: it is none", f.Key)
				}
				continue
			}
			if len(f.Events) != f.N {
				t.Errorf("%s, %s, %s: %d, and it lists %d", by, f.Group, f.Key, f.N, len(f.Events))
			}
			also := 0
			for _, id := range f.Events {
				if twice[id] {
					also++
				}
			}
			if also != f.Twice && f.Group == "" && by != "private" {
				t.Errorf("%s, %s: %d in another source too, want %d", by, f.Key, f.Twice, also)
			}
			if by == "burst" {
				f.Key = fmt.Sprint("of ", f.N)
			}
			k := by + "|" + f.Group + "|" + f.Key
			printed[k] = append(printed[k], f.Events...)
		}
		if by == "silence" && len(figures) != len(silences) {
			t.Errorf("%d silences, want %d", len(figures), len(silences))
		}
		wanted := 0
		for _, k := range slices.Sorted(maps.Keys(c.got)) {
			if !strings.HasPrefix(k, by+"|") {
				continue
			}
			wanted++
			if !slices.Equal(slices.Sorted(slices.Values(c.got[k])), slices.Sorted(slices.Values(printed[k]))) {
				t.Errorf("%s: the program lists %d events, counted were %d\n%v\n%v", k, len(printed[k]), len(c.got[k]), printed[k], c.got[k])
			}
			delete(printed, k)
		}
		for k, list := range printed {
			if len(list) > 0 {
				t.Errorf("%s: the program lists %v, counted was none", k, list)
			}
		}
		t.Logf("%s: %d figures", by, wanted+map[bool]int{true: len(silences)}[by == "silence"])
	}
}

// TestEveryFigureIsCountedAnew counts each figure of the pattern from the export of
// all events: of the sample case with what a register can hold, and of cases that
// are made up.
func TestEveryFigureIsCountedAnew(t *testing.T) {
	t.Run("sample", func(t *testing.T) {
		t.Setenv("DAYBOOK_PASSPHRASE", demoPassphrase)
		dir := filepath.Join(t.TempDir(), "demo")
		var messages bytes.Buffer
		if code := run(t.Context(), []string{"demo", "--out", dir}, strings.NewReader(""), &bytes.Buffer{}, &messages); code != 0 {
			t.Fatal(messages.String())
		}
		d := desk{t, filepath.Join(dir, "sample.daybook")}
		d.event("register", "notice", "--on", "2025-08-21", "--text", "Blocked him everywhere.", "--set", "how=blocked")
		d.event("register", "change", "--on", "2025-09-14", "--text", "New locks.", "--set", "part=home", "--set", "cost=140")
		people := d.do("people")
		i := slices.IndexFunc(people, func(p map[string]any) bool { return p["name"] == "+447700900662" })
		d.do("people", "--may-be", fmt.Sprintf("%.0f,Dan R", people[i]["person"]), "--for", "it began the day after the block")
		figuresAreTheCount(t, d)
	})
	for seed := range 2 {
		t.Run(fmt.Sprint("made up ", seed), func(t *testing.T) {
			t.Setenv("DAYBOOK_PASSPHRASE", testPassphrase)
			d := desk{t, filepath.Join(t.TempDir(), "made.daybook")}
			if err := makeCase(d.dir); err != nil {
				t.Fatal(err)
			}
			made := madeUps().Example(seed)
			made.into(d)
			figuresAreTheCount(t, d)
		})
	}
}

// madeUp is a case that nobody lived: two copies of one telephone that overlap, a
// chat that has some of the same words, and what was written down.
type madeUp struct {
	texts [2][]string // lines of SMS exports
	chat  []string
	said  []timeline.IncidentDraft
	regs  []timeline.RegisterDraft
	marks []string // tags, for incidents in turn
}

// unsure are times as people type them.
var unsure = []string{"2025-10-%02d 17:40", "about 2025-10-%02d 00:20", "about 2025-10-%02d 12:20", "2025-10-%02d", "about 2025-10-%02d", "before 2025-10-%02d", "after 2025-10-%02d",
	"2025-10-%02d 17:05 to 2025-10-%[1]02d 17:50", "2025-09-%02d to 2025-10-02", "about 2025-10", "2025-10", "2025", "not sure"}

func madeUps() *rapid.Generator[madeUp] {
	return rapid.Custom(func(t *rapid.T) (m madeUp) {
		base := time.Date(2025, 9, 20, 0, 0, 0, 0, time.UTC)
		moment := func() time.Time {
			day := rapid.SampledFrom([]int{0, 1, 2, 20, 36, 36, 37, 50}).Draw(t, "day")
			return base.AddDate(0, 0, day).Add(time.Duration(rapid.IntRange(0, 23).Draw(t, "hour"))*time.Hour + time.Duration(rapid.IntRange(0, 59).Draw(t, "minute"))*time.Minute)
		}
		line := func(at time.Time, number, body string, kind int) string {
			return fmt.Sprintf(`<sms protocol="0" address="%s" date="%d" type="%d" subject="null" body="%s" toa="null" sc_toa="null" service_center="null" read="1" status="-1" locked="0" date_sent="0" readable_date="null" contact_name="(Unknown)" />`, number, at.UnixMilli(), kind, body)
		}
		for i := range rapid.IntRange(20, 60).Draw(t, "texts") {
			at, number := moment(), rapid.SampledFrom([]string{"+447700900101", "+447700900102", "+447700900103"}).Draw(t, "number")
			for k := range rapid.SampledFrom([]int{1, 1, 1, 1, 6}).Draw(t, "run") {
				body := fmt.Sprintf("number %d of %d words", i, k)
				l := line(at.Add(time.Duration(k)*time.Minute), number, body, rapid.IntRange(1, 2).Draw(t, "type"))
				in := rapid.IntRange(1, 3).Draw(t, "in")
				for f := range 2 {
					if in&(1<<f) != 0 {
						m.texts[f] = append(m.texts[f], l)
					}
				}
				if rapid.IntRange(0, 9).Draw(t, "in the chat too") == 0 {
					local := at.Add(time.Duration(k) * time.Minute)
					if local.Before(time.Date(2025, 10, 26, 1, 0, 0, 0, time.UTC)) {
						local = local.Add(time.Hour)
					}
					m.chat = append(m.chat, local.Format("02/01/2006, 15:04")+" - Dan: "+body)
				}
			}
		}
		for i := range rapid.IntRange(3, 9).Draw(t, "doubled") {
			m.chat = append(m.chat, fmt.Sprintf("26/10/2025, 01:%02d - Dan: the doubled hour %d", rapid.IntRange(0, 59).Draw(t, "minute"), i))
		}
		slices.SortStableFunc(m.chat, func(a, b string) int {
			return strings.Compare(a[6:10]+a[3:5]+a[:2]+a[12:17], b[6:10]+b[3:5]+b[:2]+b[12:17])
		})
		for i := range rapid.IntRange(10, 25).Draw(t, "incidents") {
			m.said = append(m.said, madeUpIncident(t, i))
			m.marks = append(m.marks, rapid.SampledFrom([]string{"", "", "by_proxy", "child_present", "shows_private_knowledge"}).Draw(t, "tag"))
		}
		for i := range rapid.IntRange(4, 10).Draw(t, "entries") {
			m.regs = append(m.regs, madeUpEntry(t, i))
		}
		return m
	})
}

func madeUpTime(t *rapid.T) timeline.When {
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		panic(err)
	}
	form := rapid.SampledFrom(unsure).Draw(t, "form")
	if strings.Contains(form, "%") {
		form = fmt.Sprintf(form, rapid.IntRange(1, 28).Draw(t, "day of the month"))
	}
	precision, until := timeline.Precision(""), ""
	for _, p := range []timeline.Precision{timeline.About, timeline.Before, timeline.After} {
		if rest, ok := strings.CutPrefix(form, string(p)+" "); ok {
			form, precision = rest, p
		}
	}
	if first, last, ok := strings.Cut(form, " to "); ok {
		form, until, precision = first, last, timeline.Range
	}
	w, err := timeline.Typed(form, until, precision, zone)
	if err != nil {
		panic(err)
	}
	return w
}

func madeUpIncident(t *rapid.T, i int) timeline.IncidentDraft {
	word := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
	d := timeline.IncidentDraft{Occurred: madeUpTime(t), What: fmt.Sprint("incident ", i), Who: word("who", "", "Dan"), AimedAt: word("aimed", "", "me", "my mother", "My  Mother", "a colleague"),
		Children: word("children", "", "no", "both"), FeelingThen: word("then", "", "afraid"), FeelingAfter: word("after", "", "tired"), ChangeMade: word("changed", "", "another way home"),
		Place: timeline.IncidentPlace{Type: word("place", "", "home", "work", "school")}}
	if code := word("code", "", "LOITER", "WATCH"); code != "" {
		d.Codes = []string{code}
	}
	return d
}

func madeUpEntry(t *rapid.T, i int) timeline.RegisterDraft {
	word := func(label string, of ...string) string { return rapid.SampledFrom(of).Draw(t, label) }
	d := timeline.RegisterDraft{Kind: timeline.Kind(word("kind", "notice", "change", "change", "order", "report")), When: madeUpTime(t), Words: fmt.Sprint("entry ", i), Fields: map[string]string{}}
	switch d.Kind {
	case timeline.Notice:
		d.Fields["how"] = word("how", "asked to stop", "blocked")
	case timeline.LifeChange:
		d.Fields["part"], d.Fields["cost"] = word("part", "work", "home", "children"), word("cost", "", "12.50", "3", "9.99 EUR")
	case timeline.CourtOrder:
		d.Fields["sort"], d.Fields["served"] = "other", word("served", "", "2025-10-10")
	case timeline.ReportMade:
		d.Fields["body"] = "police"
	}
	return d
}

// into puts the made up case into a folder.
func (m madeUp) into(d desk) {
	d.Helper()
	files := d.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(files, name), []byte(text), 0o600); err != nil {
			d.Fatal(err)
		}
	}
	for i, lines := range m.texts {
		write(fmt.Sprintf("sms-%d.xml", i), fmt.Sprintf("<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"%d\">\n%s\n</smses>\n", len(lines), strings.Join(lines, "\n")))
	}
	write("WhatsApp Chat with Dan.txt", strings.Join(m.chat, "\n")+"\n")
	if _, messages, code := d.run("add", files, "--zone", "Europe/London", "--date-order", "dmy", "--owner", "Maya"); code != 0 && code != exitPartial {
		d.Fatal(messages)
	}
	c, err := evidence.Open(d.dir, keys.Passphrase(testPassphrase), evidence.OpenOptions{Actor: "test"})
	if err != nil {
		d.Fatal(err)
	}
	x, err := timeline.Open(d.Context(), c)
	if err != nil {
		d.Fatal(err)
	}
	for i, in := range m.said {
		w, err := x.WriteIncident(d.Context(), in)
		if err == nil && m.marks[i] != "" {
			_, err = x.Mark(d.Context(), timeline.MarkDraft{Events: []timeline.ID{w.ID}, Tag: m.marks[i]})
		}
		if err != nil {
			d.Fatal(err)
		}
	}
	for _, e := range m.regs {
		if _, err := x.Enter(d.Context(), e); err != nil {
			d.Fatal(err)
		}
	}
	if err := c.Close(); err != nil {
		d.Fatal(err)
	}
}
