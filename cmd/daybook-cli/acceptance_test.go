//go:build linux

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"daybook/cmd/internal/canary"
	"daybook/evidence"
	"daybook/evidence/keys"
	"daybook/evidence/verify"
	"daybook/report"
	"daybook/report/papertest"
	"daybook/timeline"
)

// accepted is the whole product on one case: six months, three platforms, 400
// messages, 30 incidents, an order with two breaches, 25 planted leaks, five
// corrections and the night on which the clocks went back (LAW.md, section 8).
type accepted struct {
	*sampleRun
	c       string   // the case
	planted []string // words that the other side must not read
}

// TestAcceptance goes from an empty folder to a served bundle, a police pack and the
// report of the verifier. Every command runs where asking for a socket is death
// (seccomp), and under strace where that may trace.
func TestAcceptance(t *testing.T) {
	a := &accepted{sampleRun: begun(t)}
	a.path = programs(t)
	a.do(t, demoPassphrase, "demo", "--out", a.demo)
	a.c = filepath.Join(a.demo, "sample.daybook")
	// "Fictional case, 6 months, 3 platforms, 400 messages, 30 incidents, 1 order with 2
	// breaches, 25 planted leaks, 5 corrections, clock change."
	a.grow(t)
	a.measured(t)
	// "From empty app to (a) served bundle, (b) police pack, (c) verify report."
	before, served, police := filepath.Join(a.demo, "before"), filepath.Join(a.demo, "served"), filepath.Join(a.demo, "police")
	a.do(t, demoPassphrase, "bundle", a.c, "--out", before, "--pack", "served")
	a.do(t, demoPassphrase, append([]string{"withhold", a.c, "--code", "LOCATION"}, a.planted...)...)
	// "25/25 leaks reported."
	t.Run("leaks", func(t *testing.T) { a.leaks(t, before) })
	a.do(t, demoPassphrase, "bundle", a.c, "--out", served, "--pack", "served")
	a.do(t, demoPassphrase, "bundle", a.c, "--out", police, "--profile", "EW-criminal-police-pack")
	for _, dir := range []string{served, police} {
		t.Run(filepath.Base(dir), func(t *testing.T) {
			p := papertest.Read(t, filepath.Join(dir, "data", "bundle.pdf"))
			// "Every chronology row links to an exhibit page and back."
			if n := linked(t, dir, p); n < 400 {
				t.Errorf("only %d rows name an exhibit", n)
			}
			// "Numbers on pages = PDF pages."
			a.pagesAreNumbered(t, p)
			// "Verifier passes and detects a one-byte change in any file."
			a.verified(t, dir)
			a.oneByteIsFound(t, dir)
		})
	}
	t.Run("nothing planted is served", func(t *testing.T) {
		found, files, err := canary.New(a.planted).Below(served)
		if err != nil || len(found) > 0 || files < 50 {
			t.Errorf("%d files, %v: %v", files, err, found)
		}
	})
	// "Two exports from the same data are byte-identical except stamped date fields."
	t.Run("twice the same", a.twiceTheSame)
	// "Nothing sent on the network."
	t.Run("network", a.nothingSent)
}

// programs is a folder with this program alone: no reader of pictures is found,
// whose minute this test does not have.
func programs(t *testing.T) string {
	t.Helper()
	at, err := exec.LookPath("daybook-cli")
	if err != nil {
		t.Fatal(err)
	}
	return filepath.Dir(at)
}

// grow adds to the sample case what it lacks, through the program alone, with a
// planted word in everything that the other side reads.
func (a *accepted) grow(t *testing.T) {
	t.Helper()
	plant := func() string {
		n := len(a.planted)
		a.planted = append(a.planted, fmt.Sprintf("vellmor%c%c", 'a'+n/5, 'a'+n%5))
		return a.planted[n]
	}
	files := filepath.Join(a.root, "more")
	if err := os.Mkdir(files, 0o700); err != nil {
		t.Fatal(err)
	}
	file := func(name, text string) {
		if err := os.WriteFile(filepath.Join(files, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	var texts, chat strings.Builder
	for i := range 10 {
		fmt.Fprintf(&texts, `  <sms protocol="0" address="+447700900662" date="%d" type="1" subject="null" body="I saw you in %s" toa="null" sc_toa="null" service_center="null" read="1" status="-1" locked="0" date_sent="0" readable_date="null" contact_name="(Unknown)" />`+"\n",
			time.Date(2025, 10, 2+i, 18, 0, 0, 0, time.UTC).UnixMilli(), plant())
	}
	for hour := range 2 { // half past one, by summer time and an hour later by winter time
		fmt.Fprintf(&texts, `  <sms protocol="0" address="+447700900662" date="%d" type="1" subject="null" body="the %d. time it is half past one" toa="null" sc_toa="null" service_center="null" read="1" status="-1" locked="0" date_sent="0" readable_date="null" contact_name="(Unknown)" />`+"\n",
			time.Date(2025, 10, 26, hour, 30, 0, 0, time.UTC).UnixMilli(), hour+1)
	}
	file("sms-more.xml", "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>\n<smses count=\"12\">\n"+texts.String()+"</smses>\n")
	for i := range 6 {
		fmt.Fprintf(&chat, "%02d/11/2025, 10:0%d - Dan: %s again\n", 3+i, i, plant())
	}
	file("WhatsApp Chat with Dan Reed.txt", chat.String())
	for i := range 2 {
		file(fmt.Sprintf("letter-%d.eml", i), fmt.Sprintf("From: Dan Reed <dan.reed@mail.example>\r\nTo: maya.kowalska@post.example\r\nSubject: the %s way\r\nDate: Mon, %d Nov 2025 09:00:00 +0000\r\nMessage-ID: <%d@mail.example>\r\n\r\nLook for %s.\r\n", plant(), 10+i, i, plant()))
	}
	a.do(t, demoPassphrase, "add", a.c, files, "--zone", "Europe/London", "--date-order", "dmy", "--owner", "Maya Kowalska")
	list := func(args ...string) []map[string]any { return a.list(t, args...) }
	order := list("register", a.c, "order")[0]["event"].(string)
	for i, day := range []string{"2025-09-23 08:40", "2025-10-26 02:30"} {
		list("register", a.c, "breach", "--on", day, "--text", "It may break the order, near "+plant()+".", "--set", "order="+order, "--set", "term="+fmt.Sprint(i+1), "--set", "may=yes")
	}
	list("register", a.c, "notice", "--on", "2025-08-21", "--text", "Blocked him, at the "+plant()+".", "--set", "how=blocked")
	list("incident", a.c, "--occurred", "2025-11-19 18:00", "--text", "He stood at the "+plant()+".", "--who", "Dan Reed", "--words", "see you at the "+plant())
	n := 0
	for _, e := range list("timeline", a.c, "--kind", "incident", "--format", "jsonl") {
		if n == 5 {
			break
		}
		n++
		list("incident", a.c, "--correct", e["id"].(string), "--reason", "I looked it up", "--text", e["text"].(string)+" I looked it up.")
	}
}

// measured tells that the case is what it is to be.
func (a *accepted) measured(t *testing.T) {
	t.Helper()
	platforms, months, kinds := map[string]bool{}, map[string]bool{}, map[string]int{}
	messages, corrected := 0, 0
	hours := map[string]bool{} // of the night on which the clocks went back, by UTC
	for _, e := range a.events(t, "--format", "jsonl") {
		kind, source, when := e["kind"].(string), e["source"].(map[string]any), e["when"].(map[string]any)
		kinds[kind]++
		if kind == "message" || kind == "email" {
			messages++
			platforms[source["importer"].(string)] = true
			months[when["local"].(string)[:min(7, len(when["local"].(string)))]] = true
		}
		if extra, ok := e["extra"].(map[string]any); ok && extra["version"] != nil {
			corrected++
		}
		if hour, night := strings.CutPrefix(when["instant"].(string), "2025-10-26T"); night {
			hours[hour[:2]] = true
		}
	}
	delete(months, "")
	order, breaches := a.list(t, "register", a.c, "order")[0], 0
	for _, b := range a.list(t, "register", a.c, "breach") {
		if b["marked"] == nil && b["fields"].(map[string]any)["order"] == order["event"] { // an entry, and no mark on an event
			breaches++
		}
	}
	got := map[string]bool{"six months": len(months) >= 6, "three platforms": len(platforms) >= 3, "400 messages": messages >= 400, "30 incidents": kinds["incident"] >= 30,
		"an order": kinds["order"] == 1, "two breaches of it": kinds["breach"] == 2 && breaches == 2, "five corrections": corrected == 5, "25 planted": len(a.planted) == 25, "both sides of the clock's change": hours["00"] && hours["01"]}
	for what, ok := range got {
		if !ok {
			t.Errorf("the case has not %s: %d messages of %v in %v, %v, %d corrected, %d planted, hours %v while the clocks changed", what, messages, platforms, months, kinds, corrected, len(a.planted), hours)
		}
	}
}

// leaks: a pack that was written before the words were kept out is read again, and
// every one of them is named with its places.
func (a *accepted) leaks(t *testing.T, dir string) {
	out, messages, code := a.try(t, demoPassphrase, "leaks", a.c, dir, "--json")
	if code != exitPartial {
		t.Fatalf("exit code %d\n%s", code, messages)
	}
	var list struct {
		Findings []struct {
			Text   string
			Times  int
			Places []struct{ File string }
		}
	}
	if err := json.Unmarshal(out, &list); err != nil {
		t.Fatal(err)
	}
	found := map[string]bool{}
	for _, f := range list.Findings {
		found[f.Text] = f.Times > 0 && len(f.Places) > 0 && f.Places[0].File != ""
	}
	n := 0
	for _, word := range a.planted {
		if found[word] {
			n++
		} else {
			t.Errorf("%s is in the pack, and is not found", word)
		}
	}
	t.Logf("%d of %d leaks found, of %d things", n, len(a.planted), len(list.Findings))
}

// pagesAreNumbered: the number at the foot of each page of the document is that of
// the page in the file, and a page that a row names has the exhibit.
func (a *accepted) pagesAreNumbered(t *testing.T, p papertest.Paper) {
	t.Helper()
	pages := make([]string, len(p.Words))
	for i, words := range p.Words {
		var all []string
		foot := papertest.Word{}
		for _, w := range words {
			all = append(all, w.Text)
			if w.YMax > foot.YMax+6 || w.YMax > foot.YMax-6 && w.XMax > foot.XMax { // the number is larger than what stands beside it
				foot = w
			}
		}
		pages[i] = strings.Join(all, " ")
		if foot.Text != fmt.Sprint(i+1) {
			t.Errorf("page %d of the file is numbered %q", i+1, foot.Text)
		}
	}
	named := 0
	for _, m := range regexp.MustCompile(`(MK/\d+), p\.\s*(\d+)`).FindAllStringSubmatch(strings.Join(pages, "\n"), -1) {
		var n int
		if _, err := fmt.Sscan(m[2], &n); err != nil || n < 1 || n > len(pages) || !strings.Contains(pages[n-1], m[1]+",") {
			t.Errorf("%s: it is not on page %s", m[1], m[2])
		}
		named++
	}
	if named < 400 {
		t.Errorf("only %d times a page is named", named)
	}
}

// verified: the verifier reads the bundle, where asking for a socket is death, and its
// report says that every file is as it was sealed; of one whose document has another
// byte it says that this file is not.
func (a *accepted) verified(t *testing.T, dir string) {
	t.Helper()
	report := func() (string, int) {
		cmd := exec.Command("without-socket", "daybook-verify", dir)
		out, err := cmd.CombinedOutput()
		if cmd.ProcessState == nil {
			t.Fatal(err)
		}
		return string(out), cmd.ProcessState.ExitCode()
	}
	said, code := report()
	if want := fmt.Sprintf("UNCHANGED yes: %d files,", len(tree(t, dir))); code != 0 || !strings.Contains(said, want) || strings.Contains(said, "WRONG") {
		t.Errorf("exit code %d, no %q in\n%s", code, want, said)
	}
	file := filepath.Join(dir, "data", "bundle.pdf")
	whole, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	other := bytes.Clone(whole)
	other[len(other)/2] ^= 1
	if err := os.WriteFile(file, other, 0o600); err != nil {
		t.Fatal(err)
	}
	said, code = report()
	if code == 0 || !strings.Contains(said, "WRONG     data/bundle.pdf") || !strings.Contains(said, "UNCHANGED no") {
		t.Errorf("another byte: exit code %d\n%s", code, said)
	}
	if err := os.WriteFile(file, whole, 0o600); err != nil {
		t.Fatal(err)
	}
}

// oneByteIsFound changes one byte of every file, each at another place, in a copy in
// memory.
func (a *accepted) oneByteIsFound(t *testing.T, dir string) {
	t.Helper()
	whole := fstest.MapFS{}
	for name, data := range tree(t, dir) {
		whole[name] = &fstest.MapFile{Data: []byte(data), Mode: 0o600}
	}
	if v, err := verify.Bundle(t.Context(), whole, verify.Options{}); err != nil || !v.OK() || len(whole) < 50 {
		t.Fatalf("the copy of %d files does not check out: %v", len(whole), err)
	}
	names := slices.Sorted(maps.Keys(whole))
	var work sync.WaitGroup
	for part := range runtime.NumCPU() {
		work.Go(func() {
			for n := part; n < len(names); n += runtime.NumCPU() {
				changed := maps.Clone(whole)
				data := bytes.Clone(whole[names[n]].Data)
				data[n*7919%len(data)] ^= 0x20
				changed[names[n]] = &fstest.MapFile{Data: data, Mode: 0o600}
				if v, err := verify.Bundle(t.Context(), changed, verify.Options{}); err == nil && v.OK() {
					t.Errorf("%s: one byte was changed, and nobody noticed", names[n])
				}
			}
		})
	}
	work.Wait()
	t.Logf("%d files, each changed by one byte", len(names))
}

// twiceTheSame: two exports of one moment are the same, byte for byte; the moment is
// all that stamps a date. The clock of the machine has gone on between them.
func (a *accepted) twiceTheSame(t *testing.T) {
	c, err := evidence.Open(a.c, keys.Passphrase(demoPassphrase), evidence.OpenOptions{Actor: "test"})
	if err != nil {
		t.Fatal(err)
	}
	defer func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	}()
	x, err := timeline.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	sel := report.Selection{Producer: "MK", Moment: report.Moment{Time: time.Date(2026, 1, 5, 9, 30, 0, 0, time.UTC)}}
	sel.Sources, sel.Limits = sources()
	for _, pack := range []report.Pack{report.Full, report.Served} {
		a.sameTwice(t, c, x, sel, pack)
	}
}

// sameTwice writes a pack twice, with a second of the clock between.
func (a *accepted) sameTwice(t *testing.T, c *evidence.Case, x *timeline.Index, sel report.Selection, pack report.Pack) {
	t.Helper()
	var trees [2]map[string]string
	for i := range trees {
		b, err := report.Plan(t.Context(), c, x, sel, report.General, pack)
		if err != nil {
			t.Fatal(err)
		}
		dir := filepath.Join(t.TempDir(), "bundle")
		if err := b.Write(t.Context(), dir, report.WriteOptions{}); err != nil {
			t.Fatal(err)
		}
		trees[i] = tree(t, dir)
		time.Sleep(time.Second) // so that a second on the clock is another
	}
	if len(trees[0]) < 50 || !slices.Equal(slices.Sorted(maps.Keys(trees[0])), slices.Sorted(maps.Keys(trees[1]))) {
		t.Fatalf("%d and %d files", len(trees[0]), len(trees[1]))
	}
	for name, data := range trees[0] {
		if trees[1][name] != data {
			t.Errorf("%s of the %s pack differs", name, pack)
		}
	}
}

func tree(t *testing.T, dir string) map[string]string {
	t.Helper()
	all := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		all[filepath.ToSlash(strings.TrimPrefix(name, dir+string(filepath.Separator)))] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// nothingSent: no call of any command had to do with a socket. Where nothing may be
// traced, each command would have been killed at the first.
func (a *accepted) nothingSent(t *testing.T) {
	if a.trace == "" {
		return
	}
	trace, err := os.ReadFile(a.trace)
	if err != nil {
		t.Fatal(err)
	}
	calls := 0
	for line := range strings.Lines(string(trace)) {
		c, ok := canary.ParseCall(line)
		if !ok {
			continue
		}
		calls++
		if c.Network() {
			t.Errorf("reached for a network: %s", line)
		}
	}
	if calls < 1000 {
		t.Errorf("the trace has %d calls: too few to be true", calls)
	}
}
