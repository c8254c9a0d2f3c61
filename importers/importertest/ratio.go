package importertest

import "testing"

// Ratio benchmarks an import of size bytes beside its floor, which only
// tokenises the same bytes with the library, in the same run, and reports how
// many times the processor time of the floor the import takes.
func Ratio(b *testing.B, size int, imported, floor func() error) {
	b.Helper()
	var took [2]float64
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for i, f := range []func() error{imported, floor} {
			start := processorTime()
			if err := f(); err != nil {
				b.Fatal(err)
			}
			took[i] += (processorTime() - start).Seconds()
		}
	}
	b.ReportMetric(took[0]/took[1], "times-the-floor")
}
