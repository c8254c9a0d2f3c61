//go:build linux

package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// desk is a case on which the rows of the table work, through the program alone.
type desk struct {
	*testing.T
	dir string
}

// run runs a command on the case: what it prints, what it says, and its exit
// code.
func (d desk) run(args ...string) (out, messages string, code int) {
	var o, m bytes.Buffer
	code = run(d.Context(), append([]string{args[0], d.dir, "--json"}, args[1:]...), strings.NewReader(""), &o, &m)
	return o.String(), m.String(), code
}

// law runs the command of the law, which needs no case.
func (d desk) law(args ...string) (out, messages string, code int) {
	var o, m bytes.Buffer
	code = run(d.Context(), append([]string{"law"}, args...), strings.NewReader(""), &o, &m)
	return o.String(), m.String(), code
}

// do runs a command that must succeed and gives the objects that it prints.
func (d desk) do(args ...string) []map[string]any {
	d.Helper()
	out, messages, code := d.run(args...)
	if code != 0 {
		d.Fatalf("%q: exit code %d\n%s", args, code, messages)
	}
	var list []map[string]any
	for dec := json.NewDecoder(strings.NewReader(out)); dec.More(); {
		var one map[string]any
		if err := dec.Decode(&one); err != nil {
			d.Fatal(err)
		}
		list = append(list, one)
	}
	return list
}

// one is do for what prints one object.
func (d desk) one(args ...string) map[string]any {
	d.Helper()
	list := d.do(args...)
	if len(list) != 1 {
		d.Fatalf("%q: %d objects", args, len(list))
	}
	return list[0]
}

// event does something that makes an event, and gives its id.
func (d desk) event(args ...string) string {
	d.Helper()
	id, _ := d.one(args...)["event"].(string)
	if len(id) != 32 {
		d.Fatalf("%q made no event", args)
	}
	return id
}

// printed is what a command prints for a person.
func (d desk) printed(args ...string) string {
	d.Helper()
	var out, messages bytes.Buffer
	if code := run(d.Context(), append([]string{args[0], d.dir}, args[1:]...), strings.NewReader(""), &out, &messages); code != 0 {
		d.Fatalf("%q: exit code %d\n%s", args, code, messages.String())
	}
	return out.String()
}

// said is what a command says on standard error.
func (d desk) said(args ...string) string {
	d.Helper()
	_, messages, code := d.run(args...)
	if code != 0 {
		d.Fatalf("%q: exit code %d\n%s", args, code, messages)
	}
	return messages
}

// refused runs a command that must be refused as wrong use.
func (d desk) refused(args ...string) {
	d.Helper()
	if _, messages, code := d.run(args...); code != exitUse {
		d.Errorf("%q: exit code %d\n%s", args, code, messages)
	}
}

func (d desk) want(ok bool, format string, args ...any) {
	d.Helper()
	if !ok {
		d.Errorf(format, args...)
	}
}

// TestCasework holds what was asked for by name against what the program does:
// one row for each row of the register of requests (LAW.md, section 7) that is
// built, with the command that does it. Take the feature out and its row fails.
func TestCasework(t *testing.T) {
	t.Setenv("DAYBOOK_PASSPHRASE", testPassphrase)
	holdRows(t, []caseworkRow{
		{"2", "a change to daily life needs a date and words, and stands on the timeline", func(d desk) {
			d.refused("register", "change", "--on", "2025-10-12", "--set", "part=work")
			d.refused("register", "change", "--text", "I leave an hour later.", "--set", "part=work")
			d.event("register", "change", "--on", "2025-10-12", "--text", "I leave an hour later.", "--set", "part=work", "--set", "cost=12.50")
			change := d.one("timeline", "--kind", "change", "--format", "jsonl")
			d.want(change["text"] == "I leave an hour later." && change["when"].(map[string]any)["raw"] == "2025-10-12", "it does not stand on the timeline on its day: %v", change)
		}},
		{"5", "the law of a day: what was not in force is hidden, and a pack that is not signed is not read", func(d desk) {
			_, _, code := d.law("EW-PHA-2A", "--at", "2011-05-01")
			d.want(code == exitUse, "an offence stands before it was in force")
			out, _, code := d.law("EW-PHA-2A", "--at", "2013-05-01", "--json")
			d.want(code == 0 && strings.Contains(out, `"what":"offence"`) && strings.Contains(out, "2012-11-25"), "%d: %s", code, out)
			pack := filepath.Join(d.TempDir(), "made-up.law")
			if err := os.WriteFile(pack, []byte("signature AAAA\n{}"), 0o600); err != nil {
				d.Fatal(err)
			}
			_, said, code := d.law("--pack", pack)
			d.want(code == exitFailed && strings.Contains(said, "nothing of it was read"), "%d: %s", code, said)
		}},
		{"12", "reports are listed with their reference, and those without one apart", func(d desk) {
			d.event("register", "report", "--on", "2025-10-12 09:30", "--text", "Told them of the letters.", "--set", "body=police", "--set", "officer=PC Vale", "--set", "advice=Keep a diary.")
			numbered := d.event("register", "report", "--on", "2025-11-02", "--text", "Told them again.", "--set", "body=police", "--set", "reference=CR/77")
			without := d.do("register", "report", "--without", "reference")
			d.want(len(d.do("register", "report")) == 2 && len(without) == 1 && without[0]["event"] != numbered, "%v", without)
			d.event("incident", "--occurred", "2025-11-03", "--text", "He was there.", "--reported", "PC Vale")
			d.want(strings.Contains(d.said("register", "report"), "Noted with incidents, beside these: 1 report."), "what was reported with an incident is not counted")
			seen := d.event("incident", "--occurred", "2025-11-04", "--text", "At the gate.")
			d.event("incident", "--occurred", "2025-11-05", "--text", "At the door.")
			d.do("mark", d.event("incident", "--occurred", "2025-11-06", "--text", "I blocked him."), "--tag", "own_act")
			d.event("register", "report", "--on", "2025-11-07", "--text", "Told them of the gate.", "--set", "body=police", "--set", "state=no further action", "--event", seen)
			d.event("register", "report", "--on", "2025-11-08", "--text", "Told them once more.", "--set", "body=police", "--set", "state=open")
			said := d.said("register", "report")
			d.want(strings.Contains(said, "Where they stand: open 1, no further action 1, not said 2."), "they are not counted by where they stand: %s", said)
			d.want(strings.Contains(said, "Incidents with no report noted: 1."), "what nobody reported is not counted: %s", said)
			out := filepath.Join(d.TempDir(), "out")
			d.do("bundle", "--out", out)
			d.want(pdfSays(d, out, "Crime or log number CR/77") && pdfSays(d, out, "Told them of the gate."), "the bundle has no reports")
		}},
		{"13", "who advised what stands on the timeline and is found by its words", func(d desk) {
			d.event("register", "report", "--on", "2025-10-12", "--text", "Asked what to do.", "--set", "body=police", "--set", "advice=Change your number.")
			d.want(len(d.do("timeline", "--search", "number", "--format", "jsonl")) == 1, "the advice is not found")
			out := filepath.Join(d.TempDir(), "out")
			d.do("bundle", "--out", out)
			rows := tableOf(d, out, "chronology.csv")
			d.want(len(rows) == 1 && rows[0]["Local time"] == "2025-10-12" && rows[0]["Written down by"] == "test" && strings.Contains(rows[0]["Further facts"], "What they advised: Change your number."), "the chronology does not say who advised what, and when: %v", rows)
			d.want(pdfSays(d, out, "What they advised: Change your number."), "the document does not say it")
		}},
		{"14", "one incident says the n-th of how many it is; the course's totals add up, with both counts of occasions", func(d desk) {
			var ids []string
			for i, at := range []string{"2025-10-11 17:40", "2025-10-11 18:00", "2025-11-02 09:00"} {
				ids = append(ids, d.event("incident", "--occurred", at, "--text", "He was there.", "--felt", "cold"))
				d.do("mark", ids[i], "--code", "LOITER")
			}
			d.do("mark", ids[0], "--code", "WATCH")
			place := d.one("course", "--event", ids[1])
			d.want(place["number"] == 2.0 && place["of"] == 3.0 && place["first"] == "2025-10-11" && place["last"] == "2025-11-02" && len(place["codes"].([]any)) == 2, "%v", place)
			c := d.one("course")
			d.want(c["events"] == 3.0 && c["marks"] == 4.0 && c["occasions"] == 2.0 && c["occasions_by_rule"] == 2.0, "%v", c)
			d.want(len(d.do("occasions", "--split", ids[1], "--reason", "he had left and came back")) == 3, "it is not split")
			c = d.one("course")
			d.want(c["occasions"] == 3.0 && c["occasions_by_rule"] == 2.0, "%v", c)
			d.refused("occasions", "--join", ids[1])
			d.want(len(d.do("occasions", "--join", ids[1], "--reason", "one evening")) == 2, "it is not joined again")
			d.want(len(d.do("journal")) > 8, "what was split and joined is not in the journal")
		}},
		{"15", "a card for each offence has its source and day, and the differences stand in a table", func(d desk) {
			out, _, _ := d.law("EW-SCA-76", "--json")
			d.want(strings.Contains(out, `"checked_on":"20`) && strings.Contains(out, "https://www.legislation.gov.uk/ukpga/2015/9/section/76"), "%s", out)
			offences, told := 0, map[string]bool{}
			for _, pack := range []string{"EW", "SCT", "NIR", "US-FED"} {
				all, _, _ := d.law(pack, "--json")
				for _, e := range decoded(d.T, []byte(all)) {
					entry, _ := e["entry"].(map[string]any)
					switch e["what"] {
					case "offence":
						offences++
						source, _ := entry["source"].(map[string]any)
						url, _ := source["url"].(string)
						checked, _ := entry["checked_on"].(string)
						elements, _ := entry["elements"].([]any)
						d.want(strings.HasPrefix(url, "https://") && len(checked) == 10 && len(elements) > 0, "%v has source %q, day %q, %d elements", e["id"], url, checked, len(elements))
					case "difference":
						for id, answer := range entry["answers"].(map[string]any) {
							told[id] = told[id] || answer != ""
						}
					}
				}
			}
			d.want(offences > 15, "%d cards", offences)
			for _, id := range []string{"EW-PHA-2", "EW-PHA-2A", "EW-SCA-76", "EW-MCA-1"} {
				d.want(told[id], "no difference is about %s: %v", id, told)
			}
		}},
		{"16", "a risk assessment by others is kept, without a score", func(d desk) {
			file := filepath.Join(d.TempDir(), "form.txt")
			write(d, file, "their form")
			d.do("add", file)
			d.event("register", "assessment", "--on", "2025-10-12", "--text", "They asked about the weeks before.", "--set", "by=an advocate", "--set", "tool=their own", "--set", "result=in their words", "--due", "2026-10-12", "--item", "1")
			kept := d.one("register", "assessment")
			fields := kept["fields"].(map[string]any)
			d.want(fields["by"] == "an advocate" && fields["tool"] == "their own" && fields["result"] == "in their words" && kept["when"].(map[string]any)["raw"] == "2025-10-12" && slices.Equal(kept["items"].([]any), []any{1.0}), "%v", kept)
			d.want(strings.Contains(d.printed("register", "assessment", "--open"), "Next review: that day, Mon 12 Oct 2026"), "nothing reminds of its next review")
			d.want(!d.paper("referral").has("in their words") && d.paper("referral", "--private").has("in their words"), "it stands in a paper unasked, or not where it is asked for")
			d.refused("register", "assessment", "--on", "2025-10-12", "--text", "x", "--set", "by=y", "--set", "score=7")
		}},
		{"19", "the terms that were in force are named when an incident is written down", func(d desk) {
			order := d.order()
			said := d.said("incident", "--occurred", "2025-12-24 18:00", "--text", "He stood at the gate.")
			d.want(strings.Contains(said, "not to contact her") && strings.Contains(said, order) && strings.Contains(said, "May this break it?"), "it says %q", said)
			d.want(!strings.Contains(d.said("incident", "--occurred", "2025-10-01", "--text", "Before the order."), "In force"), "a term is in force before its order")
		}},
		{"20", "the shelf of guidance has publisher, version, licence and a short summary", func(d desk) {
			out, _, _ := d.law("EW-SPO-guidance", "--json")
			d.want(strings.Contains(out, `"publisher":"Home Office"`) && strings.Contains(out, `"licence":"`) && strings.Contains(out, "civil standard"), "%s", out)
			out, _, _ = d.law("EW-SPO", "--json")
			d.want(strings.Contains(out, `"standard":"civil"`) && strings.Contains(out, `"notify_days":3`), "%s", out)
		}},
		{"24", "neutral questions about the pattern, and a place for what an official tool found", func(d desk) {
			out, _, _ := d.law("EW-prompts", "--json")
			d.want(strings.Count(out, `"from":"considered"`) == 8, "%s", out)
			d.event("register", "assessment", "--on", "2025-10-12", "--text", "They went through it with me.", "--set", "by=PC Vale", "--set", "tool=the one of the police", "--set", "result=passed on")
			d.want(d.one("register", "assessment")["fields"].(map[string]any)["tool"] == "the one of the police", "what was used is not kept")
			d.answered("prompts", "P1", "He cannot let go.", "--event", d.seen("2025-10-11 17:40", "He waited at the gate.", "LOITER"))
			d.want(d.paper("prompts").has("He cannot let go.", "2025-10-11 17:40 BST: He waited at the gate."), "an answer does not name the incidents that show it: %s", d.paper("prompts").text)
		}},
		{"26", "lines of enquiry come by when they may be gone, and what is overdue says so", func(d desk) {
			d.event("register", "enquiry", "--on", "2025-10-12", "--text", "The logs.", "--set", "owner=PC Vale", "--set", "state=open", "--set", "expires=2099-01-01")
			camera := d.event("register", "enquiry", "--on", "2025-10-12", "--text", "The camera.", "--set", "owner=PC Vale", "--set", "state=open", "--set", "expires=2025-10-20")
			d.event("register", "enquiry", "--on", "2025-10-12", "--text", "The door.", "--set", "owner=me", "--set", "state=done", "--set", "result=nothing was kept")
			open := d.do("register", "enquiry", "--open")
			d.want(len(open) == 2 && open[0]["event"] == camera && open[0]["overdue"] == true && open[1]["overdue"] == nil, "%v", open)
		}},
		{"33", "what was considered and why not stands in the matrix, with the differences; an element without material says so", func(d desk) {
			told := d.event("register", "notice", "--on", "2025-10-01", "--text", "I asked him to stop.", "--set", "how=asked to stop")
			seen := d.event("incident", "--occurred", "2025-10-11 17:40", "--text", "He was there.")
			d.event("register", "considered", "--on", "2025-11-01", "--text", "It is more than one kind of act.", "--set", "law=EW-PHA-2", "--set", "outcome=not put forward")
			d.do("mark", seen, "--element", "EW-PHA-2A/acts")
			m := d.one("matrix", "EW-PHA-2A")
			cells := map[string]int{}
			for _, l := range m["elements"].([]any) {
				l := l.(map[string]any)
				cells[l["id"].(string)] = len(l["cells"].([]any))
				d.want(l["id"] != "knowledge" || l["cells"].([]any)[0].(map[string]any)["event"] == told, "the request to stop does not stand under knowledge")
			}
			d.want(cells["acts"] == 1 && cells["knowledge"] == 1 && cells["harassment"] == 0 && len(m["considered"].([]any)) == 1 && len(m["differences"].([]any)) >= 5, "%v", m)
			var text, said bytes.Buffer
			run(d.Context(), []string{"matrix", d.dir, "EW-PHA-2A"}, strings.NewReader(""), &text, &said)
			const about = "Acts before the first of these: 0; on the same day: 0; after it: 1; not known which: 0."
			d.want(strings.Contains(text.String(), about) && d.paper("referral").has(about), "where the acts lie about the request to stop is not said")
			d.want(strings.Contains(text.String(), "no material linked yet") && !strings.Contains(text.String(), "prove"), "%s", text.String())
			d.seen("2025-10-12 17:40", "At the gate.", "LOITER", "who_did_it", "Lee")
			d.seen("2025-10-13 17:40", "At the gate again.", "LOITER", "who_did_it", "Dan")
			d.do("mark", d.event("incident", "--occurred", "2025-10-14 17:40", "--text", "I blocked him."), "--tag", "own_act", "--element", "EW-PHA-2A/acts")
			d.want(d.paper("referral").has("At the gate. (said to be done by Lee)", "I blocked him. (the person’s own act)"), "the paper does not say whom the rows are from")
			d.want(strings.Contains(d.paper("pack-police").part("Incidents"), "said to be done by Dan"), "%s", d.paper("pack-police").part("Incidents"))
			who := func(args ...string) map[any]bool {
				out := map[any]bool{}
				for _, l := range d.one(append([]string{"matrix", "EW-PHA-2A"}, args...)...)["elements"].([]any) {
					for _, c := range l.(map[string]any)["cells"].([]any) {
						c := c.(map[string]any)
						out[cmp.Or(c["said_to_be_by"], c["own_act"], c["kind"])] = true
					}
				}
				return out
			}
			d.want(maps.Equal(who(), map[any]bool{"Lee": true, "Dan": true, true: true, "notice": true, "incident": true}), "%v", who())
			d.want(maps.Equal(who("--person", "Dan"), map[any]bool{"Dan": true, "notice": true}), "%v", who("--person", "Dan"))
			for _, command := range [][]string{{"matrix", "EW-PHA-2A"}, {"course"}, {"pattern"}, {"occasions"}} {
				d.refused(append(command, "--person", "Nobody")...)
			}
			const left = "Left out, because they are not from or to this person and do not name them: 2 of 3 events of the course of conduct. course CASE lists all, with who each is from."
			d.want(strings.Contains(d.printed("matrix", "EW-PHA-2A", "--person", "Dan"), left) && !strings.Contains(d.printed("matrix", "EW-PHA-2A"), "Left out"), "%s", d.printed("matrix", "EW-PHA-2A", "--person", "Dan"))
			d.refused("matrix", "--person", "Dan")
			out, _, _ := d.run("course")
			d.want(strings.Contains(out, `"said_to_be_by":"Lee"`), "%s", out)
		}},
		{"34", "a safety plan and other private entries are in no bundle, and never in a served one", func(d desk) {
			d.planted()
			d.refused("bundle", "--out", filepath.Join(d.TempDir(), "no"), "--pack", "served", "--private")
			for _, pack := range []string{"served", "full"} {
				out := filepath.Join(d.TempDir(), pack)
				d.do("bundle", "--out", out, "--pack", pack)
				d.want(!shows(d, out, planted), "the %s pack tells the plan", pack)
				d.want(shows(d, out, "told them of the gate") == (pack == "full"), "the %s pack, and what was reported", pack)
				d.want(shows(d, out, "the lesser order") == (pack == "full"), "the %s pack, and an order that is left out", pack)
				d.want(shows(d, out, "another way home") == (pack == "full"), "the %s pack, and what was changed in daily life", pack)
			}
			shown := filepath.Join(d.TempDir(), "shown")
			d.do("bundle", "--out", shown, "--pack", "served", "--show", "reports")
			d.want(shows(d, shown, "told them of the gate"), "a served pack that is to show reports has none")
			asked := filepath.Join(d.TempDir(), "asked")
			d.do("bundle", "--out", asked, "--private")
			d.want(shows(d, asked, planted), "a full pack that is asked for it has no plan")
		}},
		{"35", "a referral says whether it was offered, accepted or declined", func(d desk) {
			d.refused("register", "support", "--on", "2025-10-12", "--text", "Talked.", "--set", "service=an advocate")
			d.event("register", "support", "--on", "2025-10-12", "--text", "Talked.", "--set", "service=an advocate", "--set", "state=accepted", "--set", "consent=yes")
			kept := d.one("register", "support")
			d.want(kept["fields"].(map[string]any)["state"] == "accepted" && kept["fields"].(map[string]any)["consent"] == "yes" && kept["when"].(map[string]any)["raw"] == "2025-10-12", "%v", kept)
		}},
		{"42", "a police notice can be noted as something that was, and is no order to choose", func(d desk) {
			d.event("register", "notice", "--on", "2025-10-12", "--text", "They gave him one.", "--set", "how=police information notice")
			d.refused("register", "order", "--on", "2025-10-12", "--text", "x", "--set", "sort=police information notice")
			out, _, _ := d.law("EW-PIN", "--json")
			d.want(strings.Contains(out, `"history_only":true`), "%s", out)
			for _, r := range d.registersList() {
				for _, f := range r["fields"].([]any) {
					choices := fmt.Sprint(f.(map[string]any)["choices"])
					d.want(strings.Contains(choices, "police information notice") == (r["kind"] == "notice" && f.(map[string]any)["id"] == "how"), "%v offers %s", r["kind"], choices)
				}
			}
		}},
		{"44", "wishes about an order keep who asked and when; the history stays", func(d desk) {
			const item = "R25"
			d.want(d.paper("referral", "--private").state[item] == "not answered", "the referral says that they were asked")
			first := d.event("register", "wish", "--on", "2025-10-12", "--text", "No contact at all.", "--set", "by=the officer")
			d.event("register", "wish", "--on", "2025-12-01", "--text", "Not to come to Oak Lane.", "--set", "by=the prosecutor", "--set", "children=through my sister alone")
			d.event("register", "wish", "--correct", first, "--text", "No contact at all, by anybody.", "--reason", "clearer")
			list := d.do("register", "wish")
			d.want(len(list) == 2 && list[0]["version"] == 2.0 && list[0]["words"] == "No contact at all, by anybody.", "the history is gone: %v", list)
			said := fmt.Sprint(d.do("journal"))
			d.want(strings.Contains(said, "No contact at all.") && strings.Contains(said, "No contact at all, by anybody."), "what they said first is gone")
			p := d.paper("referral", "--private")
			d.want(p.state[item] == "answered" && p.has("2025-10-12 Who asked: the officer", "2025-12-01 Who asked: the prosecutor", "through my sister alone"), "%s", p.text)
			d.want(!d.paper("referral").has("Not to come to Oak Lane."), "a private register stands in it unasked")
		}},
		{"45", "a review is never changed", func(d desk) {
			id := d.event("register", "review", "--on", "2025-10-12", "--text", "Two lines open.", "--set", "by=DS Hill", "--due", "2026-10-12")
			d.refused("register", "review", "--correct", id, "--text", "None open.", "--reason", "typing")
			d.want(d.one("register", "review")["words"] == "Two lines open.", "it was changed")
			d.refused("register", "review", "--on", "2025-10-12", "--text", "Nobody says who looked.")
			d.refused("register", "review", "--text", "Nobody says when.", "--set", "by=DS Hill")
			due := d.one("register", "review", "--open")
			d.want(due["event"] == id && due["expires_on"] == "2026-10-12", "it is not on the list of what is due: %v", due)
		}},
		{"51", "no enquiry is closed without a result or a reason", func(d desk) {
			d.refused("register", "enquiry", "--on", "2025-10-12", "--text", "The camera.", "--set", "owner=PC Vale", "--set", "state=done")
			d.refused("register", "enquiry", "--on", "2025-10-12", "--text", "The camera.", "--set", "owner=PC Vale", "--set", "state=not pursued")
			d.event("register", "enquiry", "--on", "2025-10-12", "--text", "The camera.", "--set", "owner=PC Vale", "--set", "state=not pursued", "--set", "reason=overwritten")
			open := d.event("register", "enquiry", "--on", "2025-10-13", "--text", "The bus.", "--set", "owner=PC Vale", "--set", "state=open")
			d.refused("register", "enquiry", "--correct", open, "--set", "state=done", "--reason", "closed")
			d.want(d.one("register", "enquiry", "--open")["event"] == open, "it was closed without a result")
		}},
		{"57", "a complaint to a body is a report with its reference and date", func(d desk) {
			bodies := []string{"police complaints office", "independent police complaints body", "ombudsman", "the person's Right to Review"}
			for i, body := range bodies {
				d.event("register", "report", "--on", fmt.Sprintf("2025-10-1%d", i), "--text", "Complained.", "--set", "body="+body, "--set", fmt.Sprintf("reference=PC/%d", i))
			}
			list := d.do("register", "report")
			d.want(len(list) == len(bodies), "%d are kept", len(list))
			for i, e := range list {
				fields := e["fields"].(map[string]any)
				d.want(fields["body"] == bodies[i] && fields["reference"] == fmt.Sprintf("PC/%d", i) && e["when"].(map[string]any)["raw"] == fmt.Sprintf("2025-10-1%d", i), "%v", e)
			}
		}},
	})
}

// order writes an order with two terms down.
func (d desk) order() string {
	return d.event("register", "order", "--on", "2025-11-01", "--ends", "2027-11-01", "--text", "An order of the magistrates' court.",
		"--set", "sort=restraining order", "--set", "served=2025-11-03", "--term", "not to contact her", "--term", "not to go to Oak Lane")
}

// planted is a word that only what is private holds.
const planted = "quillwort"

// planted writes a private entry of every sort down, marked, and a report.
func (d desk) planted() {
	for kind, fields := range map[string][]string{
		"safety": nil, "helper": {"name=" + planted}, "support": {"service=" + planted, "state=offered"}, "assessment": {"by=" + planted}, "wish": {"by=" + planted},
	} {
		args := []string{"register", kind, "--on", "2025-10-12", "--text", "the " + planted + " way"}
		for _, f := range fields {
			args = append(args, "--set", f)
		}
		d.do("mark", d.event(args...), "--note", planted)
	}
	d.event("register", "report", "--on", "2025-10-12", "--text", "told them of the gate", "--set", "body=police")
	d.event("register", "change", "--on", "2025-10-12", "--text", "another way home", "--set", "part=work")
	d.do("mark", d.event("register", "order", "--on", "2025-10-12", "--text", "the lesser order", "--set", "sort=other"), "--leave-out", "private")
}

// shows tells that a bundle has words in it, in a file as it stands or on a page of
// its document, whose text is packed.
func shows(d desk, dir, words string) bool {
	d.Helper()
	return holds(d, dir, words) || pdfSays(d, dir, words)
}

// holds tells that a file of a bundle has a word in it, as it stands in the file.
func holds(d desk, dir, word string) (found bool) {
	d.Helper()
	err := filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		b, err := os.ReadFile(name)
		found = found || bytes.Contains(b, []byte(word))
		return err
	})
	if err != nil {
		d.Fatal(err)
	}
	return found
}
