//go:build linux

package main

import (
	"fmt"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// orderRows hold whom an order is against, and the children of a pack.
var orderRows = []caseworkRow{
	{"6 and 19", "who is asked of a term reads that its order was not served yet, and whom it is against where that is another; papers name whom", func(d desk) {
		d.event("register", "order", "--on", "2025-10-20", "--text", "An order.", "--set", "sort=restraining order", "--set", "served=2025-10-30", "--set", "against=Tom Ash", "--term", "not to ring her")
		asked := func(day, who string) string {
			return d.said("incident", "--occurred", day, "--text", "It rang.", "--who", who)
		}
		other := asked("2025-10-25 18:00", "Kim")
		d.want(strings.Contains(other, "(made on 2025-10-20, but served only on 2025-10-30; it is against Tom Ash), term 1"), "%s", other)
		his := asked("2025-10-30 18:00", "tom")
		d.want(strings.Contains(his, "In force on that day: restraining order, term 1"), "%s", his)
		for _, name := range []string{"spo-summary", "referral"} {
			p := d.paper(name)
			d.want(strings.Count(p.text, "Tom Ash") == strings.Count(p.text, "not to ring her"), "%s lists an order without whom it is against:\n%s", name, p.text)
		}
	}},
	{"4", "an item of a check is answered in part where one of its parts has nothing, and says which; the brief names what it holds nothing on", func(d desk) {
		d.event("register", "order", "--on", "2025-10-20", "--text", "An order.", "--set", "sort=restraining order")
		p := d.paper("self-check")
		d.want(p.state["Q3"] == "answered in part" && p.has("What was considered Nothing is held on this."), "%v: %s", p.state["Q3"], p.text)
		d.event("register", "considered", "--on", "2025-10-21", "--text", "It fits.", "--set", "law=EW-SPA-1", "--set", "outcome=considered")
		d.want(d.paper("self-check").state["Q3"] == "answered", "%v", d.paper("self-check").state)
		d.want(d.paper("officer-brief").has("Relationship Nothing is held on this."), "%s", d.paper("officer-brief").text)
	}},
	{"2", "an amount without a currency is said to be counted as pounds; a number that only says that there is none is none", func(d desk) {
		cost := func(amount string) string {
			return d.said("register", "change", "--on", "2025-10-12", "--text", "A lock.", "--set", "part=home", "--set", "cost="+amount)
		}
		d.want(strings.Contains(cost("50"), "no currency was given, and it is counted as pounds"), "nothing says that 50 is pounds")
		d.want(!strings.Contains(cost("£50"), "no currency") && !strings.Contains(cost("50 EUR"), "no currency"), "a currency that was given is asked for")
		for i, number := range []string{"n/a", "None", "-", "CR/77", ""} {
			d.event("register", "report", "--on", "2025-10-12", "--text", fmt.Sprint("Told them ", i, "."), "--set", "body=police", "--set", "reference="+number)
		}
		d.want(len(d.do("register", "report", "--without", "reference")) == 4, "%v", d.do("register", "report", "--without", "reference"))
	}},
	{"19", "before and after an order that names whom it is against, what came from them is counted; where nothing says whom, no before and no after is printed, and how to say it", func(d desk) {
		dir := d.TempDir()
		write(d, filepath.Join(dir, "WhatsApp Chat with Dan.txt"), "05/10/2025, 10:00 - Dan: one\n05/11/2025, 10:00 - Dan: two\n")
		write(d, filepath.Join(dir, "WhatsApp Chat with Kim.txt"), "06/10/2025, 10:00 - Kim: one\n07/10/2025, 10:00 - Kim: two\n")
		d.do("add", dir, "--owner", "Maya", "--date-order", "dmy")
		order := func(text string, more ...string) {
			d.event(append([]string{"register", "order", "--on", "2025-10-20", "--text", text, "--set", "sort=restraining order"}, more...)...)
		}
		order("Nobody.")
		order("Dan alone.", "--set", "against=dan")
		order("Both.", "--set", "against=Dan; Kim")
		order("Strangers.", "--set", "against=Zed")
		told := d.event("register", "notice", "--on", "2025-10-20", "--text", "Told.", "--set", "how=other")
		before, note := map[string]any{}, map[string]string{}
		for _, f := range d.do("pattern", "--by", "moment") {
			if f["key"] == "28 days before" || f["key"] == "not counted" {
				group := f["group"].(string)
				_, name, _ := strings.Cut(group, ": ")
				before[name] = f["n"]
				if f["key"] == "not counted" {
					before[name] = "of all " + fmt.Sprint(f["n"])
				}
				note[name], _ = f["note"].(string)
			}
		}
		d.want(maps.Equal(before, map[string]any{"Nobody.": "of all 4", "Told.": "of all 4", "Dan alone.": 1.0, "Both.": 3.0, "Strangers.": 0.0}), "%v", before)
		d.do("register", "notice", "--correct", told, "--set", "against=Kim", "--reason", "I left it out")
		d.want(d.figure("moment", "2025-10-20, other: Told.", "28 days before")["n"] == 2.0, "a notice that names Kim does not count what came from Kim")
		d.want(strings.Contains(note["Nobody."], "nothing says whom it is about") && strings.Contains(note["Nobody."], "“against”") && !strings.Contains(note["Dan alone."], "nothing") && strings.Contains(note["Strangers."], "nothing here is from or to whom it names"), "%v", note)
		orders := d.do("register", "order")
		on, said := orders[0]["when"].(map[string]any), d.do("timeline", "--kind", "order")[0]["when"].(map[string]any)
		d.want(on["basis"] == "stated" && said["basis"] == "stated" && !strings.Contains(d.said("register", "order"), "zone assumed"), "what a person gave as the time is called assumed: %v, %v", on, said)
		i := slices.IndexFunc(orders, func(e map[string]any) bool { return e["words"] == "Dan alone." })
		if i < 0 {
			d.Fatal("the order is not listed")
		}
		d.want(d.paper("breach-pack", "--of", orders[i]["event"].(string)).has("Whom it is against: dan"), "the pack does not name them")
	}},
	{"19", "a name of an order that several have is nobody's for certain, until one of them is named by the number or by the message that a notice followed; saving says so", func(d desk) {
		dir := d.TempDir()
		write(d, filepath.Join(dir, "WhatsApp Chat with Jo.txt"), "21/10/2025, 10:00 - Jo: I see you\n22/10/2025, 10:00 - Jo: again\n")
		write(d, filepath.Join(dir, "netball", "WhatsApp Chat with Netball.txt"), "23/10/2025, 10:00 - Jo: training at six\n24/10/2025, 10:00 - Kim: fine\n")
		d.do("add", dir, "--owner", "Maya", "--date-order", "dmy")
		d.seen("2025-10-25 17:40", "At the gate.", "LOITER", "who_did_it", "Jo")
		var stalker string
		for _, p := range d.do("people") {
			if p["name"] == "Jo" && p["sent"] == 2.0 {
				stalker = fmt.Sprintf("%.0f", p["person"])
			}
		}
		_, said, _ := d.run("register", "notice", "--on", "2025-10-20", "--text", "Told.", "--set", "how=asked to stop", "--set", "against=Jo")
		d.want(strings.Contains(said, "“Jo”: 2 persons are called so, and nobody has joined them") && strings.Contains(said, ": Jo #"), "%s", said)
		told := d.do("register", "notice")[0]["event"].(string)
		after := func(sure, may float64) {
			d.Helper()
			got := map[string]any{}
			for _, f := range d.do("pattern", "--by", "moment") {
				got[f["key"].(string)] = f["n"]
				if note := fmt.Sprint(f["note"]); f["key"] == "28 days after, from who may be them" {
					d.want(strings.Contains(note, "the name that its entry gives is that of 2 persons") == (may == 3), "%s", note)
				}
			}
			d.want(got["28 days after"] == sure && got["28 days after, from who may be them"] == may, "%v", got)
		}
		after(1, 3)
		said = d.said("register", "notice", "--correct", told, "--set", "against=Jo #"+stalker, "--reason", "there are two")
		d.want(!strings.Contains(said, "called so"), "%s", said)
		after(3, 1)
		d.do("register", "notice", "--correct", told, "--set", "against=Jo", "--event", d.do("timeline", "--search", "see")[0]["id"].(string), "--reason", "it followed this")
		after(3, 1)
	}},
	{"6 and 19", "what somebody else did than whom an order is against says so where it is answered that it may break it, with who did it", func(d desk) {
		order := d.event("register", "order", "--on", "2025-10-20", "--text", "An order.", "--set", "sort=stalking protection order", "--set", "against=Jo Ash", "--term", "not to ring her", "--term", "not to come near")
		breach := func(who, words, term string) string {
			seen := d.event("incident", "--occurred", "2025-11-01 18:00", "--text", words, "--who", who)
			return d.said("register", "breach", "--on", "2025-11-01 18:00", "--text", words, "--set", "order="+order, "--set", "term="+term, "--set", "may=yes", "--event", seen)
		}
		const by = "The order is against Jo Ash, and this is said to be done by Sam."
		theirs, his := breach("Jo Ash", "It rang.", "1"), breach("Sam", "He came.", "2")
		d.want(!strings.Contains(theirs, "The order is against") && strings.Contains(his, by), "%s\n%s", theirs, his)
		e := d.do("register", "order")[0]
		d.want(e["breaches"] == 2.0 && e["breaches_by_others"] == 1.0, "%v", e)
		d.want(strings.Count(d.printed("register", "breach"), by) == 1 && strings.Contains(d.printed("register", "order"), "does not have the name of whom it is against: 1\n"), "the lists do not say it")
		matrix := d.printed("matrix", "EW-SPA-8")
		d.want(strings.Contains(matrix, "He came.  (said to be done by Sam; may break it: yes; who did it does not have the name of whom the order is against)") && strings.Contains(matrix, "It rang.  (said to be done by Jo Ash; may break it: yes)"), "%s", matrix)
		pack := d.paper("breach-pack", "--of", order).part("What may have broken it")
		d.want(strings.Count(pack, "Who did it does not have the name of whom the order is against.") == 1, "%s", pack)
	}},
	{"19", "beside an order stands what came from who may be them, and an incident that says who did it in other words; one that says their name or a part of it, or nobody, is counted, and a brother is not", func(d desk) {
		dir := d.TempDir()
		write(d, filepath.Join(dir, "WhatsApp Chat with Rob Vane.txt"), "05/10/2025, 10:00 - Rob Vane: one\n")
		write(d, filepath.Join(dir, "WhatsApp Chat with Nobody Knows.txt"), "06/10/2025, 10:00 - Nobody Knows: one\n05/11/2025, 10:00 - Nobody Knows: two\n")
		d.do("add", dir, "--owner", "Maya", "--date-order", "dmy")
		people := d.do("people")
		i := slices.IndexFunc(people, func(p map[string]any) bool { return p["name"] == "Nobody Knows" })
		d.do("people", "--may-be", fmt.Sprintf("%.0f,Rob Vane", people[i]["person"]), "--for", "it began the day after")
		for _, who := range []string{"Jo Field", "Pete Vane", "Rob", "rob and Jo Field", ""} {
			d.seen("2025-10-10 17:40", "At the gate.", "LOITER", "who_did_it", who)
		}
		d.seen("2025", "Some day.", "LOITER")
		d.seen("not sure", "Some day or other.", "LOITER")
		d.event("register", "order", "--on", "2025-10-20", "--text", "To stay away.", "--set", "sort=restraining order", "--set", "against=Rob Vane")
		got := map[string]any{}
		for _, f := range d.do("pattern", "--by", "moment") {
			got[f["key"].(string)] = f["n"]
		}
		d.want(maps.Equal(got, map[string]any{"28 days before": 4.0, "that day": 0.0, "28 days after": 0.0, "day not known": 2.0,
			"28 days before, from who may be them": 1.0, "28 days after, from who may be them": 1.0, "28 days before, who did it is said in other words": 2.0}), "%v", got)
	}},
	{"19", "beside a notice that is linked to what somebody with a name sent stands an incident that names another; where they have no name here, it counts", func(d desk) {
		chat := filepath.Join(d.TempDir(), "WhatsApp Chat with Kyle Vance.txt")
		write(d, chat, "05/10/2025, 10:00 - Kyle Vance: one\n06/10/2025, 10:00 - +44 7700 900662: two\n")
		d.do("add", chat, "--owner", "Maya", "--date-order", "dmy")
		for _, who := range []string{"Dan Rook", "Kyle", "Dan Rook and Kyle Vance", ""} {
			d.seen("2025-10-10 17:40", "At the gate.", "LOITER", "who_did_it", who)
		}
		for _, e := range d.do("timeline", "--kind", "message", "--format", "jsonl") {
			d.event("register", "notice", "--on", "2025-10-20", "--text", e["text"].(string), "--set", "how=blocked", "--event", e["id"].(string))
		}
		before := map[string]any{}
		for _, f := range d.do("pattern", "--by", "moment") {
			_, text, _ := strings.Cut(f["group"].(string), "blocked: ")
			if key := f["key"].(string); strings.HasPrefix(key, "28 days before") {
				before[text+strings.TrimPrefix(key, "28 days before")] = f["n"]
			}
		}
		d.want(maps.Equal(before, map[string]any{"one": 4.0, "one, who did it is said in other words": 1.0, "two": 5.0}), "%v", before)
	}},
	{"28", "the pack for a conference has every child that somebody wrote down or marked, without a name that is withheld", func(d desk) {
		d.seen("2025-10-01 17:40", "At the gate.", "LOITER", "children_present", "Rosalind, on the stairs")
		d.seen("2025-10-02 17:40", "At the gate.", "LOITER", "aimed_at", "my sister")
		d.seen("2025-10-03 17:40", "At the gate.", "LOITER", "children_present", "no")
		d.do("mark", d.seen("2025-10-04 17:40", "At the school.", "LOITER"), "--tag", "child_present")
		d.event("register", "family", "--on", "2025-10-12", "--text", "Sleeps badly.", "--set", "who=my son Caradoc", "--set", "child=yes")
		affected := func() filled { return filled{text: d.paper("pack-marac").part("Children and others who are affected")} }
		p := affected()
		d.want(p.has("Rosalind, on the stairs", "my sister", "a child was there, as somebody marked it", "my son Caradoc"), "%s", p.text)
		d.want(strings.Count(p.text, "2025-10-") == 3 && !p.has("2025-10-03"), "%s", p.text)
		d.do("withhold", "Rosalind", "--code", "CHILD")
		d.do("withhold", "Caradoc", "--code", "CHILD")
		p = affected()
		d.want(!p.has("Rosalind") && !p.has("Caradoc") && p.has("on the stairs"), "%s", p.text)
	}},
}
