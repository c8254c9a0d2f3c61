package timeline_test

import (
	"context"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"daybook/evidence"
	"daybook/evidence/keys"
	"daybook/timeline"
)

const passphrase = "correct horse battery staple nine lives"

func newCase(t testing.TB) *evidence.Case {
	t.Helper()
	c, err := evidence.Create(filepath.Join(t.TempDir(), "x.daybook"), evidence.CreateOptions{
		Title: "R v Smith", Zone: "Europe/London", Actor: "Jo", Passphrase: passphrase, KDF: keys.LeastCost(), Weak: true,
	})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func must[T any](v T, err error) func(testing.TB) T {
	return func(t testing.TB) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

func rows(t testing.TB, x *timeline.Index, f timeline.Filter) []timeline.Row {
	t.Helper()
	r := must(x.Find(context.Background(), f))(t)
	return must(r.Rows(0, r.Len()))(t)
}

// readChat reads an item of lines "time<TAB>who<TAB>text" as an importer would.
func readChat(t testing.TB, w *timeline.Writer, item evidence.Item, text string) {
	t.Helper()
	r := w.Read(item, "chat", 1, map[string]string{"zone": "Europe/London"})
	for i, line := range strings.Split(strings.TrimSpace(text), "\n") {
		f := strings.Split(line, "\t")
		at, err := time.Parse(time.DateTime, f[0])
		record := "line " + string(rune('1'+i))
		if err != nil {
			err = r.Skip(timeline.Skip{Record: record, Text: line, Reason: "this line has no time"})
		} else {
			err = r.Event(timeline.Event{Kind: timeline.Message, When: timeline.FromLocal(at, london(t), timeline.Second, f[0]),
				From: timeline.Party{Name: f[1]}, Text: f[2], Source: timeline.Pinpoint{Record: record}})
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := r.Close(nil); err != nil {
		t.Fatal(err)
	}
}

func london(t testing.TB) *time.Location { return must(time.LoadLocation("Europe/London"))(t) }

const chat = "2024-03-05 14:30:10\tSam\twhere are you\n2024-03-05 14:31:00\tAda\tplease stop\nnothing\n2024-03-31 01:30:00\tSam\tI know where you live"

// TestTimelineOfACase runs a case on the real disk: read, mark, write down,
// close, open, lose the store, read again.
func TestTimelineOfACase(t *testing.T) {
	ctx := context.Background()
	c := newCase(t)
	item := must(c.Add(ctx, strings.NewReader(chat), evidence.Provenance{Name: "chat.txt", Path: "export/chat.txt", How: "file"}))(t)
	x := must(timeline.Open(ctx, c))(t)
	w := x.Begin(ctx, item.Batch)
	readChat(t, w, item, chat)
	infos := must(w.Commit(ctx))(t)
	if len(infos) != 1 || infos[0].Events != 3 || infos[0].Skips != 1 {
		t.Fatalf("commit says %+v", infos)
	}
	found := rows(t, x, timeline.Filter{Words: "where"})
	if len(found) != 2 {
		t.Fatalf("where: found %d events", len(found))
	}
	must(x.Mark(ctx, timeline.MarkDraft{Events: []timeline.ID{found[1].ID}, Code: "CONTACT", Note: "a threat"}))(t)
	must(x.WriteIncident(ctx, timeline.IncidentDraft{
		Occurred: must(timeline.Typed("2024-03-06 08:15", "", timeline.About, london(t)))(t), What: "He stood at the bus stop.  Twice.", PrivateNote: "shaking",
	}))(t)
	before := rows(t, x, timeline.Filter{})
	if d := cmp.Diff(4, len(before)); d != "" {
		t.Fatal(d)
	}

	dir := c.Dir()
	if err := c.Close(); err != nil {
		t.Fatal(err)
	}
	c = must(evidence.Open(dir, keys.Passphrase(passphrase), evidence.OpenOptions{Actor: "Jo"}))(t)
	defer func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
	}()
	x = must(timeline.Open(ctx, c))(t)
	if d := cmp.Diff(before, rows(t, x, timeline.Filter{})); d != "" {
		t.Error("after reopening:\n" + d)
	}

	if err := c.Store("events").Drop(); err != nil {
		t.Fatal(err)
	}
	x = must(timeline.Open(ctx, c))(t)
	if d := cmp.Diff(1, len(rows(t, x, timeline.Filter{}))); d != "" {
		t.Error("without its store only the incident is there:\n" + d)
	}
	need := x.NeedsReading()
	if len(need) != 1 || need[0].Item != item.Number {
		t.Fatalf("needs reading: %+v", need)
	}
	entries := countEntries(t, c)
	w = x.Begin(ctx, 0)
	readChat(t, w, must(c.Item(need[0].Item))(t), chat)
	again := must(w.Commit(ctx))(t)
	if !again[0].Again || again[0].Digest != infos[0].Digest {
		t.Errorf("the same bytes gave another reading: %+v", again[0])
	}
	if n := countEntries(t, c); n != entries {
		t.Errorf("making an index again wrote %d entries", n-entries)
	}
	if d := cmp.Diff(before, rows(t, x, timeline.Filter{})); d != "" {
		t.Error("after reading again:\n" + d)
	}
	var skips []timeline.Skip
	for s, err := range x.Skips(ctx) {
		if err != nil {
			t.Fatal(err)
		}
		skips = append(skips, s)
	}
	want := []timeline.Skip{{Item: item.Number, Path: "export/chat.txt", Record: "line 3", Text: "nothing", Reason: "this line has no time", Importer: "chat"}}
	if d := cmp.Diff(want, skips); d != "" {
		t.Error(d)
	}
}

func countEntries(t testing.TB, c *evidence.Case) int {
	t.Helper()
	n := 0
	for _, err := range c.Journal(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		n++
	}
	return n
}
