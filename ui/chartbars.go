package ui

import (
	"fmt"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"

	"daybook/ui/model"
)

// bars stands the drawn rows on each other, a bar for each column. All blocks of
// bars have one scale.
type bars struct {
	grid
	f     *model.Figures
	most  int // at the top of the scale
	plot  float32
	small float32
}

func (b *bars) lay(f *model.Figures, width float32) float32 {
	b.f, b.small = f, theme.CaptionTextSize()
	b.most = roundUp(f.Highest())
	texts := []string{fmt.Sprint(f.Highest())}
	for _, c := range f.Columns {
		texts = append(texts, c.Short)
	}
	least := max(widest(b.small, true, texts...), 1.4*b.small) + b.small/2
	b.grid = newGrid(len(f.Columns), width, widest(b.small, false, fmt.Sprint(b.most))+b.small, least)
	line := 1.4 * b.small
	b.top, b.plot = 1.5*line, 11*theme.TextSize()
	b.block = b.top + b.plot + 2.6*line
	return float32(b.blocks(len(f.Columns))) * b.block
}

// roundUp is the least number of the form 1, 2 or 5 times a power of ten that is
// not below n.
func roundUp(n int) int {
	for step := 1; ; step *= 10 {
		for _, k := range []int{1, 2, 5} {
			if k*step >= n {
				return k * step
			}
		}
	}
}

func (b *bars) at(row, col int) (fyne.Position, fyne.Size) {
	c, inset := b.corner(col), b.cell.Width*0.14
	below := 0
	for _, r := range b.f.N[:min(row, b.f.Drawn)] {
		below += r[col]
	}
	n := 0
	if row < b.f.Drawn {
		n = b.f.N[row][col]
	}
	bottom := c.Y + b.plot
	return fyne.NewPos(c.X+inset, bottom-b.height(below+n)), fyne.NewSize(b.cell.Width-2*inset, b.height(n))
}

func (b *bars) height(n int) float32 { return float32(n) / float32(b.most) * b.plot }

func (b *bars) draw(f *model.Figures, size fyne.Size) []fyne.CanvasObject {
	out := b.scale(f, size)
	var blocks []block
	var words []fyne.CanvasObject
	for col := range f.Columns {
		words = append(words, b.foot(f, col)...)
		if n := f.Height(col); n > 0 {
			at, s := b.at(f.Drawn-1, col)
			at.Y = b.corner(col).Y + b.plot - b.height(n) - 1.3*b.small
			words = append(words, put(label(fmt.Sprint(n), b.small, theme.ColorNameForeground, true), at, fyne.NewSize(s.Width, 1.2*b.small), 0.5))
		}
		for row := range f.Drawn {
			if at, s := b.at(row, col); s.Height > 0 {
				blocks = append(blocks, block{at, s, row})
			}
		}
	}
	return append(append(out, hatched(size, blocks)), words...)
}

// scale draws the lines of the scale behind the bars of every block.
func (b *bars) scale(f *model.Figures, size fyne.Size) (out []fyne.CanvasObject) {
	for n := range b.blocks(len(f.Columns)) {
		top := float32(n)*b.block + b.top
		for _, v := range []int{0, b.most / 2, b.most} {
			if v*2 < b.most && v > 0 { // the middle is no whole number
				continue
			}
			y := top + b.plot - b.height(v)
			line := canvas.NewRectangle(theme.Color(theme.ColorNameSeparator))
			if v == 0 {
				line.FillColor = theme.Color(theme.ColorNameForeground)
			}
			line.Move(fyne.NewPos(b.left, y))
			line.Resize(fyne.NewSize(size.Width-b.left, 1))
			number := label(fmt.Sprint(v), b.small, colourQuiet, false)
			out = append(out, line, put(number, fyne.NewPos(0, y-b.small), fyne.NewSize(b.left-b.small/2, 2*b.small), 1))
		}
	}
	return out
}

// foot names a column; its group where that is not the one of the column before.
func (b *bars) foot(f *model.Figures, col int) []fyne.CanvasObject {
	at, line, h := b.corner(col), 1.4*b.small, f.Columns[col]
	at.Y += b.plot + b.small/4
	out := []fyne.CanvasObject{put(label(h.Short, b.small, theme.ColorNameForeground, false), at, fyne.NewSize(b.cell.Width, line), 0.5)}
	if h.Group != "" && (col%b.each == 0 || f.Columns[col-1].Group != h.Group) {
		at.Y += line
		out = append(out, put(label(h.Group, b.small, colourQuiet, true), at, fyne.NewSize(b.cell.Width, line), 0.5))
	}
	return out
}

func (b *bars) step(f *model.Figures, row, col, right, down int) (int, int) {
	col = max(0, min(len(f.Columns)-1, col+right))
	for r := row - down; r >= 0 && r < f.Drawn && down != 0; r -= down {
		if f.N[r][col] > 0 {
			return r, col
		}
	}
	if right != 0 && row < f.Drawn && f.N[row][col] == 0 {
		for r := range f.Drawn {
			if f.N[r][col] > 0 {
				return r, col
			}
		}
	}
	return row, col
}
