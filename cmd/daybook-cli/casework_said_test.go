//go:build linux

package main

import (
	"bytes"
	"fmt"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// TestPapersSayNoMore holds papers to what was said and to nobody else's name: what a
// stranger found who read them as a defence expert does.
func TestPapersSayNoMore(t *testing.T) {
	t.Setenv("DAYBOOK_PASSPHRASE", testPassphrase)
	d := desk{t, filepath.Join(t.TempDir(), "made.daybook")}
	if err := makeCase(d.dir); err != nil {
		t.Fatal(err)
	}
	d.event("register", "notice", "--on", "2026-04-01", "--text", "PC Vale warned him.", "--set", "how=warned by the police")
	d.event("register", "considered", "--on", "2026-04-02", "--text", "He waits for me.", "--set", "law=EW-PHA-2A", "--set", "outcome=put forward", "--set", "by=DS Hill")
	order := d.event("register", "order", "--on", "2026-05-10", "--ends", "2026-09-12", "--text", "An order.", "--set", "sort=stalking protection order", "--set", "served=2026-05-12",
		"--term", "Not to contact her", "--term", "Not to enter Quarry Row")
	breach := func(day, term, may, text string) string {
		return d.said("register", "breach", "--on", day, "--set", "order="+order, "--set", "term="+term, "--set", "may="+may, "--text", text)
	}

	form := func(json string) string {
		file := filepath.Join(t.TempDir(), "form.json")
		write(d, file, json)
		return file
	}

	t.Run("who told them is not who wrote it down", func(t *testing.T) {
		defer desk{t, d.dir}.missed()
		p := desk{t, d.dir}.paper("pack-police")
		d.want(!strings.Contains(p.text, "Who told them: test"), "%s", p.text)
		m := desk{t, d.dir}.one("matrix", "EW-PHA-2A")
		by := m["considered"].([]any)[0].(map[string]any)["by"]
		d.want(by == "DS Hill", "considered by %v", by)
	})
	t.Run("the words of the form are Welsh where it is asked for, and those of a person stay", func(t *testing.T) {
		defer desk{t, d.dir}.missed()
		text := desk{t, d.dir}.one("paper", "pack-police", "--language", "cy")["text"].(string)
		d.want(strings.Contains(text, "Pecyn i'r heddlu") && strings.Contains(text, "PC Vale warned him.") && strings.Contains(text, "rhybuddiwyd gan yr heddlu"), "%s", text)
		days := desk{t, d.dir}.one("paper", "breach-pack", "--of", order, "--language", "cy")["text"].(string)
		d.want(strings.Contains(days, "Beth: Mae'n dod i ben\n    Ynghylch: gorchymyn diogelu rhag stelcio") && strings.Contains(days, "1. Not to contact her"), "%s", days)
		desk{t, d.dir}.refused("paper", "pack-police", "--language", "fr")
		var out, told bytes.Buffer
		for _, args := range [][]string{{"paper", d.dir, "feedback", "--fields"}, {"paper"}, {"help", "reporter"}} {
			if code := run(t.Context(), append(args, "--language", "cy"), strings.NewReader(""), &out, &told); code != 0 {
				t.Fatalf("%v: %d, %s", args, code, &told)
			}
		}
		for _, want := range []string{"Yn eu geiriau eu hunain", "Pecyn i'r heddlu. Ar gyfer", "Rydych yn cadw cofnod"} {
			d.want(strings.Contains(out.String(), want), "no %q in %s", want, &out)
		}
	})
	t.Run("what is said to break nothing stands apart in the breach pack, and what lies outside the order says so", func(t *testing.T) {
		defer desk{t, d.dir}.missed()
		for _, b := range []struct{ day, term, may, text, how string }{
			{"2026-05-09", "1", "yes", "The day before.", "before the order was made"},
			{"2026-05-11", "1", "unsure", "He did not know yet.", "before the day of service"},
			{"2026-07-02", "1", "no", "He nodded across the road.", ""},
			{"2026-07-03", "2", "yes", "He stood in Quarry Row.", ""},
			{"2026-09-13", "2", "yes", "He came back.", "after the order expired"},
		} {
			said := breach(b.day, b.term, b.may, b.text)
			d.want(strings.Contains(said, b.how) && (b.how != "" || !strings.Contains(said, "Its time is")), "%s: %s", b.day, said)
		}
		p := desk{t, d.dir}.paper("breach-pack", "--of", order)
		may, no, _ := strings.Cut(p.text, "Answered no\n")
		d.want(!strings.Contains(may, "He nodded across the road.") && strings.Contains(no, "He nodded across the road."), "what breaks nothing stands among what may: %s", p.text)
		d.want(p.has("Its time is before the order was made.", "Its time is before the day of service.", "Its time is after the order expired.", "He stood in Quarry Row."), "%s", p.text)
	})
	t.Run("a correction by --term drops no term in silence, and keeps what is said of those that stay", func(t *testing.T) {
		defer desk{t, d.dir}.missed()
		desk{t, d.dir}.event("register", "order", "--correct", order, "--file", form(`{"terms": [{"text": "Not to contact her", "people": "Ada"}, {"text": "Not to enter Quarry Row"}]}`), "--reason", "who")
		_, said, code := d.run("register", "order", "--correct", order, "--term", "Not to write of her", "--reason", "one was forgotten")
		d.want(code == exitUse && strings.Contains(said, "1. Not to contact her; 2. Not to enter Quarry Row"), "%d: %s", code, said)
		desk{t, d.dir}.event("register", "order", "--correct", order, "--term", "Not to contact her", "--term", "Not to enter Quarry Row", "--term", "Not to write of her", "--reason", "one was forgotten")
		desk{t, d.dir}.event("register", "order", "--correct", order, "--term", "Not to contact her", "--term", "Not to enter Quarry Row", "--term", "Not to write of her", "--people", "", "--people", "none", "--places", "none", "--places", "Quarry Row", "--reason", "told apart")
		desk{t, d.dir}.refused("register", "order", "--correct", order, "--places", "Quarry Row", "--reason", "of no term")
		p := desk{t, d.dir}.paper("breach-pack", "--of", order)
		d.want(p.has("Not to contact her; people: Ada; places: none", "Not to enter Quarry Row; people: none; places: Quarry Row", "3. Not to write of her"), "%s", p.text)
	})
	t.Run("a breach keeps the term that it named, whatever the order is corrected to", func(t *testing.T) {
		defer desk{t, d.dir}.missed()
		desk{t, d.dir}.event("register", "order", "--correct", order, "--file", form(`{"terms": [{"text": "Not to write of her"}]}`), "--reason", "a slip")
		p := desk{t, d.dir}.paper("breach-pack", "--of", order)
		d.want(p.has("1. Not to contact her", "this number is worded otherwise now", "2. Not to enter Quarry Row", "it has no term of this number now"), "%s", p.text)
		last := desk{t, d.dir}.do("register", "breach")[4]
		now, _ := last["term_now"].(string)
		d.want(last["term"] == "2. Not to enter Quarry Row" && strings.Contains(now, "it has no term of this number now"), "%v", last)
		desk{t, d.dir}.event("register", "breach", "--correct", last["event"].(string), "--set", "may=unsure", "--reason", "I am not sure any more")
		last = desk{t, d.dir}.do("register", "breach")[4]
		fields := last["fields"].(map[string]any)
		d.want(fields["may"] == "unsure" && last["term"] == "2. Not to enter Quarry Row", "%v", last)
		_, said, code := d.run("register", "breach", "--correct", last["event"].(string), "--set", "term=3", "--reason", "another")
		d.want(code == exitUse && strings.Contains(said, "has terms 1 to 1"), "%d: %s", code, said)
		desk{t, d.dir}.event("register", "breach", "--correct", last["event"].(string), "--set", "may=yes", "--reason", "now I am")
	})
	t.Run("a sheet of counts names nobody", func(t *testing.T) {
		defer desk{t, d.dir}.missed()
		out := filepath.Join(t.TempDir(), "statistics.pdf")
		d.one("paper", "statistics", "--out", out, "--purpose", "counting", "--recipient", "whoever counts")
		text, err := exec.CommandContext(t.Context(), "pdftotext", "-layout", out, "-").Output()
		if err != nil {
			t.Fatal(err)
		}
		info, err := exec.CommandContext(t.Context(), "pdfinfo", out).Output()
		if err != nil {
			t.Fatal(err)
		}
		d.want(strings.Contains(string(text), "Counts without names"), "%s", text)
		d.want(!regexp.MustCompile(`[0-9a-f]{32}|, test\b`).MatchString(string(text)+string(info)), "%s\n%s", text, info)
	})
	t.Run("an item is answered when every entry says what it asks", func(t *testing.T) {
		defer desk{t, d.dir}.missed()
		p := desk{t, d.dir}.paper("self-check")
		d.want(p.state["Q4"] == "not answered" && p.state["Q6"] == "not answered" && p.state["Q7"] == "answered in part", "%v", p.state)
		d.event("register", "report", "--on", "2026-05-09", "--text", "Told them.", "--set", "body=police", "--set", "reference=CR/77", "--set", "result=they spoke to him")
		p = desk{t, d.dir}.paper("self-check")
		d.want(p.state["Q4"] == "answered", "%v", p.state)
		d.event("register", "report", "--on", "2026-05-20", "--text", "Told them again.", "--set", "body=police")
		d.event("register", "enquiry", "--on", "2026-05-20", "--due", "2026-05-24", "--text", "The doorbell.", "--set", "owner=DC Hill", "--set", "state=open", "--set", "expires=2026-05-30", "--set", "covers=20 May, from six to midnight", "--set", "source=the neighbour")
		p = desk{t, d.dir}.paper("self-check")
		d.want(p.state["Q4"] == "answered in part" && p.state["Q6"] == "answered in part" && p.has("Of 2 entries, 1 has not all that is asked here."), "%v: %s", p.state, p.text)
	})
	t.Run("the day on which something is lost stands beside the day on which it is due", func(t *testing.T) {
		defer desk{t, d.dir}.missed()
		enquiry := d.do("register", "enquiry")[0]["event"].(string)
		days := desk{t, d.dir}.paper("spo-summary")
		d.want(days.has("2026-05-24", "It may be gone", "2026-05-30"), "%s", days.text)
		p := desk{t, d.dir}.paper("preserve", "--of", enquiry)
		d.want(p.has("20 May, from six to midnight") && !p.has("The doorbell."), "%s", p.text)
	})
	t.Run("the person is not among the others, and about a day may lie in one month", func(t *testing.T) {
		defer desk{t, d.dir}.missed()
		d.seen("2026-02-02", "Flowers at the door.", "FOLLOW", "aimed_at", "Me", "precision", "about")
		d.seen("2026-02-12 10:00", "He wrote to my sister.", "CONTACT", "aimed_at", "my sister")
		d.seen("2026-02-13 10:00", "At the gate.", "LOITER", "aimed_at", "test")
		p := desk{t, d.dir}.paper("referral")
		d.want(p.has("At whom it was aimed: my sister") && strings.Count(p.text, "At whom it was aimed:") == 1, "%s", p.text)
		d.want(p.has("2026-02 Events: 3") && !p.has("of no certain month"), "%s", p.text)
		d.seen("not sure", "He was in the garden one night.", "LOITER")
		brief := strings.Join(desk{t, d.dir}.written("officer-brief"), "\n")
		d.want(!strings.Contains(brief, ",  to") && !strings.Contains(brief, "zone not known"), "%s", brief)
	})
	t.Run("what has no time is in no occasion", func(t *testing.T) {
		defer desk{t, d.dir}.missed()
		var out, messages bytes.Buffer
		if code := run(t.Context(), []string{"course", d.dir}, strings.NewReader(""), &out, &messages); code != 0 {
			t.Fatal(messages.String())
		}
		d.want(strings.Contains(out.String(), "in no occasion") && !strings.Contains(out.String(), "occasion 0"), "%s", out.String())
	})
	t.Run("a file without a label is said to be there", func(t *testing.T) {
		defer desk{t, d.dir}.missed()
		file := filepath.Join(t.TempDir(), "note.txt")
		write(d, file, "a note")
		d.do("add", file)
		p := desk{t, d.dir}.paper("referral")
		d.want(p.state["R15"] == "not answered" && p.has("1 file without a label is in the case"), "%s: %s", p.state["R15"], p.text)
	})
	t.Run("who works on it by profession says when that ends, and nobody else", func(t *testing.T) {
		defer desk{t, d.dir}.missed()
		force := d.event("register", "force", "--on", "2026-05-01", "--text", "We took it over.", "--set", "name=Kent Police", "--set", "professional=yes", "--set", "lead=DC Hill", "--set", "spoc=DS Reed", "--set", "code=follows the code")
		d.refused("register", "force", "--on", "2026-05-02", "--text", "No more.", "--set", "name=Kent Police", "--set", "professional=no")
		d.refused("register", "force", "--correct", force, "--set", "professional=no", "--reason", "over", "--actor", "somebody")
		d.do("register", "force", "--correct", force, "--set", "professional=no", "--reason", "it went to the archive")
		d.do("register", "force", "--correct", force, "--set", "professional=yes", "--reason", "taken up again", "--actor", "DC Poe")
		d.refused("register", "force", "--correct", force, "--set", "professional=no", "--reason", "off")
		mine := d.event("register", "force", "--on", "2026-05-03", "--text", "We help too.", "--set", "name=A charity", "--set", "professional=yes", "--set", "lead=Ms Roe", "--set", "spoc=Ms Roe", "--set", "code=follows the code")
		d.do("register", "force", "--correct", mine, "--set", "professional=no", "--reason", "we do not")
		_, messages, code := d.run("delete", "1", "--yes", "--reason", "x")
		d.want(code != 0 && strings.Contains(messages, "by profession"), "exit code %d\n%s", code, messages)
		d.do("register", "force", "--correct", force, "--set", "professional=no", "--reason", "closed", "--actor", "DC Poe")
	})
	t.Run("fields that another kept up leave the words with their author", func(t *testing.T) {
		defer desk{t, d.dir}.missed()
		locks := d.event("register", "change", "--on", "2026-05-01", "--text", "Locks once more.", "--set", "part=home")
		d.do("register", "change", "--correct", locks, "--set", "cost=£12.5", "--reason", "the bill came", "--actor", "Helen Helper")
		d.refused("register", "change", "--correct", locks, "--text", "No locks.", "--reason", "x", "--actor", "Helen Helper")
		for _, e := range d.do("register", "change") {
			if e["event"] == locks {
				d.want(e["by"] == "test" && strings.Contains(fmt.Sprint(e["corrected"]), "Helen Helper") && strings.Contains(fmt.Sprint(e["corrected"]), "[cost]"), "%v", e)
			}
		}
		d.want(strings.Contains(desk{t, d.dir}.printed("register", "change"), "Fields corrected by Helen Helper on "+time.Now().Format(time.DateOnly)+" (cost: from nothing to £12.5)"), "the list does not say what it was")
		row := fmt.Sprint(d.do("timeline", "--search", "locks once more", "--format", "jsonl"))
		d.want(strings.Contains(row, "fields corrected by") && !strings.Contains(row, "recorded by Helen"), "%s", row)
		d.want(strings.Contains(fmt.Sprint(d.do("pattern", "--by", "cost")), "GBP 12.50"), "the cost is not read")
		p, today := desk{t, d.dir}.paper("pack-police"), time.Now().Format(time.DateOnly)
		d.want(p.has("£12.5 (corrected by Helen Helper on "+today+"; before that: not said)") && strings.Count(p.text, "corrected by Helen Helper") == 1, "%s", p.text)
	})
	t.Run("what may have broken an order before it was made says so", func(t *testing.T) {
		defer desk{t, d.dir}.missed()
		d.refused("register", "order", "--on", "2026-05-20", "--text", "Not to call.", "--set", "sort=restraining order", "--set", "served=2026-05-10")
		order := d.event("register", "order", "--on", "2026-05-20", "--text", "Not to call.", "--set", "sort=restraining order", "--set", "served=2026-05-20", "--term", "Not to call her.")
		d.event("register", "breach", "--on", "2026-05-02", "--text", "He called.", "--set", "order="+order, "--set", "term=1", "--set", "may=yes")
		for _, e := range d.do("register", "order") {
			if e["event"] == order {
				d.want(e["breaches"] == 1.0 && e["breaches_outside"] == 1.0, "%v", e)
			}
		}
		m := fmt.Sprint(d.do("matrix", "EW-SA-363"))
		d.want(strings.Contains(m, "before the order was made"), "%s", m)
	})
	t.Run("an amount as people write it", func(t *testing.T) {
		defer desk{t, d.dir}.missed()
		d.event("register", "change", "--on", "2026-05-01", "--text", "New locks.", "--set", "part=home", "--set", "cost=1,200.50")
		figures := d.do("pattern", "--by", "cost")
		d.want(strings.Contains(fmt.Sprint(figures), "GBP 1200.50"), "%v", figures)
		d.refused("register", "change", "--on", "2026-05-01", "--text", "x", "--set", "part=home", "--set", "cost=1,20")
	})
	t.Run("a correction links more, and takes out nothing that it was not told to", func(t *testing.T) {
		defer desk{t, d.dir}.missed()
		one, two := desk{t, d.dir}.seen("2026-07-05", "At the gate.", "LOITER"), desk{t, d.dir}.seen("2026-07-06", "At the door.", "LOITER")
		report := desk{t, d.dir}.event("register", "report", "--on", "2026-07-07", "--text", "Told them.", "--set", "body=police", "--event", one)
		_, said, code := d.run("register", "report", "--correct", report, "--event", two, "--reason", "one more")
		d.want(code == exitUse && strings.Contains(said, one+" (At the gate.)") && strings.Contains(said, "give each of them again with a --event"), "%d: %s", code, said)
		_, said, code = d.run("register", "report", "--correct", report, "--event", one, "--event", two, "--reason", "one more")
		d.want(code == 0 && strings.Contains(said, "Events added: "+two+" (At the door.)."), "%d: %s", code, said)
		_, said, code = d.run("register", "report", "--correct", report, "--file", form(`{"register": "report", "events": ["`+two+`"]}`), "--reason", "not that one")
		d.want(code == 0 && strings.Contains(said, "Events taken out: "+one+" (At the gate.)."), "%d: %s", code, said)
		_, _, code = d.run("register", "report", "--correct", report, "--file", form(`{"register": "report", "events": []}`), "--reason", "none of them")
		d.want(code == 0 && desk{t, d.dir}.do("register", "report")[0]["events"] == nil, "%d: %v", code, desk{t, d.dir}.do("register", "report")[0])
	})
}
