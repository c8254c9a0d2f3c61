package ui

import (
	"bytes"
	"fmt"
	"image"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
	"pgregory.net/rapid"

	"daybook/ui/model"
)

// TestChartFieldsAreFound: at every width each figure stands inside the chart,
// and the pointer at its middle finds it and no other.
func TestChartFieldsAreFound(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(calm{look: "light", scale: 1})
	rapid.Check(t, func(t *rapid.T) {
		f := someFigures(t)
		width := float32(rapid.IntRange(240, 1500).Draw(t, "width"))
		for _, shape := range []chartShape{&bars{}, &fieldMap{}, &table{}, &besides{}} {
			c := newChart(f, shape, untouched, func(string) {}, nil)
			height := shape.lay(f, width)
			for row := range f.Rows {
				for col := range f.Columns {
					at, size := shape.at(row, col)
					if at.X < -0.1 || at.Y < -0.1 || at.X+size.Width > width+0.5 || at.Y+size.Height > height+0.5 {
						t.Fatalf("%T at %g: figure %d, %d at %v, %v of %g", shape, width, row, col, at, size, height)
					}
					if size.Height < 1 {
						continue
					}
					r, k, ok := c.under(at.AddXY(size.Width/2, size.Height/2))
					if !ok || r != row || k != col {
						t.Fatalf("%T: the middle of %d, %d finds %d, %d", shape, row, col, r, k)
					}
				}
			}
		}
	})
}

// TestChartKeysReachEverything: the arrows reach every figure of a table, and
// every bar that is not nought.
func TestChartKeysReachEverything(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(calm{look: "light", scale: 1})
	rapid.Check(t, func(t *rapid.T) {
		f := someFigures(t)
		for _, shape := range []chartShape{&bars{}, &fieldMap{}, &table{}, &besides{}} {
			c := newChart(f, shape, untouched, func(string) {}, nil)
			shape.lay(f, 600)
			seen := map[[2]int]bool{}
			for todo := [][2]int{{0, 0}}; len(todo) > 0; {
				at := todo[0]
				todo = todo[1:]
				if seen[at] {
					continue
				}
				seen[at] = true
				for _, key := range []fyne.KeyName{fyne.KeyUp, fyne.KeyDown, fyne.KeyLeft, fyne.KeyRight} {
					c.row, c.col = at[0], at[1]
					c.TypedKey(&fyne.KeyEvent{Name: key})
					todo = append(todo, [2]int{c.row, c.col})
				}
			}
			_, stacked := shape.(*bars)
			for row := range f.Rows {
				for col := range f.Columns {
					if !seen[[2]int{row, col}] && (!stacked || row < f.Drawn && f.N[row][col] > 0) {
						t.Fatalf("%T: no key leads to %d, %d of %v", shape, row, col, f.N)
					}
				}
			}
		}
	})
}

// someFigures is a table of any shape that the page makes.
func someFigures(t *rapid.T) *model.Figures {
	f := &model.Figures{Name: "Some", Unit: "event"}
	rows, columns := rapid.IntRange(1, 14).Draw(t, "rows"), rapid.IntRange(1, 60).Draw(t, "columns")
	f.Drawn = rapid.IntRange(1, rows).Draw(t, "drawn")
	for c := range columns {
		f.Columns = append(f.Columns, model.Heading{Short: fmt.Sprint("C", c), Group: fmt.Sprint(2000 + c/12), Long: fmt.Sprint("Column ", c)})
	}
	for r := range rows {
		f.Rows = append(f.Rows, model.Heading{Short: fmt.Sprint("ROW", r), Long: fmt.Sprint("row ", r)})
		f.N = append(f.N, rapid.SliceOfN(rapid.SampledFrom([]int{0, 0, 1, 2, 9, 120, 40_000}), columns, columns).Draw(t, "n"))
	}
	return f
}

// TestHatchesDiffer: no two fillings look alike in black and white, and each has
// a frame.
func TestHatchesDiffer(t *testing.T) {
	test.NewTempApp(t).Settings().SetTheme(calm{look: "light", scale: 1})
	size := fyne.NewSquareSize(48)
	var seen [][]byte
	for n := range hatches {
		img := hatched(size, []block{{size: size, fill: n}}).Generator(48, 48).(*image.NRGBA)
		ink := nrgba(theme.Color(theme.ColorNameForeground))
		for i := range 48 {
			if img.NRGBAAt(i, 0) != ink || img.NRGBAAt(0, i) != ink || img.NRGBAAt(i, 47) != ink || img.NRGBAAt(47, i) != ink {
				t.Fatalf("filling %d has no frame", n)
			}
		}
		for k, other := range seen {
			differ := 0
			for i := range img.Pix {
				if img.Pix[i] != other[i] {
					differ++
				}
			}
			if differ < len(img.Pix)/12 {
				t.Errorf("fillings %d and %d differ in %d of %d bytes", k, n, differ, len(img.Pix))
			}
		}
		seen = append(seen, bytes.Clone(img.Pix))
	}
}

// TestNumbersStandOutOnShades: the number on the darkest field can be read in
// every look.
func TestNumbersStandOutOnShades(t *testing.T) {
	app := test.NewTempApp(t)
	for look, least := range map[string]float64{"light": 4.5, "dark": 4.5, "contrast": 7} {
		app.Settings().SetTheme(calm{look: look, scale: 1})
		if got := contrast(theme.Color(theme.ColorNameForeground), shade(1)); got < least {
			t.Errorf("%s: %.1f to 1", look, got)
		}
	}
}
