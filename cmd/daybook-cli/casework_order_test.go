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
	{"19", "before and after an order that names whom it is against, what came from them is counted; from everybody, and said so, where it names nobody", func(d desk) {
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
		before, note := map[string]any{}, map[string]string{}
		for _, f := range d.do("pattern", "--by", "moment") {
			if f["key"] == "28 days before" {
				group := f["group"].(string)
				_, name, _ := strings.Cut(group, "made: ")
				before[name] = f["n"]
				note[name], _ = f["note"].(string)
			}
		}
		d.want(before["Nobody."] == 3.0 && before["Dan alone."] == 1.0 && before["Both."] == 3.0 && before["Strangers."] == 3.0, "%v", before)
		d.want(strings.Contains(note["Nobody."], "nothing tells whom it is about") && !strings.Contains(note["Dan alone."], "nothing") && strings.Contains(note["Strangers."], "nothing here is from or to whom it names"), "%v", note)
		orders := d.do("register", "order")
		on, said := orders[0]["when"].(map[string]any), d.do("timeline", "--kind", "order")[0]["when"].(map[string]any)
		d.want(on["basis"] == "stated" && said["basis"] == "stated" && !strings.Contains(d.said("register", "order"), "zone assumed"), "what a person gave as the time is called assumed: %v, %v", on, said)
		i := slices.IndexFunc(orders, func(e map[string]any) bool { return e["words"] == "Dan alone." })
		if i < 0 {
			d.Fatal("the order is not listed")
		}
		d.want(d.paper("breach-pack", "--of", orders[i]["event"].(string)).has("Whom it is against: dan"), "the pack does not name them")
	}},
	{"19", "beside an order stands what came from who may be them, and an incident that says who did it in other words; one that says a word of their name, or nobody, is counted", func(d desk) {
		dir := d.TempDir()
		write(d, filepath.Join(dir, "WhatsApp Chat with Rob Vane.txt"), "05/10/2025, 10:00 - Rob Vane: one\n")
		write(d, filepath.Join(dir, "WhatsApp Chat with Nobody Knows.txt"), "06/10/2025, 10:00 - Nobody Knows: one\n05/11/2025, 10:00 - Nobody Knows: two\n")
		d.do("add", dir, "--owner", "Maya", "--date-order", "dmy")
		people := d.do("people")
		i := slices.IndexFunc(people, func(p map[string]any) bool { return p["name"] == "Nobody Knows" })
		d.do("people", "--may-be", fmt.Sprintf("%.0f,Rob Vane", people[i]["person"]), "--for", "it began the day after")
		for _, who := range []string{"Jo Field", "Rob", "rob and Jo Field", ""} {
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
			"28 days before, from who may be them": 1.0, "28 days after, from who may be them": 1.0, "28 days before, who did it is said in other words": 1.0}), "%v", got)
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
