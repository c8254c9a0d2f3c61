package journal

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"daybook/evidence/disk"
	"daybook/evidence/keys"
)

// stillClock is a clock that tests set.
type stillClock struct {
	wall time.Time
	boot string
	mono time.Duration
}

func (c *stillClock) Now() time.Time                { return c.wall }
func (c *stillClock) Mono() (string, time.Duration) { return c.boot, c.mono }

func newStillClock() *stillClock {
	return &stillClock{time.Date(2026, 3, 1, 12, 0, 0, 0, time.FixedZone("", 3600)), "boot 1", time.Minute}
}

func options() Options {
	return Options{Actor: "Ruth", Device: "device 1", Version: "daybook test", Clock: newStillClock()}
}

// newRing makes the keys of a case in dir. Recovery words need no slow
// derivation.
func newRing(t testing.TB, fsys disk.FS, dir string) *keys.Ring {
	t.Helper()
	w, err := keys.NewWords()
	if err != nil {
		t.Fatal(err)
	}
	r, err := keys.Create(fsys, dir, keys.Options{Words: w})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(r.Close)
	return r
}

func newJournal(t testing.TB, fsys disk.FS) (dir string, ring *keys.Ring, l *Log) {
	t.Helper()
	dir = t.TempDir()
	ring = newRing(t, fsys, dir)
	l, err := Create(fsys, dir, ring, options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeLog(t, l) })
	return dir, ring, l
}

func closeLog(t testing.TB, l *Log) {
	t.Helper()
	if err := l.Close(); err != nil {
		t.Error(err)
	}
}

func drafts(from, n int) []Draft {
	out := make([]Draft, n)
	for i := range out {
		out[i] = Draft{Action: "import", Subject: from + i, Detail: map[string]string{"name": fmt.Sprintf("<picture> %d & more", from+i)}}
	}
	return out
}

func add(t testing.TB, l *Log, from, n int) []Entry {
	t.Helper()
	es, err := l.Append(context.Background(), drafts(from, n)...)
	if err != nil {
		t.Fatal(err)
	}
	return es
}

func reopen(t testing.TB, fsys disk.FS, dir string, ring *keys.Ring) (*Log, Recovery) {
	t.Helper()
	l, rec, err := Open(context.Background(), fsys, dir, ring, options())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { closeLog(t, l) })
	return l, rec
}

// subjects reads the journal back and gives the numbers that drafts put in.
func subjects(t testing.TB, l *Log) []int {
	t.Helper()
	var out []int
	for e, err := range l.All(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		var n int
		if err := json.Unmarshal(e.Subject, &n); err != nil {
			t.Fatal(err)
		}
		out = append(out, n)
	}
	return out
}

func TestWrittenIsReadBack(t *testing.T) {
	dir, ring, l := newJournal(t, disk.OS)
	wrote := append(add(t, l, 0, 1), add(t, l, 1, 5)...)
	closeLog(t, l)
	again, rec := reopen(t, disk.OS, dir, ring)
	if len(rec.Findings) > 0 || rec.ReadOnly != "" {
		t.Errorf("an untouched journal: %v", rec)
	}
	n := 0
	for e, err := range again.All(context.Background()) {
		if err != nil {
			t.Fatal(err)
		}
		w := wrote[n]
		if string(e.Body) != string(w.Body) || e.Hash != w.Hash || e.Prev != w.Prev || !e.Time.Equal(w.Time) || e.Salt != w.Salt {
			t.Errorf("entry %d: read %+v\nwrote %+v", n, e, w)
		}
		if e.Actor != "Ruth" || e.Action != "import" || string(e.Subject) != fmt.Sprint(n) || e.Device != "device 1" || e.Seq != uint64(n) {
			t.Errorf("entry %d: %+v", n, e)
		}
		if want := fmt.Sprintf(`{"name":"<picture> %d & more"}`, n); string(e.Detail) != want {
			t.Errorf("entry %d: detail %s", n, e.Detail)
		}
		if _, off := e.Time.Zone(); off != 3600 {
			t.Errorf("entry %d: zone offset %d", n, off)
		}
		n++
	}
	if n != 6 || again.Head() != (Head{6, wrote[5].Hash}) {
		t.Errorf("%d entries, head %v", n, again.Head())
	}
	findings, err := again.Verify(context.Background())
	if err != nil || len(findings) > 0 {
		t.Errorf("verify: %v %v", findings, err)
	}
}

func BenchmarkAppend1000(b *testing.B) {
	_, _, l := newJournal(b, disk.OS)
	for b.Loop() {
		add(b, l, 0, 1000)
	}
}

func BenchmarkOpen100000(b *testing.B) {
	dir, ring, l := newJournal(b, disk.OS)
	for i := range 100 {
		add(b, l, i*1000, 1000)
	}
	closeLog(b, l)
	info, err := os.Stat(filepath.Join(dir, framesName))
	if err != nil {
		b.Fatal(err)
	}
	b.ReportMetric(float64(info.Size())/1e5, "bytes/entry")
	for b.Loop() {
		l, _, err := Open(context.Background(), disk.OS, dir, ring, options())
		if err != nil {
			b.Fatal(err)
		}
		closeLog(b, l)
	}
}
