//go:build linux

package main

import (
	"bytes"
	"crypto/ed25519"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"daybook/assets/help"
	"daybook/assets/law"
	"daybook/report/papertest"
)

// signedBy are the two halves of a key that a test makes, and no release has.
type signedBy struct {
	public  ed25519.PublicKey
	private ed25519.PrivateKey
}

func newSigner(d desk) signedBy {
	public, private, err := ed25519.GenerateKey(nil)
	if err != nil {
		d.Fatal(err)
	}
	return signedBy{public, private}
}

// pack writes the law of England and Wales with what is changed in it, signed.
func (s signedBy) pack(d desk, version string, change func(*law.Pack)) (name string) {
	d.Helper()
	p, err := law.Named("EW")
	if err != nil {
		d.Fatal(err)
	}
	p.Version = version
	change(&p)
	body, err := json.Marshal(p)
	if err != nil {
		d.Fatal(err)
	}
	name = filepath.Join(d.TempDir(), version+".law")
	file := append([]byte("signature "+base64.StdEncoding.EncodeToString(ed25519.Sign(s.private, body))+"\n"), body...)
	if err := os.WriteFile(name, file, 0o600); err != nil {
		d.Fatal(err)
	}
	return name
}

// law runs the command of the law as a program whose packs this key signs.
func (s signedBy) law(d desk, args ...string) (out, messages string, code int) {
	d.Helper()
	var o, m bytes.Buffer
	t := &terminal{in: strings.NewReader(""), out: &o, messages: &m, lawKey: s.public}
	code = t.run(d.Context(), append([]string{"law", "--case", d.dir}, args...))
	return o.String(), m.String(), code
}

// whistling is an offence that no law has, from a day on.
func whistling(p *law.Pack) {
	o, err := p.Offence("EW-PHA-2")
	if err != nil {
		return
	}
	o.ID, o.Label, o.From = "EW-WHISTLE", "Whistling at night", "2025-11-01"
	o.Elements = []law.Element{{ID: "act", Text: "Somebody whistled.", ShownBy: []string{"behaviour:WHISTLE"}, Least: 1}, {ID: "night", Text: "It was night."}}
	p.Offences = append(slices.Clone(p.Offences), o)
	b := p.Behaviours[0]
	b.Code, b.Short, b.Label = "WHISTLE", "whistling", "Whistling after somebody"
	p.Behaviours = append(slices.Clone(p.Behaviours), b)
}

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
	for _, row := range slices.Concat(lawRows, matrixRows, personRows, forceRows, otherRows) {
		t.Run("row "+row.number+", "+row.feature, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "made.daybook")
			if err := makeCase(dir); err != nil {
				t.Fatal(err)
			}
			row.check(desk{t, dir})
		})
	}
}

var lawRows = []caseworkRow{
	{"5", "the law changes by a data file alone: a made-up offence and its code are law of the case from then on, and not before their day", func(d desk) {
		key := newSigner(d)
		early := d.event("incident", "--occurred", "2025-10-11 23:00", "--text", "He whistled.")
		late := d.event("incident", "--occurred", "2025-11-02 23:00", "--text", "He whistled again.")
		d.refused("mark", late, "--code", "WHISTLE")
		d.refused("matrix", "EW-WHISTLE")
		d.do("bundle", "--out", filepath.Join(d.TempDir(), "before"), "--freeze")
		out, said, code := key.law(d, "--pack", key.pack(d, "2027-01-02", whistling), "--json")
		d.want(code == 0 && strings.Contains(out, `"version":"2027-01-02"`) && strings.Contains(out, `"signed_by":"`), "%d: %s%s", code, out, said)
		for _, id := range []string{early, late} {
			d.do("mark", id, "--code", "WHISTLE")
		}
		m := d.one("matrix", "EW-WHISTLE")
		act := m["elements"].([]any)[0].(map[string]any)["cells"].([]any)
		d.want(len(act) == 1 && act[0].(map[string]any)["event"] == late && len(m["outside"].([]any)) == 1, "%v", m)
		codes := d.one("course")["codes"].([]any)
		d.want(len(codes) == 1 && codes[0].(map[string]any)["events"] == 2.0, "%v", codes)
		after := filepath.Join(d.TempDir(), "after")
		d.do("bundle", "--out", after, "--freeze")
		d.want(holds(d, filepath.Join(after, "data", "timeline"), "whistling"), "the bundle has no words for the code")
		d.want(!holds(d, filepath.Join(after, "data", "schedule.csv"), "2027-01-02.law"), "the pack stands among what the person added")
		frozen := d.do("bundles")
		was, is := frozen[0]["law"].(map[string]any)["EW"], frozen[1]["law"].(map[string]any)["EW"]
		d.want(len(frozen) == 2 && was != is && is == "2027-01-02", "%v, %v", was, is)
		_, said, code = key.law(d)
		d.want(code == 0 && strings.Contains(said, "EW of 2027-01-02") && strings.Contains(said, "Signed by the key"), "%d: %s", code, said)
	}},
	{"5", "the terms of an order name it in the law of the day", func(d desk) {
		d.event("register", "order", "--on", "2025-11-01", "--text", "An order.", "--set", "sort=restraining order", "--set", "law=EW-RO", "--term", "not to contact her")
		said := d.said("incident", "--occurred", "2025-12-24 18:00", "--text", "He stood at the gate.")
		d.want(strings.Contains(said, "In the law of that day: EW-RO"), "%s", said)
	}},
	{"54", "a newer pack is loaded offline once its signature holds; one that is older, or signed by another key, is not", func(d desk) {
		key := newSigner(d)
		newer := key.pack(d, "2027-01-02", whistling)
		_, said, code := newSigner(d).law(d, "--pack", newer)
		d.want(code == exitFailed && strings.Contains(said, "nothing of it was read"), "another key: %d: %s", code, said)
		d.want(len(d.do("items")) == 0, "it was kept")
		_, said, code = key.law(d, "--pack", key.pack(d, "2020-01-01", whistling))
		d.want(code == exitFailed && strings.Contains(said, "older"), "an older one: %d: %s", code, said)
		_, said, code = key.law(d, "--pack", newer)
		d.want(code == 0, "%d: %s", code, said)
		_, said, code = key.law(d, "--pack", newer)
		d.want(code == exitFailed && strings.Contains(said, "2027-01-02"), "the same again: %d: %s", code, said)
		entries := d.do("journal")
		d.want(entries[len(entries)-1]["action"] == "law" && len(d.do("items")) == 1, "%v", entries[len(entries)-1])
		out, _, code := key.law(d, "--json", "EW-WHISTLE")
		d.want(code == 0 && strings.Contains(out, "Whistling at night"), "%d: %s", code, out)
	}},
}

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
}

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
		d.want(strings.Contains(fmt.Sprint(d.do("timeline", "--format", "jsonl")), "family"), "at whom it was aimed is not said")
		d.event("register", "support", "--on", "2025-10-12", "--text", "Talked of "+planted, "--set", "service=an advocate", "--set", "state=accepted")
		out, asked := filepath.Join(d.TempDir(), "out"), filepath.Join(d.TempDir(), "asked")
		d.do("bundle", "--out", out)
		d.do("bundle", "--out", asked, "--private")
		d.want(!holds(d, out, planted) && holds(d, asked, planted), "support in a bundle that did not ask for it, or not in one that did")
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
			if err := t.numbers(now); err != nil {
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
	}},
	{"9", "who wrote each entry is shown; a helper adds beside a reporter's words, and cannot change them", func(d desk) {
		maya := d.event("incident", "--occurred", "2025-10-11 17:40", "--text", "He was there.", "--actor", "Maya")
		report := d.event("register", "report", "--on", "2025-10-12", "--text", "I told them.", "--set", "body=police", "--actor", "Maya")
		d.refused("incident", "--correct", maya, "--text", "He stood there.", "--reason", "clearer", "--actor", "Ann, advocate")
		d.refused("register", "report", "--correct", report, "--text", "She told them.", "--reason", "clearer", "--actor", "Ann, advocate")
		d.event("register", "report", "--correct", report, "--set", "reference=CR/77", "--reason", "it came by post", "--actor", "Ann, advocate")
		d.event("incident", "--occurred", "2025-10-11 17:50", "--text", "I saw her come in.", "--actor", "Ann, advocate")
		d.event("incident", "--correct", maya, "--text", "He stood there.", "--reason", "clearer", "--actor", "maya")
		by := ""
		for _, e := range d.do("timeline", "--format", "jsonl", "--kind", "incident") {
			by += fmt.Sprint(e["written_by"], ": ", e["text"], "\n")
		}
		d.want(strings.Contains(by, "Ann, advocate: I saw her come in.") && strings.Contains(strings.ToLower(by), "maya: he stood there."), "%s", by)
		d.want(d.one("register", "report")["by"] == "Ann, advocate" && d.one("register", "report")["words"] == "I told them.", "the helper's name, or the words, of the report")
		shown := fmt.Sprint(d.do("timeline", "--format", "jsonl"))
		d.want(strings.Contains(shown, "Ann, advocate"), "%s", shown)
	}},
	{"39", "a domestic case has the matrix of controlling or coercive behaviour with its fields; every other goes the same way without it", func(d desk) {
		d.event("incident", "--occurred", "2025-10-11 17:40", "--text", "He was there.", "--felt", "cold")
		d.refused("register", "relationship", "--on", "2024-01-01", "--text", "Met at work.", "--set", "relation=colleague")
		plain := paths(d)
		colleague := d.event("register", "relationship", "--on", "2024-01-01", "--text", "Met at work.", "--set", "relation=colleague", "--set", "domestic=no")
		d.want(plain["EW-SCA-76"] == nil && plain["EW-PHA-2A"]["with_material"] == 2.0 && reflect.DeepEqual(paths(d), plain), "%v", plain)
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
				d.want(holds(d, out, words) == (pack == "full"), "the %s pack and %q", pack, words)
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
				d.want(holds(d, out, words) == (name == "asked"), "%s and %q", name, words)
			}
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
		d.do("add", file)
		id := d.event("register", "force", "--on", "2025-11-01", "--text", "Took it over.", "--set", "name=Northshire Police", "--set", "reference=NS/1", "--set", "portal_mb=40", "--item", "1")
		one, other := filepath.Join(d.TempDir(), "one"), filepath.Join(d.TempDir(), "other")
		d.do("bundle", "--out", one, "--profile", "EW-criminal-police-pack")
		d.event("register", "force", "--correct", id, "--reason", "handed over", "--set", "name=Southshire Police", "--set", "reference=SS/2", "--set", "portal_mb=7")
		d.do("bundle", "--out", other, "--profile", "EW-criminal-police-pack")
		for _, name := range []string{"chronology.csv", "exhibits.csv", "events.jsonl", "course.csv"} {
			d.want(reflect.DeepEqual(lineSet(d, one, name), lineSet(d, other, name)), "%s is another", name)
		}
		was, is := lineSet(d, one, "timeline.html"), lineSet(d, other, "timeline.html")
		for l := range is {
			mayDiffer := strings.Contains(l, "Southshire") || strings.Contains(l, "SS/2") || strings.Contains(l, time.Now().Format("2006"))
			d.want(was[l] || mayDiffer, "this line is another: %s", l)
		}
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

var otherRows = []caseworkRow{
	{"18", "a paper of the family court is in no bundle for the police before its permission is noted; it is named as kept out and counted", func(d desk) {
		note, order := filepath.Join(d.TempDir(), "note.txt"), filepath.Join(d.TempDir(), "order.txt")
		write(d, note, "a note under the door")
		write(d, order, "the family judge heard of "+planted)
		d.do("add", note, order)
		d.seen("2025-10-10 09:00", "A note came.", "CONTACT", "evidence", []int{1})
		told := d.seen("2025-10-11 17:40", "What the "+planted+" judge was told.", "CONTACT", "evidence", []int{2})
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
			d.want(r["why"] != "" || r["about"] != "", "%v does not say why it asks", r["kind"])
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
	}},
	{"29", "templates, an invented case with its bundle, and what it was tried with come with the program", func(d desk) {
		var o, m bytes.Buffer
		code := run(d.Context(), []string{"paper", "--json"}, strings.NewReader(""), &o, &m)
		d.want(code == 0 && strings.Count(o.String(), `"id"`) >= 20, "%d: %s", code, o.String())
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
		for _, name := range []string{"WhatsApp Chat with Dan.txt", "copy/WhatsApp Chat with Dan.txt"} {
			if err := os.MkdirAll(filepath.Dir(filepath.Join(dir, name)), 0o700); err != nil {
				d.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, name), []byte(chat.String()), 0o600); err != nil {
				d.Fatal(err)
			}
			d.do("add", filepath.Join(dir, name), "--owner", "Maya", "--date-order", "dmy")
		}
		found := d.do("timeline", "--search", "larkspur", "--format", "jsonl")
		d.want(len(found) == messages/1000, "%d found", len(found))
		for i, e := range found {
			d.want(e["text"] == fmt.Sprintf("larkspur %d", i*1000+7), "%v", e["text"])
		}
		day := d.do("timeline", "--from", "2024-03-01", "--to", "2024-03-01", "--format", "jsonl")
		d.want(len(day) == 144, "%d on one day", len(day))
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
