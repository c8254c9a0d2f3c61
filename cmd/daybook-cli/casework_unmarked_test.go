//go:build linux

package main

import (
	"fmt"
	"maps"
	"path/filepath"
	"strings"

	"daybook/timeline/casework"
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
	{"7", "who did it is the person whom people has: one who was joined is one, two of one name are two and told apart", func(d desk) {
		files := d.TempDir()
		write(d, filepath.Join(files, "sms.xml"), `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><smses count="1"><sms protocol="0" address="+447700900111" date="1759313400000" type="1" subject="null" body="one" toa="null" sc_toa="null" service_center="null" read="1" status="-1" locked="0" date_sent="0" readable_date="null" contact_name="Ruairi" /></smses>`)
		write(d, filepath.Join(files, "WhatsApp Chat with R.txt"), "05/10/2025, 10:00 - Ruair\u00ed \u202eevil: two\n06/10/2025, 10:00 - Maya: stop\n")
		d.do("add", files, "--owner", "Maya", "--date-order", "dmy")
		for _, day := range []string{"2025-11-03", "2025-11-04"} {
			d.seen(day, "At the gate.", "LOITER", "who_did_it", map[string]string{"2025-11-03": "Ruairi", "2025-11-04": "ruairi"}[day])
		}
		for _, e := range d.do("timeline", "--format", "jsonl") {
			if e["text"] == "one" || e["text"] == "two" {
				d.do("mark", e["id"].(string), "--code", "CONTACT")
			}
		}
		d.do("people", "--join", "+447700900111,Ruair\u00ed \u202eevil", "--reason", "he said so")
		joined := ""
		for _, p := range d.do("people") {
			if len(p["handles"].([]any)) == 2 {
				joined = fmt.Sprint(int64(p["person"].(float64)))
			}
		}
		matrix := d.one("matrix", "EW-PHA-2A")
		for _, of := range [][]any{d.one("course")["done_by"].([]any), matrix["done_by"].([]any), matrix["clock"].(map[string]any)["each"].([]any)} {
			d.want(len(of) == 2 && fmt.Sprint(int64(of[0].(map[string]any)["person"].(float64))) == joined && of[0].(map[string]any)["last"] == "2025-10-05" &&
				of[1].(map[string]any)["person"] == nil && of[1].(map[string]any)["last"] == "2025-11-04", "%s: %v", joined, of)
		}
		const his, written = "Ruairi (+447700900111; Ruair\u00ed [U+202E]evil in item 1)", "Ruairi (Ruairi in what was written down)"
		for _, shown := range []string{d.printed("course"), d.printed("matrix", "EW-PHA-2A"), d.paper("pack-police").text, d.paper("review").text} {
			shown = strings.Join(strings.Fields(shown), " ")
			d.want(strings.Contains(shown, his) && strings.Contains(shown, written), "%s", shown)
		}
		d.want(strings.Contains(d.printed("course"), casework.SayOneName) && d.paper("pack-police").has(casework.SayOneName), "it is not said why a name stands twice")
		d.want(d.paper("pack-police", "--language", "cy").has("Ruairi (Ruairi yn yr hyn a ysgrifennwyd i lawr)"), "not in Welsh: %s", d.paper("pack-police", "--language", "cy").text)
		for _, p := range d.do("people") {
			if handles := p["handles"].([]any); handles[0].(map[string]any)["handle"] == "name:incident:0:Ruairi" {
				d.do("people", "--join", joined+","+fmt.Sprint(int64(p["person"].(float64))), "--reason", "there is one Ruairi")
			}
		}
		of := d.one("course")["done_by"].([]any)
		d.want(len(of) == 2 && of[0].(map[string]any)["events"] == 3.0, "%v", of)
	}},
	{"7", "what the register names as a possible breach and nobody gave a behaviour is said beside the day that does not count it", func(d desk) {
		chat := filepath.Join(d.TempDir(), "WhatsApp Chat with Tom Ash.txt")
		write(d, chat, "10/11/2025, 09:00 - Tom Ash: I see you.\n22/04/2026, 09:00 - Tom Ash: Still here.\n")
		d.do("add", chat)
		order, message := d.order(), map[any]string{}
		for _, e := range d.do("timeline", "--format", "jsonl") {
			message[e["text"]] = e["id"].(string)
		}
		d.do("mark", message["I see you."], "--code", "CONTACT")
		_, said, _ := d.run("register", "breach", "--on", "2026-04-22", "--text", "He wrote.", "--set", "order="+order, "--set", "term=1", "--set", "may=unsure", "--event", message["Still here."])
		d.want(strings.Contains(said, message["Still here."]+" has no behaviour marked") && strings.Contains(said, "daybook-cli mark CASE "+message["Still here."]+" --code"), "%s", said)
		d.event("register", "breach", "--on", "2025-11-10", "--text", "He did not.", "--set", "order="+order, "--set", "term=1", "--set", "may=no", "--event", message["I see you."])
		const named = "Events that the register names as a possible breach, with no behaviour marked: 1, the latest of 2026-04-22. They are not counted here until one is marked."
		for what, n := range map[string]int{"course": 1, "matrix": 2} {
			shown := d.printed(append([]string{what}, []string{"EW-PHA-2A"}[:n-1]...)...)
			d.want(strings.Count(shown, named) == n && strings.Count(shown, "daybook-cli mark CASE "+message["Still here."][:8]+" --code") == n, "%s", shown)
		}
		k := d.one("matrix", "EW-PHA-2A")["clock"].(map[string]any)
		d.want(k["last"] == "2025-11-10" && fmt.Sprint(k["loose_breaches"].(map[string]any)["named_unmarked"].(map[string]any)["events"]) == fmt.Sprint([]any{message["Still here."]}), "%v", k)
		d.want(d.paper("review").has(named) && d.paper("pack-police").has(named) && !d.paper("pack-school").has("possible breach"), "in papers: %s", d.paper("review").text)
		d.want(d.paper("review", "--language", "cy").has("yn eu henwi fel toriad posibl, heb ymddygiad wedi'i farcio: 1, y diweddaraf o 2026-04-22."), "not in Welsh")
		d.do("mark", message["Still here."], "--code", "CONTACT")
		d.want(!strings.Contains(d.printed("matrix", "EW-PHA-2A"), "names as a possible breach") && d.one("matrix", "EW-PHA-2A")["clock"].(map[string]any)["last"] == "2026-04-22", "it has a behaviour")
	}},
}
