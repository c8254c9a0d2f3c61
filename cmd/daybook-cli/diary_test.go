//go:build linux

package main

import (
	"encoding/json"
	"fmt"
	"html"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"daybook/evidence"
	"daybook/evidence/keys"
	"daybook/timeline"
)

// diaryEntry is what was written down, field by field and version by version.
type diaryEntry struct {
	id       string
	versions []timeline.IncidentDraft // the first one first
}

func (e diaryEntry) last() timeline.IncidentDraft { return e.versions[len(e.versions)-1] }

// A diary of two hundred entries, with corrections and with both nights on which the
// clocks change, comes out of the case as it was put in, in every form that a bundle
// has: no letter, field or time of it is changed in silence, and every earlier version
// stays.
func TestADiaryComesOutAsItWentIn(t *testing.T) {
	t.Setenv("DAYBOOK_PASSPHRASE", testPassphrase)
	d := desk{t, filepath.Join(t.TempDir(), "made.daybook")}
	if err := makeCase(d.dir); err != nil {
		t.Fatal(err)
	}
	diary := d.writeDiary(200)
	out := filepath.Join(t.TempDir(), "out")
	d.do("bundle", "--out", out)
	lines, err := os.ReadFile(filepath.Join(out, "data", "events.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	for _, list := range [][]map[string]any{d.do("timeline", "--format", "jsonl"), decoded(t, lines)} {
		d.asLines(diary, list)
	}
	d.asTable(diary, tableOf(d, out, "chronology.csv"))
	d.asPages(diary, out)
	if n := len(d.do("timeline", "--kind", "incident", "--search", "corrected", "--format", "jsonl")); n != 20 {
		t.Errorf("%d corrected entries are found", n)
	}
	entries := filepath.Join(out, "log", "entries")
	for _, e := range diary {
		for _, v := range e.versions {
			if mark, _, _ := strings.Cut(v.What, ":"); !holds(d, entries, mark+":") {
				t.Errorf("version %q is not in the record of the bundle", mark)
			}
		}
	}
}

// asLines holds the lines of events against what was written, field by field.
func (d desk) asLines(diary []diaryEntry, list []map[string]any) {
	d.Helper()
	d.want(len(list) == len(diary), "%d lines of %d", len(list), len(diary))
	got := map[string]map[string]any{}
	for _, e := range list {
		got[e["id"].(string)] = e
	}
	for _, e := range diary {
		v, line := e.last(), got[e.id]
		if line == nil {
			d.Errorf("%s is in no line", e.id)
			continue
		}
		d.want(line["text"] == v.What, "written %q, in the line %q", v.What, line["text"])
		d.want(sameTime(line["when"], v.Occurred), "%s: written %+v, in the line %v", v.What, v.Occurred, line["when"])
		kept := line["incident"].(map[string]any)
		if v.Noticed.Precision != "" {
			d.want(sameTime(kept["noticed"], v.Noticed), "%s: noticed %+v, in the line %v", v.What, v.Noticed, kept["noticed"])
		}
		for name, want := range fieldsOf(d, v) {
			d.want(reflect.DeepEqual(kept[name], want), "%s: %s: written %q, in the line %q", v.What, name, want, kept[name])
		}
	}
}

// sameTime tells that a time of a line is the one that was written, in its words, its
// moment and how sure it is.
func sameTime(line any, w timeline.When) bool {
	data, err := json.Marshal(timeline.WireTime(w.Own()))
	var want any
	return err == nil && json.Unmarshal(data, &want) == nil && reflect.DeepEqual(line, want)
}

// fieldsOf are the fields of a form as JSON has them, without what becomes marks.
func fieldsOf(d desk, v timeline.IncidentDraft) (of map[string]any) {
	d.Helper()
	data, err := json.Marshal(v)
	if err == nil {
		err = json.Unmarshal(data, &of)
	}
	if err != nil {
		d.Fatal(err)
	}
	return of
}

// asTable holds the rows of the chronology against what was written.
func (d desk) asTable(diary []diaryEntry, rows []map[string]string) {
	d.Helper()
	d.want(len(rows) == len(diary), "%d rows of %d", len(rows), len(diary))
	got := map[string]map[string]string{}
	for _, r := range rows {
		got[r["Event"]] = r
	}
	for _, e := range diary {
		v, r := e.last(), got[e.id]
		d.want(r["Text"] == v.What && r["Time as in the source"] == v.Occurred.Raw && r["Place"] == v.Place.Text && r["About"] == v.Who,
			"%s: %s: in the table %q", v.What, v.Occurred.Raw, r)
		if v.Occurred.Precision == timeline.Minute {
			d.want(r["UTC"] == v.Occurred.Instant.UTC().Format("2006-01-02 15:04Z"), "%s: %s in the table, and it was %s", v.What, r["UTC"], v.Occurred.Instant)
		}
		for _, words := range said(v) {
			d.want(strings.Contains(strings.Join([]string{r["Further facts"], r["Place"], r["About"]}, "\n"), words), "%s: %q is not in the table: %q", v.What, words, r["Further facts"])
		}
	}
}

// asPages holds the document, every version of it, and the pages for a browser against
// what was written.
func (d desk) asPages(diary []diaryEntry, out string) {
	d.Helper()
	text, err := exec.CommandContext(d.Context(), "pdftotext", "-raw", filepath.Join(out, "data", "bundle.pdf"), "-").Output()
	if err != nil {
		d.Fatal(err)
	}
	document, plain, searched := squeezed(string(text)), d.plainPages(out), d.searchPage(out)
	zone, err := time.LoadLocation("Europe/London")
	if err != nil {
		d.Fatal(err)
	}
	for _, e := range diary {
		if w := e.last().Occurred; w.Precision == timeline.Minute {
			shown := w.Raw
			if offset.MatchString(w.Raw) { // it is that of the case's clock, and shown by its name
				shown = w.Instant.In(zone).Format("2006-01-02 15:04 MST")
			}
			d.want(strings.Contains(document, squeezed("Happened "+shown+" (by the person)")), "%s: when it happened, %s, is not in the document", e.last().What, shown)
		}
		for n, v := range e.versions {
			for _, words := range append(said(v), v.What) {
				if n == len(e.versions)-1 { // the pages say that the earlier ones are in the document
					d.want(strings.Contains(plain, squeezed(words)), "%q is on no page", words)
					d.want(strings.Contains(searched, squeezed(words)), "%q is not in what the page searches", words)
				}
				words = bothWays.ReplaceAllString(words, "") // a document is read in the order in which it is seen
				d.want(strings.Contains(document, squeezed(words)), "%q is not in the document", words)
			}
		}
	}
}

// plainPages are the words of the pages that need no script.
func (d desk) plainPages(out string) string {
	d.Helper()
	pages, err := filepath.Glob(filepath.Join(out, "data", "timeline", "*.html"))
	if err != nil {
		d.Fatal(err)
	}
	var all strings.Builder
	for _, name := range append(pages, filepath.Join(out, "data", "timeline.html")) {
		if filepath.Base(name) == "search.html" {
			continue
		}
		page, err := os.ReadFile(name)
		if err != nil {
			d.Fatal(err)
		}
		all.Write(page)
	}
	return squeezed(html.UnescapeString(inTags.ReplaceAllString(all.String(), "")))
}

// searchPage are the words that stand as data in the page that searches.
func (d desk) searchPage(out string) string {
	d.Helper()
	page, err := os.ReadFile(filepath.Join(out, "data", "timeline", "search.html"))
	if err != nil {
		d.Fatal(err)
	}
	var all strings.Builder
	for _, m := range inQuotes.FindAll(page, -1) {
		var words string
		if json.Unmarshal(m, &words) == nil {
			all.WriteString(words)
		}
	}
	return squeezed(all.String())
}

var (
	inQuotes = regexp.MustCompile(`"(?:[^"\\\n]|\\.)*"`)
	inTags   = regexp.MustCompile(`<[^>]*>`)
	offset   = regexp.MustCompile(` [+-]\d\d:\d\d$`)
	bothWays = regexp.MustCompile(`: [^:]*[\p{Arabic}\p{Hebrew}].*|: 👩.*`)
)

// squeezed is a text without its spaces, which lines of a page break anew.
func squeezed(text string) string {
	return strings.Join(strings.Fields(text), "")
}

// said are the words of a form beside those of what happened, field by field.
func said(v timeline.IncidentDraft) (all []string) {
	list := []string{v.TimeSource, v.Late, v.ExactWords, v.Place.Text, v.Channel, v.Platform, v.AccountFrom, v.AccountTo, v.Who, v.HowKnown, v.Description, v.AimedAt,
		v.UnwantedSignal, v.FeelingThen, v.FeelingAfter, v.FearedWhy, v.ChangeMade, v.NoEvidence, v.MyReply, v.Support, v.Children, v.OrderInForce}
	for _, w := range v.Witnesses {
		list = append(list, w.Name, w.Relation, w.Saw, w.Contact)
	}
	for _, t := range v.ToldAnyone {
		list = append(list, t.Who, t.When, t.How)
	}
	for _, r := range v.ReportedTo {
		list = append(list, r.To, r.How, r.When, r.Officer, r.Number, r.Crime, r.Advice, r.Outcome, r.Next)
	}
	for _, words := range list {
		if words != "" {
			all = append(all, words)
		}
	}
	return all
}

var odd = []string{"He said “no” – twice.", "  two spaces before, one behind ", "a line\nand another\n\nand a third", "it's £5, 50 % & <b>", "Zoë, naïve, e\u0301", "مرحبا then שלום", "👩‍👧 and 🚪"}

// filledIn is a form of which every field of words says which it is, in words that are
// easily changed on the way.
func filledIn(n int) timeline.IncidentDraft {
	field := 0
	say := func() string {
		field++
		return fmt.Sprintf("field %03d.%02d: %s", n, field, odd[(n+field)%len(odd)])
	}
	return timeline.IncidentDraft{
		TimeSource: say(), Late: say(), ExactWords: say(), NearWords: true, Place: timeline.IncidentPlace{Text: say(), Type: "street"}, Channel: say(), Platform: say(), AccountFrom: say(), AccountTo: say(),
		Who: "Dan Reed", HowKnown: say(), Description: say(), AimedAt: say(), UnwantedSignal: say(), Witnesses: []timeline.Witness{{Name: say(), Relation: say(), Saw: say(), Willing: "yes", Contact: say()}},
		FeelingThen: say(), FeelingAfter: say(), FearedViolence: "unsure", FearedWhy: say(), ChangeMade: say(), NoEvidence: say(), MyReply: say(),
		ToldAnyone: []timeline.Told{{Who: say(), When: say(), How: say()}}, ReportedTo: []timeline.Report{{To: say(), How: say(), When: say(), Officer: say(), Number: say(), Crime: say(), Advice: say(), Outcome: say(), Next: say()}},
		Support: say(), Children: say(), OrderInForce: say(),
	}
}

// diaryTime is when an entry happened: one an hour over both changes of the clocks, and
// among them days, what is early or late of it, spans, and times that nobody knows.
func (d desk) diaryTime(i, n int, zone *time.Location) (when, noticed timeline.When) {
	d.Helper()
	at := time.Date(2025, 3, 29, 20, 0, 0, 0, time.UTC).Add(time.Duration(i) * time.Hour)
	if i >= n/2 {
		at = time.Date(2025, 10, 25, 20, 0, 0, 0, time.UTC).Add(time.Duration(i-n/2) * time.Hour)
	}
	clock := func(at time.Time) string { return at.In(zone).Format("2006-01-02 15:04 -07:00") }
	typed := func(text, until string, how timeline.Precision) timeline.When {
		w, err := timeline.Typed(text, until, how, zone)
		if err != nil {
			d.Fatal(err)
		}
		return w
	}
	noticed = typed(clock(at.Add(90*time.Minute)), "", "")
	switch how := i % 20; how {
	case 7:
		return typed("not sure", "", ""), timeline.When{}
	case 8, 9, 12:
		return typed(clock(at), "", map[int]timeline.Precision{8: timeline.About, 9: timeline.Before, 12: timeline.After}[how]), noticed
	case 13:
		return typed(clock(at), clock(at.Add(30*time.Minute)), timeline.Range), timeline.When{}
	case 14:
		return typed(at.In(zone).Format(time.DateOnly), "", ""), timeline.When{}
	}
	when = typed(clock(at), "", "")
	if !when.Instant.Equal(at) {
		d.Errorf("%s is read as %s", clock(at), when.Instant)
	}
	return when, noticed
}

// writeDiary writes entries down, every tenth corrected, and every twentieth twice.
func (d desk) writeDiary(n int) (diary []diaryEntry) {
	d.Helper()
	c, err := evidence.Open(d.dir, keys.Passphrase(testPassphrase), evidence.OpenOptions{})
	if err != nil {
		d.Fatal(err)
	}
	defer func() {
		if err := c.Close(); err != nil {
			d.Error(err)
		}
	}()
	x, err := timeline.Open(d.Context(), c)
	if err != nil {
		d.Fatal(err)
	}
	for i := range n {
		draft := timeline.IncidentDraft{}
		if i%4 == 3 {
			draft = filledIn(i)
		}
		draft.Occurred, draft.Noticed = d.diaryTime(i, n, x.Zone())
		draft.What = fmt.Sprintf("entry %03d: %s", i, odd[i%len(odd)])
		w, err := x.WriteIncident(d.Context(), draft)
		if err != nil {
			d.Fatal(err)
		}
		e := diaryEntry{w.ID.String(), []timeline.IncidentDraft{draft}}
		for again := 1; i%10 == 3 && again <= 1+i/10%2; again++ {
			draft = filledIn(i + 1000*again)
			draft.Occurred, draft.Noticed = e.last().Occurred, e.last().Noticed
			draft.What = fmt.Sprintf("corrected %03d.%d: %s", i, again, odd[(i+again)%len(odd)])
			if _, err := x.Correct(d.Context(), w.ID, draft, "clearer"); err != nil {
				d.Fatal(err)
			}
			e.versions = append(e.versions, draft)
		}
		diary = append(diary, e)
	}
	return diary
}
