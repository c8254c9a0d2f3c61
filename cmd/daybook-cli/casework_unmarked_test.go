//go:build linux

package main

import (
	"maps"
	"path/filepath"
	"strings"
)

// unmarkedRows hold what is held and counted nowhere, because nobody gave it a
// behaviour, against the events of the case, counted anew.
var unmarkedRows = []caseworkRow{
	{"14", "a paper, the course and the elements say how much is held that has no behaviour marked and was not written down", func(d desk) {
		chat := filepath.Join(d.TempDir(), "WhatsApp Chat with Dan.txt")
		write(d, chat, "04/10/2025, 09:00 - Messages and calls are end-to-end encrypted. No one outside of this chat, not even WhatsApp, can read or listen to them.\n05/10/2025, 10:00 - Dan: one\n06/10/2025, 10:00 - Dan: two\n20/10/2025, 10:00 - Maya: stop\n05/11/2025, 10:00 - Dan: three\n")
		d.do("add", chat, "--owner", "Maya", "--date-order", "dmy")
		said := func(n, days string) string {
			return "Events from others with no behaviour marked, which nobody wrote down as an incident: " + n + ", from " + days + ". Not among them is what the person sent themself, 1, and what nobody sent, as a picture or an app's own notice, 1. Only what is marked or written down is counted here."
		}
		for _, name := range []string{"officer-brief", "pack-police", "self-check", "spo-summary", "pack-marac"} {
			text := d.paper(name).text
			d.want(strings.Count(strings.Join(strings.Fields(text), " "), said("3", "2025-10-05 to 2025-11-05")) == 1, "%s does not say it once: %s", name, text)
		}
		d.want(!strings.Contains(d.paper("officer-brief").part("What, and since when"), "Nothing is held"), "it is said that nothing is held")
		d.want(d.paper("officer-brief", "--language", "cy").has("nad ysgrifennodd neb i lawr fel digwyddiad: 3, o 2025-10-05 i 2025-11-05."), "not in Welsh")
		d.seen("2025-12-01 18:00", "At the gate.", "LOITER")
		d.event("incident", "--occurred", "2025-12-02", "--text", "Nobody gave it a behaviour.")
		d.event("register", "notice", "--on", "2025-10-20", "--text", "I asked him to stop.", "--set", "how=asked to stop")
		var last string
		marked, held := 0, 0
		for _, e := range d.do("timeline", "--format", "jsonl") {
			if e["kind"] == "message" && e["from"].(map[string]any)["owner"] != true {
				held, last = held+1, e["id"].(string)
			}
		}
		d.do("mark", last, "--code", "CONTACT")
		marked++
		d.want(held-marked == 2, "%d messages", held)
		u := d.one("course")["unmarked"].(map[string]any)
		d.want(u["events"] == 2.0 && u["own"] == 1.0 && u["no_sender"] == 1.0 && u["first"] == "2025-10-05" && u["last"] == "2025-10-06", "%v", u)
		for _, shown := range []string{d.printed("course"), d.printed("matrix", "EW-PHA-2"), d.paper("officer-brief").text} {
			d.want(strings.Contains(strings.Join(strings.Fields(shown), " "), said("2", "2025-10-05 to 2025-10-06")), "%s", shown)
		}
		d.want(d.one("matrix", "EW-PHA-2", "--person", "Dan")["unmarked"].(map[string]any)["events"] == 2.0, "%v", d.one("matrix", "EW-PHA-2", "--person", "Dan")["unmarked"])
	}},
	{"7", "the six-month day names what it is counted from, and how much later is held that nobody marked", func(d desk) {
		chat := filepath.Join(d.TempDir(), "WhatsApp Chat with Dan.txt")
		write(d, chat, "05/10/2025, 10:00 - Dan: one\n10/11/2025, 20:00 - Dan: that day\n11/11/2025, 10:00 - Dan: two\n20/11/2025, 10:00 - Maya: stop\n23/11/2025, 12:17 - Dan: three\n")
		d.do("add", chat, "--owner", "Maya", "--date-order", "dmy")
		d.seen("2025-09-01 18:00", "At the shop.", "LOITER")
		gate := d.seen("2025-11-10 18:00", "At the gate.", "LOITER")
		later, last := 0, ""
		for _, e := range d.do("timeline", "--format", "jsonl") {
			day := e["when"].(map[string]any)["local"].(string)[:10]
			if e["kind"] == "message" && e["from"].(map[string]any)["owner"] != true && len(e["marks"].([]any)) == 0 && day > "2025-11-10" {
				later, last = later+1, max(last, day)
			}
		}
		d.want(later == 2, "%d later", later)
		k := d.one("matrix", "EW-PHA-2A")["clock"].(map[string]any)
		u := k["later_unmarked"].(map[string]any)
		d.want(k["last"] == "2025-11-10" && k["from"].(map[string]any)["event"] == gate && u["events"] == 2.0 && u["own"] == 1.0 && u["last"] == last, "%v", k)
		for _, shown := range []string{d.printed("matrix", "EW-PHA-2A"), d.paper("review").text, d.paper("referral").text} {
			shown = strings.Join(strings.Fields(shown), " ")
			d.want(strings.Contains(shown, "Later events from others with no behaviour marked are not counted: 2; the latest is of 2025-11-23.") &&
				strings.Contains(shown, "counted from the last of what is linked to th"), "%s", shown)
		}
		d.want(d.paper("review", "--language", "cy").has("gan eraill heb ymddygiad wedi'i farcio: 2; 2025-11-23 yw dyddiad yr olaf."), "not in Welsh")
		for _, offence := range []string{"EW-CA-127", "EW-CJPA-42A"} {
			k := d.one("matrix", offence)["clock"].(map[string]any)
			d.want(k["until"] == "" && k["from"] == nil && strings.Contains(d.printed("matrix", offence), "Nothing that was done is linked to this offence, so no day is counted."), "%s: %v", offence, k)
		}
		d.want(!d.paper("review").has("Three years at the most"), "a day stands for an offence to which nothing is linked")
		d.want(strings.Contains(d.printed("matrix", "EW-PHA-4A"), "names no rule of time"), "it is not said why there is no day")
	}},
	{"7", "what two are said to have done has a day for each", func(d desk) {
		for _, by := range [][2]string{{"2025-11-01", "Tom Ash"}, {"2025-11-14", "Tom Ash"}, {"2025-11-16", "Postman"}} {
			d.seen(by[0], "At the gate.", "LOITER", "who_did_it", by[1])
		}
		for _, shown := range []string{d.printed("matrix", "EW-PHA-2A"), d.paper("review").text} {
			shown = strings.Join(strings.Fields(shown), " ")
			for _, want := range []string{"said to be done by Tom Ash or", "2026-05-14", "said to be done by Postman or", "2026-05-16"} {
				d.want(strings.Contains(shown, want), "without %q: %s", want, shown)
			}
		}
		const several = "said to be done by several, or came from them. How many are named: 2."
		for _, shown := range []string{d.printed("course"), d.printed("matrix", "EW-PHA-4A"), d.paper("referral").text, d.paper("pack-police").text} {
			d.want(strings.Contains(strings.Join(strings.Fields(shown), " "), several), "%s", shown)
		}
		d.want(d.paper("pack-police", "--language", "cy").has("Faint a enwir: 2."), "not in Welsh")
		by := map[any]map[string]any{}
		for _, r := range d.one("course")["rows"].([]any) {
			r := r.(map[string]any)
			who := r["said_to_be_by"]
			if by[who] == nil {
				by[who] = map[string]any{"who": who, "events": 0.0, "undated": 0.0, "first": r["day"]}
			}
			by[who]["events"], by[who]["last"] = by[who]["events"].(float64)+1, r["day"]
		}
		for _, of := range [][]any{d.one("course")["done_by"].([]any), d.one("matrix", "EW-PHA-4A")["done_by"].([]any)} {
			d.want(len(of) == len(by), "%v", of)
			for _, e := range of {
				e := e.(map[string]any)
				d.want(maps.Equal(e, by[e["who"]]), "%v, counted anew %v", e, by[e["who"]])
			}
		}
		entry := d.event("register", "notice", "--on", "2025-11-02", "--text", "I told the Postman to stop.", "--set", "how=asked to stop")
		for _, name := range []string{"pack-police", "referral", "review"} {
			p := d.paper(name, "--person", "Tom Ash")
			d.want(p.has("Tom Ash alone. Events of the course of conduct that are not from or to them and do not name them are left out: 1 of 3."), "%s: %s", name, p.text)
			d.want(!p.has("2026-05-16") && !p.has("2025-11-16") && !p.has("done by several"), "%s has what another did: %s", name, p.text)
		}
		d.want(d.paper("review", "--person", "Tom Ash").has("2026-05-14"), "no day of his")
		d.want(d.paper("pack-police", "--person", "Tom Ash").has("I told the Postman to stop."), "an entry of a register is left out: %s", entry)
		d.want(d.paper("pack-police", "--person", "Tom Ash", "--language", "cy").has("Tom Ash yn unig."), "not in Welsh")
		d.refused("paper", "feedback", "--person", "Tom Ash")
		d.refused("paper", "pack-police", "--person", "Nobody Here")
		for _, e := range d.one("matrix", "EW-PHA-2A")["clock"].(map[string]any)["each"].([]any) {
			until := map[any]string{"Tom Ash": "2026-05-14", "Postman": "2026-05-16"}
			d.want(e.(map[string]any)["until"] == until[e.(map[string]any)["who"]], "%v", e)
		}
	}},
}
