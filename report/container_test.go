package report

import (
	"path/filepath"
	"strings"
	"testing"

	"daybook/evidence"
	"daybook/timeline"
)

// The zip that left the telephone is in a full pack of the whole case, byte for
// byte; where it is not, the pack says so with its sum.
func TestContainers(t *testing.T) {
	k := newCase(t)
	ctx := t.Context()
	batch := must(k.c.Begin(ctx, ""))(t)
	add := func(name, text string, parent int64) evidence.Item {
		p := must(batch.Add(ctx, strings.NewReader(text), evidence.Provenance{Name: name, Path: name, Type: "application/zip", Size: -1, Parent: parent, How: "member"}))(t)
		return atOnce(t, batch, p)
	}
	zip := add("export.zip", "the bytes of the zip", 0)
	member, secret := add("chat.txt", "hello", zip.Number), add("child.jpg", "a child", zip.Number)
	w := k.x.Begin(ctx, batch.Number())
	r := w.Read(member, "chat", 1, nil)
	event(t, r, timeline.Event{Kind: timeline.Message, When: at(t, "2024-08-01 10:00"), Text: "hello", Source: timeline.Pinpoint{Record: "line 1"}})
	closeReading(t, r)
	must(w.Commit(ctx))(t)
	if err := batch.Finish(ctx, timeline.Reconcile(batch.Number(), k.x.ReadingsOf(batch.Number()))); err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "b")
	b := k.plan(t, Full)
	if len(b.Containers) != 1 || b.Containers[0].Item != zip.Number {
		t.Fatalf("%+v", b.Containers)
	}
	if err := b.Write(ctx, dir, WriteOptions{Still: asItIs}); err != nil {
		t.Fatal(err)
	}
	if v := verdict(t, dir); !v.OK() || len(v.Closed) > 0 {
		t.Error(v.Problems, v.Closed)
	}
	if got := string(readTree(t, dir)[b.Containers[0].File]); got != "the bytes of the zip" {
		t.Errorf("%q", got)
	}
	withheld := func(why string, change func(*Selection)) {
		t.Helper()
		b := k.planned(t, Full, change)
		if len(b.Containers) != 1 || b.Containers[0].File != "" || b.Containers[0].Withheld != why {
			t.Errorf("%+v, want %q", b.Containers, why)
		}
		if text := dump(t, b); !strings.Contains(text, why) || !strings.Contains(text, zip.Hash.String()[:8]) {
			t.Errorf("the pack does not say %q", why)
		}
	}
	withheld(sayContainerLarge, func(s *Selection) { s.Containers = 3 })
	withheld(sayContainerNone, func(s *Selection) { s.Containers = -1 })
	withheld(sayContainerMore, func(s *Selection) { s.Filter.Words = "hello" })
	if b := k.plan(t, Served); len(b.Containers) > 0 {
		t.Errorf("a served pack: %+v", b.Containers)
	}
	if err := k.c.Delete(ctx, secret.Number, "a child"); err != nil {
		t.Fatal(err)
	}
	withheld(sayContainerDeleted, func(*Selection) {})

	if err := k.c.Delete(ctx, zip.Number, "all of it"); err != nil {
		t.Fatal(err)
	}
	withheld(sayDeleted, func(*Selection) {})
	kept, _, _ := strings.Cut(sayContainerKept, "%s")
	if text := dump(t, k.plan(t, Full)); strings.Contains(text, kept) {
		t.Error("what was deleted is said to be kept in the case")
	}
}
