package report

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"daybook/timeline/casework"
)

// Every day stands in one stretch, whose count is that of its days and whose
// first row is the first of theirs; stretches follow each other without a gap
// and are no more than are drawn.
func TestStretchesHoldEveryDay(t *testing.T) {
	units := map[string]bool{}
	rapid.Check(t, func(t *rapid.T) {
		d, n := Days{}, rapid.IntRange(1, 60).Draw(t, "rows")
		from := time.Date(rapid.IntRange(1, 9990).Draw(t, "year"), 1, 1, 0, 0, 0, 0, time.UTC)
		span := rapid.SampledFrom([]int{1, 90, 120, 121, 800, 3000, 5000, 400_000}).Draw(t, "days")
		want, first := map[string]int{}, map[string]int{}
		for row := 1; row <= n; row++ {
			at := from.AddDate(0, 0, rapid.IntRange(0, span-1).Draw(t, "day"))
			if at.Year() > 9999 {
				continue
			}
			day := at.Format(time.DateOnly)
			d.add(Time{Day: day, UTC: at.AddDate(0, 0, -rapid.IntRange(0, min(1, row-1)).Draw(t, "before")).Format(time.DateOnly) + " 23:59Z"}, row)
			if want[day]++; first[day] == 0 {
				first[day] = row
			}
		}
		all, unit := d.stretches()
		units[unit] = true
		if len(all) > mostStretches+1 || len(all) == 0 && len(d) > 0 {
			t.Fatalf("%d stretches of a %s", len(all), unit)
		}
		seen := 0
		for i, s := range all {
			if i > 0 && next(t, all[i-1].To) != s.From || s.From > s.To {
				t.Errorf("%s to %s after one to %s", s.From, s.To, all[max(0, i-1)].To)
			}
			if begins, err := time.Parse(time.DateOnly, s.From); err != nil || unit == wordWeek && begins.Weekday() != time.Monday {
				t.Errorf("the %s begins on a %s", s.Title, begins.Weekday())
			}
			rows, begin := 0, 0
			for day, n := range want {
				if day < s.From || day > s.To {
					continue
				}
				rows, seen = rows+n, seen+1
				if begin == 0 || first[day] < begin {
					begin = first[day]
				}
			}
			if s.Rows != rows || s.First != begin {
				t.Errorf("%s: %d rows from %d; want %d from %d", s.Title, s.Rows, s.First, rows, begin)
			}
		}
		if seen != len(want) {
			t.Errorf("%d of %d days stand in a stretch", seen, len(want))
		}
	})
	for _, unit := range []string{wordDay, wordWeek, wordMonth, wordYear} {
		if !units[unit] {
			t.Errorf("no time was cut by %s", unit)
		}
	}
}

func next(t *rapid.T, day string) string {
	at, err := time.Parse(time.DateOnly, day)
	if err != nil {
		t.Fatal(err)
	}
	return at.AddDate(0, 0, 1).Format(time.DateOnly)
}

// A row whose source names no day, or only that it was before or after one, is
// in no bar, and the chart counts it.
func TestChartCountsWhatItCannotPlace(t *testing.T) {
	s := newSample(t, Full)
	s.row(Row{Kind: "message", Item: 1, Record: "line 9"}, 15, 0)
	s.rows[len(s.rows)-1].Time = Time{Local: "2024-03"}
	s.again()
	c := (&site{b: s.bundle, here: homePage}).chart()
	if c == nil || c.Unplaced != "Rows whose source names no day, and which are in no bar: 1." || c.Bars[0].Rows() != 4 {
		t.Errorf("the chart is %+v", c)
	}
	s.bundle.ByOthers--
	if c := (&site{b: s.bundle, here: homePage}).chart(); !strings.Contains(c.Unplaced, casework.SayByOthers+" Rows in no bar for that: 1.") {
		t.Errorf("nothing says what is in no bar: %q", c.Unplaced)
	}
	if c := (&site{b: &Bundle{Days: Days{}}}).chart(); c != nil {
		t.Errorf("without a day there is a chart: %+v", c)
	}
}
