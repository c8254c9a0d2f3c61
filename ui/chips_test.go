package ui

import (
	"testing"

	"fyne.io/fyne/v2"

	"daybook/ui/model"
)

// TestAnswersKeepTheirPlaces makes what draws the answers of a question anew, as the
// window does when it has forgotten it: each answer stays where it was, for nothing lays
// them out again as long as they keep their size.
func TestAnswersKeepTheirPlaces(t *testing.T) {
	w := window(t, Options{})
	c := w.broadSheet().chips([]model.Option{{Value: "a", Label: "An offence"}, {Value: "b", Label: "In order"}, {Value: "c", Label: "Guidance"}}, "a", false, func(string) {})
	c.Resize(fyne.NewSize(800, c.MinSize().Height))
	places := func() (at []fyne.Position) {
		for _, d := range c.drawn {
			at = append(at, d.ground.Position())
		}
		return at
	}
	before, height := places(), c.MinSize().Height
	if before[2].Y != 0 {
		t.Fatalf("three short answers take more than a row of 800: %v", before)
	}
	anew := c.CreateRenderer()
	if high := anew.MinSize().Height; high != height {
		t.Errorf("they want %v, and wanted %v", high, height)
	}
	for i, at := range places() {
		if at != before[i] {
			t.Errorf("answer %d is at %v, and was at %v", i, at, before[i])
		}
	}
}

// TestChartsAndTicksAreDrawnAnew does the same to a chart and to a box with long words:
// the chart has its bars, and the words their lines.
func TestChartsAndTicksAreDrawnAnew(t *testing.T) {
	window(t, Options{})
	c := newChart(&model.Figures{Unit: "event", Drawn: 1, Rows: []model.Heading{{Short: "CALL", Long: "calls"}}, Columns: []model.Heading{{Short: "May", Long: "May 2025"}}, N: [][]int{{3}}}, &table{}, untouched, func(string) {}, nil)
	tick := newTick("What is said here in so many words that they have no room in one line of a narrow box", nil)
	for _, o := range []fyne.Widget{c, tick} {
		o.Resize(fyne.NewSize(700, o.MinSize().Height))
		want := o.MinSize()
		anew := o.CreateRenderer()
		if got := anew.MinSize(); got != want || len(anew.Objects()) < 2 {
			t.Errorf("%T: it wants %v and has %d parts; it wanted %v", o, got, len(anew.Objects()), want)
		}
	}
}
