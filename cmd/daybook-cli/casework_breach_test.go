//go:build linux

package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// breachRows hold what was marked as a breach beside what the register says.
var breachRows = []caseworkRow{
	{"6 and 19", "an event that is marked as a breach stands under the order of its day, in pack, list and counts, and once where the register has it too", func(d desk) {
		order, bail := d.order(), d.event("register", "order", "--on", "2026-01-10", "--ends", "2026-01-20", "--text", "Bail.", "--set", "sort=bail condition", "--term", "not to leave the county")
		mark := func(when, text, tag string) string {
			id := d.event("incident", "--occurred", when, "--text", text)
			d.do("mark", id, "--tag", tag)
			return id
		}
		alone := mark("2025-12-24 18:00", "He rang the bell.", "breach_of_order")
		several := mark("2026-01-12 18:00", "He drove past.", "breach_of_order")
		wales := mark("2026-01-13 18:00", "He was in Wales.", "bail_breach")
		mark("2025-10-01 18:00", "It was before all orders.", "breach_of_order")
		mark("2025-10-02 18:00", "It was before all orders, too.", "breach_of_order")
		own := mark("2025-12-26 18:00", "I rang him.", "breach_of_order")
		d.do("mark", own, "--tag", "own_act")
		both := mark("2025-12-25 18:00", "He wrote to her.", "breach_of_order")
		entry := d.event("register", "breach", "--on", "2025-12-25 18:00", "--text", "He wrote to her.", "--set", "order="+order, "--set", "term=1", "--set", "may=yes", "--event", both)
		d.event("register", "breach", "--on", "2025-12-24 18:00", "--text", "Not this term.", "--set", "order="+order, "--set", "term=2", "--set", "may=no", "--event", alone)

		p := d.paper("breach-pack", "--of", order)
		breaches, denied, _ := strings.Cut(p.part("What may have broken it"), "Answered no, ")
		one := filled{text: breaches}
		d.want(one.has("He rang the bell.", "Which term was not said; it stands under the only order", "He drove past.", "Which order and which term was not said.", "He wrote to her.") &&
			!one.has("He was in Wales.") && !one.has("It was before all orders.") && !one.has("I rang him."), "%s", breaches)
		d.want(strings.Contains(denied, "Not this term."), "what was denied is in no list:\n%s", denied)
		d.want(strings.Count(breaches, "May this break it?") == 3, "a breach is in it twice, or not at all:\n%s", breaches)
		d.want(d.paper("breach-pack", "--of", bail).has("He was in Wales.", "He drove past."), "the bail has not its own")
		police := d.paper("pack-police")
		d.want(police.has("It was before all orders.", "an order; which one was not said"), "%s", police.text)
		brief := d.paper("officer-brief")
		d.want(brief.has("What may have broken them") && strings.Count(brief.text, "which order or condition") == 6, "the brief does not list them: %s", brief.text)
		d.want(d.paper("statistics").has("Possible breaches: yes Count: <5", "Possible breaches: not answered (marked) Count: 5+"), "%s", d.paper("statistics").text)

		noted := func(event, field string) any {
			list := d.do("register", "order")
			i := slices.IndexFunc(list, func(e map[string]any) bool { return e["event"] == event })
			d.want(i >= 0, "order %s is not listed", event)
			return list[i][field]
		}
		count := func(event string) any { return noted(event, "breaches") }
		shared := func(event string) any { return noted(event, "breaches_shared") }
		d.want(count(order) == 3.0 && count(bail) == 2.0, "%v and %v breaches", count(order), count(bail))
		listed := map[any]any{}
		for _, e := range d.do("register", "breach") {
			listed[e["event"]] = e["marked"]
		}
		d.want(len(listed) == 7 && listed[alone] == "breach_of_order" && listed[several] == "breach_of_order" && listed[entry] == nil, "%v", listed)
		_, there := listed[both]
		d.want(!there, "what the register has is listed as a mark too")

		d.want(one.has("May this break it?: not answered (marked)", "Marked as what may break an order. Which term was not said"), "a term that was denied is said to be broken:\n%s", breaches)
		answer := func(event, may string) {
			d.event("register", "breach", "--on", "2026-01-12 18:00", "--text", "Said of the bail.", "--set", "order="+bail, "--set", "term=1", "--set", "may="+may, "--event", event)
		}
		answer(several, "yes")
		answer(wales, "no")
		one = filled{text: d.paper("breach-pack", "--of", order).part("What may have broken it")}
		d.want(one.has("He drove past.", "An entry says that it may have broken another order") && count(order) == 3.0, "what was said of the bail took it out of the order's pack:\n%s", one.text)
		said, _, _ := strings.Cut(d.paper("breach-pack", "--of", bail).part("What may have broken it"), "Answered no, ")
		two := filled{text: said}
		d.want(two.has("Said of the bail.", "No day of service of the order is noted") && !two.has("He was in Wales.") && strings.Count(two.text, "May this break it?") == 1, "what was denied stands in the pack of the bail, or what was said of it twice:\n%s", two.text)
		d.want(shared(order) == 1.0 && shared(bail) == 1.0, "%v of the order's and %v of the bail's are counted twice", shared(order), shared(bail))

		d.event("register", "breach", "--on", "2025-12-25 18:00", "--text", "Of the bail, too.", "--set", "order="+bail, "--set", "term=1", "--set", "may=unsure", "--event", both)
		d.want(shared(order) == 2.0 && shared(bail) == 2.0 && count(bail) == 2.0, "an event entered under two orders: %v of the order's and %v of the bail's", shared(order), shared(bail))
		const elsewhere = "What it is of is counted under another order too."
		d.want(strings.Count(d.paper("breach-pack", "--of", bail).part("What may have broken it"), elsewhere) == 2, "the pack of the bail does not say what is counted twice")
		late := d.event("register", "order", "--on", "2026-01-11", "--text", "Served late.", "--set", "sort=restraining order", "--set", "served=2026-01-15")
		pack := filled{text: d.paper("breach-pack", "--of", late).part("What may have broken it")}
		d.want(pack.has("He drove past.", "before the day of service"), "nothing says that it was not served yet:\n%s", pack.text)
		d.want(noted(late, "breaches_outside") == 1.0, "%v of what was marked was before service, by the list", noted(late, "breaches_outside"))
	}},
	{"6 and 19", "what another did than whom an order is against is marked under no such order, and a mark answers no question", func(d desk) {
		order := func(against, sort string) string {
			return d.event("register", "order", "--on", "2025-11-01", "--ends", "2026-11-01", "--text", "Against "+against, "--set", "sort="+sort, "--set", "served=2025-11-03", "--term", "no contact", "--set", "against="+against)
		}
		marked := func(text string, who ...string) string {
			id := d.event(append([]string{"incident", "--occurred", "2025-12-10 18:00", "--text", text}, who...)...)
			d.do("mark", id, "--tag", "breach_of_order")
			return id
		}
		ash := order("Tom Ash", "interim stalking protection order")
		kyle, tom := marked("Kyle waited outside.", "--who", "Kyle Vance"), marked("Tom rang.", "--who", "Tom (my ex)")
		d.event("incident", "--occurred", "2025-12-09 18:00", "--text", "Tom Ash wrote.", "--who", "Tom Ash")
		nobody := marked("Somebody rang.")

		noted := func(event string) map[string]any {
			list := d.do("register", "order")
			return list[slices.IndexFunc(list, func(e map[string]any) bool { return e["event"] == event })]
		}
		e := noted(ash)
		d.want(e["breaches"] == 2.0 && e["breaches_of_others"] == 1.0, "%v", e)
		listed := map[any]map[string]any{}
		for _, e := range d.do("register", "breach") {
			listed[e["event"]] = e
		}
		for _, id := range []string{kyle, tom, nobody} {
			fields, _ := listed[id]["fields"].(map[string]any)
			_, answered := fields["may"]
			d.want(listed[id]["marked"] == "breach_of_order" && !answered, "%v", listed[id])
		}
		d.want(strings.Contains(d.printed("register", "breach"), "said to be done by Kyle Vance; the orders of its day are against somebody else"), "%s", d.printed("register", "breach"))
		p := d.paper("breach-pack", "--of", ash)
		pack := filled{text: p.part("What may have broken it")}
		d.want(pack.has("Tom rang.", "Somebody rang.", "May this break it?: not answered (marked)", "this order is against: 1, said to be done by Kyle Vance (1).") && !pack.has("Kyle waited outside.") && !pack.has("it?: yes"), "%s", pack.text)
		d.want(d.paper("pack-police").has("the orders whose days fit are against somebody else than who did it"), "%s", d.paper("pack-police").text)
		cells := func() (events []any) {
			for _, l := range d.one("matrix", "EW-SPA-8")["elements"].([]any) {
				for _, c := range l.(map[string]any)["cells"].([]any) {
					events = append(events, c.(map[string]any)["event"])
				}
			}
			return events
		}
		d.want(slices.Contains(cells(), any(tom)) && !slices.Contains(cells(), any(kyle)), "%v", cells())
		const another = "Marked as what may break an order, and not here, for who did it does not have the name of whom that order is against: 1. register CASE breach lists them."
		d.want(strings.Contains(d.printed("matrix", "EW-SPA-8"), another) && !strings.Contains(d.printed("matrix", "EW-PHA-2A"), "Marked as what may break"), "%s", d.printed("matrix", "EW-SPA-8"))

		vance := order("Kyle Vance", "bail condition")
		e = noted(vance)
		d.want(e["breaches"] == 2.0 && e["breaches_of_others"] == 1.0 && e["breaches_shared"] == 1.0 && noted(ash)["breaches_shared"] == 1.0, "%v", e)
		d.event("register", "breach", "--on", "2025-12-10 18:00", "--text", "He was sent by Tom.", "--set", "order="+ash, "--set", "term=1", "--set", "may=yes", "--event", kyle)
		e = noted(ash)
		d.want(e["breaches"] == 3.0 && e["breaches_of_others"] == nil, "what somebody answered is not counted: %v", e)
	}},
	{"6 and 19", "a breach that names no event is said to be counted nowhere, beside the course and in the silence of its time; the time of a marked one stays its source's", func(d desk) {
		dir := d.TempDir()
		chat := filepath.Join(dir, "WhatsApp Chat with Tom Ash.txt")
		if err := os.WriteFile(chat, []byte("10/11/2025, 09:00 - Tom Ash: I see you.\n20/03/2026, 09:00 - Tom Ash: Still here.\n"), 0o600); err != nil {
			d.Fatal(err)
		}
		d.do("add", chat)
		order := d.order()
		var message string
		for _, e := range d.do("timeline", "--search", "Still here") {
			message = e["id"].(string)
		}
		d.do("mark", message, "--tag", "breach_of_order")
		loose := []string{"register", "breach", "--on", "2025-12-15", "--text", "He stood there again.", "--set", "order=" + order[:8], "--set", "term=2", "--set", "may=yes"}
		_, said, _ := d.run(loose...)
		d.want(strings.Contains(said, "It names no event, and so stands in no course of conduct, silence or time limit."), "%s", said)
		for what, words := range map[string]string{"course": d.printed("course"), "matrix": d.printed("matrix", "EW-PHA-2A"), "paper": d.paper("pack-police").text} {
			d.want(strings.Contains(words, "Entries of possible breaches that name no event: 1, the latest of 2025-12-15.") && strings.Contains(words, "Events marked as a possible breach, with no behaviour marked: 1."), "%s: %s", what, words)
		}
		d.want(!d.paper("pack-school").has("possible breach"), "a school reads of an order")
		for _, who := range []string{"Tom Ash", "Kim"} {
			d.seen("2025-11-10 10:00", "At the gate.", "LOITER", "who_did_it", who)
		}
		const clock = "Entries of possible breaches that name no event are not counted in that day: 1; the latest is of 2025-12-15."
		review, rule := d.paper("review"), d.one("matrix", "EW-PHA-2A")["clock"].(map[string]any)["words"].(string)
		d.want(strings.Count(d.printed("matrix", "EW-PHA-2A"), clock) == 2 && strings.Count(review.text, clock) == 2, "%s\n%s", d.printed("matrix", "EW-PHA-2A"), review.text)
		d.want(strings.Count(review.text, rule) == 1, "the words of the rule stand %d times: %s", strings.Count(review.text, rule), review.text)
		out := filepath.Join(d.TempDir(), "out")
		d.do("bundle", "--out", out, "--matrix", "EW-PHA-2A")
		d.want(pdfSays(d, out, "so count in no course of conduct, silence or time limit: 5."), "the bundle does not say it")
		d.want(strings.Contains(d.printed("pattern", "--by", "silence"), "an entry of a possible breach that names no event is of this time: 1"), "%s", d.printed("pattern", "--by", "silence"))

		entry, basis := "", map[any]any{}
		for _, e := range d.do("register", "breach") {
			if basis[e["marked"]] = e["when"].(map[string]any)["basis"]; e["marked"] == nil {
				entry = e["event"].(string)
			}
		}
		d.want(basis["breach_of_order"] == "assumed" && basis[nil] == "stated", "%v", basis)
		seen := d.event("incident", "--occurred", "2025-12-16 18:00", "--text", "He stood at the gate.")
		_, said, _ = d.run("register", "breach", "--correct", entry, "--event", seen, "--reason", "written down")
		d.want(strings.Contains(said, "Its event is of another day") && !strings.Contains(said, "It names no event"), "%s", said)
		d.want(!strings.Contains(d.printed("course"), "that name no event"), "%s", d.printed("course"))
		d.want(strings.Contains(d.printed("register", "breach"), seen+" (He stood at the gate.)"), "%s", d.printed("register", "breach"))
	}},
	{"6 and 19", "one event that may break two terms of an order is an entry for each, and one event", func(d desk) {
		order, seen := d.order(), d.event("incident", "--occurred", "2025-12-24 18:00", "--text", "He rang the bell and shouted.")
		for _, term := range []string{"1", "2"} {
			d.event("register", "breach", "--on", "2025-12-24 18:00", "--text", "Under "+term+".", "--set", "order="+order, "--set", "term="+term, "--set", "may=yes", "--event", seen)
		}
		d.event("register", "breach", "--on", "2025-12-25 18:00", "--text", "The day after.", "--set", "order="+order, "--set", "term=1", "--set", "may=yes")
		e := d.do("register", "order")[0]
		d.want(e["breaches"] == 3.0 && e["breaches_again"] == 1.0 && e["breaches_events"] == 2.0, "%v", e)
		d.want(strings.Contains(d.printed("register", "order"), "May have broken it: 3 entries, of 2 events (") && strings.Count(d.printed("matrix", "EW-SA-363"), "it is one event") == 2, "%s", d.printed("matrix", "EW-SA-363"))
		d.want(strings.Contains(d.printed("register", "order"), "of an event that is counted already, as under another term: 1"), "the list does not say so")
		d.want(strings.Count(d.paper("breach-pack", "--of", order).part("What may have broken it"), "it is one event.") == 2, "%s", d.paper("breach-pack", "--of", order).part("What may have broken it"))
	}},
	{"6 and 19", "what happened on the day of service is not counted among what lies outside the order", func(d desk) {
		order := d.event("register", "order", "--on", "2025-12-01", "--text", "An order.", "--set", "sort=restraining order", "--set", "served=2025-12-10", "--term", "not to ring her")
		for _, day := range []string{"2025-12-05", "2025-12-10", "2025-12-11"} {
			d.event("register", "breach", "--on", day, "--text", "He rang.", "--set", "order="+order, "--set", "term=1", "--set", "may=yes")
		}
		e := d.do("register", "order")[0]
		d.want(e["breaches"] == 3.0 && e["breaches_outside"] == 1.0, "%v", e)
		d.want(strings.Contains(d.printed("register", "breach"), "on the day of service: whether before or after is not known"), "nothing says that it was the day of service")
	}},
	{"6 and 19", "an answer about a breach is given once, is turned round by nobody else, and a no is counted nowhere and shown with who said it", func(d desk) {
		order := d.order()
		seen, other := d.event("incident", "--occurred", "2025-12-24 18:00", "--text", "He rang the bell.", "--actor", "Maya"), d.event("incident", "--occurred", "2025-12-25 18:00", "--text", "He wrote.", "--actor", "Maya")
		answer := func(event, may, by string) []string {
			return []string{"register", "breach", "--on", "2025-12-24 18:00", "--text", "As " + by + " sees it.", "--set", "order=" + order, "--set", "term=1", "--set", "may=" + may, "--event", event, "--actor", by}
		}
		yes := d.event(answer(seen, "yes", "Maya")...)
		d.event(answer(other, "no", "Maya")...)
		d.refused(answer(seen, "no", "Maya")...)
		d.refused(answer(seen, "yes", "Hal")...)
		for _, set := range []string{"may=no", "term=2"} {
			d.refused("register", "breach", "--correct", yes, "--set", set, "--reason", "I think not", "--actor", "Hal")
		}
		d.event("register", "breach", "--correct", yes, "--set", "reported=CR/9", "--reason", "it came by post", "--actor", "Hal")
		d.event(answer(seen, "no", "Hal")...)
		d.event("register", "breach", "--correct", yes, "--event", seen, "--set", "may=unsure", "--reason", "on reflection", "--actor", "Maya")

		e := d.do("register", "order")[0]
		d.want(e["breaches"] == 1.0 && e["breaches_denied"] == 2.0, "%v", e)
		p := d.paper("breach-pack", "--of", order)
		pack := filled{text: p.part("What may have broken it")}
		d.want(pack.has("Answered no, and so not counted as a possible breach: 2, by Hal (1), Maya (1).", "He rang the bell.", "Of the same, answered no by Hal", "Of the same, answered unsure by Maya", "Written down by: Hal"), "%s", pack.text)
		d.want(d.paper("officer-brief").has("Answered no, and so not counted as a possible breach: 2"), "%s", d.paper("officer-brief").text)
		dir := filepath.Join(d.TempDir(), "out")
		d.do("bundle", "--out", dir)
		kinds := map[string]int{}
		for l := range lineSet(d, dir, "chronology.csv") {
			for _, kind := range []string{"possible breach", "answered: no breach"} {
				if strings.Contains(l, kind) {
					kinds[kind]++
				}
			}
		}
		d.want(kinds["possible breach"] == 1 && kinds["answered: no breach"] == 2, "the bundle counts otherwise: %v", kinds)
	}},
}
