package report

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"daybook/report/leak"
	"daybook/report/protected"
	"daybook/timeline"
)

// A pack says by itself what was chosen for it, to whoever has the case, and gives
// nobody away.
func TestPackRecordsWhatWasChosen(t *testing.T) {
	k := newCase(t)
	who := must(timeline.CalledPerson(k.x.People(), "alex@example.org"))(t)
	b := k.planned(t, Served, func(s *Selection) {
		s.Show, s.About, s.Freeze, s.Withhold = []Detail{ShowPlace, ShowOwn}, []int64{who.Number}, true, map[int64]string{2: "private"}
	})
	dir := filepath.Join(t.TempDir(), "b")
	if err := b.Write(t.Context(), dir, WriteOptions{Still: asItIs}); err != nil {
		t.Fatal(err)
	}
	got := must(Recorded(t.Context(), k.c, k.x, os.DirFS(dir)))(t)
	if !slices.Equal(got.Show, b.Show) || !slices.Equal(got.About, []int64{who.Number}) || got.Withhold[2] != "private" {
		t.Errorf("%+v", got)
	}
	if in := holds(readTree(t, dir), fmt.Sprint(who.Number)); len(in) > 0 {
		t.Errorf("a person's number is in %v", in)
	}
	again := must(Plan(t.Context(), k.c, k.x, Selection{Show: got.Show, About: got.About, Withhold: got.Withhold, Draft: true}, General, Served))(t)
	if found := must(leak.Look(t.Context(), os.DirFS(dir), again.Secrets, leak.Options{}))(t); len(found.Findings) > 0 {
		t.Errorf("what was shown because it was asked for is reported: %+v", found.Findings)
	}
	plain := must(Plan(t.Context(), k.c, k.x, Selection{Draft: true}, General, Served))(t)
	if found := must(leak.Look(t.Context(), os.DirFS(dir), plain.Secrets, leak.Options{}))(t); len(found.Findings) == 0 {
		t.Error("nothing that was shown is looked for without the record: this test shows nothing")
	}
	other := newCase(t)
	if got := must(Recorded(t.Context(), other.c, other.x, os.DirFS(dir)))(t); len(got.About) > 0 {
		t.Errorf("another case reads whom the pack is about: %v", got.About)
	}
}

// More than is looked for is counted, and said.
func TestMoreSecretsThanAreLookedForAreCounted(t *testing.T) {
	p := &planner{b: &Bundle{}}
	for i := range mostSecrets + 2 {
		p.add("word", fmt.Sprint("secret", i), protected.Plain, 1)
	}
	if len(p.b.Secrets) != mostSecrets || p.b.Unsought != 2 {
		t.Errorf("%d are looked for and %d are not", len(p.b.Secrets), p.b.Unsought)
	}
	found := must(leak.Look(t.Context(), os.DirFS(t.TempDir()), p.b.Secrets[:1], leak.Options{Unsought: p.b.Unsought}))(t)
	if found.Unsought != 2 || strings.Contains(fmt.Sprint(found.Unread), "secret") {
		t.Errorf("%+v", found)
	}
}
