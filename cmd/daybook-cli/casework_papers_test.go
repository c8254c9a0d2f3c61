//go:build linux

package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"daybook/assets/help"
	"daybook/assets/profiles"
	"daybook/report/lint"
	"daybook/report/papertest"
)

// paper is a paper of the case as text, with where its items stand.
type filled struct {
	text     string
	state    map[string]string
	order    []string
	complete bool
	all      map[string]any
}

// has tells that the paper says all of something.
func (f filled) has(words ...string) bool {
	joined := strings.Join(strings.Fields(f.text), " ")
	return !slices.ContainsFunc(words, func(w string) bool { return !strings.Contains(joined, w) })
}

// part is the text of one section of the paper, from its title to the next empty line.
func (f filled) part(title string) string {
	_, rest, _ := strings.Cut(f.text, "\n"+title+"\n")
	part, _, _ := strings.Cut(rest, "\n\n")
	return part
}

func (d desk) paper(args ...string) filled {
	d.Helper()
	all := d.one(append([]string{"paper"}, args...)...)
	f := filled{text: all["text"].(string), state: map[string]string{}, complete: all["complete"].(bool), all: all}
	for _, i := range all["items"].([]any) {
		i := i.(map[string]any)
		id := i["item"].(string)
		f.state[id] = i["state"].(string)
		f.order = append(f.order, id)
	}
	return f
}

// written writes a paper as a PDF, holds it against the rules that a paper of its
// own can keep, and gives the text of each page.
func (d desk) written(name string, args ...string) (pages []string) {
	d.Helper()
	out := filepath.Join(d.TempDir(), name+".pdf")
	d.one(append([]string{"paper", name, "--out", out, "--purpose", "a purpose", "--recipient", "a reader"}, args...)...)
	text, err := exec.CommandContext(d.Context(), "pdftotext", "-layout", out, "-").Output()
	if err != nil {
		d.Fatal(err)
	}
	pages = strings.Split(strings.TrimSuffix(string(text), "\f"), "\f")
	data, err := os.ReadFile(out)
	if err != nil {
		d.Fatal(err)
	}
	rules, err := profiles.Named("generic")
	if err != nil {
		d.Fatal(err)
	}
	v, err := lint.Hold(d.Context(), lint.File{Name: name, Data: bytes.NewReader(data), Size: int64(len(data))}, rules, time.Now())
	if err != nil {
		d.Fatal(err)
	}
	for _, f := range v.Findings {
		if f.Rule != profiles.Index && !f.Advice { // it is a few pages, and has no index
			d.Errorf("%s: %s: %s", name, f.Rule, f.Found)
		}
	}
	return pages
}

// answered writes an answer down.
func (d desk) answered(paper, item, text string, more ...string) string {
	d.Helper()
	return d.event(append([]string{"paper", paper, "--answer", item, "--text", text, "--on", "2025-11-20"}, more...)...)
}

// seen writes an incident with a code down, and whatever else of the form.
func (d desk) seen(when, text, code string, more ...any) string {
	d.Helper()
	form := map[string]any{"occurred": when, "what_happened": text, "behaviour_codes": []string{code}}
	for i := 0; i < len(more); i += 2 {
		form[more[i].(string)] = more[i+1]
	}
	data, err := json.Marshal(form)
	if err != nil {
		d.Fatal(err)
	}
	file := filepath.Join(d.TempDir(), "form.json")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		d.Fatal(err)
	}
	return d.event("incident", "--file", file)
}

// TestPapers holds the rows of LAW.md, section 7, that papers are there for, as
// TestCasework does the others.
func TestPapers(t *testing.T) {
	t.Setenv("DAYBOOK_PASSPHRASE", testPassphrase)
	holdRows(t, []caseworkRow{
		{"33 and 47", "the referral is not complete before it is said why it is stalking, or why not; nothing stops it from being written", func(d desk) {
			before := d.paper("referral")
			d.want(!before.complete && before.state["R2"] == "not answered" && before.has("It is not complete: words are needed in R2."), "%v", before.state)
			d.want(before.has("EW-PHA-2A:", "EW-PHA-2:"), "the differences are not in it")
			d.written("referral")
			d.event("register", "considered", "--on", "2025-11-01", "--text", "He follows and waits.", "--set", "law=EW-PHA-2A", "--set", "outcome=put forward")
			d.answered("prompts", "P1", "He cannot let go.")
			after := d.paper("referral")
			d.want(after.complete && after.state["R2"] == "answered" && after.state["R3"] == "answered in part" && after.has("He follows and waits.", "He cannot let go."), "%v", after.state)
		}},
		{"40", "every item of the referral is answered, not answered, or does not apply with a reason; an exhibit is named with its page in the bundle", func(d desk) {
			photo := filepath.Join(d.TempDir(), "note.txt")
			if err := os.WriteFile(photo, []byte("a note under the door"), 0o600); err != nil {
				d.Fatal(err)
			}
			d.do("add", photo)
			d.seen("2025-10-11 17:40", "A note under the door.", "LEAVE", "evidence", []int{1})
			d.do("bundle", "--out", filepath.Join(d.TempDir(), "b"), "--freeze")
			d.refused("paper", "referral", "--answer", "R17", "--state", "not applicable")
			d.refused("paper", "referral", "--answer", "R99", "--text", "x")
			d.answered("referral", "R17", "", "--state", "not applicable", "--reason", "there are no devices")
			p := d.paper("referral")
			d.want(p.state["R17"] == "not applicable" && p.has("there are no devices"), "R17 is %s", p.state["R17"])
			d.want(p.state["R15"] == "answered in part" && p.has("bundle 1, p. ", "note.txt", "Whether the threads are whole"), "R15 is %s: %s", p.state["R15"], p.text)
			d.order()
			d.seen("2025-10-12 17:40", "At the gate.", "LOITER", "witnesses", []map[string]any{{"name": "Jo"}})
			p = d.paper("referral")
			d.want(p.state["R9"] == "answered in part" && p.state["R19"] == "answered in part", "an order and a witness alone: %v", p.state)
			d.event("register", "report", "--on", "2025-10-12", "--text", "Told the platform.", "--set", "body=platform")
			p = d.paper("referral")
			d.want(p.state["R6"] == "answered in part" && p.state["R16"] == "answered in part", "a report without a number and a result, and nothing of addresses: %v", p.state)
			for _, r := range []string{"R9", "R15", "R16", "R19"} {
				d.answered("referral", r, "These are all.")
				d.want(d.paper("referral").state[r] == "answered", "%s is not answered by words", r)
			}
			d.want(p.state["R22"] == "not answered" && len(p.order) == 28, "%v", p.state)
			out := filepath.Join(d.TempDir(), "r.csv")
			d.one("paper", "referral", "--csv", out, "--purpose", "referral", "--recipient", "CPS")
			rows := table(d, out)
			d.want(len(rows) == 29 && rows[1][0] == "R11" && slices.ContainsFunc(rows, func(r []string) bool { return r[0] == "R17" && r[3] == "there are no devices" }), "%v", rows)
		}},
		{"46", "safety stands on the first page, and the order of the items is fixed", func(d desk) {
			d.event("register", "safety", "--on", "2025-10-12", "--text", "the back door", "--set", "with=an advocate")
			d.want(strings.Contains(d.written("referral", "--private")[0], "the back door"), "the plan is not on the first page")
			p := d.paper("referral")
			d.want(slices.Equal(p.order[:4], []string{"R11", "R10", "R12", "R1"}) && p.order[27] == "R28", "%v", p.order)
			d.want(!p.has("the back door") && p.has("Private: it stands here only when the person asks for it."), "a private register stands there unasked")
		}},
		{"56", "kinds of act, how often, the first and the last, and how it changes, in raw counts", func(d desk) {
			d.seen("2025-10-11 17:40", "At the gate.", "LOITER")
			d.seen("2025-11-02 09:00", "A letter.", "CONTACT")
			d.seen("2025-11-20 09:00", "A letter.", "CONTACT")
			p := d.paper("referral")
			d.want(p.state["R4"] == "answered" && p.has("Events: 3", "Occasions: 3, and 3 by the rule alone", "2025-10 Events: 1", "2025-11 Events: 2", "First: 2025-10-11", "Last: 2025-11-20"), "%.1500s", p.text)
		}},
		{"21 and 31", "the officer brief is one page of A4 without an address, names the contact person, and says what may be gone soon", func(d desk) {
			for i := range 4 {
				d.seen(fmt.Sprintf("2025-10-%02d 17:40", i+1), "At 14 Elder Lane he stood and stood.", []string{"LOITER", "CONTACT", "FOLLOW", "WATCH"}[i], "place", map[string]string{"text": "14 Elder Lane"})
			}
			d.do("withhold", "14 Elder Lane", "--code", "ADDRESS")
			d.order()
			form := filepath.Join(d.TempDir(), "order.json")
			if err := os.WriteFile(form, []byte(`{"when": "2025-11-01", "words": "Another order.", "ends": "2027-11-01", "fields": {"sort": "restraining order"}, "terms": [{"text": "Not to enter 9 Elm Row, Leeds", "places": "the library; 9 elm row"}]}`), 0o600); err != nil {
				d.Fatal(err)
			}
			d.event("register", "order", "--file", form)
			long := strings.Repeat("a long sentence about the camera of the shop, ", 30)
			for i := range 6 {
				d.event("register", "enquiry", "--on", "2025-10-12", "--text", long, "--set", "owner=PC Vale", "--set", "state=open", "--set", fmt.Sprintf("expires=2026-01-%02d", 20-i))
			}
			d.event("register", "enquiry", "--on", "2025-10-12", "--text", "the bus, near 14 Elder Lane", "--set", "owner=PC Vale", "--set", "state=open", "--set", "expires=2025-10-20")
			d.answered("case", "spoc", "DS Hill, the contact person")
			d.event("register", "force", "--on", "2025-10-12", "--text", "The stalking unit.", "--set", "name=Kent Police", "--set", "lead=DI Marsh", "--set", "spoc=PS Orr")
			d.answered("case", "contact", "a message to her sister")
			d.answered("case", "relationship", "They worked together. "+long)
			pages := d.written("officer-brief")
			d.want(len(pages) == 1, "%d pages", len(pages))
			text := strings.Join(strings.Fields(pages[0]), " ")
			for _, want := range []string{"PS Orr", "DI Marsh", "DS Hill", "her sister", "Events: 4", "2025-10-01", "2025-10-04", "restraining order", "2025-10-20", "Version 2026-11-26"} {
				d.want(strings.Contains(text, want), "%q is not on the page:\n%s", want, text)
			}
			d.want(!strings.Contains(text, "Elder Lane"), "an address is on the page")
			brief := d.paper("officer-brief").text
			d.want(strings.Contains(brief, "1. Not to enter [withheld: address], Leeds; places: [withheld: address]") && !strings.Contains(brief, "library"), "%s", brief)
			d.want(d.paper("pack-police").has("Not to enter 9 Elm Row, Leeds; places: the library; 9 elm row"), "the police are not told of it")
			d.want(strings.Index(brief, "2025-10-20") < strings.Index(brief, "2026-01-15"), "what may be gone first does not stand first")
			d.seen("2025-12", "He came again in December.", "FOLLOW")
			d.event("incident", "--occurred", "2025-10-05 10:00", "--text", "A car that I did not know.")
			brief = d.paper("officer-brief").text
			d.want(strings.Contains(brief, "Last: 2025-10-05, and 1 of no certain day") && strings.Contains(brief, "FOLLOW: Following: 2, 2025-10-03, and 1 of no certain day") && strings.Contains(brief, "Without a code of behaviour: 1 event."), "%s", brief)
		}},
		{"48", "the context stands under neutral headings, and what points away beside it", func(d desk) {
			d.answered("case", "relationship", "They were married until May.")
			d.event("register", "relationship", "--on", "2019", "--text", "We met at work.", "--set", "relation=former partner", "--set", "domestic=no")
			d.event("register", "family", "--on", "2025-10-12", "--text", "She no longer sleeps alone.", "--set", "who=my daughter", "--set", "child=yes", "--set", "part=home")
			d.answered("case", "reason", "He says that he wants his books.")
			d.answered("case", "away", "One call was from a bank.")
			p := d.paper("referral")
			d.want(p.state["R5"] == "answered in part" && p.has("They were married until May.", "former partner", "We met at work.", "She no longer sleeps alone.", "What the other person gives as the reason", "He says that he wants his books."), "%.1500s", p.text)
			d.want(p.state["R21"] == "answered" && p.has("One call was from a bank."), "what points away is not in it")
		}},
		{"6 and 19", "one command makes the pack for a breach: the order, its service, its terms, what may have broken which, and the exhibit that shows it", func(d desk) {
			note := filepath.Join(d.TempDir(), "note.txt")
			if err := os.WriteFile(note, []byte("a note"), 0o600); err != nil {
				d.Fatal(err)
			}
			d.do("add", note)
			order, other := d.order(), d.order()
			seen := d.seen("2025-12-24 18:00", "He put a note under the door.", "CONTACT", "evidence", []int{1})
			d.do("bundle", "--out", filepath.Join(d.TempDir(), "b"))
			d.event("register", "breach", "--on", "2025-12-24 18:00", "--text", "the note", "--set", "order="+order, "--set", "term=1", "--set", "may=yes", "--event", seen)
			d.event("register", "breach", "--on", "2025-12-25", "--text", "another order", "--set", "order="+other, "--set", "term=2", "--set", "may=unsure")
			d.refused("paper", "breach-pack")
			p := d.paper("breach-pack", "--of", order)
			d.want(p.has("restraining order", "2025-11-03", "1. not to contact her", "2. not to go to Oak Lane", "He put a note under the door.", "exhibit T/1"), "%.1500s", p.text)
			d.want(!p.has("another order"), "a breach of another order is in it")
		}},
		{"37", "an order can ask for a programme; who came and when stands in the pack for its breach", func(d desk) {
			form := filepath.Join(d.TempDir(), "order.json")
			if err := os.WriteFile(form, []byte(`{"register": "order", "when": "2025-11-01", "words": "An order.", "fields": {"sort": "stalking protection order"}, "terms": [{"text": "twelve sessions", "sort": "programme"}]}`), 0o600); err != nil {
				d.Fatal(err)
			}
			order := d.event("register", "order", "--file", form)
			missed := d.event("register", "attendance", "--on", "2025-11-20", "--text", "They told me that he was not there.", "--set", "order="+order, "--set", "term=1", "--set", "came=no")
			d.refused("register", "attendance", "--on", "2025-11-20", "--text", "x", "--set", "order="+order, "--set", "term=2", "--set", "came=no")
			d.event("register", "breach", "--on", "2025-11-20", "--text", "missed it", "--set", "order="+order, "--set", "term=1", "--set", "may=yes", "--event", missed)
			p := d.paper("breach-pack", "--of", order)
			d.want(strings.HasPrefix(d.do("register", "attendance")[0]["term"].(string), "1. twelve sessions"), "the list names the term by its number alone")
			d.want(strings.Contains(p.part("Attendance at a programme"), "1. twelve sessions"), "the pack names the term of a session by its number alone:\n%s", p.text)
			d.want(p.has("1. twelve sessions; programme", "2025-11-20", "Did they come?: no", "They told me that he was not there."), "%.1500s", p.text)
		}},
		{"17", "each proposed term names its incidents, or says that none is linked; the three days begin with the day of service", func(d desk) {
			seen := d.seen("2025-10-11 17:40", "He waited at the gate.", "LOITER")
			d.answered("spo-summary", "term", "not to come to Oak Lane", "--event", seen, "--clash", "he works elsewhere")
			d.answered("spo-summary", "term", "not to own a drone")
			d.answered("spo-summary", "interim", "He comes every day now.")
			d.event("register", "order", "--on", "2025-11-01", "--text", "x", "--set", "sort=stalking protection order", "--set", "served=2025-11-03")
			p := d.paper("spo-summary")
			terms := strings.Join(strings.Fields(p.part("Each proposed term, and what makes it necessary")), " ")
			d.want(strings.Contains(terms, "not to come to Oak Lane Incidents that make it necessary: 2025-10-11 17:40 BST: He waited at the gate. Work, faith, education: he works elsewhere"), "%s", terms)
			d.want(strings.Contains(terms, "not to own a drone Incidents that make it necessary: no incident linked"), "%s", terms)
			d.seen("2025-10-12 17:40", "He waited again.", "LOITER", "feeling_then", "I shook.", "protect", []string{"feelings"})
			d.seen("2025-10-13 17:40", "He waited once more.", "LOITER", "feeling_then", "I was numb.", "protect", []string{"changes"})
			text := strings.Join(strings.Fields(d.paper("spo-summary").text), " ")
			d.want(strings.Contains(text, "I shook. (kept from the other side by the person)") && strings.Contains(text, "I was numb.") && !strings.Contains(text, "I was numb. (kept"), "%s", text)
			d.want(p.has("He comes every day now.", "2025-11-05", "Last of 3 days from service, that day counted", "civil"), "%.1500s", p.text)
			d.want(p.has("carried out acts associated with stalking. 2025-10-11", "Why it is named: LOITER, marked by"), "%.1500s", p.text)
		}},
		{"18", "a paper of the family court is kept out of every paper, until its permission is noted", func(d desk) {
			d.seen("2025-10-10 09:00", "A letter came.", "CONTACT")
			id := d.seen("2025-10-11 17:40", "What the family judge was told.", "CONTACT")
			d.do("mark", id, "--tag", "family_court_document")
			for _, name := range []string{"spo-summary", "pack-police", "referral"} {
				p := d.paper(name)
				d.want(!p.has("What the family judge was told.") && p.all["kept_out"] == 1.0 && p.has("Events: 1"), "%s: %s", name, p.text)
			}
			d.do("mark", id, "--tag", "family_court_permission")
			d.want(d.paper("pack-police").has("What the family judge was told.", "Events: 2"), "it is kept out though its permission is noted")
		}},
		{"22", "the authorising officer sees criteria, necessity, proportionality and what else was considered, on pages", func(d desk) {
			d.answered("spo-summary", "term", "not to own a drone")
			d.answered("authorising", "proportionality", "He drives for work; the road is left out.")
			d.event("register", "considered", "--on", "2025-11-01", "--text", "Bail ends too soon.", "--set", "law=EW-bail", "--set", "outcome=not put forward")
			text := strings.Join(strings.Fields(strings.Join(d.written("authorising"), " ")), " ")
			for _, want := range []string{"not to own a drone", "no incident linked", "the road is left out", "Bail ends too soon.", "civil", "no material linked yet"} {
				d.want(strings.Contains(text, want), "%q is not in it", want)
			}
		}},
		{"23", "each step to an order has where it stands, who does it and until when, also as a table", func(d desk) {
			d.answered("spo-steps", "S7", "", "--state", "under way", "--owner", "PC Vale", "--due", "2026-01-10")
			out := filepath.Join(d.TempDir(), "steps.csv")
			d.one("paper", "spo-steps", "--csv", out, "--purpose", "planning", "--recipient", "the team")
			rows := table(d, out)
			d.want(len(rows) == 11 && slices.Equal(rows[7][:6], []string{"S7", rows[7][1], "under way", "", "PC Vale", "2026-01-10"}) && rows[8][2] == "not answered", "%v", rows)
		}},
		{"28", "a pack has no more than its reader needs, lists its fields first, and the record keeps purpose, recipient and what was in it", func(d desk) {
			seen := d.seen("2025-10-11 17:40", "He waited at the gate of the nursery.", "LOITER", "place", map[string]string{"text": "Elm Road"})
			d.planted()
			d.order()
			d.event("register", "change", "--on", "2025-10-12", "--text", "a call every hour at work", "--set", "part=work")
			fields := map[string]bool{}
			for _, f := range d.do("paper", "pack-school", "--fields") {
				fields[f["from"].(string)] = true
			}
			d.want(fields["register order"] && fields["register family"] && fields["words"] && len(fields) == 3, "%v", fields)
			entries := len(d.do("journal"))
			for _, name := range []string{"police", "prosecutor", "advocate", "marac", "housing", "employer", "school"} {
				p := d.paper("pack-" + name)
				d.want(!p.has(planted), "%s: what is private is in it", name)
				d.want(p.has("He waited at the gate") == slices.Contains([]string{"police", "prosecutor"}, name), "%s, and the words of an incident", name)
				d.want(!p.has("Elm Road"), "%s: a place is in it", name)
				d.want(p.has("a call every hour at work") == slices.Contains([]string{"police", "prosecutor", "advocate", "employer"}, name), "%s, and what was changed at work", name)
			}
			d.want(d.paper("pack-marac", "--private").has(planted) && !d.paper("pack-school", "--private").has(planted), "a private register, when it is asked for")
			d.want(len(d.do("journal")) == entries, "looking at a paper is written down")
			d.refused("paper", "pack-school", "--out", filepath.Join(d.TempDir(), "x.pdf"))
			d.written("pack-police")
			kept := d.do("journal")[entries:]
			if len(kept) != 1 {
				d.Fatalf("writing a paper made %d entries", len(kept))
			}
			last := kept[0]
			detail := last["detail"].(map[string]any)
			d.want(last["action"] == "paper" && detail["purpose"] == "a purpose" && detail["recipient"] == "a reader" && slices.Contains(detail["events"].([]any), any(seen)) && slices.Contains(detail["fields"].([]any), any("reports/register report.words")), "%v", last)
		}},
		{"45", "the page of a review has what is open, what is due and what was decided before", func(d desk) {
			d.event("register", "review", "--on", "2025-10-12", "--text", "Two lines open.", "--set", "by=DS Hill", "--due", "2099-01-12")
			d.event("register", "enquiry", "--on", "2025-10-12", "--text", "The camera.", "--set", "owner=PC Vale", "--set", "state=not pursued", "--set", "reason=overwritten")
			p := d.paper("review")
			d.want(p.has("Two lines open.", "overwritten", "2099-01-12 What: Next review"), "%.1500s", p.text)
		}},
		{"11", "the check of the quality of a case has for each question what the case holds, on a page", func(d desk) {
			d.seen("2025-10-11 17:40", "At the gate.", "LOITER")
			d.event("register", "report", "--on", "2025-10-12", "--text", "Told them.", "--set", "body=police", "--set", "reference=CR/77", "--set", "result=they spoke to him")
			d.event("register", "review", "--on", "2025-10-13", "--text", "She was told.", "--set", "by=DS Hill")
			p := d.paper("self-check")
			d.want(slices.Equal(p.order, []string{"Q1", "Q2", "Q3", "Q4", "Q5", "Q6", "Q7", "Q8"}), "%v", p.order)
			d.want(p.state["Q1"] == "answered" && p.state["Q4"] == "answered" && p.state["Q5"] == "answered in part" && p.state["Q2"] == "not answered" && p.state["Q3"] == "not answered" && p.has("Nothing is held on this."), "%v", p.state)
			for _, proof := range []string{"First: 2025-10-11", "2025-10-12 Crime or log number: CR/77", "What came of it: they spoke to him", "2025-10-13 Who reviewed it: DS Hill"} {
				d.want(p.has(proof), "nothing shows %q:\n%s", proof, p.text)
			}
			d.want(!p.has("in their own words, the risk"), "what is private stands there unasked")
			d.answered("self-check", "Q5", "DS Hill told her on the 13th what comes next.")
			d.want(d.paper("self-check").state["Q5"] == "answered", "Q5 is not answered by words")
			d.event("register", "assessment", "--on", "2025-10-14", "--text", "They asked.", "--set", "by=an advocate", "--set", "result=in their own words, the risk")
			p = d.paper("self-check", "--private")
			d.want(p.state["Q2"] == "answered" && p.has("2025-10-14 Who did it: an advocate"), "%s: %s", p.state["Q2"], p.text)
			out := filepath.Join(d.TempDir(), "check.pdf")
			d.one("paper", "self-check", "--out", out, "--purpose", "a purpose", "--recipient", "a reader")
			page := papertest.Read(d.T, out)
			last := len(page.Words) - 1
			leads := map[string]string{} // each line of the last page, with the title that it leads to
			for _, l := range page.Links {
				if l.Page == last && l.Target >= 0 && strings.HasPrefix(l.Text, "Q") {
					for _, w := range page.Words[l.Target] {
						if strings.TrimSuffix(w.Text, ".") == l.Text {
							leads[l.Text] = w.Text
						}
					}
				}
			}
			for _, q := range p.order {
				d.want(leads[q] == q+".", "the line of %s leads to no page that has it: %v", q, leads)
			}
		}},
		{"43", "the note on a plea may be blank, and has what the pattern shows beyond it", func(d desk) {
			d.want(len(d.written("plea-note")) > 0, "no page")
			d.seen("2025-10-11 17:40", "At the gate.", "LOITER")
			d.answered("plea-note", "view", "I do not want it to be called harassment.")
			d.want(d.paper("plea-note").has("Events: 1", "LOITER", "I do not want it to be called harassment."), "the note has nothing of the case")
		}},
		{"38", "a case keeps what the protocol's list asked when it was answered; what reads otherwise now is said", func(d desk) {
			d.answered("protocol", "T1", "Looked at on Monday.")
			d.event("register", "answer", "--on", "2025-10-12", "--text", "Yes.", "--set", "paper=protocol", "--set", "item=T6", "--set", "state=answered", "--set", "asked=Safety is thought of.", "--set", "version=2018-05-23")
			p := d.paper("protocol")
			d.want(p.state["T1"] == "answered" && p.has("It read, when it was answered: Safety is thought of.") && strings.Count(p.text, "It read, when") == 1, "%.1500s", p.text)
			stored := d.do("register", "answer")[0]["fields"].(map[string]any)
			d.want(stored["version"] == p.all["version"] && strings.Contains(stored["asked"].(string), "whole pattern"), "%v", stored)
		}},
		{"25", "a force can hold itself against the super-complaint, in words of our own", func(d desk) {
			d.answered("audit", "A7", "Asked at the first talk.")
			p := d.paper("audit")
			d.want(p.state["A7"] == "answered" && len(p.order) == 10 && p.has("Asked at the first talk."), "%v", p.state)
		}},
		{"36", "the sheet of statistics has counts without names, and hides small ones", func(d desk) {
			for i := range 6 {
				d.event("register", "report", "--on", fmt.Sprintf("2025-10-%02d", i+1), "--text", "Told "+planted, "--set", "body=police", "--set", "name="+planted)
			}
			d.event("register", "report", "--on", "2025-10-12", "--text", "Told them.", "--set", "body=court")
			for i := range 7 {
				d.seen(fmt.Sprintf("2025-11-%02d 10:00", i+1), "He was there.", "FOLLOW")
			}
			p := d.paper("statistics")
			d.want(p.has("by hand Count: 5+", "Following Count: 5+", "police Count: 5+", "court Count: <5", "CONTACT: Contact or attempted contact by any means Count: <5"), "%.1500s", p.text)
			d.want(!p.has(planted) && !strings.Contains(p.text, "Count: 1\n") && !regexp.MustCompile(`Count: [0-9]+(\n|$)`).MatchString(p.text), "it tells more than it may: %s", p.text)
		}},
		{"7 and 35", "referrals and support are in no paper unless it is asked for, and then stand in R12", func(d desk) {
			d.event("register", "support", "--on", "2025-10-12", "--text", "Talked.", "--set", "service=the listening line", "--set", "state=declined")
			d.want(!d.paper("referral").has("the listening line"), "it is in it unasked")
			p := d.paper("referral", "--private")
			d.want(p.state["R12"] == "answered" && p.has("the listening line When it was offered or asked for: 2025-10-12 What became of it: declined"), "%.1500s", p.text)
		}},
		{"8", "a card of numbers to print does not name the program, and its numbers are those of the data", func(d desk) {
			page := strings.Join(d.written("help-card"), " ")
			d.want(!strings.Contains(strings.ToLower(page), "daybook") && !strings.Contains(page, "a purpose"), "%s", page)
			all, err := help.Countries()
			if err != nil {
				d.Fatal(err)
			}
			for _, c := range all {
				for _, l := range c.Lines {
					d.want(strings.Contains(page, l.Number), "%s is not on the card", l.Number)
				}
			}
		}},
		{"26", "a request to keep something carries nothing of the case but what is to be kept", func(d desk) {
			id := d.event("register", "enquiry", "--on", "2025-10-12", "--text", "He is on the film of the shop, filming her.", "--set", "owner=PC Vale", "--set", "state=open", "--set", "source=the camera at the till", "--set", "expires=2025-10-26")
			d.event("register", "enquiry", "--on", "2025-10-12", "--text", "Another.", "--set", "owner=PC Vale", "--set", "state=open", "--set", "source=the bus")
			p := d.paper("preserve", "--of", id)
			d.want(p.has("the camera at the till", "2025-10-26") && !p.has("filming her") && !p.has("the bus"), "%.1500s", p.text)
		}},
		{"32", "a sheet for a first talk is printed to be written on, with nothing of the case", func(d desk) {
			d.seen("2025-10-11 17:40", "At the "+planted+".", "LOITER")
			d.want(!strings.Contains(strings.Join(d.written("intake"), " "), planted), "the case is on it")
		}},
	})
}

// table reads a CSV file.
func table(d desk, name string) [][]string {
	d.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		d.Fatal(err)
	}
	rows, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
	if err != nil {
		d.Fatal(err)
	}
	return rows
}
