//go:build linux

package main

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daybook/evidence"
	"daybook/evidence/keys"
	"daybook/timeline"
)

// diaryEntry is what was written down, word for word: the versions, the first one first.
type diaryEntry struct {
	id       string
	versions []string
	when     string
}

// A diary of two hundred entries, with corrections and with both nights on which the
// clocks change, comes out of the case as it was put in: no letter, space or time of it
// is changed in silence, and every earlier version stays.
func TestADiaryComesOutAsItWentIn(t *testing.T) {
	t.Setenv("DAYBOOK_PASSPHRASE", testPassphrase)
	d := desk{t, filepath.Join(t.TempDir(), "made.daybook")}
	if err := makeCase(d.dir); err != nil {
		t.Fatal(err)
	}
	diary := d.writeDiary(200)
	out := filepath.Join(t.TempDir(), "out")
	d.do("bundle", "--out", out)
	inTable := map[string]string{}
	for _, r := range tableOf(d, out, "chronology.csv") {
		inTable[r["Event"]] = r["Text"]
	}
	texts, times := map[string]string{}, map[string]string{}
	for _, e := range d.do("timeline", "--format", "jsonl") {
		id := e["id"].(string)
		texts[id], times[id] = e["text"].(string), e["when"].(map[string]any)["raw"].(string)
	}
	if len(texts) != len(diary) || len(inTable) != len(diary) {
		t.Fatalf("%d in the timeline, %d in the table, %d written", len(texts), len(inTable), len(diary))
	}
	for _, e := range diary {
		last := e.versions[len(e.versions)-1]
		if texts[e.id] != last || inTable[e.id] != last || times[e.id] != e.when {
			t.Errorf("%s: written %q (%s); timeline %q (%s), table %q", e.id, last, e.when, texts[e.id], times[e.id], inTable[e.id])
		}
	}
	if n := len(d.do("timeline", "--kind", "incident", "--search", "corrected", "--format", "jsonl")); n != 20 {
		t.Errorf("%d corrected entries are found", n)
	}
	entries := filepath.Join(out, "log", "entries")
	for _, e := range diary {
		for _, v := range e.versions {
			if mark, _, _ := strings.Cut(v, ":"); !holds(d, entries, mark+":") {
				t.Errorf("version %q is not in the record of the bundle", mark)
			}
		}
	}
}

// writeDiary writes entries down, one an hour over both changes of the clocks, every
// tenth corrected.
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
	odd := []string{"He said “no” – twice.", "  two spaces before, one behind ", "a line\nand another\n\nand a third", "it's £5, 50 % & <b>", "Zoë, naïve, e\u0301", "مرحبا then שלום", "👩‍👧 and 🚪"}
	for i := range n {
		at := time.Date(2025, 3, 29, 20, 0, 0, 0, time.UTC).Add(time.Duration(i) * time.Hour)
		if i >= n/2 {
			at = time.Date(2025, 10, 25, 20, 0, 0, 0, time.UTC).Add(time.Duration(i-n/2) * time.Hour)
		}
		raw := at.In(x.Zone()).Format("2006-01-02 15:04 -07:00")
		when, err := timeline.Typed(raw, "", "", x.Zone())
		if err != nil {
			d.Fatal(err)
		}
		draft := timeline.IncidentDraft{Occurred: when, What: fmt.Sprintf("entry %03d: %s", i, odd[i%len(odd)])}
		w, err := x.WriteIncident(d.Context(), draft)
		if err != nil {
			d.Fatal(err)
		}
		e := diaryEntry{w.ID.String(), []string{draft.What}, when.Raw}
		if i%10 == 3 {
			draft.What = fmt.Sprintf("corrected %03d: %s", i, odd[(i+1)%len(odd)])
			if _, err := x.Correct(d.Context(), w.ID, draft, "clearer"); err != nil {
				d.Fatal(err)
			}
			e.versions = append(e.versions, draft.What)
		}
		if !when.Instant.Equal(at) {
			d.Errorf("%s is read as %s", raw, when.Instant)
		}
		diary = append(diary, e)
	}
	return diary
}
