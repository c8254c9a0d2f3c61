package timeline

import (
	"context"
	"path/filepath"
	"syscall"
	"testing"
	"time"

	"daybook/evidence"
	"daybook/evidence/keys"
)

// BenchmarkPhraseCold is the first screen of the two commonest words of a case
// of a million messages on a disk, sealed, with nothing of it opened yet but the
// columns.
func BenchmarkPhraseCold(b *testing.B) {
	ctx := context.Background()
	c, err := evidence.Create(filepath.Join(b.TempDir(), "x.daybook"), evidence.CreateOptions{
		Title: "bench", Zone: "Europe/London", Actor: "Ada", Passphrase: "correct horse battery staple", KDF: keys.LeastCost(), Weak: true,
	})
	must(b, err)
	defer func() { must(b, c.Close()) }()
	x, err := Open(ctx, c)
	must(b, err)
	fill(b, x, benchEvents)
	words := newChat().words
	phrase := Filter{Words: `"` + words[0] + " " + words[1] + `"`}
	var spent time.Duration
	found := 0
	for b.Loop() {
		b.StopTimer()
		x.cache.clear()
		b.StartTimer()
		from := cpu(b)
		r, err := x.Find(ctx, phrase)
		must(b, err)
		_, err = r.Rows(0, 100)
		must(b, err)
		spent += cpu(b) - from
		found = r.Len()
	}
	b.ReportMetric(float64(spent.Microseconds())/float64(b.N)/1000, "ms-cpu/op")
	b.ReportMetric(float64(found), "found")
}

// cpu is what this process has taken of the processors: other programs do not
// count.
func cpu(t tester) time.Duration {
	var u syscall.Rusage
	must(t, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}
