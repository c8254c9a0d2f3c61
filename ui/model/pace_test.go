package model

import (
	"testing"
	"time"
)

// TestPace: the time left comes from the pace of the step under way, is not told
// before there is a pace, and never in false precision.
func TestPace(t *testing.T) {
	now := time.Date(2025, 1, 1, 12, 0, 0, 0, time.UTC)
	p := NewPace(now)
	for _, c := range []struct {
		after    time.Duration
		n, total int64
		step     string
		want     Progress
	}{
		{0, 0, 1000, "storing", Progress{"storing: 0 of 1,000", "", 0}},
		{time.Second, 100, 1000, "storing", Progress{"storing: 100 of 1,000", "", 0.1}},
		{2 * time.Second, 200, 1000, "storing", Progress{"storing: 200 of 1,000", "A few seconds left", 0.2}},
		{10 * time.Second, 200, 1000, "storing", Progress{"storing: 200 of 1,000", "About 40 seconds left", 0.2}},
		{20 * time.Second, 200, 1000, "storing", Progress{"storing: 200 of 1,000", "About a minute left", 0.2}},
		{75 * time.Second, 200, 1000, "storing", Progress{"storing: 200 of 1,000", "About 5 minutes left", 0.2}},
		{time.Hour, 200, 1000, "storing", Progress{"storing: 200 of 1,000", "About 4 hours left", 0.2}},
		{time.Hour, 900, 1000, "reading", Progress{"reading: 900 of 1,000", "", 0.9}},
		{time.Hour + 2*time.Second, 950, 1000, "reading", Progress{"reading: 950 of 1,000", "A few seconds left", 0.95}},
		{time.Hour, 12345, 0, "counting", Progress{"counting: 12,345", "", 0}},
		{time.Hour, 0, 0, "waiting", Progress{"waiting", "", 0}},
		{time.Hour, 12, 10, "over", Progress{"over: 12 of 10", "", 1}},
	} {
		if got := p.At(now.Add(c.after), c.n, c.total, c.step); got != c.want {
			t.Errorf("after %v, %d of %d %s: %+v, want %+v", c.after, c.n, c.total, c.step, got, c.want)
		}
	}
}
