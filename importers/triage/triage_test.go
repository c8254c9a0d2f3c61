package triage_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daybook/evidence"
	"daybook/evidence/keys"
	"daybook/importers"
	"daybook/importers/all"
	"daybook/importers/triage"
	"daybook/timeline"
)

// chatCase is a case with a chat of so many messages, of which a person gave every
// tenth a code.
func chatCase(t testing.TB, messages int) (*evidence.Case, *timeline.Index) {
	t.Helper()
	words, err := keys.NewWords()
	if err != nil {
		t.Fatal(err)
	}
	c, err := evidence.Create(filepath.Join(t.TempDir(), "x.daybook"), evidence.CreateOptions{Title: "test", Zone: "Europe/London", Actor: "test",
		Passphrase: "test", Weak: true, KDF: keys.LeastCost(), Words: words})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	})
	x, err := timeline.Open(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	var chat strings.Builder
	for i := range messages {
		at := time.Date(2024, 1, 13, 0, 0, 0, 0, time.UTC).Add(time.Duration(i) * 7 * time.Minute)
		fmt.Fprintf(&chat, "[%s] %s: hello %d\n", at.Format("02/01/2006, 15:04:05"), []string{"Dan", "Maya"}[i%2], i)
	}
	file := filepath.Join(t.TempDir(), "WhatsApp Chat with Dan.txt")
	if err := os.WriteFile(file, []byte(chat.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	run := importers.Run{Case: c, Index: x, Set: all.Importers(nil), Limits: importers.DefaultLimits, Assume: importers.Assume{Zone: c.Zone(), Owner: "Maya"}}
	if _, err := run.Add(t.Context(), "", file); err != nil {
		t.Fatal(err)
	}
	found, err := x.Find(t.Context(), timeline.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	var marked []timeline.ID
	for i := 0; i < found.Len(); i += 10 {
		marked = append(marked, found.IDs(i, 1)...)
	}
	if _, err := x.Mark(t.Context(), timeline.MarkDraft{Events: marked, Code: "CONTACT"}); err != nil {
		t.Fatal(err)
	}
	return c, x
}

// What was taken back is no code any more, and a file that is deleted waits for
// nothing.
func TestCountsFollowTheCase(t *testing.T) {
	c, x := chatCase(t, 100)
	unmarked := func() int {
		t.Helper()
		counts, err := triage.Counts(t.Context(), c, x)
		if err != nil {
			t.Fatal(err)
		}
		for i, list := range triage.Lists() {
			if counts[i].List != list {
				t.Errorf("%s stands in the place of %s", counts[i].List, list)
			}
		}
		return counts[len(counts)-1].N
	}
	if n := unmarked(); n != 90 {
		t.Errorf("%d without a code", n)
	}
	first := x.Marked()[0]
	if err := x.Unmark(t.Context(), x.MarksOf(first)[0].Number, "by mistake", first); err != nil {
		t.Fatal(err)
	}
	if n := unmarked(); n != 91 {
		t.Errorf("%d without a code, after one was taken back", n)
	}
	if _, err := x.Mark(t.Context(), timeline.MarkDraft{Events: []timeline.ID{first}, Tag: timeline.OwnAct}); err != nil {
		t.Fatal(err)
	}
	if n := unmarked(); n != 90 {
		t.Errorf("%d without a code, after one was said to be an own act", n)
	}
}

// BenchmarkCounts counts every list of fifty thousand events, beside filters that
// are there.
func BenchmarkCounts(b *testing.B) {
	c, x := chatCase(b, 50_000)
	b.Run("all lists", func(b *testing.B) {
		for b.Loop() {
			if _, err := triage.Counts(b.Context(), c, x); err != nil {
				b.Fatal(err)
			}
		}
	})
	for name, f := range map[string]timeline.Filter{"unmarked": {Unmarked: true}, "code": {Marks: []string{"CONTACT"}}, "person": {Parties: []string{"Dan"}}, "word": {Words: "hello"}} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				r, err := x.Find(b.Context(), f)
				if err != nil {
					b.Fatal(err)
				}
				if _, err := r.Rows(0, 100); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
