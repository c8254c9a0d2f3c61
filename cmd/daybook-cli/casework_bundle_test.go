//go:build linux

package main

import (
	"bytes"
	"encoding/base64"
	"encoding/csv"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"time"

	"daybook/report/papertest"
)

// tableOf reads a table of a bundle by the titles of its columns.
func tableOf(d desk, dir, name string) (rows []map[string]string) {
	d.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "data", name))
	if err != nil {
		d.Fatal(err)
	}
	all, err := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(data, []byte("\ufeff")))).ReadAll()
	if err != nil {
		d.Fatal(err)
	}
	for _, values := range all[1:] {
		row := map[string]string{}
		for i, title := range all[0] {
			row[title] = values[i]
		}
		rows = append(rows, row)
	}
	return rows
}

// pdfSays tells that the document of a bundle has words one after another, in
// whatever lines.
func pdfSays(d desk, dir, words string) bool {
	d.Helper()
	var all []string
	for _, p := range papertest.Read(d.T, filepath.Join(dir, "data", "bundle.pdf")).Words {
		for _, w := range p {
			all = append(all, w.Text)
		}
	}
	return strings.Contains(strings.Join(all, " "), words)
}

var matrixRows = []caseworkRow{
	{"5", "a made-up offence stands in the bundle that asks for it: document, page and table", func(d desk) {
		key := newSigner(d)
		early := d.event("incident", "--occurred", "2025-10-11 23:00", "--text", "He whistled.")
		late := d.event("incident", "--occurred", "2025-11-02 23:00", "--text", "He whistled again.")
		if _, said, code := key.law(d, "--pack", key.pack(d, "2027-01-02", whistling)); code != 0 {
			d.Fatal(said)
		}
		for _, id := range []string{early, late} {
			d.do("mark", id, "--code", "WHISTLE")
		}
		out := filepath.Join(d.TempDir(), "out")
		d.refused("bundle", "--out", out, "--matrix", "EW-WHISPER")
		d.do("bundle", "--out", out, "--matrix", "EW-WHISTLE")
		rows := tableOf(d, out, "matrix.csv")
		d.want(len(rows) == 2 && rows[0]["Event"] == late && rows[0]["No."] == "2" && rows[0]["Page"] != "" && rows[1]["Why it stands here"] == "no material linked yet", "%v", rows)
		for _, words := range []string{"Whistling at night", "no material linked yet", "Somebody whistled."} {
			d.want(holds(d, filepath.Join(out, "data", "timeline.html"), words), "the page does not say %q", words)
			d.want(pdfSays(d, out, words), "the document does not say %q", words)
		}
		plain := filepath.Join(d.TempDir(), "plain")
		d.do("bundle", "--out", plain)
		d.want(!holds(d, filepath.Join(plain, "data"), "Whistling at night"), "a bundle has an offence that nobody asked for")
	}},
	{"33", "the matrix of a bundle has what was considered and why not; a served one has no private words and nothing that it does not show", func(d desk) {
		told := d.event("register", "notice", "--on", "2025-10-01", "--text", "I asked him to stop.", "--set", "how=asked to stop")
		seen := d.event("incident", "--occurred", "2025-10-11 17:40", "--text", "He was there.", "--felt", "sick with "+planted)
		d.event("register", "considered", "--on", "2025-11-01", "--text", "More than one kind of "+planted, "--set", "law=EW-PHA-2", "--set", "outcome=not put forward")
		d.do("mark", seen, "--element", "EW-PHA-2A/acts", "--note", planted)
		elements := func(pack string, args ...string) map[string][]string {
			out := filepath.Join(d.TempDir(), "out")
			d.do(append([]string{"bundle", "--out", out, "--pack", pack, "--matrix", "EW-PHA-2A"}, args...)...)
			d.want(holds(d, out, planted) == (pack == "full" || args != nil), "the %s pack and the private words", pack)
			of := map[string][]string{}
			d.want((pack == "full") == pdfSays(d, out, "Acts before the first of these: 0; on the same day: 0; after it: 1"), "the %s pack and where the acts lie about the request to stop", pack)
			for _, r := range tableOf(d, out, "matrix.csv") {
				if r["Event"] != "" {
					of[r["Element"]] = append(of[r["Element"]], r["Event"])
				}
			}
			return of
		}
		full := elements("full")
		d.want(slices.Equal(full["acts"], []string{seen}) && slices.Equal(full["knowledge"], []string{told}) && slices.Equal(full["harassment"], []string{seen}), "full: %v", full)
		served := elements("served")
		d.want(slices.Equal(served["acts"], []string{seen}) && slices.Equal(served["knowledge"], []string{told}) && served["harassment"] == nil, "served: %v", served)
		shown := elements("served", "--show", "feelings")
		d.want(slices.Equal(shown["harassment"], []string{seen}), "served with feelings: %v", shown)
	}},
	{"14", "the course of conduct in the bundle: behaviour by date, occasion, effect and page, with totals that add up", func(d desk) {
		var ids []string
		for _, at := range []string{"2025-10-11 17:40", "2025-10-11 18:00", "2025-11-02 09:00"} {
			ids = append(ids, d.event("incident", "--occurred", at, "--text", "He was there.", "--felt", "cold"))
			d.do("mark", ids[len(ids)-1], "--code", "LOITER")
		}
		d.do("mark", ids[0], "--code", "WATCH")
		d.do("occasions", "--split", ids[1], "--reason", "he had left")
		out := filepath.Join(d.TempDir(), "out")
		d.do("bundle", "--out", out)
		marks, occasions := 0, map[string]bool{}
		rows := tableOf(d, out, "course.csv")
		for i, r := range rows {
			d.want(r["Event"] == ids[i] && strings.Contains(r["Effect"], "cold") && r["Page"] != "", "%v", r)
			marks += len(strings.Split(r["Behaviour"], "; "))
			occasions[r["Occasion"]] = true
		}
		said := fmt.Sprintf("gave a behaviour code: %d, with %d codes. Occasions as a person split and joined them: %d; by the rule alone", len(rows), marks, len(occasions))
		d.want(len(rows) == 3 && marks == 4 && len(occasions) == 3, "%v", rows)
		d.want(pdfSays(d, out, said), "the document does not say %q", said)
	}},
	{"14", "the course and the matrix of a bundle say of a time all that the chronology says, and of its tags; the terminal has the words of a time without a day", func(d desk) {
		chat := filepath.Join(d.TempDir(), "WhatsApp Chat with Dan.txt")
		write(d, chat, "26/10/2025, 01:40 - Dan: in the doubled hour\n29/03/2026, 01:30 - Dan: in no hour\n30/03/2026, 09:00 - Maya: stop\n")
		d.do("add", chat, "--owner", "Maya", "--date-order", "dmy")
		for _, e := range d.do("timeline", "--format", "jsonl", "--person", "Dan") {
			d.do("mark", e["id"].(string), "--code", "CONTACT", "--tag", "breach_of_order")
		}
		own := d.seen("2025-10-26 01:30 +01:00", "At the gate.", "LOITER")
		d.seen("2025-11-02 09:00 +03:00", "Away from home.", "LOITER")
		d.event("incident", "--occurred", "2025-11", "--precision", "about", "--text", "In the garden.")
		d.event("incident", "--occurred", "2025-12-03 18:00", "--precision", "before", "--text", "The tyre was flat.")
		out := filepath.Join(d.TempDir(), "out")
		d.do("bundle", "--out", out, "--matrix", "EW-PHA-2A")
		of := map[string]map[string]string{}
		for _, r := range tableOf(d, out, "chronology.csv") {
			of[r["Event"]] = r
		}
		for _, name := range []string{"course.csv", "matrix.csv"} {
			rows, twice, never := tableOf(d, out, name), false, false
			for _, r := range rows {
				if r["Event"] == "" {
					continue
				}
				for _, title := range []string{"Local time", "Zone", "UTC", "Time as in the source", "Basis of the time", "Tags", "To be known"} {
					got, there := r[title]
					d.want(there && got == of[r["Event"]][title], "%s, %s: %q; the chronology has %q", name, title, got, of[r["Event"]][title])
				}
				twice = twice || r["UTC"] == "" && strings.Contains(r["To be known"], "showed this hour twice") && r["Tags"] == "breach_of_order"
				never = never || r["UTC"] == "" && strings.Contains(r["To be known"], "never showed this hour")
				d.want(!strings.HasPrefix(r["Zone"], "'"), "%s: a zone stands as %q", name, r["Zone"])
			}
			d.want(twice && never, "%s does not say that a clock showed a time twice or never: %v", name, rows)
		}
		d.want(of[own]["Zone"] == "Europe/London" && of[own]["UTC"] == "2025-10-26 00:30Z", "%v", of[own])
		d.want(pdfSays(d, out, "Behaviour, tags"), "the document does not say that tags stand beside behaviour")
		matrix := d.printed("matrix", "EW-PHA-2A")
		for _, words := range []string{"about November 2025  In the garden.", "not later than Wed 3 Dec 2025 18:00 GMT  The tyre was flat."} {
			d.want(strings.Contains(matrix, words), "the matrix does not say %q:\n%s", words, matrix)
		}
	}},
}

// lineSet are the lines of a page of a bundle.
func lineSet(d desk, dir, name string) map[string]bool {
	d.Helper()
	data, err := os.ReadFile(filepath.Join(dir, "data", name))
	if err != nil {
		d.Fatal(err)
	}
	of := map[string]bool{}
	page, _, _ := strings.Cut(string(data), `<section id="integrity"`) // from there on it speaks of the record as it is at its moment
	for _, l := range strings.Split(page, "\n") {
		of[l] = true
	}
	return of
}

// journalOwn are the words of a document that tell the one journal from the other.
var journalOwn = regexp.MustCompile(`As a phrase .*? Entries|\b[0-9a-f]{16,}\b|[0-9a-f]{8}( [0-9a-f]{8})+`)

// documentText is the text of the document of a bundle in one line.
func documentText(d desk, dir string) string {
	d.Helper()
	text, err := exec.CommandContext(d.Context(), "pdftotext", "-layout", filepath.Join(dir, "data", "bundle.pdf"), "-").Output()
	if err != nil {
		d.Fatal(err)
	}
	return journalOwn.ReplaceAllString(strings.Join(strings.Fields(string(text)), " "), "of its own")
}

var forceRows = []caseworkRow{
	{"55", "the same case under two settings of a force differs in those fields alone", func(d desk) {
		d.event("incident", "--occurred", "2025-10-11 17:40", "--text", "He was there.")
		var logo bytes.Buffer
		if err := png.Encode(&logo, image.NewGray(image.Rect(0, 0, 40, 20))); err != nil {
			d.Fatal(err)
		}
		file := filepath.Join(d.TempDir(), "logo.png")
		if err := os.WriteFile(file, logo.Bytes(), 0o600); err != nil {
			d.Fatal(err)
		}
		command(d.T, 0, "add", d.dir, file)                             // by the program itself, which has a reader of pictures
		there := desk{d.T, filepath.Join(d.TempDir(), "there.daybook")} // the same case, with another force
		if err := os.CopyFS(there.dir, os.DirFS(d.dir)); err != nil {
			d.Fatal(err)
		}
		took := func(on desk, name, reference, megabytes string) (out string) {
			on.event("register", "force", "--on", "2025-11-01", "--text", "Took it over.", "--set", "name="+name, "--set", "reference="+reference, "--set", "portal_mb="+megabytes, "--item", "1")
			out = filepath.Join(on.TempDir(), "out")
			on.do("bundle", "--out", out, "--profile", "EW-criminal-police-pack")
			return out
		}
		one, other := took(d, "Northshire Police", "NS/1", "40"), took(there, "Southshire Police", "SS/2", "7")
		theirs := regexp.MustCompile(`Northshire Police|NS/1|Southshire Police|SS/2`)
		moment := regexp.MustCompile(`(` + time.Now().Format("2006-01-02|2 January 2006") + `) \d\d:\d\d(:\d\d)?`)
		same := func(text string) string {
			return moment.ReplaceAllString(theirs.ReplaceAllString(text, "theirs"), "now")
		}
		tables, err := filepath.Glob(filepath.Join(one, "data", "*.csv"))
		d.want(err == nil && len(tables) >= 6, "%d tables: %v", len(tables), err)
		for _, name := range append(tables, "events.jsonl", "timeline.html") {
			name = filepath.Base(name)
			was, is := map[string]bool{}, map[string]bool{}
			for l := range lineSet(d, one, name) {
				was[same(l)] = true
			}
			for l := range lineSet(d, other, name) {
				is[same(l)] = true
				d.want(was[same(l)], "with another force %s says %s", name, l)
			}
			d.want(len(was) > 0 && len(was) == len(is), "%s has %d lines, and with another force %d", name, len(was), len(is))
		}
		was, is := strings.Fields(same(documentText(d, one))), strings.Fields(same(documentText(d, other)))
		for i := range min(len(was), len(is)) {
			if was[i] != is[i] {
				d.Fatalf("the document says %q, and with another force %q", was[max(0, i-8):min(len(was), i+8)], is[max(0, i-8):min(len(is), i+8)])
			}
		}
		d.want(len(was) > 1000 && len(was) == len(is), "the document has %d words, and with another force %d", len(was), len(is))
		for dir, words := range map[string][]string{one: {"Northshire Police", "NS/1"}, other: {"Southshire Police", "SS/2"}} {
			for _, w := range words {
				d.want(pdfSays(d, dir, w) && holds(d, filepath.Join(dir, "data", "timeline.html"), w), "the cover does not say %s", w)
			}
		}
		d.want(holds(d, filepath.Join(one, "data", "timeline.html"), base64.StdEncoding.EncodeToString(logo.Bytes())), "the logo is not on the page")
	}},
	{"31", "by profession: who leads and the single contact person are named, the code is answered, and nothing is deleted", func(d desk) {
		d.event("incident", "--occurred", "2025-10-11 17:40", "--text", "He was there.")
		file := filepath.Join(d.TempDir(), "note.txt")
		if err := os.WriteFile(file, []byte("a note"), 0o600); err != nil {
			d.Fatal(err)
		}
		d.do("add", file)
		half := []string{"register", "force", "--on", "2025-11-01", "--text", "Took it over.", "--set", "name=Northshire Police", "--set", "professional=yes", "--set", "lead=DS Hill"}
		d.refused(half...)
		d.event(append(half, "--set", "spoc=DI Reed", "--set", "code=no work that the code is about", "--set", "code_why=the person's own exports")...)
		_, said, code := d.run("delete", "1", "--reason", "by mistake", "--yes")
		d.want(code == exitFailed && strings.Contains(said, "by profession") && d.do("items")[0]["deleted"] != true, "%d: %s", code, said)
		for _, pack := range []string{"full", "served"} {
			out := filepath.Join(d.TempDir(), pack)
			d.do("bundle", "--out", out, "--pack", pack)
			for _, w := range []string{"DS Hill", "DI Reed", "no work that the code is about", "the person's own exports", "code of the regulator of expert science"} {
				d.want(pdfSays(d, out, w), "the %s pack does not say %q", pack, w)
			}
		}
	}},
}
