//go:build linux

package main

import (
	"path/filepath"
	"strings"
)

// unmarkedRows hold what is held and counted nowhere, because nobody gave it a
// behaviour, against the events of the case, counted anew.
var unmarkedRows = []caseworkRow{
	{"14", "a paper, the course and the elements say how much is held that has no behaviour marked and was not written down", func(d desk) {
		chat := filepath.Join(d.TempDir(), "WhatsApp Chat with Dan.txt")
		write(d, chat, "05/10/2025, 10:00 - Dan: one\n06/10/2025, 10:00 - Dan: two\n20/10/2025, 10:00 - Maya: stop\n05/11/2025, 10:00 - Dan: three\n")
		d.do("add", chat, "--owner", "Maya", "--date-order", "dmy")
		said := func(n, days string) string {
			return "Events with no behaviour marked, which nobody wrote down as an incident: " + n + ", from " + days + "."
		}
		for _, name := range []string{"officer-brief", "pack-police", "self-check", "spo-summary"} {
			d.want(d.paper(name).has(said("4", "2025-10-05 to 2025-11-05")), "%s does not say it", name)
		}
		d.want(!strings.Contains(d.paper("officer-brief").part("What, and since when"), "Nothing is held"), "it is said that nothing is held")
		d.want(d.paper("officer-brief", "--language", "cy").has("na ysgrifennodd neb i lawr fel digwyddiad: 4, o 2025-10-05 i 2025-11-05."), "not in Welsh")
		d.seen("2025-12-01 18:00", "At the gate.", "LOITER")
		d.event("incident", "--occurred", "2025-12-02", "--text", "Nobody gave it a behaviour.")
		d.event("register", "notice", "--on", "2025-10-20", "--text", "I asked him to stop.", "--set", "how=asked to stop")
		var last string
		marked, held := 0, 0
		for _, e := range d.do("timeline", "--format", "jsonl") {
			if e["kind"] == "message" {
				held, last = held+1, e["id"].(string)
			}
		}
		d.do("mark", last, "--code", "CONTACT")
		marked++
		d.want(held-marked == 3, "%d messages", held)
		u := d.one("course")["unmarked"].(map[string]any)
		d.want(u["events"] == 3.0 && u["first"] == "2025-10-05" && u["last"] == "2025-10-20", "%v", u)
		for _, shown := range []string{d.printed("course"), d.printed("matrix", "EW-PHA-2"), d.paper("officer-brief").text} {
			d.want(strings.Contains(strings.Join(strings.Fields(shown), " "), said("3", "2025-10-05 to 2025-10-20")), "%s", shown)
		}
		d.want(d.one("matrix", "EW-PHA-2", "--person", "Dan")["unmarked"].(map[string]any)["events"] == 2.0, "%v", d.one("matrix", "EW-PHA-2", "--person", "Dan")["unmarked"])
	}},
}
