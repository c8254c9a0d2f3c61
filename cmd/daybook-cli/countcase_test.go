//go:build linux

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"pgregory.net/rapid"

	"daybook/evidence"
	"daybook/evidence/keys"
	"daybook/timeline"
)

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
	"2025-10-%02d 17:05 to 2025-10-%[1]02d 17:50", "2025-09-%02d to 2025-10-02", "about 2025-10", "2025-10", "2025", "not sure",
	"2025-10-%02d 20:10 to 2025-10-%[1]02d 23:50", "2025-10-13 23:30 to 2025-10-14 00:30", "2025-09-08 to 2025-09-11", "2024", "before 2025-08-%02d"}

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
		d.Fields["sort"], d.Fields["served"] = "other", word("served", "", "2025-10-28")
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
