package report

import (
	"context"
	"fmt"
	"iter"
	"path/filepath"
	"runtime"
	"testing"
)

// BenchmarkWrite writes bundles whose rows are made as they are walked, so that
// what is held is the bundle's own.
func BenchmarkWrite(b *testing.B) {
	for _, rows := range []int{5_000, 50_000} {
		b.Run(fmt.Sprint(rows), func(b *testing.B) {
			s := lazy(b, rows)
			var most uint64
			for b.Loop() {
				watch := WriteOptions{Progress: func(int64, int64, string) {
					var m runtime.MemStats
					runtime.ReadMemStats(&m)
					most = max(most, m.HeapInuse)
				}}
				if err := s.bundle.Write(b.Context(), filepath.Join(b.TempDir(), "b"), watch); err != nil {
					b.Fatal(err)
				}
			}
			b.ReportMetric(float64(most)/(1<<20), "MiB-held")
			b.ReportMetric(float64(rows*b.N)/b.Elapsed().Seconds(), "rows/s")
		})
	}
}

// lazy is a sample with many rows, of which none is kept.
func lazy(t testing.TB, rows int) *sample {
	s := newSample(t, Full)
	model := s.rows[0]
	p := pager{limit: s.bundle.Profile.PageRows}
	for i := range rows {
		p.add(i+1, "2024-03")
	}
	s.bundle.Rows, s.bundle.Pages = rows, p.pages(1, rows)
	for i := range s.bundle.Exhibits {
		s.bundle.Exhibits[i].Rows = nil
	}
	s.bundle.Exhibits[0].Rows = Spans{{1, rows}}
	s.material.Diary = nil
	s.bundle.Walk = func(ctx context.Context, first, last int) iter.Seq2[Row, error] {
		return func(yield func(Row, error) bool) {
			for n := first; n <= last; n++ {
				r := model
				r.Number, r.Text = n, fmt.Sprintf("message %d: I know where you were last night and who with", n)
				if err := ctx.Err(); !yield(r, err) || err != nil {
					return
				}
			}
		}
	}
	s.bundle.compose(s.material)
	return s
}
