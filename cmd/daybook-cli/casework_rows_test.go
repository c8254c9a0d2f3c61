//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"daybook/report/papertest"
)

// caseworkRow is a row of the register of requests with the command that does it.
type caseworkRow struct {
	number  string
	feature string
	check   func(desk)
}

// TestCaseworkRows goes on with TestCasework: the law by a data file alone, the
// matrix and the course in bundles, help, roles and volume.
func TestCaseworkRows(t *testing.T) {
	t.Setenv("DAYBOOK_PASSPHRASE", testPassphrase)
	holdRows(t, slices.Concat(lawRows, matrixRows, personRows, forceRows, breachRows, clockRows, unmarkedRows, orderRows, otherRows))
}

// holdRows runs rows, each on a case of its own and beside each other: most of their
// time goes by while the disk acknowledges what was written. A row that reads what is
// not there fails as that row, with a sentence, and the others go on.
func holdRows(t *testing.T, rows []caseworkRow) {
	for _, row := range rows {
		t.Run("row "+row.number+", "+row.feature, func(t *testing.T) {
			t.Parallel()
			dir := filepath.Join(t.TempDir(), "made.daybook")
			if err := makeCase(dir); err != nil {
				t.Fatal(err)
			}
			row.holds(desk{t, dir})
		})
	}
}

// holds checks a row.
func (row caseworkRow) holds(d desk) {
	defer d.missed()
	row.check(d)
}

// missed makes a failure of what a check did not find where it looked.
func (d desk) missed() {
	if what := recover(); what != nil {
		d.Errorf("what this looks at is not there (%v)\n%s", what, debug.Stack())
	}
}

var otherRows = []caseworkRow{
	{"18", "a paper of the family court is in no bundle for the police before its permission is noted; it is named as kept out and counted", func(d desk) {
		note, order := filepath.Join(d.TempDir(), "note.txt"), filepath.Join(d.TempDir(), "order.txt")
		write(d, note, "a note under the door")
		write(d, order, "the family judge heard of "+planted)
		d.do("add", note, order)
		d.seen("2025-10-10 09:00", "A note came.", "CONTACT", "evidence", []int{1})
		told := d.seen("2025-10-11 17:40", "What the "+planted+" judge was told.", "CONTACT", "evidence", []int{2})
		d.do("bundle", "--out", filepath.Join(d.TempDir(), "before"), "--freeze") // the file has its label from then on
		d.event("register", "order", "--on", "2025-10-12", "--text", "An order.", "--set", "sort=non-molestation order", "--item", "2")
		d.do("mark", told, "--tag", "family_court_document")
		bundle := func(profile string, more ...string) string {
			out := filepath.Join(d.TempDir(), "out")
			d.do(append([]string{"bundle", "--out", out, "--profile", profile}, more...)...)
			return out
		}
		for _, pack := range []string{"full", "served"} {
			out := bundle("EW-criminal-police-pack", "--pack", pack)
			d.want(!holds(d, out, planted) && !pdfSays(d, out, planted), "the %s pack has the paper", pack)
			d.want(pdfSays(d, out, "a paper of the family court, kept out"), "the %s pack does not say that something is kept out", pack)
			kept := 0
			for _, r := range tableOf(d, out, "schedule.csv") {
				if strings.Contains(r["Description"]+r["In this bundle, or why not"], "of the family court") {
					kept++
				}
			}
			d.want(kept == 2, "the schedule of the %s pack counts %d: the row, and the file", pack, kept)
			d.want(len(tableOf(d, out, "course.csv")) == 1, "the course of conduct counts it")
		}
		d.want(holds(d, bundle("EW-general-2021"), planted), "a bundle for another court has no such paper")
		d.do("mark", told, "--tag", "family_court_permission")
		d.want(holds(d, bundle("EW-criminal-police-pack"), planted), "it is kept out though its permission is noted")
	}},
	{"1", "one page for each role, and an invented case to try it on", func(d desk) {
		for role, word := range map[string]string{"reporter": "In danger call 999", "helper": "Their words are theirs", "officer": "whether it is stalking", "prosecutor": "Begin with the index"} {
			var o, m bytes.Buffer
			code := run(d.Context(), []string{"help", role}, strings.NewReader(""), &o, &m)
			d.want(code == 0 && strings.Contains(o.String(), word) && strings.Contains(o.String(), "daybook-cli demo") && strings.Count(o.String(), "\n") < 40, "%s: %d: %s%s", role, code, o.String(), m.String())
		}
		for _, r := range d.registersList() {
			why, _ := r["why"].(string)
			d.want(len(why) > 20, "%v does not say why it asks: %q", r["kind"], why)
		}
	}},
	{"3 and 4", "each importer says what it was tried with and what its format leaves out; a file that nobody can read is an item", func(d desk) {
		var o, m bytes.Buffer
		if code := run(d.Context(), []string{"importers", "--json"}, strings.NewReader(""), &o, &m); code != 0 {
			d.Fatal(m.String())
		}
		n := 0
		for dec := json.NewDecoder(&o); dec.More(); n++ {
			var i struct {
				Name, How_to_get  string
				Leaves_out, Tried []string
			}
			if err := dec.Decode(&i); err != nil {
				d.Fatal(err)
			}
			d.want(i.How_to_get != "" && len(i.Leaves_out) > 0 && len(i.Tried) > 0, "%s: %+v", i.Name, i)
		}
		d.want(n > 30, "%d importers", n)
		file := filepath.Join(d.TempDir(), "tag.bin")
		if err := os.WriteFile(file, []byte{0, 1, 2, 250, 251}, 0o600); err != nil {
			d.Fatal(err)
		}
		d.do("add", file)
		d.want(d.one("items")["name"] == "tag.bin", "it is not kept")
	}},
	{"10", "version, author and review date stand in every file of data and on what is handed over", func(d desk) {
		issue := regexp.MustCompile(`"version": ?("\d{4}-\d\d-\d\d"|\d+)`)
		n := 0
		err := filepath.WalkDir("../../assets", func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || filepath.Ext(name) != ".json" || strings.Contains(name, "/lang/") {
				return err
			}
			if strings.Contains(name, "/law/") && filepath.Base(name) != "pack.json" {
				return nil // a part of the pack beside it
			}
			data, err := os.ReadFile(name)
			n++
			for _, want := range []string{`"author"`, `"review_by"`} {
				d.want(strings.Contains(string(data), want), "%s has no %s", name, want)
			}
			d.want(issue.Match(data), "%s has no version", name)
			return err
		})
		d.want(err == nil && n > 30, "%d files: %v", n, err)
		d.event("incident", "--occurred", "2025-10-11 17:40", "--text", "He was there.")
		out := filepath.Join(d.TempDir(), "out")
		d.do("bundle", "--out", out)
		for _, words := range []string{"to be reviewed by 20", "Made", "Program", "by the Daybook project", "EW of 20"} {
			d.want(pdfSays(d, out, words), "the document does not say %q", words)
		}
		for _, name := range []string{"referral", "officer-brief", "pack-police", "spo-summary"} {
			page := strings.Join(strings.Fields(strings.Join(d.written(name), " ")), " ")
			for _, words := range []string{"ersion 2026-", "by the Daybook project", "by 2027-", time.Now().Format(time.DateOnly)} {
				d.want(strings.Contains(page, words), "%s does not say %q", name, words)
			}
		}
	}},
	{"29", "templates, an invented case with its bundle, and what it was tried with come with the program", func(d desk) {
		var o, m bytes.Buffer
		code := run(d.Context(), []string{"paper", "--json"}, strings.NewReader(""), &o, &m)
		all := decoded(d.T, o.Bytes())
		d.want(code == 0 && len(all) >= 20, "%d: %d papers", code, len(all))
		for _, p := range all {
			title, _ := p["title"].(string)
			reader, _ := p["for"].(string)
			d.want(title != "" && reader != "" && len(p["sections"].([]any)) > 0, "%v", p["id"])
		}
	}},
	{"30", "fifty thousand rows: a filter finds exactly what it should, copies are counted once, and what was added twice is one", func(d desk) {
		const messages = 50_000
		var chat strings.Builder
		for i := range messages {
			word := "hello"
			if i%1000 == 7 {
				word = "larkspur"
			}
			at := time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(i) * 10 * time.Minute)
			fmt.Fprintf(&chat, "[%s] %s: %s %d\n", at.Format("02/01/2006, 15:04:05"), []string{"Dan", "Maya"}[i%2], word, i)
		}
		dir := d.TempDir()
		for name, more := range map[string]string{"WhatsApp Chat with Dan.txt": "", "copy/WhatsApp Chat with Dan.txt": "", "later/WhatsApp Chat with Dan.txt": "[31/12/2024, 10:00:00] Dan: one more\n"} {
			write(d, filepath.Join(dir, name), chat.String()+more)
			d.do("add", filepath.Join(dir, name), "--owner", "Maya", "--date-order", "dmy")
		}
		found := d.do("timeline", "--search", "larkspur", "--format", "jsonl")
		d.want(len(found) == messages/1000, "%d found", len(found))
		for i, e := range found {
			d.want(e["text"] == fmt.Sprintf("larkspur %d", i*1000+7), "%v", e["text"])
		}
		day := d.do("timeline", "--from", "2024-03-01", "--to", "2024-03-01", "--format", "jsonl")
		d.want(len(day) == 144, "%d on one day", len(day))
		d.do("mark", found[0]["id"].(string), "--code", "CONTACT")
		d.do("mark", found[1]["id"].(string), "--tag", "threat")
		d.order()
		bare := d.do("timeline", "--unmarked", "--format", "jsonl")
		d.want(len(bare) == messages && len(d.do("timeline", "--unmarked", "--search", "larkspur", "--format", "jsonl")) == messages/1000-1, "%d without a code", len(bare))
	}},
	{"30", "what is still to be looked at is counted, and each count opens its list", func(d desk) {
		dir := d.TempDir()
		write(d, filepath.Join(dir, "sms.xml"), "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"2\">\n<sms address=\"+4477")
		write(d, filepath.Join(dir, "calls-1.xml"), `<?xml version='1.0' encoding='UTF-8'?><calls count="1"><call number="+447700900001" duration="1" date="1730000000000" type="1"/><oddity/></calls>`)
		write(d, filepath.Join(dir, "WhatsApp Chat with Dan.txt"), "01/02/2024, 10:00 - Dan: hello\n02/03/2024, 10:00 - Dan: hello again\n")
		picture := image.NewGray(image.Rect(0, 0, 72, 64))
		for at := range picture.Pix {
			picture.Pix[at] = uint8((at/8%9*67 + at/576*91) % 200)
		}
		for i, how := range []png.CompressionLevel{png.BestSpeed, png.NoCompression} { // the same, saved anew
			var file bytes.Buffer
			if err := (&png.Encoder{CompressionLevel: how}).Encode(&file, picture); err != nil {
				d.Fatal(err)
			}
			write(d, filepath.Join(dir, fmt.Sprintf("IMG_2025010%d_120000.png", i+1)), file.String())
		}
		d.run("add", dir)
		d.do("mark", d.event("incident", "--occurred", "2025-10-11 17:40", "--text", "He was there."), "--code", "LOITER")
		d.event("incident", "--occurred", "2025-10-12 17:40", "--text", "Again.")
		d.order()
		counts := func() map[string]int {
			of := map[string]int{}
			for _, n := range d.do("triage") {
				of[n["list"].(string)] = int(n["n"].(float64))
			}
			return of
		}
		before := counts()
		d.want(before["alike"] == 0, "pictures are alike that were not compared")
		groups := len(decoded(d.T, command(d.T, 0, "alike", d.dir, "--json"))) // the program itself, which is its own worker
		n := counts()
		for list, got := range map[string]int{"questions": len(d.do("triage", "questions")), "unread": len(d.do("triage", "unread")), "skips": len(d.do("skips")),
			"alike": groups, "unmarked": len(d.do("timeline", "--unmarked", "--format", "jsonl"))} {
			d.want(n[list] == got && got > 0, "%s: counted %d, listed %d", list, n[list], got)
		}
		d.refused("triage", "skips")
	}},
	{"41", "how it went is said on a paper that stays here: no command sends anything, and no bundle has it", func(d desk) {
		d.event("incident", "--occurred", "2025-10-11 17:40", "--text", "He was there.")
		d.do("paper", "feedback", "--answer", "heard", "--text", "Not at first, "+planted)
		file := filepath.Join(d.TempDir(), "feedback.pdf")
		d.do("paper", "feedback", "--out", file, "--purpose", "mine", "--recipient", "myself")
		words := ""
		for _, page := range papertest.Read(d.T, file).Words {
			for _, w := range page {
				words += w.Text + " "
			}
		}
		d.want(strings.Contains(words, planted), "%s", words)
		out := filepath.Join(d.TempDir(), "out")
		d.do("bundle", "--out", out)
		d.want(!holds(d, out, planted), "a bundle has it")
	}},
}

// registersList are the registers with what each asks for.
func (d desk) registersList() (list []map[string]any) {
	d.Helper()
	var o, m bytes.Buffer
	if code := run(d.Context(), []string{"register", "--json"}, strings.NewReader(""), &o, &m); code != 0 {
		d.Fatal(m.String())
	}
	for dec := json.NewDecoder(&o); dec.More(); {
		var one map[string]any
		if err := dec.Decode(&one); err != nil {
			d.Fatal(err)
		}
		list = append(list, one)
	}
	return list
}
