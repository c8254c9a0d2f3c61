package importertest

import (
	"testing"
	"time"
)

// Ratio benchmarks an import of size bytes beside its floor, which only
// tokenises the same bytes with the library, in the same run, and reports how
// many times the floor the import takes.
func Ratio(b *testing.B, size int, imported, floor func() error) {
	b.Helper()
	var took [2]time.Duration
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for i, f := range []func() error{imported, floor} {
			start := time.Now()
			if err := f(); err != nil {
				b.Fatal(err)
			}
			took[i] += time.Since(start)
		}
	}
	b.ReportMetric(took[0].Seconds()/took[1].Seconds(), "times-the-floor")
}
