//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"time"

	"daybook/assets/help"
	"daybook/report/papertest"
)

// paths are the offences to look at.
func paths(d desk) map[string]map[string]any {
	d.Helper()
	of := map[string]map[string]any{}
	for _, p := range d.do("matrix") {
		of[p["offence"].(string)] = p
	}
	return of
}

var personRows = []caseworkRow{
	{"7", "support is in no bundle unless a full pack is asked for it; what was aimed at family says so", func(d desk) {
		form := filepath.Join(d.TempDir(), "form.json")
		if err := os.WriteFile(form, []byte(`{"occurred": "2025-10-11 17:40", "what_happened": "He rang my mother.", "aimed_at": "family"}`), 0o600); err != nil {
			d.Fatal(err)
		}
		d.event("incident", "--file", form)
		d.want(d.one("timeline", "--format", "jsonl")["extra"].(map[string]any)["aimed at"] == "family", "at whom it was aimed is not said")
		d.event("register", "support", "--on", "2025-10-12", "--text", "Talked of "+planted, "--set", "service=an advocate", "--set", "state=accepted")
		out, asked := filepath.Join(d.TempDir(), "out"), filepath.Join(d.TempDir(), "asked")
		d.do("bundle", "--out", out)
		d.do("bundle", "--out", asked, "--private")
		d.want(!shows(d, out, planted) && shows(d, asked, planted), "support in a bundle that did not ask for it, or not in one that did")
	}},
	{"8", "the numbers of help are those of the data, by country, with their day; one that is old says so", func(d desk) {
		countries, err := help.Countries()
		if err != nil {
			d.Fatal(err)
		}
		want, last := "", time.Time{}
		for _, c := range countries {
			for _, l := range c.Lines {
				want += c.ID + " " + l.Number + " " + l.VerifiedOn + "\n"
				day, err := time.Parse(time.DateOnly, l.VerifiedOn)
				if err != nil {
					d.Fatal(err)
				}
				if day.After(last) {
					last = day
				}
			}
		}
		printed := func(now time.Time) (got string, said string) {
			var o, m bytes.Buffer
			t := &terminal{out: &o, messages: &m, json: true}
			if err := t.numbers(now, nil); err != nil {
				d.Fatal(err)
			}
			for dec := json.NewDecoder(&o); dec.More(); {
				var l struct{ Country, Number, Verified_on string }
				if err := dec.Decode(&l); err != nil {
					d.Fatal(err)
				}
				got += l.Country + " " + l.Number + " " + l.Verified_on + "\n"
			}
			return got, m.String()
		}
		got, said := printed(last)
		d.want(got == want && said == "", "%s%s", got, said)
		_, said = printed(last.AddDate(0, 6, 1))
		d.want(strings.Contains(said, "more than six months ago: "+fmt.Sprint(strings.Count(want, "\n"))), "%q", said)
		card := filepath.Join(d.TempDir(), "card.pdf")
		d.event("incident", "--occurred", "2025-10-11 17:40", "--text", "He was there.")
		d.do("paper", "help-card", "--out", card, "--purpose", "to keep", "--recipient", "myself")
		words := ""
		for _, page := range papertest.Read(d.T, card).Words {
			for _, w := range page {
				words += w.Text + " "
			}
		}
		d.want(strings.Contains(words, "0808 802 0300") && !strings.Contains(strings.ToLower(words), "daybook"), "%s", words)
	}},
	{"27", "emergency help is one action away, without a case or a passphrase, and stands first", func(d desk) {
		for _, args := range [][]string{{"numbers"}, nil} {
			var o, m bytes.Buffer
			code := run(d.Context(), args, strings.NewReader(""), &o, &m)
			d.want(code == 0 && strings.Contains(o.String(), "999"), "%v: %d: %s%s", args, code, o.String(), m.String())
		}
		var o, m bytes.Buffer
		code := run(d.Context(), []string{"numbers", "--language", "cy"}, strings.NewReader(""), &o, &m)
		d.want(code == 0 && strings.Contains(o.String(), "Perygl nawr. Heddlu, ambiwlans, tân. (gwiriwyd ar ") && !strings.Contains(o.String(), "looked up"), "in Welsh: %d: %s%s", code, o.String(), m.String())
	}},
	{"9", "who wrote each entry is shown; a helper adds beside a reporter's words, and cannot change them", func(d desk) {
		maya := d.event("incident", "--occurred", "2025-10-11 17:40", "--text", "He was there.", "--actor", "Maya")
		report := d.event("register", "report", "--on", "2025-10-12", "--text", "I told them.", "--set", "body=police", "--actor", "Maya")
		d.refused("incident", "--correct", maya, "--text", "He stood there.", "--reason", "clearer", "--actor", "Ann, advocate")
		d.refused("register", "report", "--correct", report, "--text", "She told them.", "--reason", "clearer", "--actor", "Ann, advocate")
		d.event("register", "report", "--correct", report, "--set", "reference=CR/77", "--reason", "it came by post", "--actor", "Ann, advocate")
		order := d.event("register", "order", "--on", "2025-10-12", "--text", "An order.", "--set", "sort=other", "--term", "not to contact her", "--actor", "Maya")
		d.refused("register", "order", "--correct", order, "--term", "not to contact her", "--term", "not to call", "--reason", "one more", "--actor", "Ann, advocate")
		d.event("register", "order", "--correct", order, "--set", "number=C/1", "--reason", "it came by post", "--actor", "Ann, advocate")
		d.event("register", "order", "--correct", order, "--term", "not to contact her", "--term", "not to call", "--reason", "one more", "--actor", "Maya")
		d.event("incident", "--occurred", "2025-10-11 17:50", "--text", "I saw her come in.", "--actor", "Ann, advocate")
		d.event("incident", "--correct", maya, "--text", "He stood there.", "--reason", "clearer", "--actor", "maya")
		d.refused("mark", maya, "--tag", "own_act", "--actor", "Ann, advocate")
		for _, mark := range [][]string{{"--tag", "own_act"}, {"--code", "LOITER"}, {"--note", "the third time"}} {
			made := fmt.Sprint(d.one(append([]string{"mark", maya, "--actor", "Maya"}, mark...)...)["entries"].([]any)[0])
			_, said, code := d.run("mark", maya, "--undo", made, "--reason", "no", "--actor", "Ann, advocate")
			d.want(code == exitUse && strings.Contains(said, "Ann, advocate is at the keyboard"), "%v: %d, %s", mark, code, said)
			d.do("mark", maya, "--undo", made, "--reason", "it was the other street", "--actor", "maya")
		}
		out := fmt.Sprint(d.one("mark", maya, "--leave-out", "private", "--actor", "Ann, advocate")["entries"].([]any)[0])
		d.do("mark", maya, "--undo", out, "--actor", "Maya")
		by := ""
		for _, e := range d.do("timeline", "--format", "jsonl", "--kind", "incident") {
			by += fmt.Sprint(e["written_by"], ": ", e["text"], "\n")
		}
		d.want(strings.Contains(by, "Ann, advocate: I saw her come in.") && strings.Contains(strings.ToLower(by), "maya: he stood there."), "%s", by)
		kept := d.one("register", "report")
		d.want(kept["by"] == "Maya" && kept["words"] == "I told them." && strings.Contains(fmt.Sprint(kept["corrected"]), "Ann, advocate"), "%v", kept)
		shown := fmt.Sprint(d.do("timeline", "--format", "jsonl"))
		d.want(strings.Contains(shown, "Ann, advocate"), "%s", shown)
	}},
	{"39", "a domestic case has the matrix of controlling or coercive behaviour with its fields; every other goes the same way without it", func(d desk) {
		d.event("incident", "--occurred", "2025-10-11 17:40", "--text", "He was there.", "--felt", "cold")
		d.refused("register", "relationship", "--on", "2024-01-01", "--text", "Met at work.", "--set", "relation=colleague")
		plain := paths(d)
		colleague := d.event("register", "relationship", "--on", "2024-01-01", "--text", "Met at work.", "--set", "relation=colleague", "--set", "domestic=no")
		d.want(plain["EW-SCA-76"] == nil && plain["EW-PHA-2A"]["with_material"] == 2.0 && plain["EW-PHA-4A"]["elements"] == 4.0 && reflect.DeepEqual(paths(d), plain), "%v", plain)
		var asks, none bytes.Buffer
		run(d.Context(), []string{"register"}, strings.NewReader(""), &asks, &none)
		d.want(strings.Contains(asks.String(), `together=  When you were together, and whether you lived together (must be said with --set "domestic=yes")`), "%s", asks.String())
		d.refused("register", "relationship", "--on", "2024-01-01", "--text", "We lived together.", "--set", "relation=former partner", "--set", "domestic=yes")
		ours := d.event("register", "relationship", "--on", "2024-01-01", "--text", "We lived together.", "--set", "relation=former partner", "--set", "domestic=yes",
			"--set", "together=two years, one flat", "--set", "referral=offered an advocate, and taken")
		domestic := paths(d)
		ccb := domestic["EW-SCA-76"]
		d.want(ccb != nil && ccb["with_material"].(float64) >= 2, "%v", ccb)
		for id, p := range plain {
			d.want(reflect.DeepEqual(domestic[id], p), "%s is another: %v", id, domestic[id])
		}
		for _, l := range d.one("matrix", "EW-SCA-76")["elements"].([]any) {
			l := l.(map[string]any)
			cells := fmt.Sprint(l["cells"])
			d.want(l["id"] != "connected" || strings.Contains(cells, ours) && !strings.Contains(cells, colleague), "%s", cells)
		}
	}},
	{"50", "family, children, school and work: kept with their effects, and in no served pack", func(d desk) {
		d.event("incident", "--occurred", "2025-10-11 17:40", "--text", "He was there.")
		d.event("register", "family", "--on", "2025-10-12", "--text", "She will not sleep alone, "+planted, "--set", "who=my daughter", "--set", "child=yes", "--set", "part=school or nursery", "--set", "told=the class teacher")
		for _, pack := range []string{"full", "served"} {
			out := filepath.Join(d.TempDir(), pack)
			args := []string{"bundle", "--out", out, "--pack", pack}
			if pack == "served" {
				args = append(args, "--show", "feelings,changes,reports")
			}
			d.do(args...)
			for _, words := range []string{planted, "my daughter", "class teacher"} {
				d.want(shows(d, out, words) == (pack == "full"), "the %s pack and %q", pack, words)
			}
		}
	}},
	{"52", "with the second incident that may be of one course, what is to know about reporting is said once", func(d desk) {
		write := func(day, who string) string {
			return d.said("incident", "--occurred", day, "--text", "He was there.", "--who", who)
		}
		const title = "You have written down two things or more"
		d.want(!strings.Contains(write("2025-10-11", "Dan"), title), "with the first")
		d.want(!strings.Contains(write("2025-10-12", "Lee"), title), "with one about somebody else")
		second := write("2025-10-13", "dan")
		d.want(strings.Contains(second, title) && strings.Contains(second, "101") && strings.Contains(second, "0808 802 0300"), "%s", second)
		for _, who := range []string{"Dan", "Lee", ""} {
			d.want(!strings.Contains(write("2025-10-14", who), title), "again")
		}
	}},
	{"53", "effects on health are kept with a reference and no record, and are restricted by default", func(d desk) {
		d.event("incident", "--occurred", "2025-10-11 17:40", "--text", "He was there.")
		id := d.event("register", "health", "--on", "2025-10-12", "--text", "I wake at four, "+planted, "--set", "part=sleep", "--set", "reference=letter of 3 November")
		d.want(d.one("register", "health")["event"] == id, "it is not listed")
		for name, args := range map[string][]string{"full": {"--pack", "full"}, "served": {"--pack", "served"}, "asked": {"--private"}} {
			out := filepath.Join(d.TempDir(), name)
			d.do(append([]string{"bundle", "--out", out}, args...)...)
			for _, words := range []string{planted, "letter of 3 November"} {
				d.want(shows(d, out, words) == (name == "asked"), "%s and %q", name, words)
			}
		}
	}},
}
