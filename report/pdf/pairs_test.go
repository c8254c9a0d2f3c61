package pdf

import (
	"image/color"
	"io"
	"testing"
)

// TestLinesToWriteOnLeaveRoomForAHand prints forms in small and in large type: below a
// name stand as many lines as are asked for, each as wide as its column and at least
// seven millimetres below the one before.
func TestLinesToWriteOnLeaveRoomForAHand(t *testing.T) {
	const hand = 7 * 72 / 25.4
	for _, points := range []float64{0, 12} {
		sheets := NewSheets(1, 1, 1)
		d, err := New(io.Discard, Options{Title: "Form", Points: points, Sheets: sheets})
		if err != nil {
			t.Fatal(err)
		}
		d.Pairs(Pair{Name: "What happened", Lines: 4}, Pair{Name: "Signature", Lines: 1})
		if _, err := d.Close(); err != nil {
			t.Fatal(err)
		}
		sheet, err := sheets.Page(1)
		if err != nil {
			t.Fatal(err)
		}
		b := sheet.Bounds()
		column := d.size.Width - 2*marginSide
		for _, x := range []float64{marginSide + column/4 + 2*cellPad, d.size.Width - marginSide - 2*cellPad} {
			lines, last := 0, -100
			for y := b.Min.Y; y < b.Max.Y; y++ {
				if color.GrayModel.Convert(sheet.At(int(x), y)).(color.Gray).Y > 200 {
					continue
				}
				if y > last+1 && float64(y-last) < hand-1 {
					t.Errorf("type of %v points: a line at %d stands too close below one at %d", points, y, last)
				}
				if y > last+1 {
					lines++
				}
				last = y
			}
			if lines != 5 {
				t.Errorf("type of %v points: %d lines at %v points from the left, want 5", points, lines, x)
			}
		}
	}
}
