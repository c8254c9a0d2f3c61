//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
)

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
	var notices []struct {
		Event  string
		Events []string
	}
	read(&notices, "register", "notice")
	c.follows = map[string][]string{}
	for _, n := range notices {
		c.follows[n.Event] = n.Events
	}
	twice := map[string]bool{}
	for _, e := range c.events {
		c.plain(e)
		c.said(e)
		twice[e.ID] = len(e.Elsewhere) > 0
	}
	c.moments(28)
	c.bursts()
	c.newHandles()
	c.course(t, read)
	silences, undated := c.silences(), ""
	if n := c.undated(); n > 0 {
		undated = fmt.Sprintf("; without a date, and may lie in this time: %d", n)
	}
	for _, by := range strings.Fields("day week month year hour weekday channel code kind sender importer moment new-handle reach private burst silence impact cost") {
		printed := map[string][]string{}
		var figures []struct {
			Group, Key, Note string
			N                int
			Twice            int `json:"in_another_source_too"`
			Events           []string
		}
		read(&figures, "pattern", "--by", by)
		for _, f := range figures {
			if by == "silence" {
				want, ok := silences[f.Key]
				if !ok || f.N != len(f.Events) || !slices.Equal(slices.Sorted(slices.Values(want)), slices.Sorted(slices.Values(f.Events))) {
					t.Errorf("silence %s: the program lists %v, counted were %v", f.Key, f.Events, want)
				}
				if f.Key != "day not known" && undated != "" != strings.Contains(f.Note, "without a date") || !strings.HasSuffix(f.Note, undated) && f.Key != "day not known" {
					t.Errorf("silence %s: %q is said beside it, not %q", f.Key, f.Note, undated)
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
				if unknown := c.nobodyShown(f.Events[0]); unknown != strings.HasPrefix(f.Note, "not shown from whom, and may be from several") {
					t.Errorf("burst %s: %q is said of it, and that nobody is shown is %v", f.Key, f.Note, unknown)
				}
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

// course counts what is of the course of conduct, and what of it has no time and is in
// no occasion.
func (c *recount) course(t *testing.T, read func(into any, args ...string)) {
	t.Helper()
	events, none := 0, 0
	for _, e := range c.events {
		own, coded := false, false
		for _, m := range e.Marks {
			own, coded = own || m.Tag == "own_act", coded || m.Code != ""
		}
		if own || e.Kind != "incident" && !coded {
			continue
		}
		if events++; e.When.Instant == "" && e.When.Local == "" {
			none++
		}
	}
	var course []struct {
		Events       int
		InNoOccasion int `json:"in_no_occasion"`
		Rows         []struct{ Occasion int }
	}
	read(&course, "course")
	rows := 0
	for _, s := range course[0].Rows {
		if s.Occasion == 0 {
			rows++
		}
	}
	if course[0].Events != events || course[0].InNoOccasion != none || rows != none {
		t.Errorf("%d events of the course, of which %d are in no occasion, %d by its rows; counted were %d and %d", course[0].Events, course[0].InNoOccasion, rows, events, none)
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
		partsAreCountedOrNot(t, d)
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

// spanOfDays is the first and the last day that a note speaks of.
var spanOfDays = regexp.MustCompile(`(\d{4}-\d\d-\d\d) to (\d{4}-\d\d-\d\d)`)

// partsAreCountedOrNot holds what stands before and after in parts of a case against the
// whole: the same number where all its days were selected, and none elsewhere; and no
// silence where anything but days was.
func partsAreCountedOrNot(t *testing.T, d desk) {
	t.Helper()
	key := func(f map[string]any) string { return fmt.Sprint(f["group"], " | ", f["key"]) }
	whole := map[string]map[string]any{}
	for _, f := range d.do("pattern", "--by", "moment") {
		whole[key(f)] = f
	}
	for _, c := range []struct{ from, to string }{{"2025-09-12", "2025-10-31"}, {"2025-08-21", "2025-10-10"}, {"2025-08-15", "2025-10-09"}, {"2025-07-01", "2025-09-18"}} {
		counted, not := 0, 0
		for _, f := range d.do("pattern", "--by", "moment", "--from", c.from, "--to", c.to) {
			note, _ := whole[key(f)]["note"].(string)
			days := spanOfDays.FindStringSubmatch(note)
			inside := days == nil || days[1] >= c.from && days[2] <= c.to
			switch {
			case inside && (f["no_number"] != nil || fmt.Sprint(f["events"]) != fmt.Sprint(whole[key(f)]["events"])):
				t.Errorf("%s to %s: %s: %v, and of the whole case %v", c.from, c.to, key(f), f["n"], whole[key(f)]["n"])
			case !inside && (f["no_number"] != true || f["n"] != 0.0):
				t.Errorf("%s to %s: %s: %v of days that were not selected", c.from, c.to, key(f), f["n"])
			case inside:
				counted++
			default:
				not++
			}
		}
		if counted == 0 || not == 0 {
			t.Errorf("%s to %s: %d figures of days that were selected, %d of others: this would see nothing", c.from, c.to, counted, not)
		}
	}
	for _, args := range [][]string{{"--search", "gym"}, {"--person", "Dan Reed"}, {"--kind", "call"}} {
		args = append([]string{"pattern", "--by", "silence"}, args...)
		if list, said := d.do(args...), d.said(args...); len(list) > 0 || !strings.Contains(said, "Silences are not counted where anything but days was selected") {
			t.Errorf("%q: %v, %q", args, list, said)
		}
	}
}

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
	Flags     []string
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

	follows map[string][]string // events on which a notice followed, by its own
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
	if slices.Contains(e.Flags, "weak-time") {
		day := time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)
		return day, day.AddDate(0, 0, 1), true
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

// may is the time in which an event may have happened, as within is; one end lies far
// away where it has none. One without a time may have happened ever.
func (c *recount) may(e rawEvent) (from, to time.Time) {
	from, to, ok := c.within(e)
	if ok {
		return from, to
	}
	ever, never := time.Date(-2000, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(6000, 1, 1, 0, 0, 0, 0, time.UTC)
	if _, dated := c.begins(e); dated && e.When.Precision == "before" {
		return ever, step(e.When.Raw)(to, 1)
	} else if dated {
		return from, never
	}
	return ever, never
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

// nobodyShown tells whether the source shows nobody whom an event is from.
func (c *recount) nobodyShown(id string) bool {
	i := slices.IndexFunc(c.events, func(e rawEvent) bool { return e.ID == id })
	p := c.speaker(c.events[i])
	return p == nil || address(*p) == ""
}
