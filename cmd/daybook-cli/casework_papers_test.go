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

	"daybook/assets/papers"
	"daybook/assets/profiles"
	"daybook/report/lint"
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
	for _, row := range []struct {
		number  string
		feature string
		check   func(desk)
	}{
		{"33 and 47", "the referral is not complete before it is said why it is stalking, or why not; nothing stops it from being written", func(d desk) {
			before := d.paper("referral")
			d.want(!before.complete && before.state["R2"] == "not answered" && before.has("It is not complete: words are needed in R2."), "%v", before.state)
			d.want(before.has("EW-PHA-2A:", "EW-PHA-2:"), "the differences are not in it")
			d.written("referral")
			d.event("register", "considered", "--on", "2025-11-01", "--text", "He follows and waits.", "--set", "law=EW-PHA-2A", "--set", "outcome=put forward")
			d.answered("prompts", "P1", "He cannot let go.")
			after := d.paper("referral")
			d.want(after.complete && after.state["R2"] == "answered" && after.state["R3"] == "answered" && after.has("He follows and waits.", "He cannot let go."), "%v", after.state)
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
			d.want(p.state["R15"] == "answered" && p.has("bundle 1, p. ", "note.txt"), "R15 is %s: %s", p.state["R15"], p.text)
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
			d.want(p.state["R4"] == "answered" && p.has("Events: 3", "Occasions: 3, and 3 by the rule alone", "2025-10 Events: 1", "2025-11 Events: 2", "First: 2025-10-11", "Last: 2025-11-20"), "%s", p.text)
		}},
		{"21 and 31", "the officer brief is one page of A4 without an address, names the contact person, and says what may be gone soon", func(d desk) {
			for i := range 4 {
				d.seen(fmt.Sprintf("2025-10-%02d 17:40", i+1), "At 14 Elder Lane he stood and stood.", []string{"LOITER", "CONTACT", "FOLLOW", "WATCH"}[i], "place", map[string]string{"text": "14 Elder Lane"})
			}
			d.do("withhold", "14 Elder Lane", "--code", "ADDRESS")
			d.order()
			long := strings.Repeat("a long sentence about the camera of the shop, ", 30)
			for i := range 6 {
				d.event("register", "enquiry", "--on", "2025-10-12", "--text", long, "--set", "owner=PC Vale", "--set", "state=open", "--set", fmt.Sprintf("expires=2026-01-%02d", 20-i))
			}
			d.event("register", "enquiry", "--on", "2025-10-12", "--text", "the bus, near 14 Elder Lane", "--set", "owner=PC Vale", "--set", "state=open", "--set", "expires=2025-10-20")
			d.answered("case", "spoc", "DS Hill, the contact person")
			d.answered("case", "contact", "a message to her sister")
			d.answered("case", "relationship", "They worked together. "+long)
			pages := d.written("officer-brief")
			d.want(len(pages) == 1, "%d pages", len(pages))
			text := strings.Join(strings.Fields(pages[0]), " ")
			for _, want := range []string{"DS Hill", "her sister", "Events: 4", "2025-10-01", "2025-10-04", "restraining order", "2025-10-20", "Version 2026-11-26"} {
				d.want(strings.Contains(text, want), "%q is not on the page:\n%s", want, text)
			}
			d.want(!strings.Contains(text, "Elder Lane"), "an address is on the page")
			brief := d.paper("officer-brief").text
			d.want(strings.Index(brief, "2025-10-20") < strings.Index(brief, "2026-01-15"), "what may be gone first does not stand first")
		}},
		{"48", "the context stands under neutral headings, and what points away beside it", func(d desk) {
			d.answered("case", "relationship", "They were married until May.")
			d.answered("case", "reason", "He says that he wants his books.")
			d.answered("case", "away", "One call was from a bank.")
			p := d.paper("referral")
			d.want(p.state["R5"] == "answered" && p.has("They were married until May.", "What the other person gives as the reason", "He says that he wants his books."), "%s", p.text)
			d.want(p.state["R21"] == "answered" && p.has("One call was from a bank."), "what points away is not in it")
		}},
	} {
		t.Run("row "+row.number+", "+row.feature, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "made.daybook")
			if err := makeCase(dir); err != nil {
				t.Fatal(err)
			}
			row.check(desk{t, dir})
		})
	}
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

// Every paper can be made of an empty case and of one with something of each kind,
// keeps the rules of a document, has its version, author and days on each page, and
// says of what is missing that nothing is held.
func TestEveryPaperIsMade(t *testing.T) {
	t.Setenv("DAYBOOK_PASSPHRASE", testPassphrase)
	dir := filepath.Join(t.TempDir(), "made.daybook")
	if err := makeCase(dir); err != nil {
		t.Fatal(err)
	}
	d := desk{t, dir}
	all, err := papers.All()
	if err != nil {
		t.Fatal(err)
	}
	order := d.order()
	for _, p := range all {
		args := []string{}
		if p.OneOrder {
			d.refused("paper", p.ID)
			args = []string{"--order", order}
		}
		f := d.paper(append([]string{p.ID}, args...)...)
		d.want(f.all["version"] == p.Version && f.all["author"] == p.Author && f.all["review_by"] == p.ReviewBy, "%s: %v", p.ID, f.all)
		for i, page := range d.written(p.ID, args...) {
			d.want(p.Bare || strings.Contains(page, p.Version) && strings.Contains(page, p.Author) && strings.Contains(page, p.ReviewBy), "%s, page %d: no version, author or day", p.ID, i+1)
			d.want(regexp.MustCompile(fmt.Sprintf(`(?m)\b%d\s*$`, i+1)).MatchString(page), "%s, page %d: no number", p.ID, i+1)
		}
	}
}
