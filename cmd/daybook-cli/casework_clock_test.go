//go:build linux

package main

import (
	"path/filepath"
	"slices"
	"strings"
)

// clockRows hold what is said of times that a clock showed twice or never.
var clockRows = []caseworkRow{
	{"14", "what has no known hour joins no occasion by the rule and stands there as it was said; a person joins it all the same", func(d desk) {
		var ids []string
		for _, at := range []string{"2025-11-10", "2025-11-10 00:20", "2025-11-10 00:40"} {
			ids = append(ids, d.seen(at, "At the gate.", "LOITER"))
		}
		d.seen("2025-11-10 00:50", "At the gate.", "LOITER", "precision", "about")
		counts := func() (n []int) {
			for _, o := range d.do("occasions") {
				n = append(n, len(o["events"].([]any)))
			}
			return n
		}
		d.want(slices.Equal(counts(), []int{1, 2, 1}), "%v", counts())
		var said []any
		for _, o := range d.do("occasions") {
			said = append(said, o["said"])
		}
		d.want(slices.Equal(said, []any{"that day, Mon 10 Nov 2025", nil, "about Mon 10 Nov 2025 00:50 GMT"}), "%v", said)
		d.do("occasions", "--join", ids[1], "--reason", "one night")
		d.want(slices.Equal(counts(), []int{3, 1}), "joined: %v", counts())
		for _, c := range d.do("course") {
			d.want(c["events"] == 4.0 && c["occasions"] == 2.0 && c["occasions_by_rule"] == 3.0, "%v", c)
		}
	}},
	{"14", "what was joined and split by hand is said beside both counts, with the event and why", func(d desk) {
		var ids []string
		for _, at := range []string{"2025-11-10 18:00", "2025-11-10 18:20", "2025-11-12 18:00"} {
			ids = append(ids, d.seen(at, "At the gate.", "LOITER"))
		}
		d.want(!strings.Contains(d.printed("course"), "by hand"), "nothing was said by hand")
		d.do("occasions", "--split", ids[1], "--reason", "he had left")
		list := d.said("occasions", "--join", ids[2], "--reason", "one visit")
		const count, split, joined = "1 joined, 1 split by hand", "Split from the occasion before it by test: he had left", "Joined to the occasion before it by test: one visit"
		d.want(strings.Contains(list, count) && strings.Contains(list, ids[1]+" 2025-11-10  "+split) && strings.Contains(list, ids[2]+" 2025-11-12  "+joined), "%s", list)
		d.want(strings.Contains(list, "Joined to the one before it on its channel: 2025-11-10 18:20 to 18:20 GMT  1 event  incident") && strings.Contains(list, "(to "+ids[1][:8]+")"), "to which it is joined: %s", list)
		course := d.printed("course")
		d.want(strings.Contains(course, count) && strings.Contains(course, split) && strings.Contains(course, joined), "%s", course)
		c := d.one("course")
		d.want(c["joined_by_hand"] == 1.0 && c["split_by_hand"] == 1.0, "%v", c)
		d.want(strings.Contains(d.printed("matrix", "EW-PHA-2A"), count), "the matrix does not say it")
		d.want(d.paper("officer-brief").has(count, "2025-11-10; "+split, "2025-11-12; "+joined), "%s", d.paper("officer-brief").text)
		full, served := filepath.Join(d.TempDir(), "full"), filepath.Join(d.TempDir(), "served")
		d.do("bundle", "--out", full)
		d.want(pdfSays(d, full, count) && holds(d, filepath.Join(full, "data", "timeline.html"), split), "the bundle does not say it")
		d.do("bundle", "--out", served, "--pack", "served")
		d.want(!holds(d, filepath.Join(served, "data", "timeline.html"), "he had left"), "the other side reads why")
	}},
	{"14", "an incident without a time is in no occasion, and that is said beside both counts", func(d desk) {
		d.seen("2025-11-10 18:00", "At the gate.", "LOITER")
		d.seen("not known", "He was at the gate.", "LOITER", "precision", "undated")
		c := d.one("course")
		d.want(c["events"] == 2.0 && c["occasions"] == 1.0 && c["in_no_occasion"] == 1.0, "%v", c)
		const said = "without a time, and so in no occasion: 1"
		d.want(strings.Contains(d.printed("course"), said) && strings.Contains(d.printed("matrix", "EW-PHA-2A"), said), "%s", d.printed("course"))
		d.want(d.paper("pack-police").has(said), "the paper does not say it")
		out := filepath.Join(d.TempDir(), "out")
		d.do("bundle", "--out", out)
		d.want(pdfSays(d, out, said[2:]), "the bundle does not say it")
	}},
	{"7", "where nothing has a certain day the six-month day says so, and the latest that it may be", func(d desk) {
		d.seen("2025-12", "At the gate.", "LOITER")
		const said = "no event has a certain day: the day cannot be said; the latest possible is 2026-06-30"
		k := d.one("matrix", "EW-PHA-2A")["clock"].(map[string]any)
		d.want(k["last"] == "" && k["until"] == "" && k["later_events"] == 1.0 && k["until_perhaps"] == "2026-06-30", "%v", k)
		d.want(d.paper("referral").has(said), "the referral check does not say it")
	}},
	{"14", "an hour that came twice is said where it is shown, and the occasions say which of the two they take and what the other gives", func(d desk) {
		chat := filepath.Join(d.TempDir(), "WhatsApp Chat with Dan.txt")
		write(d, chat, "28/09/2026, 09:00 - Dan: three\n25/10/2026, 00:50 - Dan: one\n25/10/2026, 01:10 - Dan: two\n")
		d.do("add", chat, "--owner", "Maya", "--date-order", "dmy")
		flags := 0
		for _, e := range d.do("timeline", "--format", "jsonl") {
			d.do("mark", e["id"].(string), "--code", "CONTACT")
			for _, f := range e["flags"].([]any) {
				if f == "clock-twice" {
					flags++
				}
			}
		}
		d.want(flags == 1, "%d events have the flag", flags)
		c := d.one("course")
		d.want(c["occasions"] == 3.0 && c["occasions_otherwise"] == 2.0 && c["unsure_times"] == true, "%v", c)
		const said = "a time that the clock showed twice, where nothing tells which is meant, is taken as the second, one that it never showed as the moment of the change; by the other reading they are 2"
		d.want(strings.Contains(d.said("occasions"), said), "%s", d.said("occasions"))
		d.want(d.paper("pack-police").has(said), "the paper does not say it")
		out := filepath.Join(d.TempDir(), "out")
		d.do("bundle", "--out", out)
		d.want(pdfSays(d, out, said[2:]) && holds(d, filepath.Join(out, "data", "timeline"), "the clock showed this hour twice"), "the bundle does not say it")
	}},
}
